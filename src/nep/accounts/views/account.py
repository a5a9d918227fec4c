"""One's own account: password, second factor, passkeys, where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from nep.accounts import events
from nep.accounts.forms.password import PasswordForm
from nep.accounts.models import User
from nep.accounts.services import factors, sessions
from nep.platform.access import actor_of, page, signed_in
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.requests.once import kept


def own(request: HttpRequest) -> User:
    """The account of a request on a page that visitors cannot open.

    Raises: TypeError when they can: a mistake in the code.
    """
    if not isinstance(request.user, User):
        raise TypeError("this page is open to visitors and has no account")
    return request.user


@page(access=signed_in(), writes=True)
def account(request: HttpRequest) -> HttpResponse:
    """One's own account; a new password ends every other session."""
    user = own(request)
    form = PasswordForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.set_password(form.cleaned_data["new"])
        user.save(update_fields=["password"])
        sessions.keep_after_new_password(request, user)
        record(events.PASSWORD_CHANGED, actor=actor_of(request), about=[user])
        messages.success(request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return redirect("account")
    context = {
        "form": form,
        "has_password": user.has_usable_password(),
        "has_totp": factors.has_totp(user),
        "codes_left": factors.codes_left(user),
        "passkeys": list(user.passkeys.all()),
        "devices": sessions.devices(user, request.session),
    }
    return kept(render(request, "accounts/account.html", context))


@page(access=signed_in(), writes=True)
def session_end(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one of one's browsers out."""
    if request.method == "POST":
        row = get_object_or_404(own(request).sessions.all(), pk=session_id)
        sessions.end_session(row, actor=actor_of(request), at=now())
        messages.success(request, "Đã kết thúc phiên đăng nhập.")
    return redirect("account")


@page(access=signed_in(), writes=True)
def sessions_end_others(request: HttpRequest) -> HttpResponse:
    """Sign all other browsers out."""
    if request.method == "POST":
        user = own(request)
        rows = sessions.others(user, request.session)
        count = sessions.end_sessions(user, rows, actor=actor_of(request), at=now())
        messages.success(request, f"Đã kết thúc {count} phiên đăng nhập khác.")
    return redirect("account")
