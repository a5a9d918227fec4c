"""How far the targets of a programme are: sums of accepted figures, now and at the last ends of months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import get_current_timezone, make_aware

from nep.kernel.rhythm import Rule
from nep.movements.domain.progress import MISSING, NOTHING, Goal, Reached, Told, reached
from nep.movements.models import Target
from nep.movements.queries.tallies import Counted, Sums, figure_sums, figures_waiting
from nep.movements.queries.words import goal_words, told_words
from nep.platform.clock import local
from nep.platform.ui.parts import ChartPoint

MONTHS = 6
ABSENT = {MISSING: "Chưa báo cáo", NOTHING: "Không phát sinh"}


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as it stands: goal, what was told, the word for it, the trend if there is one."""

    target: Target
    goal: Goal
    told: Told
    reached: Reached
    points: tuple[float, ...]
    series: tuple[ChartPoint, ...] = ()

    @property
    def key(self) -> str:
        """The key of its figure."""
        return f"target-{self.target.pk}"

    @property
    def value(self) -> str:
        """What is reached, as shown; empty when nobody told a figure."""
        return told_words(self.goal, self.told)

    @property
    def goal_words(self) -> str:
        return goal_words(self.goal, self.told.units)

    @property
    def goal_value(self) -> float:
        """The goal on the scale of the trend."""
        return float(self.goal.asked(self.told.units))


def target_rows(counted: Counted, units: int, today: date, now: datetime) -> list[TargetRow]:
    """Every target of a programme as it stands, from the plans counted; a fixed number of queries."""
    targets = list(Target.objects.filter(programme=counted.programme))
    points = [*month_ends(today), now]
    sums = figure_sums(counted, points)
    waiting = figures_waiting(counted)
    rows = []
    for target in targets:
        told = [
            _told(sums.get((place, target.pk)), units, waiting.get(target.pk, 0))
            for place in range(1, len(points) + 1)
        ]
        goal = goal_of(target, today)
        how = reached(goal, told[-1], today)
        rows.append(TargetRow(target, goal, told[-1], how, _trend(goal, told), _series(goal, told, points)))
    return rows


def goal_of(target: Target, today: date) -> Goal:
    """What a target asks, with the last day of its running term."""
    due = Rule(target.rule).next_day(today) if target.rule else None
    return Goal(target.name, target.value, target.unit, target.subject, due)


def month_ends(today: date) -> list[datetime]:
    """The ends of the months before this one, the oldest first."""
    firsts, month = [], date(today.year, today.month, 1)
    for _ in range(MONTHS - 1):
        firsts.append(make_aware(datetime.combine(month, time.min), get_current_timezone()))
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return firsts[::-1]


def _told(sums: Sums | None, units: int, waiting: int) -> Told:
    if sums is None:
        return Told(units=units, waiting=waiting)
    numerator, denominator, figures, told = sums
    return Told(numerator, denominator, figures, told - figures, units, waiting)


def _series(goal: Goal, told: Sequence[Told], points: Sequence[datetime]) -> tuple[ChartPoint, ...]:
    """Each month with what was reached by its end, the last one by now."""
    labels = [f"{local(point - timedelta(seconds=1)):%m/%Y}" for point in points]
    return tuple(
        ChartPoint(label, _value(goal, one), told_words(goal, one) or ABSENT[one.absent or MISSING])
        for label, one in zip(labels, told, strict=True)
    )


def _value(goal: Goal, told: Told) -> float | None:
    if told.numerator is None or not told.with_figures:
        return None
    if not goal.is_share:
        return float(told.numerator)
    return float(100 * told.numerator / told.denominator) if told.denominator else None


def _trend(goal: Goal, told: Sequence[Told]) -> tuple[float, ...]:
    known = [point for point in told if point.with_figures and point.numerator is not None]
    if goal.is_share:
        known = [point for point in known if point.denominator]
        drawn = tuple(float(100 * (p.numerator or 0) / (p.denominator or 1)) for p in known)
    else:
        drawn = tuple(float(p.numerator or 0) for p in known)
    return drawn if len(drawn) > 1 else ()
