"""What stands behind a figure: definition, both sums, who told what, who is silent, who had nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from nep.indicators.access import sight_of
from nep.indicators.domain.periods import Period
from nep.indicators.domain.sums import EMPTY, MISSING, NOTHING, TOLD, Sum
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.seen import own_series
from nep.indicators.queries.sums import sums
from nep.indicators.queries.words import figure_words, shown_words, spoken_words
from nep.kernel.figures import write_figure
from nep.org.access import Actor
from nep.org.models import Line, Unit

SHOWN = 20

# The units whose figures count for a unit: those below it in its line, or attached to these, on the day on
# which each figure counts.
_BELOW = """
SELECT figure.id FROM indicators_figure figure JOIN org_unitclosure path
  ON path.ancestor_id = %s AND path.descendant_id = figure.unit_id AND path.during @> figure.counted_on
WHERE figure.indicator_id = %s AND figure.starts_on = %s
"""
_ATTACHED = """
SELECT figure.id FROM indicators_figure figure
JOIN org_unithost host ON host.unit_id = figure.unit_id AND host.during @> figure.counted_on
JOIN org_unitclosure path
  ON path.ancestor_id = %s AND path.descendant_id = host.host_id AND path.during @> figure.counted_on
WHERE figure.indicator_id = %s AND figure.starts_on = %s AND figure.line = %s
"""


@dataclass(frozen=True, slots=True)
class Told:
    """One figure behind a sum, or one that is missing: whose, what it says, from where, where it opens."""

    who: str
    says: str
    kind: str
    word: str
    url: str


@dataclass(frozen=True, slots=True)
class DrawerFacts:
    """All that the drawer of a figure says."""

    indicator: Indicator
    unit: Unit
    period: Period
    total: Sum
    alone: bool
    as_of: datetime
    on: date | None
    told: list[Told]
    silent: list[Told]

    @property
    def shown(self) -> str:
        """The figure at its head, or the word for its absence."""
        return shown_words(self.indicator, self.total)

    @property
    def spoken(self) -> str:
        return spoken_words(self.total)

    @property
    def numerator(self) -> str:
        return write_figure(self.total.numerator) if self.total.told else ""

    @property
    def denominator(self) -> str:
        return write_figure(self.total.denominator) if self.total.told and self.indicator.is_share else ""

    @property
    def spoken_total(self) -> int:
        """Units that told a figure or had nothing to report."""
        return self.total.told + self.total.nothing

    @property
    def more_told(self) -> int:
        return max(self.spoken_total - len(self.told), 0)

    @property
    def more_silent(self) -> int:
        return max(self.total.missing - len(self.silent), 0)


def drawer_facts(
    actor: Actor,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    *,
    now: datetime,
    line: str = "",
    on: date | None = None,
) -> DrawerFacts:
    """The facts behind what is known of a unit in a period; figures of units that are not seen stay out."""
    seen = sight_of(actor, unit)
    chosen = Line(line) if line in seen.lines and line != unit.line else None
    rows = Figure.objects.as_of(on) if on else Figure.objects.current()
    rows = rows.filter(counted_on__isnull=False)
    if seen.whole or chosen:
        found = sums([indicator], [unit.pk], [period.starts_on], line=chosen, on=on)
        total = found.get((indicator.pk, unit.pk, period.starts_on), EMPTY)
        rows = rows.filter(_counted(indicator, unit, period, chosen))
    else:
        total = own_series(indicator, unit, [period], on=on)[0].sum
        rows = rows.filter(indicator=indicator, unit=unit, starts_on=period.starts_on)
    return DrawerFacts(
        indicator,
        unit,
        period,
        total,
        not (seen.whole or chosen),
        now,
        on,
        [_told(row) for row in _first(rows.exclude(state=MISSING).order_by("-told_at", "-pk"))],
        [_silent(row) for row in _first(rows.filter(state=MISSING).order_by("unit__sort_key", "pk"))],
    )


def _counted(indicator: Indicator, unit: Unit, period: Period, line: Line | None) -> Q:
    given = [unit.pk, indicator.pk, period.starts_on]
    if line is None:
        return Q(pk__in=RawSQL(_BELOW, given))
    return Q(pk__in=RawSQL(_ATTACHED, [*given, line]))


def _first(rows: QuerySet[Figure]) -> QuerySet[Figure]:
    return rows.select_related("unit")[:SHOWN]


def _told(row: Figure) -> Told:
    url = reverse("evidence", args=[row.evidence_id]) if row.evidence_id else ""
    source = row.source or row.get_origin_display()
    who = f", {row.told_by_name}" if row.told_by_name else ""
    if row.state == NOTHING:
        return Told(row.unit.short_name, f"{source}{who}", "quiet", "Không phát sinh", url)
    figure = figure_words(row.numerator, row.denominator)
    assert row.state == TOLD, "the silent ones are listed apart"
    return Told(row.unit.short_name, f"{source}{who}, {row.told_on:%d/%m/%Y}", "good", figure, url)


def _silent(row: Figure) -> Told:
    return Told(row.unit.short_name, f"Chờ từ {row.told_on:%d/%m/%Y}", "warn", "Chưa báo cáo", "")
