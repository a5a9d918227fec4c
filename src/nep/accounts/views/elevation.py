"""Elevated mode, and proving again who one is before something weighty."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import get_current_timezone

from nep.accounts import elevation, events
from nep.accounts.forms.factors import ProofForm
from nep.accounts.models import User
from nep.accounts.services import passkeys, sessions
from nep.accounts.services.proofs import prove
from nep.accounts.views.account import own
from nep.accounts.views.sign_in import next_page
from nep.kernel.errors import RuleError
from nep.platform.access import actor_of, page, signed_in
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.requests.once import kept


def ask_to_prove(request: HttpRequest) -> HttpResponse | None:
    """The way to the page that asks again who this is; None when that was told in the last minutes."""
    if sessions.proved_lately(request.session):
        return None
    return redirect(f"{resolve_url('confirm_identity')}?{urlencode({'next': request.path})}")


@page(access=signed_in(), writes=True)
def confirm_identity(request: HttpRequest) -> HttpResponse:
    """Prove again who one is, then go on."""
    form = ProofForm(request.POST or None)
    if request.method == "POST" and _proved(request, own(request), form):
        return redirect(next_page(request))
    return kept(_ask(request, form, "accounts/confirm_identity.html"))


@page(access=signed_in(), writes=True)
def elevate(request: HttpRequest) -> HttpResponse:
    """Enter elevated mode for half an hour."""
    user, form = own(request), ProofForm(request.POST or None)
    if request.method == "POST" and _proved(request, user, form):
        until = elevation.elevate(request)
        record(events.ELEVATED, actor=actor_of(request), about=[user])
        messages.success(
            request, f"Chế độ quản trị đã bật đến {until.astimezone(get_current_timezone()):%H:%M}."
        )
        return redirect(next_page(request))
    return kept(_ask(request, form, "accounts/elevate.html"))


@page(access=signed_in(), writes=True)
def leave_elevation(request: HttpRequest) -> HttpResponse:
    """Go back to working as everybody else."""
    if request.method == "POST":
        elevation.leave_elevation(request)
        record(events.ELEVATION_LEFT, actor=actor_of(request), about=[own(request)])
        messages.success(request, "Đã tắt chế độ quản trị.")
        return redirect(next_page(request))
    return redirect("elevate")


def _proved(request: HttpRequest, user: User, form: ProofForm) -> bool:
    try:
        if answer := request.POST.get("answer"):
            if passkeys.owner_of(request, answer, at=now()) != user:
                raise RuleError("Khóa truy cập này là của tài khoản khác.")
        elif form.is_valid():
            prove(request, user, form.cleaned_data["proof"])
        else:
            return False
    except RuleError as refused:
        form.add_error(None, refused.reason)
        return False
    sessions.proved(request.session)
    return True


def _ask(request: HttpRequest, form: ProofForm, template: str) -> HttpResponse:
    by_key = own(request).passkeys.exists() and passkeys.works_here(request)
    context = {
        "form": form,
        "next": next_page(request),
        "until": elevation.elevated_until(request),
        "passkey_options": passkeys.begin_sign_in(request) if by_key else None,
    }
    return render(request, template, context)
