"""Months whose figures are final, and the list of what later records made another figure.

Every service that writes postings or the tree wraps its writing in `restating`:

    with restating([unit.pk], on, at=at, people=[person.pk]):
        Posting.objects.create(…)

`units` are the units directly touched (former and new ones), `on` the first day for which something changes.
When that day lies in the month of `at` or later nothing is counted and nothing written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Min

from nep.accounts.roles import Permission
from nep.kernel.errors import RuleError
from nep.org import events
from nep.org.access import Actor
from nep.org.domain.months import last_day, month_of, next_month
from nep.org.models import LockedPeriod, Restatement, Unit, UnitChange, UnitClosure
from nep.org.queries.denominators import NOTHING, Denominator, counts
from nep.org.queries.months import locked_figures
from nep.org.services.periods_hook import tell_keepers
from nep.platform.audit.trail import record
from nep.platform.clock import local

Figures = dict[tuple[int, date], Denominator]


@transaction.atomic
def lock_period(root: Unit, month: date, *, actor: Actor, at: datetime) -> LockedPeriod:
    """Make the figures of a past month final for a unit and all below it, whatever is recorded later.

    Raises: RuleError when the month is not over or is locked already.
    """
    actor.may_at(Permission.LOCK_PERIODS, root).require()
    month = month_of(month)
    if next_month(month) > actor.on:
        raise RuleError(f"Tháng {month:%m/%Y} chưa kết thúc; chỉ khóa được tháng đã qua.")
    Unit.objects.select_for_update(no_key=True).get(pk=root.pk)
    if LockedPeriod.objects.filter(root=root, during__contains=month).exists():
        raise RuleError(f"Tháng {month:%m/%Y} của {root.name} đã khóa.")
    period = LockedPeriod.objects.create(
        root=root, during=DateRange(month, next_month(month)), locked_at=at, locked_by_id=actor.id
    )
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"period": period.pk, "root": root.pk, "day": last_day(month)})
    tell_keepers(period, at)
    record(
        events.PERIOD_LOCKED,
        actor=actor,
        about=[root],
        at=at,
        unit_id=root.pk,
        unit=root.name,
        month=f"{month:%m/%Y}",
    )
    return period


_LOCK = """
WITH tree AS (
    SELECT descendant_id AS id FROM org_unitclosure WHERE ancestor_id = %(root)s AND during @> %(day)s::date
), below AS (
    SELECT closure.ancestor_id AS unit_id, closure.descendant_id AS below_id
    FROM tree JOIN org_unitclosure closure
      ON closure.ancestor_id = tree.id AND closure.during @> %(day)s::date
), units AS (
    SELECT unit_id, count(*) AS units FROM below GROUP BY unit_id
), people AS (
    SELECT below.unit_id, count(DISTINCT posting.person_id) AS people
    FROM below JOIN org_posting posting
      ON posting.unit_id = below.below_id AND (posting.during @> %(day)s::date) IS TRUE
    GROUP BY below.unit_id
)
INSERT INTO org_lockedfigure (period_id, unit_id, units, people)
SELECT %(period)s, unit_id, units, coalesce(people, 0) FROM units LEFT JOIN people USING (unit_id)
"""


@contextmanager
def restating(
    units: Iterable[int],
    from_day: date,
    *,
    at: datetime,
    people: Iterable[int] | None = None,
    change: UnitChange | None = None,
) -> Iterator[set[int]]:
    """List what the writing inside makes of the figures of past months, of the units and of all above them.

    `people` are the persons whose postings are written, when nothing else is: then only they are counted
    twice, and a whole unit only where its figure becomes another. The set that is handed out takes units that
    are only made inside.
    """
    touched, today = set(units), local(at).date()
    months = _months(from_day, today)
    if not months:
        yield touched
        return
    only = None if people is None else list(people)
    before_ids = _with_all_above(touched, from_day, today)
    before = _count(before_ids, months, only)
    yield touched
    ids = before_ids | _with_all_above(touched, from_day, today)
    after = _count(ids, months, only)
    moved = {
        (unit, month)
        for unit in ids
        for month in months
        if before.get((unit, month), NOTHING) != after.get((unit, month), NOTHING)
    }
    if only is not None and moved:
        before, after = _whole(moved, before, after)
    _list(moved, before, after, change=change, at=at)


def _months(from_day: date, today: date) -> list[date]:
    """The past months, from a day on, that somebody may have counted: since the first record, or locked."""
    if from_day >= month_of(today):
        return []
    first = UnitChange.objects.aggregate(first=Min("recorded_at"))["first"]
    locked = LockedPeriod.objects.filter(during__endswith__gt=from_day).values_list("during", flat=True)
    months = {during.lower for during in locked}
    month = max(month_of(from_day), month_of(local(first).date())) if first else month_of(today)
    while month < month_of(today):
        months.add(month)
        month = next_month(month)
    return sorted(month for month in months if month < month_of(today))


def _with_all_above(units: set[int], from_day: date, today: date) -> set[int]:
    past = DateRange(from_day, today)
    rows = UnitClosure.objects.filter(descendant__in=units, during__overlap=past)
    return units | set(rows.values_list("ancestor_id", flat=True))


def _count(units: Iterable[int], months: list[date], people: list[int] | None) -> Figures:
    by_day = {last_day(month): month for month in months}
    found = counts(units, by_day, people=people)
    return {(unit, by_day[day]): counted for (unit, day), counted in found.items()}


def _whole(moved: set[tuple[int, date]], before: Figures, after: Figures) -> tuple[Figures, Figures]:
    """The figures of whole units, where only some persons were counted before and after."""
    whole = _count({unit for unit, _ in moved}, sorted({month for _, month in moved}), None)
    was = {}
    for key in moved:
        now, fewer, more = whole.get(key, NOTHING), before.get(key, NOTHING), after.get(key, NOTHING)
        was[key] = Denominator(now.units, now.people - more.people + fewer.people)
    return was, whole


def _list(
    moved: set[tuple[int, date]],
    before: Figures,
    after: Figures,
    *,
    change: UnitChange | None,
    at: datetime,
) -> None:
    locked = locked_figures({unit for unit, _ in moved}, sorted({month for _, month in moved}))
    Restatement.objects.bulk_create(
        (
            Restatement(
                unit_id=unit,
                change=change,
                month=month,
                measure=measure,
                before=getattr(locked.get((unit, month)) or before.get((unit, month), NOTHING), measure),
                after=getattr(after.get((unit, month), NOTHING), measure),
                kept=(unit, month) in locked,
                recorded_at=at,
            )
            for unit, month in sorted(moved)
            for measure in Restatement.Measure.values
            if getattr(before.get((unit, month), NOTHING), measure)
            != getattr(after.get((unit, month), NOTHING), measure)
        ),
        batch_size=1000,
    )
