"""Signing in, in one step or two, and signing out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from nep.accounts import events
from nep.accounts.forms.sign_in import CodeForm, SignInForm
from nep.accounts.models import SignedInSession, User
from nep.accounts.services import factors, passkeys, sessions
from nep.accounts.services.proofs import right_code
from nep.kernel.errors import RuleError
from nep.platform.access import actor_of, page, public, signed_in
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.requests.ended import CARRIED, carried
from nep.platform.requests.once import kept

How = SignedInSession.How
HALF_WAY = "half_way"
HALF_WAY_HOLDS = timedelta(minutes=10)


def next_page(request: HttpRequest) -> str:
    """Where to go on after signing in: the asked page when it is ours, else the first one."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else resolve_url("today")


def along(request: HttpRequest) -> dict[str, Any]:
    """What every page of the sign-in carries along: where to go on, and what was typed before."""
    target = next_page(request)
    return {"next": target, "next_quoted": quote(target), "typed": carried(request), "carried": CARRIED}


def enter(request: HttpRequest, user: User, how: SignedInSession.How) -> HttpResponse:
    """Begin the session, then go on to the page that was asked for, or with what was typed."""
    context = along(request)
    sessions.begin(request, user, how)
    if context["typed"]:
        return kept(render(request, "accounts/resume.html", context))
    return redirect(context["next"])


@page(access=public("Ai cũng cần mở được trang đăng nhập."), writes=True)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with name and password; on to the second step when the account has one."""
    if request.user.is_authenticated:
        return redirect(next_page(request))
    form = SignInForm(request, request.POST if "login" in request.POST else None)
    if request.method == "POST" and form.is_valid() and form.user:
        if factors.has_second_factor(form.user):
            return _half_way(request, form.user)
        return enter(request, form.user, How.PASSWORD)
    if form.compared:
        _tell_refusal(form.refused)
    provider = settings.NEP_OIDC_LABEL if settings.NEP_OIDC_ISSUER else ""
    context = along(request) | {"form": form, "provider": provider}
    return kept(render(request, "accounts/sign_in.html", context))


def _tell_refusal(user: User | None) -> None:
    """The same work whether the account exists or not."""
    if user is None:
        record(events.UNKNOWN_SIGN_IN_REFUSED, actor=None, about=[])
    else:
        record(events.SIGN_IN_REFUSED, actor=None, about=[user], login=user.login)


def _half_way(request: HttpRequest, user: User) -> HttpResponse:
    request.session.cycle_key()
    request.session[HALF_WAY] = {"user": user.pk, "until": (now() + HALF_WAY_HOLDS).isoformat()}
    if carried(request):
        return kept(_ask_second(request, user, CodeForm()))
    return redirect(f"{resolve_url('second_step')}?{urlencode({'next': next_page(request)})}")


def _who_is_half_way(request: HttpRequest) -> User | None:
    told = request.session.get(HALF_WAY)
    if not told or datetime.fromisoformat(told["until"]) < now():
        return None
    return User.objects.filter(pk=told["user"], is_active=True).first()


@page(access=public("Bước hai của đăng nhập; chỉ mở tiếp được sau khi mật khẩu đúng."), writes=True)
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the app, a code from paper, or a passkey."""
    user = _who_is_half_way(request)
    if user is None or request.user.is_authenticated:
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        try:
            if _second_is_right(request, user, form):
                del request.session[HALF_WAY]
                return enter(request, user, How.TWO_FACTORS)
        except RuleError as refused:
            form.add_error(None, refused.reason)
    return kept(_ask_second(request, user, form))


def _second_is_right(request: HttpRequest, user: User, form: CodeForm) -> bool:
    if answer := request.POST.get("answer"):
        return passkeys.owner_of(request, answer, at=now()) == user
    if not form.is_valid():
        return False
    if right_code(request, user, form.cleaned_data["code"]):
        return True
    record(events.SECOND_FACTOR_REFUSED, actor=None, about=[user], login=user.login)
    form.add_error("code", "Mã chưa đúng hoặc đã dùng. Chờ mã mới trong ứng dụng rồi nhập lại.")
    return False


def _ask_second(request: HttpRequest, user: User, form: CodeForm) -> HttpResponse:
    by_key = user.passkeys.exists() and passkeys.works_here(request)
    context = along(request) | {
        "form": form,
        "has_totp": factors.has_totp(user),
        "passkey_options": passkeys.begin_sign_in(request) if by_key else None,
    }
    return render(request, "accounts/second_step.html", context)


@page(access=signed_in(), writes=True)
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out; asked for once more when opened as a link."""
    if request.method == "POST" and isinstance(request.user, User):
        record(events.SIGNED_OUT, actor=actor_of(request), about=[request.user])
        sessions.drop(request.session)
        auth.logout(request)
        answer = redirect("sign_in")
        # On a shared machine the next person must not find pages and photos in the browser's cache.
        answer["Clear-Site-Data"] = '"cache"'
        return answer
    return render(request, "accounts/sign_out.html")
