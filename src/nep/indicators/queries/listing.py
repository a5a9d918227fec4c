"""Rows of the lists with what their columns need besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from nep.indicators.domain.periods import Period, period_of
from nep.indicators.domain.sums import MISSING, NOTHING
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.seen import home_of, latest_values
from nep.indicators.queries.words import ABSENT, figure_words, shown_words, spoken_words
from nep.org.access import Actor


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with what is known of the reader's own unit."""

    indicator: Indicator
    period: Period | None = None
    shown: str = "–"
    spoken: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure as lists show it."""

    figure: Figure
    period: Period

    @property
    def says(self) -> str:
        """The figure, or the word for its absence."""
        row = self.figure
        return figure_words(row.numerator, row.denominator) or ABSENT[row.state]

    @property
    def kind(self) -> str:
        """The kind of its state."""
        return {MISSING: "warn", NOTHING: "quiet"}.get(self.figure.state, "good")

    @property
    def url(self) -> str:
        """Where it opens."""
        row = self.figure
        return reverse("indicator_figure", args=[row.indicator.code, row.unit_id, self.period.key])


def indicator_rows(rows: Sequence[Indicator], actor: Actor) -> list[IndicatorRow]:
    """Indicators with the latest value of the unit that the reader's pages open with."""
    unit = home_of(actor)
    if unit is None:
        return [IndicatorRow(one) for one in rows]
    known = latest_values(actor, rows, unit)
    found = []
    for one in rows:
        period, total = known[one.pk]
        url = reverse("indicator_figure", args=[one.code, unit.pk, period.key])
        found.append(IndicatorRow(one, period, shown_words(one, total), spoken_words(total), url))
    return found


def figure_rows(rows: Sequence[Figure], actor: Actor) -> list[FigureRow]:
    """Figures with their periods."""
    return [FigureRow(row, period_of(row.indicator.grain, row.starts_on)) for row in rows]
