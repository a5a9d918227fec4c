"""Turns anticipated refusals into pages that say what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nep.kernel.errors import AccessDenied, Conflict, NepError, RuleError, Unavailable
from nep.platform.requests.errors import refusal

STATUS: dict[type[NepError], int] = {AccessDenied: 403, RuleError: 409, Conflict: 409, Unavailable: 503}


class bounded:  # noqa: N801 -- Django names middleware in settings as one names a function
    """Refuses a request that is larger than any form may send, before a byte of it is kept.

    Without it anybody could fill the disk: the check of a form's token reads the whole form, sign-in or not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length[:18]) > settings.NEP_MAX_REQUEST:
            most = settings.NEP_MAX_REQUEST // 1_048_576
            return refusal(
                request, status=413, reason=f"Các tệp gửi một lần lớn hơn {most} MB. Gửi ít tệp hơn."
            )
        return self.get_response(request)


class refusals:  # noqa: N801 -- Django names middleware in settings as one names a function
    """Answers a NepError raised by a view with its reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The refusal page for an anticipated error; anything else is a bug and goes on."""
        if not isinstance(error, NepError):
            return None
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 409)
        return refusal(request, status=status, reason=error.reason)
