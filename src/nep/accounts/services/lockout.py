"""Who guesses passwords is locked out for a while: per account and address, and per address.

Five wrong tries for one account from one address, or fifty for any accounts from one address (a whole office
may stand behind one), and the address waits a quarter of an hour. Names that do not exist count alike.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import HttpRequest

from nep.accounts import events
from nep.accounts.models import User
from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.clock import now
from nep.platform.keys import fingerprint

ADDRESS_WEIGHS = 10  # so many wrong tries from an address weigh as one for an account
SECOND_STEP = " – lớp thứ hai"


class Guesses(AxesDatabaseHandler):
    """Counts as the module says; a success clears the account at this address, not the address."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Wrong tries that count against this sign-in."""
        pair, address = (_sum(rows) for rows in self.get_user_attempts(request, credentials))
        return max(pair, address // ADDRESS_WEIGHS)

    def reset_user_attempts(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Forget the wrong tries for one account from this address."""
        pair: QuerySet[Any] = self.filter_user_attempts(request, credentials)[0]
        return pair.delete()[0]


def name_guessed(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What is kept of a name that was tried: a fingerprint, for what was typed may be a password."""
    given = credentials or {}
    return fingerprint(str(given.get("username") or given.get("login") or "").strip().lower(), "guess")


def locked_until(request: HttpRequest, name: str) -> datetime | None:
    """When this address may try this name again; None when it may now."""
    if AxesProxyHandler.is_allowed(request, {"login": name}):
        return None
    pair, address = AxesProxyHandler.get_implementation().get_user_attempts(request, {"login": name})
    limit = settings.AXES_FAILURE_LIMIT
    ends = [_falls_below(pair, limit), _falls_below(address, limit * ADDRESS_WEIGHS)]
    return max((end for end in ends if end), default=now() + settings.AXES_COOLOFF_TIME)


def refuse_locked(request: HttpRequest, name: str) -> None:
    """Let through who may try.

    Raises: RuleError that says when to try again.
    """
    until = locked_until(request, name)
    if until is not None:
        raise RuleError(sentence(until))


def sentence(until: datetime) -> str:
    """Why nobody may try now, and when again; the same whether the account exists or not."""
    minutes = max(1, -(-int((until - now()).total_seconds()) // 60))
    return f"Đã thử sai nhiều lần. Thử lại sau {minutes} phút, hoặc nhờ người quản trị mở khóa."


def count_failure(request: HttpRequest, name: str) -> None:
    """Count a wrong code; wrong passwords count themselves."""
    AxesProxyHandler.user_login_failed(__name__, {"login": name}, request)


def forget_failures(request: HttpRequest, name: str) -> None:
    """A right code clears the wrong ones before it."""
    AxesProxyHandler.update_request(request)
    AxesProxyHandler.get_implementation().reset_user_attempts(request, {"login": name})


@transaction.atomic
def lift_lock(user: User, *, actor: Actor | None, at: datetime) -> None:
    """Let an account be tried again from everywhere."""
    lift_quietly(user)
    record(events.LOCK_LIFTED, actor=actor, about=[user], at=at, user=user.name)


def lift_quietly(user: User) -> None:
    """The same as part of another act, which is the event."""
    AccessAttempt.objects.filter(username__in=_names(user)).delete()


def is_locked_anywhere(user: User) -> bool:
    """Whether some address must wait before it tries this account again."""
    rows = AccessAttempt.objects.filter(
        username__in=_names(user), attempt_time__gte=now() - settings.AXES_COOLOFF_TIME
    )
    sums = rows.values("username", "ip_address").annotate(failures=Sum("failures_since_start"))
    return any(row["failures"] >= settings.AXES_FAILURE_LIMIT for row in sums)


def forget_old() -> None:
    """Remove tries that count no more."""
    AccessAttempt.objects.filter(attempt_time__lt=now() - settings.AXES_COOLOFF_TIME).delete()


def _names(user: User) -> list[str]:
    return [name_guessed(HttpRequest(), {"login": user.login + step}) for step in ("", SECOND_STEP)]


def _sum(rows: QuerySet[Any]) -> int:
    return rows.aggregate(all=Sum("failures_since_start"))["all"] or 0


def _falls_below(rows: QuerySet[Any], limit: int) -> datetime | None:
    """When the tries that still count will be fewer than the limit; None when they are now."""
    tries = list(rows.order_by("attempt_time").values_list("attempt_time", "failures_since_start"))
    left = sum(count for _, count in tries)
    end = None
    for at, count in tries:
        if left < limit:
            break
        end, left = at + settings.AXES_COOLOFF_TIME, left - count
    return end
