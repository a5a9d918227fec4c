"""Closed periods: nothing is entered into them unless they are opened again for a unit, for a while.

A period is closed when its month is locked for the unit, or its programme has ended.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.movements import access_exceptions as access
from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.exceptions import check_reopening, how_to_ask
from nep.movements.models import Adoption, Occurrence, Programme, Reopening
from nep.movements.services.adoptions import lock_adoption
from nep.movements.services.occurrences import end_terms, mirror
from nep.movements.services.telling import tell_reopening
from nep.org.access import Actor
from nep.org.models import LockedPeriod, UnitClosure, UnitHost
from nep.platform.audit.trail import record

PROGRAMME_CLOSED = "Chương trình đã kết thúc."


def why_closed(adoption: Adoption, day: date, *, on: date) -> str:
    """Why nothing is entered for a period that ends on a day; empty when it is not closed."""
    if adoption.programme.state == states.CLOSED:
        return PROGRAMME_CLOSED
    locked = list(LockedPeriod.objects.filter(during__contains=day).values_list("root_id", flat=True))
    if not locked:  # the months of which evidence is sent mostly
        return ""
    above = UnitClosure.objects.filter(ancestor__in=locked, during__contains=on)
    hosts = UnitHost.objects.filter(unit=adoption.unit_id, during__contains=on).values("host")
    within = above.filter(Q(descendant=adoption.unit_id) | Q(descendant__in=hosts))
    return f"Số liệu tháng {day:%m/%Y} đã khóa." if within.exists() else ""


def reopening_for(term: Occurrence, happened_on: date, *, on: date) -> Reopening | None:
    """The reopening by which evidence may be entered for a term; None where nothing is closed.

    What comes up as it occurs belongs to the month in which it was done.

    Raises: RuleError that says how to ask, where the period is closed and not open again.
    """
    adoption = term.adoption
    day = happened_on if term.named_on is None else term.ends_on
    closed = why_closed(adoption, day, on=on)
    if not closed:
        return None
    held = Reopening.objects.open_on(on).filter(adoption=adoption, first__lte=day, last__gte=day)
    found = held.order_by("-until", "-pk").first()
    if found is None:
        raise RuleError(how_to_ask(closed, access.asking_unit(adoption).name))
    return found


@transaction.atomic
def reopen_period(
    adoption: Adoption, first: date, last: date, *, until: date, reason: str, actor: Actor, at: datetime
) -> Reopening:
    """Let a unit enter what is lacking in a closed period, until the end of a day; it closes by itself.

    Raises: RuleError without a reason, for too long, or when nothing in these days is closed; AccessDenied.
    """
    adoption = lock_adoption(adoption)
    access.may_reopen(actor, adoption).require()
    check_reopening(first, last, until, reason, on=actor.on)
    terms = Occurrence.objects.filter(adoption=adoption, ends_on__range=(first, last))
    days = {*terms.values_list("ends_on", flat=True), first, last}
    if not any(why_closed(adoption, day, on=actor.on) for day in days):
        raise RuleError("Kỳ này chưa đóng, đơn vị nộp bình thường.")
    opened = Reopening.objects.create(
        adoption=adoption,
        first=first,
        last=last,
        until=until,
        reason=reason.strip(),
        opened_by_id=actor.id,
        opened_by_name=actor.name[:200],
        opened_at=at,
    )
    again = _owe_again(terms)
    record(
        events.PERIOD_REOPENED,
        actor=actor.standing_at(Permission.ISSUE_ADOPTIONS, access.asking_unit(adoption)),
        about=[opened, adoption, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        reason=opened.reason,
        unit=adoption.unit.name,
        period=f"{first:%d/%m/%Y} đến {last:%d/%m/%Y}",
        until=f"{until:%d/%m/%Y}",
        terms=again,
    )
    tell_reopening(opened, on=actor.on, at=at)
    return opened


def _owe_again(terms: QuerySet[Occurrence]) -> int:
    """What ended with the programme is owed again; how many."""
    ended = terms.filter(state=states.ENDED, ended_because=PROGRAMME_CLOSED)
    tasks = [task for task in ended.values_list("task_id", flat=True) if task]
    blank = {"settled_at": None, "ended_because": ""}
    came_back = list(ended.filter(evidence__isnull=False).values_list("pk", flat=True).distinct())
    again = ended.exclude(pk__in=came_back).update(state=states.OPEN, **blank)
    again += Occurrence.objects.filter(pk__in=came_back).update(state=states.RETURNED, **blank)
    mirror(tasks)
    return again


@transaction.atomic
def close_programme_terms(programme: Programme, *, on: date, at: datetime) -> int:
    """A programme ends: nothing more is owed in it, what waits stays. How many ended."""
    return end_terms(Occurrence.objects.filter(programme=programme), PROGRAMME_CLOSED, on=on, at=at)


def close_reopenings(*, on: date, at: datetime) -> int:
    """Close what was opened until a day that is over; how many."""
    over = Reopening.objects.filter(closed_at__isnull=True, until__lt=on)
    numbers = list(over.order_by("pk").values_list("pk", "adoption"))
    for number, adoption in numbers:
        _close(number, adoption, on=on, at=at)
    return len(numbers)


@transaction.atomic
def _close(number: int, adoption_id: int, *, on: date, at: datetime) -> None:
    adoption = lock_adoption(Adoption(pk=adoption_id))
    held = Reopening.objects.select_for_update().filter(pk=number, closed_at__isnull=True).first()
    if held is None:
        return
    held.closed_at = at
    held.save(update_fields=["closed_at"])
    if adoption.programme.state == states.CLOSED:
        end_terms(Occurrence.objects.filter(adoption=adoption), PROGRAMME_CLOSED, on=on, at=at)
    record(
        events.REOPENING_CLOSED,
        actor=None,
        about=[held, adoption, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        unit=adoption.unit.name,
        period=f"{held.first:%d/%m/%Y} đến {held.last:%d/%m/%Y}",
        entered=held.evidence.count(),
    )
