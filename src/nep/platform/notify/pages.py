"""What a user was told inside Nếp, the digest of a day, and whether digests come by mail."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from nep.platform.access import actor_of, page, signed_in
from nep.platform.clock import now
from nep.platform.notify.digests import wants_mail, wish_mail
from nep.platform.notify.models import Digest, Notice
from nep.platform.notify.notices import mark_read, notices_of, unread_count
from nep.platform.notify.outbox import is_set_up
from nep.platform.requests.asked import page_number

PAGE_SIZE = 20


def _user_id(request: HttpRequest) -> int:
    actor = actor_of(request)
    assert actor is not None, "the policy asks for somebody signed in"
    return actor.id


@page(access=signed_in())
def notices(request: HttpRequest) -> HttpResponse:
    """What I was told, the latest first."""
    user = _user_id(request)
    shown = Paginator(notices_of(user), PAGE_SIZE).get_page(page_number(request.GET.get("trang", "")))
    return render(request, "notify/notices.html", {"page": shown, "unread": unread_count(user)})


@page(access=signed_in(), writes=True)
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Note that a notice was read, and go where it leads."""
    notice = get_object_or_404(Notice, pk=notice_id, user_id=_user_id(request))
    if request.method != "POST":
        return redirect("notices")
    mark_read(notice.user_id, now(), [notice.pk])
    inside = notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if inside else "notices")


@page(access=signed_in(), writes=True)
def notices_read(request: HttpRequest) -> HttpResponse:
    """Note that all notices were read."""
    if request.method == "POST" and mark_read(_user_id(request), now()):
        messages.success(request, "Đã đánh dấu đọc hết.")
    return redirect("notices")


@page(access=signed_in())
def digest(request: HttpRequest, digest_day: str) -> HttpResponse:
    """All that I was reminded of on a day."""
    try:
        found = get_object_or_404(Digest, user_id=_user_id(request), day=date.fromisoformat(digest_day))
    except ValueError:
        raise Http404 from None
    return render(request, "notify/digest.html", {"digest": found})


@page(access=signed_in(), writes=True)
def mail_wish(request: HttpRequest) -> HttpResponse:
    """Whether digests come by mail too; inside Nếp they always stand."""
    user = _user_id(request)
    if request.method == "POST":
        wish_mail(user, request.POST.get("thu") == "co")
        messages.success(request, "Đã lưu cách nhận nhắc việc.")
        return redirect("notices")
    return render(request, "notify/mail_wish.html", {"wanted": wants_mail(user), "mail": is_set_up()})
