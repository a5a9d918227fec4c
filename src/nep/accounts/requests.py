"""What every request of a signed-in session passes: idle time, the longest time, what is still owed."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url

from nep.accounts.services import sessions

# Where somebody who must set up a second factor may still go.
STILL_OPEN = ("/tai-khoan/", "/dang-xuat/", "/static/", "/ui/theme/", "/hop-thu/")


class watched:  # noqa: N801 -- Django names middleware in settings as one names a function
    """Ends a session that was idle or open for too long, and counts visits at most once in five minutes.

    The visit is written outside the page's own transaction, so a GET stays read-only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        if sessions.over(request.session):
            sessions.drop(request.session)
            request.user = AnonymousUser()
            return self.get_response(request)
        sessions.count_visit(request.session)
        if sessions.owes_second_factor(request.session) and not request.path.startswith(STILL_OPEN):
            return redirect(resolve_url("totp"))
        return self.get_response(request)
