"""The tasks of a programme by line of work, and how the units that adopted them stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nep.movements.domain.binding import unassigned
from nep.movements.domain.deadline_forms import rule_in_words
from nep.movements.domain.progress import DONE, LATE, WAITING
from nep.movements.models import Aim, LineOfWork, Milestone, Programme, Task, TaskActor
from nep.movements.queries.counted import counted_in, whose_figures
from nep.movements.queries.overview import unit_rows, units_asked
from nep.movements.queries.sources import source_urls
from nep.movements.queries.tallies import task_sums
from nep.org.access import Actor


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Who has which part; `unknown`: nobody in the organisation goes by the name."""

    name: str
    role: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task of the programme, and how the units that adopted it stand."""

    task: Task
    deadline: str
    actors: list[ActorWords]
    unassigned: bool
    source_url: str
    done: int
    waiting: int
    late: int
    adopted: int

    @property
    def late_words(self) -> str:
        return f"{self.late} đơn vị trễ"

    @property
    def waiting_words(self) -> str:
        return f"{self.waiting} chờ xét"


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """The tasks of one line of work; the last group has none."""

    name: str
    rows: list[TaskRow]

    @property
    def title(self) -> str:
        return self.name or "Nhiệm vụ khác"

    @property
    def count(self) -> str:
        return f"{len(self.rows)} nhiệm vụ"


@dataclass(frozen=True, slots=True)
class TasksTab:
    """Aims, all tasks by line of work, and the times that belong to none."""

    aims: list[str]
    groups: list[TaskGroup]
    milestones: list[tuple[str, str]]
    whose: str


def tasks_tab(programme: Programme, actor: Actor, today: date) -> TasksTab:
    """The tasks of a programme with their progress, in a fixed number of queries."""
    tasks = list(Task.objects.filter(programme=programme).prefetch_related("actors"))
    counted = counted_in(actor, programme)
    urls = source_urls(programme, [task.item_id for task in tasks if task.item_id])
    told = task_sums(counted).by_task(today)
    rows: dict[int | None, list[TaskRow]] = {}
    for task in tasks:
        row = _task_row(task, urls.get(task.item_id or 0, ""), told.get(task.pk, Counter()))
        rows.setdefault(task.line_of_work_id, []).append(row)
    lines = [(line.pk, line.name) for line in LineOfWork.objects.filter(programme=programme)]
    groups = [TaskGroup(name, rows[pk]) for pk, name in [*lines, (None, "")] if pk in rows]
    marks = Milestone.objects.filter(programme=programme)
    milestones = [(rule_in_words(row.rule), row.text) for row in marks]
    units = sum(row.expected for row in unit_rows(counted))
    aims = list(Aim.objects.filter(programme=programme).values_list("text", flat=True))
    return TasksTab(
        aims, groups, milestones, whose_figures(actor, programme, units, units_asked(counted, units))
    )


def _task_row(task: Task, source: str, told: Counter[str]) -> TaskRow:
    """`told`: how many plans have the task, by where it stands."""
    actors = list(task.actors.all())
    return TaskRow(
        *(task, rule_in_words(task.rule), actor_words(actors), unassigned(actors), source),
        done=told[DONE],
        waiting=told[WAITING],
        late=told[LATE],
        adopted=sum(told.values()),
    )


def actor_words(actors: Sequence[TaskActor]) -> list[ActorWords]:
    """Actors as the plan names them, each name and part once."""
    found: dict[tuple[str, str], bool] = {}
    for actor in actors:
        key = (actor.name, TaskActor.Role(actor.role).label)
        nobody = actor.unit_id is None and not actor.group
        found[key] = found.get(key, True) and nobody
    return [ActorWords(name, role, nobody) for (name, role), nobody in found.items()]
