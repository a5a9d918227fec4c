"""Forgotten passwords, codes on paper, and the page that sets a password behind a link."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from nep.accounts.forms.links import ForgottenForm, SlipForm
from nep.accounts.forms.password import NewPasswordForm
from nep.accounts.services import links
from nep.accounts.tasks import answer_forgotten
from nep.kernel.errors import RuleError
from nep.platform.access import page, public
from nep.platform.clock import now
from nep.platform.notify.outbox import is_set_up
from nep.platform.requests.address import client_address


def address_of_links(request: HttpRequest) -> str:
    """Where links lead, as seen from outside; the code takes the place of CODE."""
    return request.build_absolute_uri(reverse("set_password", args=["CODE"]))


@page(access=public("Người quên mật khẩu chưa đăng nhập được."), writes=True)
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link; the answer is the same, and as fast, whether the account exists or not."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and is_set_up() and form.is_valid():
        try:
            links.note_request(client_address(request), at=now())
            answer_forgotten.defer(login=form.cleaned_data["login"], address=address_of_links(request))
            return redirect("link_sent")
        except RuleError as refused:
            form.add_error(None, refused.reason)
    return render(request, "accounts/forgotten.html", {"form": form, "by_mail": is_set_up()})


@page(access=public("Trang báo sau khi xin liên kết; nói như nhau với mọi tên."))
def link_sent(request: HttpRequest) -> HttpResponse:
    """What to do next."""
    return render(request, "accounts/link_sent.html", {"mailbox": settings.NEP_MAILBOX})


@page(access=public("Người cầm phiếu giấy chưa đăng nhập được."), writes=True)
def slip(request: HttpRequest) -> HttpResponse:
    """Type the code from a paper slip."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if links.open_link(code, now()) is not None:
            return redirect("set_password", code.strip())
        form.add_error("code", "Mã chưa đúng, đã dùng hoặc đã hết hạn. Xem lại phiếu, hoặc xin phiếu khác.")
    return render(request, "accounts/slip.html", {"form": form})


@page(access=public("Liên kết một lần thay cho việc đăng nhập."), writes=True)
def set_password(request: HttpRequest, code: str) -> HttpResponse:
    """Set a password behind a link, once; opening the page uses nothing up."""
    link = links.open_link(code, now())
    if link is None:
        return render(request, "accounts/link_gone.html", {"reason": links.GONE}, status=410)
    form = NewPasswordForm(link.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        links.set_password(code, form.cleaned_data["new"], at=now())
        messages.success(request, "Đã đặt mật khẩu. Đăng nhập bằng mật khẩu mới.")
        return redirect("sign_in")
    answer = render(request, "accounts/set_password.html", {"form": form, "link": link})
    answer["Referrer-Policy"] = "no-referrer"  # the address itself is the secret
    return answer
