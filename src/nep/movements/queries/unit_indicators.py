"""The indicators of one unit: the latest figure, how it went, where the unit stands in its block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nep.accounts.roles import Permission
from nep.indicators.access import sight_of
from nep.indicators.domain.periods import Period, periods_back
from nep.indicators.domain.sums import EMPTY, Sum
from nep.indicators.models import Indicator
from nep.indicators.queries.sums import Key, sums, value_of
from nep.indicators.queries.words import shown_words
from nep.org.access import Actor
from nep.org.models import Unit, UnitLink

PERIODS = 6


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of a unit and all below it: latest figure, trend, place in its block (empty: not seen)."""

    indicator: Indicator
    period: Period
    value: str
    absent: str
    url: str
    points: tuple[float, ...]
    place: str


def indicator_rows(actor: Actor, unit: Unit, on: date, day: date | None = None) -> list[IndicatorRow]:
    """The indicators of the unit's line that hold something for it; none where its sums are out of sight."""
    if not sight_of(actor, unit).whole:
        return []
    block = _block(actor, unit, on)
    known = list(Indicator.objects.in_use().filter(lines__contains=[unit.line]))
    rows: list[IndicatorRow] = []
    for grain in Indicator.Grain.values:
        same = [one for one in known if one.grain == grain]
        if same:
            rows += _of_grain(same, unit, periods_back(grain, on, PERIODS), block, day)
    return sorted(rows, key=lambda row: row.indicator.name)


def _block(actor: Actor, unit: Unit, on: date) -> list[int]:
    """The units of the same kind below the same parent, where the actor sees all of these."""
    link = UnitLink.objects.filter(child=unit, during__contains=on).select_related("parent").first()
    if link is None or not actor.reaches(Permission.VIEW_PROGRAMMES, link.parent):
        return [unit.pk]
    beside = UnitLink.objects.filter(parent=link.parent_id, during__contains=on, child__kind=unit.kind)
    return list(beside.values_list("child_id", flat=True))


def _of_grain(
    indicators: Sequence[Indicator],
    unit: Unit,
    periods: Sequence[Period],
    block: Sequence[int],
    day: date | None,
) -> list[IndicatorRow]:
    own = sums(indicators, [unit.pk], [one.starts_on for one in periods], on=day)
    last: dict[Indicator, Period] = {}
    for one in indicators:
        held = [period for period in periods if (one.pk, unit.pk, period.starts_on) in own]
        if held:
            last[one] = held[-1]
    starts = {period.starts_on for period in last.values()}
    beside = sums(list(last), block, starts, on=day) if len(block) > 1 and last else {}
    rows = []
    for one, period in last.items():
        totals = [own.get((one.pk, unit.pk, each.starts_on), EMPTY) for each in periods]
        rows.append(_row(one, unit, period, totals, _place(one, unit, period, beside, block)))
    return rows


def _row(one: Indicator, unit: Unit, period: Period, totals: Sequence[Sum], place: str) -> IndicatorRow:
    latest = next(total for total in reversed(totals) if total != EMPTY)
    values = [value_of(one, total) for total in totals]
    points = tuple(float(value) for value in values if value is not None)
    known = value_of(one, latest) is not None
    return IndicatorRow(
        one,
        period,
        value=shown_words(one, latest) if known else "",
        absent="" if known else latest.state,
        url=reverse("indicator_figure", args=[one.code, unit.pk, period.key]),
        points=points if len(points) > 1 else (),
        place=place,
    )


def _place(
    one: Indicator, unit: Unit, period: Period, beside: Mapping[Key, Sum], block: Sequence[int]
) -> str:
    """The place among the units that told a figure, of all that stand in the block."""
    told = (value_of(one, beside.get((one.pk, pk, period.starts_on), EMPTY)) for pk in block)
    mine = value_of(one, beside.get((one.pk, unit.pk, period.starts_on), EMPTY))
    if mine is None:
        return ""
    down = one.direction == Indicator.Direction.DOWN
    ahead = sum(value is not None and (value < mine if down else value > mine) for value in told)
    return f"{ahead + 1}/{len(block)}"
