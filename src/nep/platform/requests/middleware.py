"""Turns anticipated refusals into pages that say what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from nep.kernel.errors import AccessDenied, Conflict, NepError, RuleError, Unavailable
from nep.platform.requests.errors import refusal

STATUS: dict[type[NepError], int] = {AccessDenied: 403, RuleError: 409, Conflict: 409, Unavailable: 503}


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
