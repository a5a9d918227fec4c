"""Every address declares who may open it and whether it writes.

A view is a function under `@page(access=…)`. GET runs in a read-only transaction, so it cannot write; where
the page shows sensitive data (`reads=…`), that it was read is recorded afterwards. POST runs in one
transaction and is refused unless the page says `writes=True`. A form sent twice acts once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, Protocol

from django.contrib.auth.views import redirect_to_login
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from nep.kernel.decisions import ALLOWED, Decision, refuse
from nep.platform.audit.events import EventType
from nep.platform.requests.ended import session_ended
from nep.platform.requests.once import act_once

View = Callable[..., HttpResponseBase]


class Actor(Protocol):
    """Who acts: what `nep.org` makes of a signed-in user on a day."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    def holds(self, permission: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may open an address; `reason` says why when anybody may."""

    kind: Literal["public", "signed_in", "permission"]
    permission: str = ""
    reason: str = ""

    def decide(self, actor: Actor | None) -> Decision:
        """Whether this actor may open the address at all; the view's queryset narrows what it shows."""
        if self.kind == "public":
            return ALLOWED
        if actor is None:
            return refuse("Đăng nhập để mở trang này.")
        if self.kind == "permission" and not actor.holds(self.permission):
            return refuse(
                "Vai trò của anh/chị chưa được mở trang này. Người quản trị đơn vị có thể giao thêm vai trò."
            )
        return ALLOWED


def public(reason: str) -> Policy:
    """Anybody may open it, for this reason."""
    return Policy("public", reason=reason)


def signed_in() -> Policy:
    """Anybody who has signed in; the page shows only what is theirs."""
    return Policy("signed_in")


def holds(permission: str) -> Policy:
    """Who holds the permission in at least one unit."""
    return Policy("permission", permission=permission)


_actor_source: list[Callable[[Any], Actor]] = []
_account_source: list[Callable[[int], Actor]] = []


def register_actor_source(source: Callable[[Any], Actor], account: Callable[[int], Actor]) -> None:
    """`nep.org` says here how a request, or an account in a job, becomes an actor with dated roles."""
    _actor_source[:] = [source]
    _account_source[:] = [account]


def actor_with_id(user_id: int) -> Actor:
    """An account as it stands today, for work that goes on after its request."""
    return _account_source[0](user_id)


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in actor of a request, made once; None for a visitor."""
    if not request.user.is_authenticated:
        return None
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        actor = _actor_source[0](request)
        request.actor = actor  # type: ignore[attr-defined]  # a request carries what is added on its way
    return actor


_keeper_of_readings: list[Callable[[HttpRequest, Actor, tuple[EventType, ...]], None]] = []


def register_keeper_of_readings(keeper: Callable[[HttpRequest, Actor, tuple[EventType, ...]], None]) -> None:
    """`nep.platform.audit` says here how it is recorded that somebody read sensitive data."""
    _keeper_of_readings[:] = [keeper]


def page(
    *, access: Policy, writes: bool = False, writes_on_get: str = "", reads: tuple[EventType, ...] = ()
) -> Callable[[View], View]:
    """Declare a view's policy; see the module.

    `writes_on_get`: the reason why opening it writes, where another server leads here; a test lists these.
    `reads`: opening it may be recorded as one of these events; the view says of what by `note_reading`.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in {"GET", "HEAD"} and not (writes and request.method == "POST"):
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if writes else ["GET", "HEAD"])
            actor = actor_of(request)
            if actor is None and access.kind != "public":
                late = request.method == "POST"
                return session_ended(request) if late else redirect_to_login(request.get_full_path())
            access.decide(actor).require()
            if request.method == "HEAD" and writes_on_get:
                return HttpResponseNotAllowed(["GET"])
            if request.method == "POST" or writes_on_get:
                return act_once(request, lambda: view(request, *args, **kwargs))
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
                response = view(request, *args, **kwargs)
            if reads and actor is not None:
                _keeper_of_readings[0](request, actor, reads)
            return response

        guarded.policy = access  # type: ignore[attr-defined]  # read by the walk over every address
        guarded.writes = writes  # type: ignore[attr-defined]  # the same
        guarded.writes_on_get = writes_on_get  # type: ignore[attr-defined]  # the same
        guarded.reads = reads  # type: ignore[attr-defined]  # the same
        return guarded

    return declare
