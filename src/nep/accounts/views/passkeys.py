"""Signing in with a passkey; adding and removing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts.forms.factors import PasskeyForm
from nep.accounts.models import SignedInSession
from nep.accounts.services import passkeys, sessions
from nep.accounts.views.account import own
from nep.accounts.views.elevation import ask_to_prove
from nep.accounts.views.factors import show_codes
from nep.accounts.views.sign_in import along, enter, next_page
from nep.kernel.errors import RuleError
from nep.platform.access import actor_of, page, public, signed_in
from nep.platform.clock import now
from nep.platform.requests.once import kept


@page(access=public("Đăng nhập bằng khóa truy cập, không cần mật khẩu."), writes=True)
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: the device has asked for a finger, a face or a PIN."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    reason = ""
    if request.method == "POST" and (answer := request.POST.get("answer")):
        try:
            user = passkeys.owner_of(request, answer, at=now())
            return enter(request, user, SignedInSession.How.PASSKEY)
        except RuleError as refused:
            reason = refused.reason
    works = passkeys.works_here(request)
    context = along(request) | {
        "reason": reason,
        "works": works,
        "passkey_options": passkeys.begin_sign_in(request) if works else None,
    }
    return kept(render(request, "accounts/passkey_sign_in.html", context))


@page(access=signed_in(), writes=True)
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device and keep its public half."""
    if asked := ask_to_prove(request):
        return asked
    user, form = own(request), PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            codes = passkeys.add(
                request, user, values["answer"], values["name"], actor=actor_of(request), at=now()
            )
        except RuleError as refused:
            form.add_error(None, refused.reason)
        else:
            sessions.second_factor_is_there(request.session)
            messages.success(request, f"Đã thêm khóa truy cập “{values['name']}”.")
            return show_codes(request, codes) if codes else redirect("account")
    works = passkeys.works_here(request)
    options = passkeys.begin_adding(request, user) if works else None
    return render(
        request, "accounts/passkey_add.html", {"form": form, "works": works, "passkey_options": options}
    )


@page(access=signed_in(), writes=True)
def passkey_remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Go on without a key."""
    if asked := ask_to_prove(request):
        return asked
    row = get_object_or_404(own(request).passkeys.all(), pk=passkey_id)
    if request.method == "POST":
        passkeys.remove(row, actor=actor_of(request), at=now())
        messages.success(request, f"Đã gỡ khóa truy cập “{row.name}”.")
        return redirect("account")
    return render(request, "accounts/passkey_remove.html", {"passkey": row})
