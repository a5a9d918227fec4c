"""The denominators of a unit month by month: which are locked, which were restated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nep.accounts.models import User
from nep.org.access import Actor, units_whose_people_are_seen
from nep.org.domain.months import last_day, month_of, months_back
from nep.org.models import LockedFigure, LockedPeriod, Restatement, Unit
from nep.org.queries.denominators import NOTHING, Denominator, counts, denominators

MONTHS = 13  # this month and a year before it


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month of a unit; `period` is the lock that keeps its figures, if there is one."""

    month: date
    units: int
    people: int
    period: LockedPeriod | None
    locked_by: str
    restated: list[Restatement]
    over: bool
    lockable: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """The denominators of a unit as counted on a day; `locked` when they are final."""

    day: date
    units: int
    people: int
    locked: bool


def months_of(unit: Unit, today: date) -> list[MonthRow]:
    """The latest months in which the unit existed, in a fixed number of queries."""
    months = months_back(today, MONTHS)
    ends = {month: min(last_day(month), today) for month in months}
    counted = counts([unit.pk], ends.values())
    locked = {month: row for (_, month), row in _kept([unit.pk], months).items()}
    own = {during.lower for during in LockedPeriod.objects.filter(root=unit).values_list("during", flat=True)}
    names = dict(
        User.objects.filter(pk__in={one.period.locked_by_id for one in locked.values()}).values_list(
            "pk", "name"
        )
    )
    restated: dict[date, list[Restatement]] = {}
    for row in Restatement.objects.filter(unit=unit, month__in=months).select_related("change"):
        restated.setdefault(row.month, []).append(row)
    rows = []
    for month in months:
        kept, now = locked.get(month), counted.get((unit.pk, ends[month]), NOTHING)
        if kept is None and now == NOTHING:
            continue
        rows.append(
            MonthRow(
                month,
                kept.units if kept else now.units,
                kept.people if kept else now.people,
                kept.period if kept else None,
                names.get(kept.period.locked_by_id, "") if kept else "",
                restated.get(month, []),
                over=last_day(month) < today,
                lockable=last_day(month) < today and month not in own,
            )
        )
    return rows


def figure_for(unit: Unit, month: date, today: date) -> Figure:
    """The denominators of a unit in a month: the locked ones, else a recount on its last day so far."""
    locked = locked_figures([unit.pk], [month_of(month)]).get((unit.pk, month_of(month)))
    day = min(last_day(month), today)
    counted = locked or denominators([unit.pk], day)[unit.pk]
    return Figure(last_day(month) if locked else day, counted.units, counted.people, locked=bool(locked))


def locked_figures(units: Iterable[int], months: Iterable[date]) -> dict[tuple[int, date], Denominator]:
    """The locked figures of units in months."""
    return {key: Denominator(row.units, row.people) for key, row in _kept(units, months).items()}


def _kept(units: Iterable[int], months: Iterable[date]) -> dict[tuple[int, date], LockedFigure]:
    """The locks that count: of two over the same unit and month the earlier one."""
    rows = LockedFigure.objects.filter(unit__in=list(units), period__during__startswith__in=set(months))
    ordered = rows.select_related("period__root").order_by("-period__locked_at", "-pk")
    return {(row.unit_id, row.period.during.lower): row for row in ordered}


def units_to_count(actor: Actor) -> list[Unit]:
    """The units for whose months the actor is asked first: where they work and over which they have roles."""
    ids = {*actor.posted_unit_ids, *(grant.unit_id for grant in actor.grants)}
    return list(units_whose_people_are_seen(actor).filter(pk__in=ids).order_by("line", "sort_key", "pk"))
