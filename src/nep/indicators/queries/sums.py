"""Sums of figures along the dated tree: of units and all below them, by indicator and period.

What other apps read. Keys of `sums` are (indicator id, unit id, first day of the period); a key that is not
there is `EMPTY`: nobody was asked. `line` counts instead the units of that line attached to the unit and to
those below it. `on` is a past day: what was told by its end, along the tree as it is known today. Whether the
actor may see a sum is asked before, of `nep.indicators.access`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils.timezone import get_current_timezone, make_aware

from nep.indicators.domain.periods import Period, period_of
from nep.indicators.domain.sums import EMPTY, Sum
from nep.indicators.models import Indicator
from nep.org.domain.months import month_of
from nep.org.models import Line, Unit, UnitLink

Key = tuple[int, int, date]

_SUMS = """
SELECT indicator_id, unit_id, starts_on, sum(expected), sum(told), sum(nothing),
    sum(numerator), sum(denominator)
FROM (
    SELECT below.indicator_id, below.unit_id, below.starts_on, below.expected, below.told, below.nothing,
        below.numerator, below.denominator
    FROM indicators_rollup below JOIN org_unit unit ON unit.id = below.unit_id
    WHERE below.unit_id = ANY(%(units)s) AND below.indicator_id = ANY(%(indicators)s)
      AND below.starts_on = ANY(%(periods)s) AND below.day <= %(on)s
      AND below.line = coalesce(%(line)s, unit.line)
    UNION ALL
    SELECT own.indicator_id, own.unit_id, own.starts_on, 1, (own.state = 'told')::int,
        (own.state = 'nothing')::int, coalesce(own.numerator, 0), coalesce(own.denominator, 0)
    FROM indicators_figure own
    WHERE own.unit_id = ANY(%(units)s) AND own.indicator_id = ANY(%(indicators)s)
      AND own.starts_on = ANY(%(periods)s) AND own.counted_on IS NOT NULL
      AND own.told_on <= %(on)s AND (own.replaced_on IS NULL OR own.replaced_on > %(on)s)
      AND own.line = coalesce(%(line)s, own.line)
) each_row
GROUP BY indicator_id, unit_id, starts_on
HAVING sum(expected) <> 0 OR sum(told) <> 0 OR sum(nothing) <> 0 OR sum(numerator) <> 0
"""
# Of two locks over the same unit and month the earlier one counts.
_LOCKS = """
SELECT DISTINCT ON (figure.unit_id, lower(period.during)) figure.unit_id, lower(period.during), period.id
FROM org_lockedfigure figure JOIN org_lockedperiod period ON period.id = figure.period_id
WHERE figure.unit_id = ANY(%(units)s) AND lower(period.during) = ANY(%(months)s)
  AND period.locked_at < %(until)s
ORDER BY figure.unit_id, lower(period.during), period.locked_at, period.id
"""
_LOCKED = """
SELECT kept.period_id, kept.indicator_id, kept.unit_id, kept.starts_on,
    kept.expected, kept.told, kept.nothing,
    kept.numerator, kept.denominator
FROM indicators_lockedsum kept JOIN org_unit unit ON unit.id = kept.unit_id
WHERE kept.period_id = ANY(%(locks)s) AND kept.unit_id = ANY(%(units)s)
  AND kept.indicator_id = ANY(%(indicators)s) AND kept.starts_on = ANY(%(periods)s)
  AND kept.line = coalesce(%(line)s, unit.line)
"""


@dataclass(frozen=True, slots=True)
class Point:
    """The sum of one period in a series."""

    period: Period
    sum: Sum


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit among those of its kind below the same parent; `place` is None for who told no figure."""

    unit: Unit
    sum: Sum
    place: int | None


def sums(
    indicators: Collection[Indicator],
    units: Collection[int],
    periods: Collection[date],
    *,
    line: Line | None = None,
    on: date | None = None,
) -> dict[Key, Sum]:
    """What is known of indicators for units and all below them, by the first days of periods.

    One query, one more for the locks of these months, and one for the sums that they keep.
    """
    found = live_sums(indicators, units, periods, line=line, on=on)
    kept = _locks(indicators, units, periods, on)
    if not kept:
        return found
    for key in [key for key in found if key in kept]:
        del found[key]
    return found | _locked(kept, line)


def live_sums(
    indicators: Collection[Indicator],
    units: Collection[int],
    periods: Collection[date],
    *,
    line: Line | None = None,
    on: date | None = None,
) -> dict[Key, Sum]:
    """The same as all figures give it now, whatever was locked."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, _given(indicators, units, periods, line=line, on=on or date.max))
        return {(one, unit, start): Sum(*values) for one, unit, start, *values in cursor.fetchall()}


def series(
    indicator: Indicator,
    unit: int,
    periods: Collection[Period],
    *,
    line: Line | None = None,
    on: date | None = None,
) -> list[Point]:
    """One indicator of one unit over periods, in their order."""
    found = sums([indicator], [unit], [one.starts_on for one in periods], line=line, on=on)
    return [Point(one, found.get((indicator.pk, unit, one.starts_on), EMPTY)) for one in periods]


def ranking(
    indicator: Indicator,
    parent: int,
    period: Period,
    *,
    kind: str = "",
    line: Line | None = None,
    day: date | None = None,
    on: date | None = None,
) -> list[Ranked]:
    """The units right below a unit on a day, by kind, the best first and the silent last, in two queries.

    `day` is the last day of the period unless it is given. Places are counted within each kind, and units
    that stand equal share one.
    """
    day = day or period.ends_on
    links = UnitLink.objects.filter(parent=parent, during__contains=day)
    below = Unit.objects.filter(pk__in=links.values("child_id"), **({"kind": kind} if kind else {}))
    units = list(below.named_on(day).order_by("kind", "sort_key", "pk"))
    found = sums([indicator], [unit.pk for unit in units], [period.starts_on], line=line, on=on)
    known = [(unit, found.get((indicator.pk, unit.pk, period.starts_on), EMPTY)) for unit in units]
    rows: list[Ranked] = []
    for one in dict.fromkeys(unit.kind for unit in units):
        rows += _placed(indicator, [(unit, total) for unit, total in known if unit.kind == one])
    return rows


def value_of(indicator: Indicator, total: Sum) -> Decimal | None:
    """The figure as one number: per cent of a share, or the count; None when there is none."""
    if not total.told:
        return None
    return total.share if indicator.is_share else total.numerator


def _placed(indicator: Indicator, block: list[tuple[Unit, Sum]]) -> list[Ranked]:
    values = {unit.pk: value for unit, total in block if (value := value_of(indicator, total)) is not None}
    down = indicator.direction == Indicator.Direction.DOWN
    ahead = sorted(values.values(), reverse=not down)
    places = {unit: ahead.index(value) + 1 for unit, value in values.items()}
    rows = [Ranked(unit, total, places.get(unit.pk)) for unit, total in block]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, row.unit.sort_key))


def _locks(
    indicators: Collection[Indicator], units: Collection[int], periods: Collection[date], on: date | None
) -> dict[Key, int]:
    """By key the lock that keeps it: that of the month in which the period ends."""
    months = {
        (one.grain, start): month_of(period_of(one.grain, start).ends_on)
        for one in indicators
        for start in periods
    }
    until = (on or date.max - timedelta(days=2)) + timedelta(days=1)
    midnight = make_aware(datetime.combine(until, time.min), get_current_timezone())
    given: dict[str, Any] = {"units": list(units), "months": list(set(months.values())), "until": midnight}
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS, given)
        locks = {(unit, month): lock for unit, month, lock in cursor.fetchall()}
    if not locks:
        return {}
    return {
        (one.pk, unit, start): locks[unit, months[one.grain, start]]
        for one in indicators
        for unit in units
        for start in periods
        if (unit, months[one.grain, start]) in locks
    }


def _locked(kept: dict[Key, int], line: Line | None) -> dict[Key, Sum]:
    indicators, units, periods = ({key[place] for key in kept} for place in range(3))
    given: dict[str, Any] = {
        "locks": list(set(kept.values())),
        "indicators": list(indicators),
        "units": list(units),
        "periods": list(periods),
        "line": line,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, given)
        rows = cursor.fetchall()
    return {
        (one, unit, start): replace(Sum(*values), locked=True)
        for lock, one, unit, start, *values in rows
        if kept.get((one, unit, start)) == lock
    }


def _given(
    indicators: Collection[Indicator],
    units: Collection[int],
    periods: Collection[date],
    *,
    line: Line | None,
    on: date,
) -> dict[str, Any]:
    return {
        "indicators": [one.pk for one in indicators],
        "units": list(units),
        "periods": list(periods),
        "line": line,
        "on": on,
    }
