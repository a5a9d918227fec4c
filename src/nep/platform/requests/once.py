"""A form that arrives twice (double click, reload, retry) acts once and leads to the same page."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase

from nep.platform.clock import now
from nep.platform.requests.models import FormReceipt

FIELD = "once"
KEEPS = "keeps"


def kept(response: HttpResponse) -> HttpResponse:
    """An answer that is no redirect and yet keeps what was written: a refused sign-in leaves its event."""
    setattr(response, KEEPS, True)
    return response


def _token(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def act_once(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Run a POST in one transaction; nothing stays of one that did not end in a redirect.

    A second arrival of the same form waits for the first and then gets the same redirect.
    """
    token = _token(request)
    user_id: int | None = request.user.pk
    with transaction.atomic():
        if token is not None:
            receipt, first = FormReceipt.objects.get_or_create(
                token=token, defaults={"user_id": user_id, "path": request.path[:500], "at": now()}
            )
            if not first and (receipt.user_id, receipt.path) == (user_id, request.path[:500]):
                return HttpResponseRedirect(receipt.location or request.path)
        response = act()
        if not (isinstance(response, HttpResponseRedirect) or getattr(response, KEEPS, False)):
            transaction.set_rollback(True)
        elif token is not None and isinstance(response, HttpResponseRedirect):
            FormReceipt.objects.filter(token=token).update(location=response.url[:500])
    return response
