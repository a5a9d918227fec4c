"""The actor of a request, for views whose page asks for one, and of a job."""

from __future__ import annotations

from django.http import HttpRequest

from nep.accounts.models import User
from nep.kernel.errors import AccessDenied
from nep.org.access import Actor
from nep.platform.access import actor_of
from nep.platform.clock import today


def acting(request: HttpRequest) -> Actor:
    """Who acts in a view that visitors cannot reach.

    Raises: TypeError when the page's policy lets visitors in: a mistake in the code.
    """
    actor = actor_of(request)
    if not isinstance(actor, Actor):
        raise TypeError("this page is open to visitors and has no actor")
    return actor


def actor_of_account(user_id: int) -> Actor:
    """The account in a job, as it stands today and never elevated.

    Raises: AccessDenied when the account has been closed meanwhile.
    """
    user = User.objects.get(pk=user_id)
    if not user.is_active:
        raise AccessDenied("Tài khoản đã yêu cầu việc này không còn hoạt động.")
    return Actor(user, today())
