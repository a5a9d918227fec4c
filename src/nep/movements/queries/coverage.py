"""Who has adopted a programme and who has not: by level, by unit, by task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.movements import access
from nep.movements.domain import coverage, states
from nep.movements.domain.adoption import binds_at
from nep.movements.domain.coverage import Covered, Reached
from nep.movements.domain.lateness import standing
from nep.movements.models import AdoptedTask, Adoption, Programme, Task
from nep.movements.queries.places import places_of
from nep.org.access import Actor
from nep.org.models import Posting, Unit, UnitClosure


@dataclass(frozen=True, slots=True)
class Cell:
    """How one task stands in one unit; kinds are those of the kit's coverage cell."""

    kind: str
    label: str
    task_id: int | None = None
    value: str = ""

    @property
    def url(self) -> str:
        """The task in the unit's plan, if it is in it."""
        return reverse("adopted_task", args=[self.task_id]) if self.task_id else ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A unit and its tasks, in the order of the programme."""

    unit: Covered
    cells: tuple[Cell, ...]
    bound: int
    taken: int
    missing: tuple[str, ...]


class _Asked(NamedTuple):
    """What is read of a plan; whole rows of 12,000 plans would take most of the time of the page."""

    unit_id: int
    id: int
    parent_id: int | None
    level: int
    state: str
    expected_since: date
    issued_on: date | None


class _Unit(NamedTuple):
    """What is read of a unit."""

    id: int
    name: str
    search: str
    line: str


def covered_units(programme: Programme, actor: Actor) -> list[Covered]:
    """Every unit in scope that the actor may see, asked yet or not, by line, level and name; six queries."""
    depths = _depths(programme, actor.on)
    plans = Adoption.objects.filter(programme=programme).order_by()
    asked = {row[0]: _Asked(*row) for row in plans.values_list(*_Asked._fields)}
    seen = _seen(programme, actor, set(depths) | set(asked), asked)
    late, launched = _late(programme, actor.on), programme.launched_on
    by_me = access.adoptions_asked_by(actor, Permission.DECIDE_EVIDENCE)
    mine = set(Adoption.objects.filter(by_me, programme=programme).values_list("pk", flat=True))
    return [_covered(unit, depths.get(unit.id, 1), asked.get(unit.id), late, mine, launched) for unit in seen]


def _late(programme: Programme, on: date) -> dict[int, int]:
    """How many tasks are late, by adoption."""
    rows = AdoptedTask.objects.late(on).filter(adoption__programme=programme, adoption__state=states.ISSUED)
    return dict(rows.order_by().values_list("adoption_id").annotate(late=Count("pk")))


def _depths(programme: Programme, on: date) -> dict[int, int]:
    """The level of every unit below the roots of the scopes, in each scope's line."""
    reached = Q(pk__in=[])
    for scope in programme.scopes.all():
        reached |= Q(ancestor=scope.root_id, descendant__line=scope.line)
    rows = UnitClosure.objects.filter(reached, depth__gte=1, during__contains=on)
    rows = rows.filter(descendant__during__contains=on)
    return dict(rows.values_list("descendant_id", "depth"))


def _seen(programme: Programme, actor: Actor, ids: set[int], asked: dict[int, _Asked]) -> list[_Unit]:
    units = Unit.objects.order_by("sort_key", "pk")
    if not access.sees_whole_of(actor, programme):
        own = set(actor.units_with(Permission.VIEW_PROGRAMMES).values_list("pk", flat=True))
        passed = {row.id for row in asked.values() if row.unit_id in own}
        below = {unit for unit, row in asked.items() if row.parent_id in passed}
        units = units.filter(pk__in=ids & (own | set(actor.posted_unit_ids) | below))
    return [_Unit(*row) for row in units.values_list(*_Unit._fields) if row[0] in ids]


def _covered(
    unit: _Unit,
    depth: int,
    asked: _Asked | None,
    late: dict[int, int],
    mine: set[int],
    launched: date | None,
) -> Covered:
    if asked is None:
        return Covered(unit.id, unit.name, unit.search, unit.line, depth, coverage.NOT_PASSED, launched)
    since = asked.issued_on or asked.expected_since
    return Covered(
        unit.id,
        unit.name,
        unit.search,
        unit.line,
        asked.level,
        asked.state,
        since,
        asked.id,
        late.get(asked.id, 0),
        asked.id in mine,
    )


def heads_of(units: list[Covered], on: date) -> dict[int, str]:
    """Who heads each of these units, in one query."""
    rows = Posting.objects.filter(
        unit__in=[unit.unit_id for unit in units], during__contains=on, position__is_head=True
    )
    return dict(rows.order_by("-position__rank").values_list("unit_id", "person__name"))


def reached_by_task(programme: Programme, units: list[Covered], on: date) -> list[tuple[Task, Reached]]:
    """Each task with the units it binds and those that have it in an issued plan; five queries."""
    bound = _bound(programme, units, on)
    issued = {unit.adoption_id: unit.unit_id for unit in units if unit.state == coverage.ISSUED}
    taken: dict[int, set[int]] = {}
    rows = AdoptedTask.objects.filter(adoption__in=issued, task__isnull=False)
    for task_id, adoption_id in rows.values_list("task_id", "adoption_id"):
        taken.setdefault(task_id or 0, set()).add(issued[adoption_id])
    return [(task, Reached(task.pk, ids, ids & taken.get(task.pk, set()))) for task, ids in bound.items()]


def _bound(programme: Programme, units: list[Covered], on: date) -> dict[Task, frozenset[int]]:
    tasks = list(programme.tasks.prefetch_related("actors"))
    places = places_of(Unit.objects.filter(pk__in=[unit.unit_id for unit in units]), on)
    return {
        task: frozenset(unit for unit, place in places.items() if binds_at(task.actors.all(), place))
        for task in tasks
    }


def matrix(programme: Programme, units: list[Covered], on: date) -> tuple[list[Task], list[MatrixRow]]:
    """Units by tasks; five queries."""
    bound = _bound(programme, units, on)
    adopted: dict[tuple[int, int], AdoptedTask] = {}
    rows = AdoptedTask.objects.filter(adoption__in=[unit.adoption_id for unit in units if unit.adoption_id])
    for row in rows.filter(task__isnull=False):
        adopted[row.adoption_id, row.task_id or 0] = row
    return list(bound), [_matrix_row(unit, bound, adopted, on) for unit in units]


def _matrix_row(
    unit: Covered, bound: dict[Task, frozenset[int]], adopted: dict[tuple[int, int], AdoptedTask], on: date
) -> MatrixRow:
    cells, missing, binding, taken = [], [], 0, 0
    for task, ids in bound.items():
        row = adopted.get((unit.adoption_id or 0, task.pk))
        cells.append(_cell(unit, row, unit.unit_id in ids, on))
        if unit.unit_id not in ids:
            continue
        binding += 1
        if row is not None and unit.state == coverage.ISSUED:
            taken += 1
        else:
            missing.append(task.code)
    return MatrixRow(unit, tuple(cells), binding, taken, tuple(missing))


def _cell(unit: Covered, row: AdoptedTask | None, binds: bool, on: date) -> Cell:
    if row is None:
        return (
            Cell("quiet", unit.word if unit.state != coverage.ISSUED else "Chưa nhận")
            if binds
            else Cell("none", "Không thuộc đơn vị này")
        )
    if unit.state != coverage.ISSUED:
        return Cell("quiet", unit.word, row.pk)
    stands = standing(row.due_on, on)
    if row.state in {states.OPEN, states.RETURNED} and stands.late_days:
        return Cell("bad", stands.word, row.pk, str(stands.late_days))
    return {
        states.OPEN: Cell("good", "Đã nhận", row.pk),
        states.SENT: Cell("warn", "Đã nộp, chờ xét", row.pk),
        states.RETURNED: Cell("bad", "Minh chứng bị trả lại", row.pk),
        states.ACCEPTED: Cell("good", "Đã xong", row.pk),
    }[row.state]
