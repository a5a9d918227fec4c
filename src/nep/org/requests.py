"""The actor of a request, for views whose page asks for one."""

from __future__ import annotations

from django.http import HttpRequest

from nep.org.access import Actor
from nep.platform.access import actor_of


def acting(request: HttpRequest) -> Actor:
    """Who acts in a view that visitors cannot reach.

    Raises: TypeError when the page's policy lets visitors in: a mistake in the code.
    """
    actor = actor_of(request)
    if not isinstance(actor, Actor):
        raise TypeError("this page is open to visitors and has no actor")
    return actor
