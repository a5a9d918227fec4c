"""How far the targets of a programme are: sums of accepted figures, now and at the last ends of months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils.timezone import get_current_timezone, make_aware

from nep.kernel.rhythm import Rule
from nep.movements.domain import states
from nep.movements.domain.progress import Goal, Reached, Told, reached
from nep.movements.models import Adoption, Evidence, Programme, Target
from nep.movements.queries.words import goal_words, told_words

MONTHS = 6

# A share holds until the unit's next accepted figure; counts add up. Each point of time sees what held then.
_SUMS = """
WITH told AS (
    SELECT e.target_id, e.adoption_id, e.numerator, e.denominator, e.nothing, e.decided_at,
           CASE WHEN t.unit = '%%' THEN LEAD(e.decided_at) OVER (
               PARTITION BY e.target_id, e.adoption_id ORDER BY e.decided_at, e.id) END AS until
    FROM movements_evidence e JOIN movements_target t ON t.id = e.target_id
    WHERE t.programme_id = %s AND e.state = %s AND e.adoption_id IN ({counted})
)
SELECT point.place, told.target_id, SUM(told.numerator), SUM(told.denominator),
       COUNT(DISTINCT told.adoption_id) FILTER (WHERE told.numerator IS NOT NULL),
       COUNT(DISTINCT told.adoption_id) FILTER (WHERE told.numerator IS NOT NULL OR told.nothing)
FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS point(at, place)
JOIN told ON told.decided_at <= point.at AND (told.until IS NULL OR told.until > point.at)
GROUP BY point.place, told.target_id
"""


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as it stands: goal, what was told, the word for it, the trend if there is one."""

    target: Target
    goal: Goal
    told: Told
    reached: Reached
    points: tuple[float, ...]

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


def target_rows(
    programme: Programme, counted: QuerySet[Adoption], units: int, today: date, now: datetime
) -> list[TargetRow]:
    """Every target of a programme as it stands, from the plans counted; three queries for any number."""
    targets = list(Target.objects.filter(programme=programme))
    points = [*month_ends(today), now]
    sums = _sums(programme, counted, points)
    waiting = _waiting(programme, counted)
    rows = []
    for target in targets:
        told = [
            _told(sums.get((place, target.pk)), units, waiting.get(target.pk, 0))
            for place in range(1, len(points) + 1)
        ]
        goal = goal_of(target, today)
        rows.append(TargetRow(target, goal, told[-1], reached(goal, told[-1], today), _trend(goal, told)))
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


Sums = tuple[Decimal | None, Decimal | None, int, int]


def _sums(
    programme: Programme, counted: QuerySet[Adoption], points: Sequence[datetime]
) -> dict[tuple[int, int], Sums]:
    subquery, params = counted.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SUMS.format(counted=subquery), [programme.pk, states.ACCEPTED, *params, list(points)])
        return {
            (place, target): (numerator, denominator, figures, told)
            for place, target, numerator, denominator, figures, told in cursor.fetchall()
        }


def _waiting(programme: Programme, counted: QuerySet[Adoption]) -> dict[int, int]:
    rows = Evidence.objects.filter(
        target__programme=programme, state=states.SENT, adoption__in=counted.values("pk")
    )
    return dict(rows.order_by().values_list("target_id").annotate(Count("pk")))


def _told(sums: Sums | None, units: int, waiting: int) -> Told:
    if sums is None:
        return Told(units=units, waiting=waiting)
    numerator, denominator, figures, told = sums
    return Told(numerator, denominator, figures, told - figures, units, waiting)


def _trend(goal: Goal, told: Sequence[Told]) -> tuple[float, ...]:
    known = [point for point in told if point.with_figures and point.numerator is not None]
    if goal.is_share:
        known = [point for point in known if point.denominator]
        drawn = tuple(float(100 * (p.numerator or 0) / (p.denominator or 1)) for p in known)
    else:
        drawn = tuple(float(p.numerator or 0) for p in known)
    return drawn if len(drawn) > 1 else ()
