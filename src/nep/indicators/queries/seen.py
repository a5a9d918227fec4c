"""What one person sees of an indicator: sums where they see all of a branch, else the own figure alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from nep.accounts.roles import Permission
from nep.indicators.access import Seen, sight_of
from nep.indicators.domain.periods import Period, period_of, periods_back, read_period
from nep.indicators.domain.sums import EMPTY, NOTHING, TOLD, Sum
from nep.indicators.models import Asking, Figure, Indicator
from nep.indicators.queries.sums import Point, Ranked, live_sums, ranking, series, sums, value_of
from nep.indicators.queries.words import shown_words, spoken_words, value_words
from nep.org.access import Actor
from nep.org.models import Line, Unit

SHOWN = {"month": 13, "quarter": 8, "year": 6}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit right below, as the table shows it."""

    unit: Unit
    name: str
    place: str
    value: str
    absent: str
    spoken: str
    missing: int


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period of the trend."""

    period: Period
    shown: str
    spoken: str
    locked: bool
    current: bool


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """One indicator for a unit and period, as one person sees it."""

    indicator: Indicator
    unit: Unit
    period: Period
    line: str
    seen: Seen
    total: Sum
    recounted: Sum | None
    points: list[Point]
    below: list[Ranked]
    asking: Asking | None

    @property
    def value(self) -> str:
        """The figure; empty when there is none."""
        return value_words(self.indicator, self.total)

    @property
    def absent(self) -> str:
        """Why there is no figure: missing or nothing; empty when there is one."""
        return "" if self.value else self.total.state

    @property
    def spoken(self) -> str:
        """How many units spoke."""
        return spoken_words(self.total)

    @property
    def unit_word(self) -> str:
        """What stands behind values in the words of the trend."""
        return " %" if self.indicator.is_share else ""

    @property
    def trend(self) -> list[float]:
        """The known values, the earliest first; nothing to draw with fewer than two."""
        values = [value_of(self.indicator, point.sum) for point in self.points]
        known = [round(float(value), 1) for value in values if value is not None]
        return known if len(known) > 1 else []

    @property
    def periods(self) -> list[PeriodRow]:
        """The periods of the trend, the latest first."""
        return [
            PeriodRow(
                point.period,
                shown_words(self.indicator, point.sum),
                spoken_words(point.sum),
                point.sum.locked,
                point.period == self.period,
            )
            for point in reversed(self.points)
        ]

    @property
    def rows(self) -> list[UnitRow]:
        """The units right below that were asked, each kind by itself."""
        return [_row(self.indicator, one) for one in self.below if one.sum.expected]

    @property
    def changed_since(self) -> str:
        """What a recount of a locked figure gives now; empty while it gives the same."""
        again = self.recounted
        if again is None:
            return ""
        kept = self.total
        same = (again.expected, again.told, again.nothing, again.numerator, again.denominator) == (
            kept.expected,
            kept.told,
            kept.nothing,
            kept.numerator,
            kept.denominator,
        )
        return "" if same else f"{shown_words(self.indicator, again)} ({spoken_words(again)})"


def _row(indicator: Indicator, one: Ranked) -> UnitRow:
    value = value_words(indicator, one.sum)
    return UnitRow(
        one.unit,
        getattr(one.unit, "short_name_then", one.unit.short_name),
        str(one.place or "–"),
        value,
        "" if value else one.sum.state,
        spoken_words(one.sum),
        one.sum.missing,
    )


def indicator_page(
    actor: Actor,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    *,
    line: str = "",
    on: date | None = None,
) -> IndicatorPage:
    """One indicator for a unit that the actor may ask about; a fixed number of queries, whatever its size."""
    seen = sight_of(actor, unit)
    chosen = Line(line) if line in seen.lines and line != unit.line else None
    ends = periods_back(indicator.grain, period.starts_on, SHOWN[indicator.grain])
    if seen.whole or chosen:
        points = series(indicator, unit.pk, ends, line=chosen, on=on)
        day = min(period.ends_on, on or actor.on)
        below = ranking(indicator, unit.pk, period, line=chosen, day=day, on=on)
    else:
        points, below = own_series(indicator, unit, ends, on=on), []
    total = points[-1].sum
    again = None
    if total.locked:
        again = live_sums([indicator], [unit.pk], [period.starts_on], line=chosen, on=on).get(
            (indicator.pk, unit.pk, period.starts_on), EMPTY
        )
    asking = Asking.objects.filter(indicator=indicator, root=unit, until__isnull=True).first()
    return IndicatorPage(
        indicator,
        unit,
        period,
        str(chosen or unit.line),
        seen,
        total,
        again,
        points,
        below,
        asking,
    )


def own_series(
    indicator: Indicator, unit: Unit, periods: Collection[Period], *, on: date | None = None
) -> list[Point]:
    """The figures of one unit alone, for who may not see those below it."""
    rows = Figure.objects.as_of(on) if on else Figure.objects.current()
    rows = rows.filter(indicator=indicator, unit=unit, starts_on__in=[one.starts_on for one in periods])
    found = {row.starts_on: own_sum(row) for row in rows}
    return [Point(one, found.get(one.starts_on, EMPTY)) for one in periods]


def own_sum(row: Figure) -> Sum:
    """One figure as a sum of one unit."""
    told, nothing = int(row.state == TOLD), int(row.state == NOTHING)
    zero = EMPTY.numerator
    return Sum(1, told, nothing, row.numerator or zero, row.denominator or zero)


def latest_values(
    actor: Actor, indicators: Collection[Indicator], unit: Unit
) -> dict[int, tuple[Period, Sum]]:
    """Of each indicator what is known of a unit in the last period that is over, of a year while it runs."""
    by_grain = {grain: periods_back(grain, actor.on, 2) for grain in SHOWN}
    periods = sorted({one.starts_on for found in by_grain.values() for one in found})
    if sight_of(actor, unit).whole:
        found = sums(indicators, [unit.pk], periods)
    else:
        rows = Figure.objects.current().filter(indicator__in=indicators, unit=unit, starts_on__in=periods)
        found = {(row.indicator_id, unit.pk, row.starts_on): own_sum(row) for row in rows}
    latest = {}
    for one in indicators:
        known = [
            (period, found.get((one.pk, unit.pk, period.starts_on), EMPTY)) for period in by_grain[one.grain]
        ]
        last, running = known
        runs = one.grain == Indicator.Grain.YEAR and running[1].told
        latest[one.pk] = running if runs or not last[1].expected else last
    return latest


def home_of(actor: Actor) -> Unit | None:
    """The unit whose figures a person looks at first: for which they act, else where they work."""
    for permission in (Permission.MANAGE_INDICATORS, Permission.ENTER_FIGURES):
        if ids := actor.unit_ids_at(permission):
            return Unit.objects.get(pk=ids[0])
    return actor.home_unit


def asked_period(indicator: Indicator, key: str, day: date) -> Period:
    """The period of an address; the last one that is over where it names none or one ahead."""
    running = period_of(indicator.grain, day)
    try:
        asked = read_period(indicator.grain, key)
    except ValueError:
        return running.last if indicator.grain != "year" else running
    return min(asked, running)
