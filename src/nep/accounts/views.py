"""Signing in, signing out, one's own account."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from nep.accounts import events
from nep.accounts.forms import PasswordForm, SignInForm
from nep.accounts.models import User
from nep.platform.access import actor_of, page, public, signed_in
from nep.platform.audit.trail import record
from nep.platform.requests.ended import CARRIED, carried
from nep.platform.requests.once import kept


def _next_page(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else resolve_url("today")


@page(access=public("Ai cũng cần mở được trang đăng nhập."), writes=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password, then go on to the page that was asked for, or with what was typed."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    typed = carried(request)
    form = SignInForm(request, request.POST if "login" in request.POST else None)
    context = {"form": form, "next": _next_page(request), "typed": typed, "carried": CARRIED}
    if request.method == "POST" and form.is_valid() and form.user:
        auth.login(request, form.user)
        record(events.SIGNED_IN, actor=actor_of(request), about=[form.user])
        resumed = kept(render(request, "accounts/resume.html", context)) if typed else None
        return resumed or redirect(_next_page(request))
    answer = render(request, "accounts/sign_in.html", context)
    if form.refused:
        record(events.SIGN_IN_REFUSED, actor=None, about=[form.refused], login=form.refused.login)
        return kept(answer)
    return answer


@page(access=signed_in(), writes=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; asked for once more when opened as a link."""
    if request.method == "POST" and isinstance(request.user, User):
        record(events.SIGNED_OUT, actor=actor_of(request), about=[request.user])
        auth.logout(request)
        return redirect("sign_in")
    return render(request, "accounts/sign_out.html")


@page(access=signed_in(), writes=True)
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: how one is addressed, roles held, a new password."""
    assert isinstance(request.user, User)
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.user.set_password(form.cleaned_data["new"])
        request.user.save(update_fields=["password"])
        auth.update_session_auth_hash(request, request.user)
        record(events.PASSWORD_CHANGED, actor=actor_of(request), about=[request.user])
        messages.success(request, "Đã đổi mật khẩu.")
        return redirect("account")
    return render(request, "accounts/account.html", {"form": form})
