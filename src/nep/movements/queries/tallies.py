"""The sums of a programme: from its tally when all its units are counted, else from the plans counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from nep.movements.domain import states
from nep.movements.domain.progress import DOING, DONE, LATE, NOT_DUE, WAITING, task_standing
from nep.movements.models import AdoptedTask, Evidence, Programme, Tally
from nep.movements.models.adoptions import AdoptionQuerySet
from nep.movements.queries import past

STANDINGS = (DONE, WAITING, DOING, LATE, NOT_DUE)

# A share holds until the unit's next accepted figure, or until its plan ends; counts add up. Each point of
# time sees what held then, and the units that took part then.
_SUMS = """
WITH told AS (
    SELECT e.target_id, e.adoption_id, e.numerator, e.denominator, e.nothing, e.decided_at,
           t.unit = '%%' AS is_share,
           CASE WHEN t.unit = '%%' THEN LEAD(e.decided_at) OVER (
               PARTITION BY e.target_id, e.adoption_id ORDER BY e.decided_at, e.id) END AS replaced,
           CASE WHEN a.ended_on IS NOT NULL THEN greatest(
               a.ended_on::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh',
               MAX(e.decided_at) OVER (PARTITION BY e.target_id, e.adoption_id)) END AS ended
    FROM movements_evidence e JOIN movements_target t ON t.id = e.target_id
    JOIN movements_adoption a ON a.id = e.adoption_id
    WHERE t.programme_id = %s AND e.state = %s AND e.adoption_id = ANY(%s)
), held AS (
    SELECT point.place, point.at, told.*, told.ended IS NULL OR told.ended >= point.at AS takes_part
    FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS point(at, place)
    JOIN told ON told.decided_at < point.at AND (told.replaced IS NULL OR told.replaced >= point.at)
)
SELECT place, target_id, SUM(numerator), SUM(denominator),
       COUNT(DISTINCT adoption_id) FILTER (WHERE takes_part AND numerator IS NOT NULL),
       COUNT(DISTINCT adoption_id) FILTER (WHERE takes_part AND (numerator IS NOT NULL OR nothing))
FROM held WHERE takes_part OR NOT is_share
GROUP BY place, target_id
"""
_FOLD = """
WITH gone AS (
    DELETE FROM movements_tally WHERE programme_id IN (
        SELECT programme_id FROM movements_tally WHERE NOT folded GROUP BY 1 HAVING count(*) >= %s)
    RETURNING *
)
INSERT INTO movements_tally (programme_id, measure, line, level, task_id, target_id, state, day,
    count, numerator, denominator, figures, told, folded)
SELECT programme_id, measure, line, level, task_id, target_id, state, day,
    sum(count), sum(numerator), sum(denominator), sum(figures), sum(told), true
FROM gone GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
HAVING (sum(count), sum(numerator), sum(denominator), sum(figures), sum(told))
    IS DISTINCT FROM (0::bigint, 0::numeric, 0::numeric, 0::bigint, 0::bigint)
"""

Sums = tuple[Decimal | None, Decimal | None, int, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """The plans that figures count; `whole`: all of the programme, so that its tally tells their sums.

    `day`: a past day, at whose end they are counted. The tally knows today only, so that they are read then.
    """

    programme: Programme
    rows: AdoptionQuerySet
    whole: bool
    day: date | None = None

    @property
    def issued(self) -> AdoptionQuerySet:
        """Those whose plan was issued."""
        if self.day is None:
            return self.rows.filter(state=states.ISSUED)
        return self.rows.filter(issued_on__lte=self.day)

    @property
    def ids(self) -> list[int] | None:
        """The numbers of a part of the plans; None for all."""
        return None if self.whole else list(self.rows.order_by().values_list("pk", flat=True))

    @property
    def not_issued(self) -> AdoptionQuerySet:
        """Those whose plan was asked for and not issued, upper levels first."""
        if self.day is None:
            rows = self.rows.exclude(state=states.ISSUED)
        else:
            rows = self.rows.filter(Q(issued_on__isnull=True) | Q(issued_on__gt=self.day))
            rows = rows.filter(expected_since__lte=self.day)
        rows = rows.counting(self.day)
        return rows.order_by("level", "unit__sort_key")

    @property
    def tally(self) -> QuerySet[Tally]:
        """The rows of the tally."""
        return Tally.objects.filter(programme=self.programme).order_by()


@dataclass(frozen=True, slots=True)
class TaskSums:
    """How many tasks of issued plans stand in each state with each last day, by task of the programme."""

    counts: Counter[tuple[int | None, str, date | None]] = field(default_factory=Counter)

    def by_standing(self, today: date) -> dict[str, int]:
        """How many tasks stand where."""
        found = dict.fromkeys(STANDINGS, 0)
        for (_, state, day), count in self.counts.items():
            found[task_standing(state, day, today)] += count
        return found

    def by_task(self, today: date) -> dict[int | None, Counter[str]]:
        """How many plans have each task, by where it stands."""
        found: dict[int | None, Counter[str]] = {}
        for (task, state, day), count in self.counts.items():
            found.setdefault(task, Counter())[task_standing(state, day, today)] += count
        return found

    def days(self, standing: str, today: date) -> Counter[date | None]:
        """On which last days the tasks with this standing fall."""
        found: Counter[date | None] = Counter()
        for (_, state, day), count in self.counts.items():
            if task_standing(state, day, today) == standing:
                found[day] += count
        return found


def plan_sums(counted: Counted) -> dict[tuple[str, int], Counter[str]]:
    """How many plans stand in each state, by line and level."""
    found: dict[tuple[str, int], Counter[str]] = {}
    for line, level, state, count in _plans(counted):
        if count:
            found.setdefault((line, level), Counter())[state] += count
    return found


def _plans(counted: Counted) -> Iterable[tuple[str, int, str, int]]:
    if counted.day is not None:
        return past.plans_then(counted.rows, counted.day)
    if counted.whole:
        told = counted.tally.filter(measure=Tally.Measure.PLANS)
        return told.values_list("line", "level", "state").annotate(Sum("count"))
    rows = counted.rows.filter(ended_on__isnull=True).order_by()
    return rows.values_list("unit__line", "level", "state").annotate(Count("pk"))


def task_sums(counted: Counted) -> TaskSums:
    """How the tasks of issued plans stand; a plan that is not issued is no promise yet."""
    rows: Iterable[tuple[int | None, str, date | None, int]]
    if counted.day is not None:
        rows = past.tasks_then(counted.programme.pk, counted.day, counted.ids)
    elif counted.whole:
        told = counted.tally.filter(measure=Tally.Measure.TASKS)
        rows = told.values_list("task", "state", "day").annotate(Sum("count"))
    else:
        issued = counted.rows.filter(state=states.ISSUED, ended_on__isnull=True).order_by().values("pk")
        tasks = AdoptedTask.objects.filter(adoption__in=issued).exclude(state=states.ENDED).order_by()
        rows = tasks.values_list("task", "state", "due_on").annotate(Count("pk"))
    return TaskSums(Counter({(task, state, day): count for task, state, day, count in rows if count}))


def figures_waiting(counted: Counted) -> dict[int, int]:
    """How many figures of each target wait for a decision."""
    if counted.whole and counted.day is None:
        rows = counted.tally.filter(measure=Tally.Measure.SENT).values_list("target")
        return {target: count for target, count in rows.annotate(Sum("count")) if count}
    sent = Evidence.objects.filter(target__programme=counted.programme)
    sent = sent.filter(state=states.SENT) if counted.day is None else past.waiting_then(sent, counted.day)
    if not counted.whole:
        sent = sent.filter(adoption__in=counted.rows.order_by().values("pk"))
    return dict(sent.order_by().values_list("target_id").annotate(Count("pk")))


def figure_sums(counted: Counted, points: Sequence[datetime]) -> dict[tuple[int, int], Sums]:
    """What was accepted for each target at each point: the first moments of months, at last now.

    Keys: the place of the point, from 1 on, and the target. Values: numerator, denominator, units with
    figures, units that told anything.
    """
    if not counted.whole or counted.day is not None:
        ids = list(counted.rows.order_by().values_list("pk", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(_SUMS, [counted.programme.pk, states.ACCEPTED, ids, list(points)])
            return {
                (place, target): (numerator if figures or numerator else None, denominator, figures, told)
                for place, target, numerator, denominator, figures, told in cursor.fetchall()
                if told or numerator
            }
    rows = counted.tally.filter(measure=Tally.Measure.TOLD).values_list("target", "day")
    sums = rows.annotate(Sum("numerator"), Sum("denominator"), Sum("figures"), Sum("told"))
    return _cumulated(list(sums), points)


def _cumulated(
    rows: Sequence[tuple[int, date, Decimal, Decimal, int, int]], points: Sequence[datetime]
) -> dict[tuple[int, int], Sums]:
    found: dict[tuple[int, int], Sums] = {}
    for place, point in enumerate(points, start=1):
        last = place == len(points)
        until = date.max if last else point.date()
        for target in {row[0] for row in rows}:
            held = [row for row in rows if row[0] == target and row[1] < until]
            told, figures = sum(row[5] for row in held), sum(row[4] for row in held)
            numerator = sum((row[2] for row in held), Decimal(0))
            if told or numerator:  # what units counted up that have closed since stays
                denominator = sum((row[3] for row in held), Decimal(0)) or None
                found[place, target] = (
                    numerator if figures or numerator else None,
                    denominator,
                    figures,
                    told,
                )
    return found


def first_tasks(
    counted: Counted, days: Counter[date | None], wanted: QuerySet[AdoptedTask], most: int
) -> list[AdoptedTask]:
    """The first of the wanted tasks by last day, those without one last; `days` tells where they are."""
    rows = wanted.select_related("adoption__unit", "person").order_by("due_on", "pk")
    if not counted.whole:
        issued = counted.rows.filter(state=states.ISSUED, ended_on__isnull=True).order_by().values("pk")
        return list(rows.filter(adoption__in=issued)[:most])
    rows = rows.filter(
        adoption__programme=counted.programme, adoption__state=states.ISSUED, adoption__ended_on__isnull=True
    )
    named = sorted(day for day, count in days.items() if day is not None and count)
    found = list(rows.filter(due_on__range=(named[0], _day_of(most, named, days)))[:most]) if named else []
    if len(found) < most and days[None]:
        found += rows.filter(due_on__isnull=True)[: most - len(found)]
    return found


def _day_of(most: int, named: Sequence[date], days: Counter[date | None]) -> date:
    """The day by which there are so many, or the last one."""
    seen = 0
    for day in named:
        seen += days[day]
        if seen >= most:
            return day
    return named[-1]


def fold(least: int = 200) -> None:
    """Add up the rows of programmes that have so many new ones; sums stay as they are."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [least])
