"""Reminding people of what they owe, and setting when a programme does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from nep.accounts.models import User
from nep.kernel.errors import Conflict
from nep.movements import access, events
from nep.movements.domain.urging import MOST_LINES, TO_HEADS, Item, Policy, in_order, subject
from nep.movements.models import Programme, UrgingPolicy
from nep.movements.queries.urging import policy_of, told_on
from nep.org.access import Actor
from nep.platform.audit.trail import record
from nep.platform.calendar import exact
from nep.platform.notify.digests import (
    Letter,
    Line,
    digested,
    replace_earlier,
    send_digest,
    waiting_since,
)

BATCH = 500
LONGEST_OUTAGE = timedelta(days=60)


def remind(*, on: date, at: datetime) -> int:
    """Give everybody the digest of a day who is due one and has none; how many were given now.

    Each digest is a transaction of its own: cut off in the middle, the next run gives the ones that lack.
    Letters of earlier days that could not leave are replaced by what is still owed, in today's words, or let
    go of where nothing is.
    """
    calendar = exact()
    if not calendar.is_working(on):
        return 0
    told, stale = told_on(on, calendar), waiting_since(on)
    if stale:
        missed = told_on(on, calendar, since=max(min(stale.values()), on - LONGEST_OUTAGE))
        told |= {user: missed[user] for user in stale if user in missed and user not in told}
    done = digested(on, told)
    replace_earlier([user for user in stale if user in done or user not in told], on)
    waiting, given = sorted(set(told) - done), 0
    for start in range(0, len(waiting), BATCH):
        users = User.objects.filter(pk__in=waiting[start : start + BATCH], is_active=True)
        for user in users.order_by("pk"):
            given += send_digest(user.pk, on, lines(told[user.pk]), _letter(user, told[user.pk]), at=at)
    return given


def lines(items: Sequence[Item]) -> list[Line]:
    """The lines of a digest, the most urgent first; a long one ends with how many more there are."""
    ordered = in_order(items)
    shown = [Line(item.text, item.url) for item in ordered[:MOST_LINES]]
    more = len(ordered) - len(shown)
    return [*shown, Line(f"và {more} mục khác", "/")] if more else shown


def _letter(user: User, items: Sequence[Item]) -> Letter:
    return Letter(
        to=user.email,
        greeting=f"{user.get_address_display().lower()} {user.name}",
        subject=subject(items),
        always=any(item.level in TO_HEADS for item in items),
    )


@transaction.atomic
def set_urging(
    programme: Programme, policy: Policy, *, seen: Policy, actor: Actor, at: datetime
) -> UrgingPolicy:
    """Set when a programme reminds whom, from today on; `seen` is what the page showed before.

    Raises: RuleError when it cannot be followed; Conflict when it changed meanwhile; AccessDenied.
    """
    programme = (
        Programme.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=programme.pk)
    )
    access.may_set_urging(actor, programme).require()
    policy.check()
    before = policy_of(programme)
    if before != seen:
        raise Conflict("Lịch nhắc việc vừa được người khác đặt. Mở lại trang để xem rồi sửa tiếp.")
    row, _ = UrgingPolicy.objects.update_or_create(
        programme=programme,
        defaults={**asdict(policy), "before": list(policy.before), "set_by_id": actor.id, "set_at": at},
    )
    record(
        events.URGING_SET,
        actor=actor,
        about=[programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before=asdict(before),
        after=asdict(policy),
        policy=in_words(policy),
    )
    return row


def in_words(policy: Policy) -> str:
    """A ladder in one phrase."""
    before = " và ".join(str(days) for days in policy.before)
    first = f"trước {before} ngày, " if before else ""
    return (
        f"{first}đúng hạn, sau đó mỗi {policy.every} ngày; thủ trưởng từ ngày trễ thứ {policy.head_after}, "
        f"cấp trên từ ngày trễ thứ {policy.above_after}; minh chứng chờ xét quá {policy.decide_after} ngày"
    )
