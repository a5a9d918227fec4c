"""The mailbox of the demo."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from nep.platform.access import page, public
from nep.platform.notify.models import Message
from nep.platform.notify.outbox import text_of
from nep.platform.requests.asked import page_number

PAGE_SIZE = 10


@page(
    access=public("Chỉ có trong bản thử, nơi không thư nào rời khỏi máy; trên máy chủ thật trang này là 404.")
)
def mailbox(request: HttpRequest) -> HttpResponse:
    """Letters that would have left, the latest first."""
    if not settings.NEP_DEMO or not settings.NEP_MAILBOX:
        raise Http404
    letters = Paginator(Message.objects.all(), PAGE_SIZE).get_page(page_number(request.GET.get("trang", "")))
    shown = [(letter, text_of(letter)) for letter in letters]
    return render(request, "notify/mailbox.html", {"letters": shown, "page": letters})
