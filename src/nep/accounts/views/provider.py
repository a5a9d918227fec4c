"""Leaving for the office's own provider, and coming back from it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from nep.accounts.models import SignedInSession
from nep.accounts.services import provider, sessions
from nep.accounts.views.sign_in import next_page
from nep.kernel.errors import RuleError
from nep.platform.access import page, public

WHERE_TO = "provider_next"


@page(access=public("Đăng nhập bằng tài khoản của cơ quan."))
def leave(request: HttpRequest) -> HttpResponse:
    """On to the provider; where to go afterwards waits in the session."""
    if not provider.is_set_up():
        raise Http404
    if request.user.is_authenticated:
        return redirect(next_page(request))
    answer = provider.leave_for(request)
    request.session[WHERE_TO] = next_page(request)
    return answer


@page(
    access=public("Máy chủ đăng nhập của cơ quan dẫn về đây; chỉ câu trả lời đúng mới mở được phiên."),
    writes_on_get="The provider leads back with a GET; state, nonce and code make it act once.",
)
def come_back(request: HttpRequest) -> HttpResponse:
    """Begin the session of whom the provider names."""
    if not provider.is_set_up():
        raise Http404
    if request.user.is_authenticated:
        return redirect("today")
    try:
        user = provider.owner_of(request)
    except RuleError as refused:
        return render(request, "accounts/provider_refused.html", {"reason": refused.reason}, status=403)
    target = request.session.pop(WHERE_TO, resolve_url("today"))
    sessions.begin(request, user, SignedInSession.How.PROVIDER)
    return redirect(target)
