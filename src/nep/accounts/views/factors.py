"""Setting up and removing the second factor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from nep.accounts.forms.factors import TotpForm
from nep.accounts.services import factors, sessions
from nep.accounts.views.account import own
from nep.accounts.views.elevation import ask_to_prove
from nep.kernel.errors import RuleError
from nep.platform.access import actor_of, page, signed_in
from nep.platform.clock import now
from nep.platform.requests.once import kept


@page(access=signed_in(), writes=True)
def totp(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: start, scan, give the first code."""
    if asked := ask_to_prove(request):
        return asked
    user = own(request)
    if request.method == "POST" and "code" not in request.POST:
        factors.start_totp(user, at=now())
        return redirect("totp")
    form = TotpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factors.confirm_totp(user, form.cleaned_data["code"], actor=actor_of(request), at=now())
        except RuleError as refused:
            form.add_error("code", refused.reason)
        else:
            return _set_up(request, codes, "Đã bật xác thực hai lớp.")
    secret = factors.secret_to_show(user)
    # The picture is made here from the secret alone; nothing of it was typed by anybody.
    picture = mark_safe(factors.qr_code(user, secret)) if secret else ""
    context = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)) if secret else "",
        "picture": picture,
        "on": factors.has_totp(user),
        "owes": sessions.owes_second_factor(request.session),
    }
    return render(request, "accounts/totp.html", context)


@page(access=signed_in(), writes=True)
def totp_remove(request: HttpRequest) -> HttpResponse:
    """Go on without the app."""
    if asked := ask_to_prove(request):
        return asked
    if request.method == "POST":
        factors.remove_totp(own(request), actor=actor_of(request), at=now())
        messages.success(request, "Đã tắt xác thực hai lớp bằng ứng dụng.")
        return redirect("account")
    return render(request, "accounts/totp_remove.html")


@page(access=signed_in(), writes=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes, shown this once."""
    if asked := ask_to_prove(request):
        return asked
    user = own(request)
    if request.method == "POST" and factors.has_second_factor(user):
        codes = factors.make_recovery_codes(user, actor=actor_of(request), at=now())
        return show_codes(request, codes)
    context = {"left": factors.codes_left(user), "needed": factors.has_second_factor(user)}
    return render(request, "accounts/recovery.html", context)


def show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """The page of new recovery codes, which is never shown again."""
    answer = kept(render(request, "accounts/recovery_codes.html", {"codes": codes}))
    answer["Cache-Control"] = "no-store"
    return answer


def _set_up(request: HttpRequest, codes: list[str], words: str) -> HttpResponse:
    sessions.second_factor_is_there(request.session)
    messages.success(request, words)
    return show_codes(request, codes) if codes else redirect("account")
