"""Who has adopted a programme and who has not: by level, by unit, by task; nothing is counted in Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet

from nep.movements.domain import coverage, states
from nep.movements.domain.binding import ALL
from nep.movements.domain.coverage import Level, Reached, levels
from nep.movements.models import AdoptedTask, Occurrence, Programme, Task
from nep.movements.queries import terms_on
from nep.movements.queries.bound import bound_by, groups_bound
from nep.movements.queries.counted import counted_in
from nep.movements.queries.covered import covered, unasked_sums
from nep.movements.queries.tallies import plan_sums, task_sums
from nep.org.access import Actor
from nep.org.models import Line, Posting

Units = QuerySet[Any, Any]  # units with the annotations of `covered`


def heads_of(units: Sequence[int], on: date) -> dict[int, str]:
    """Who heads each of these units, in one query."""
    rows = Posting.objects.filter(unit__in=units, during__contains=on, position__is_head=True)
    return dict(rows.order_by("-position__rank").values_list("unit_id", "person__name"))


def late_counts(plans: Sequence[int], today: date, on: date) -> dict[int, int]:
    """How many terms of each plan are late on a day, in one query."""
    late = terms_on.late(today, on if on < today else None)
    rows = Occurrence.objects.filter(late, adoption__in=plans).order_by()
    return dict(rows.values_list("adoption_id").annotate(Count("pk")))


def level_rows(programme: Programme, actor: Actor, day: date | None = None) -> list[Level]:
    """Units by line, level and state of their plan; today's plans from the tally where it tells them."""
    counts: dict[tuple[str, int], Counter[str]] = {}
    rows = covered(programme, actor, day)
    counted = counted_in(actor, programme)
    if day is None and counted.whole:
        counts = plan_sums(counted)
    else:
        asked = rows.filter(plan__isnull=False).order_by().values_list("line", "level", "stands")
        for line, level, state, count in asked.annotate(Count("pk")):
            counts.setdefault((line, level), Counter())[state] += count
    for line, level, count in unasked_sums(programme, actor, day):
        counts.setdefault((line, level), Counter())[coverage.NOT_PASSED] += count
    return levels(counts, Line.values)


@dataclass(frozen=True, slots=True)
class TaskReach:
    """A task, the units that it binds and those that have it."""

    task: Task
    reached: Reached


def reach_of_tasks(
    programme: Programme, tasks: Sequence[Task], actor: Actor, *, day: date | None = None, line: str = ""
) -> list[TaskReach]:
    """How many units each task binds, and how many of these have it in an issued plan; four queries at most.

    `tasks` come with their actors. `line` counts the units of one line only.
    """
    rows = covered(programme, actor, day)
    rows = rows.filter(line=line) if line else rows
    on = day or actor.on
    kinds, named = _sorted_by_reach(tasks)
    bound = _bound_by_kind(rows, kinds) | _bound_by_name(rows, named, on)
    taken = _taken(programme, actor, kinds, named, day, line)
    return [TaskReach(task, Reached(bound.get(task.pk, 0), taken.get(task.pk, 0))) for task in tasks]


def _sorted_by_reach(tasks: Sequence[Task]) -> tuple[dict[int, frozenset[str]], list[Task]]:
    """The kinds of units that tasks bind, and the tasks that name units."""
    kinds = {task.pk: groups_bound(task.actors.all()) for task in tasks}
    named = [task for task in tasks if kinds[task.pk] is None]
    return {pk: found for pk, found in kinds.items() if found is not None}, named


def _bound_by_kind(rows: Units, kinds: dict[int, frozenset[str]]) -> dict[int, int]:
    counts = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    return {
        task: sum(counts.values()) if ALL in wanted else sum(counts.get(kind, 0) for kind in wanted)
        for task, wanted in kinds.items()
    }


def _bound_by_name(rows: Units, tasks: Sequence[Task], on: date) -> dict[int, int]:
    if not tasks:
        return {}
    sums = {f"t{task.pk}": Count("pk", filter=bound_by(task.actors.all(), on)) for task in tasks}
    anyone = reduce(or_, (bound_by(task.actors.all(), on) for task in tasks))
    found = rows.filter(anyone).order_by().aggregate(**sums)
    return {task.pk: found[f"t{task.pk}"] for task in tasks}


def _taken(
    programme: Programme,
    actor: Actor,
    kinds: dict[int, frozenset[str]],
    named: Sequence[Task],
    day: date | None,
    line: str,
) -> dict[int, int]:
    """Issued plans that hold each task. The tally tells it for tasks that bind all; the others are few."""
    counted = counted_in(actor, programme)
    everybody = {task for task, wanted in kinds.items() if ALL in wanted}
    found: dict[int, int] = {}
    if counted.whole and day is None and not line:
        told = task_sums(counted)
        for (task, _, _), count in told.counts.items():
            if task in everybody:
                found[task] = found.get(task, 0) + count
        everybody = set()
    held = AdoptedTask.objects.filter(_issued(day), adoption__programme=programme)
    if line:
        held = held.filter(adoption__unit__line=line)
    if not counted.whole:
        held = held.filter(adoption__in=counted.rows.order_by().values("pk"))
    asked = Q(task__in=everybody)
    for task, wanted in kinds.items():
        if ALL not in wanted:
            asked |= Q(task=task, adoption__unit__kind__in=wanted)
    for one in named:
        asked |= Q(task=one) & bound_by(one.actors.all(), day or actor.on, "adoption__unit")
    return found | dict(held.filter(asked).order_by().values_list("task_id").annotate(Count("pk")))


def _issued(day: date | None) -> Q:
    return Q(adoption__state=states.ISSUED) if day is None else Q(adoption__issued_on__lte=day)


def holding(task: Task, day: date | None) -> Q:
    """Condition on a covered unit: it has the task in an issued plan."""
    plans = AdoptedTask.objects.filter(_issued(day), task=task)
    return Q(plan__isnull=False, plan__pk__in=plans.values("adoption_id"))
