"""How units take a programme on: prepared, issued, passed down; by chance, but the same at every run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from nep.accounts.models import User
from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.adoption import binds_at
from nep.movements.domain.terms import Span
from nep.movements.models import AdoptedTask, Adoption, Programme, Task
from nep.movements.queries.places import places_of
from nep.movements.services.adoptions import pass_down
from nep.org.access import Actor
from nep.org.models import Unit
from nep.sample.history import story
from nep.sample.scale.copying import Rows
from nep.sample.scale.people import Holder, Seats
from nep.sample.scale.programmes import Told, at
from nep.sample.scale.trail import Trail

UNTOUCHED, PREPARING, NAMED = 0.06, 0.05, 0.1
_UPDATE = """
UPDATE movements_adoption SET state = %s, directly_because = %s, issued_by_id = %s, issued_on = %s
WHERE id = %s
"""


@dataclass(slots=True)
class Plan:
    """A unit's plan and who acts in it."""

    adoption: Adoption
    head: Holder
    sender: Holder
    decider: Holder
    day: date
    share: float

    @property
    def unit(self) -> Unit:
        return self.adoption.unit

    @property
    def name(self) -> str:
        """Its lasting name in the trail."""
        return f"movements.adoption:{self.adoption.pk}"


@dataclass(frozen=True, slots=True)
class Stands:
    """How a task of a plan stands in the end."""

    state: str
    due_on: date | None
    terms: int


class Adopting:
    """Takes one programme on, level by level; `plans` are those issued, by adoption."""

    def __init__(self, told: Told, programme: Programme, seats: dict[int, Seats], trail: Trail) -> None:
        """Nobody has opened it."""
        self.told, self.programme, self.seats, self.trail = told, programme, seats, trail
        self.name = f"movements.programme:{programme.pk}"
        self.draw = random.Random(programme.code)
        self.span = Span(programme.starts_on, programme.ends_on)
        self.tasks = list(Task.objects.filter(programme=programme).prefetch_related("actors"))
        self.officer = _holder(told.officer)
        self.plans: dict[int, Plan] = {}
        self.units: dict[int, int] = {}
        self.opened: list[tuple[Plan, list[Task]]] = []

    def adopt(self, level: int) -> None:
        """Every unit of a level, in its own way."""
        found = Adoption.objects.filter(programme=self.programme, level=level)
        rows = list(found.select_related("unit").order_by("pk"))
        places = places_of([row.unit for row in rows], self.told.launched)
        updates: list[tuple[str, str, int | None, date | None, int]] = []
        for row in rows:
            self.units[row.pk] = row.unit_id
            head, roll = self.seats[row.unit_id].head, self.draw.random()
            if head is None or roll < UNTOUCHED:
                continue
            plan = self._plan(row, head)
            binding = [task for task in self.tasks if binds_at(task.actors.all(), places[row.unit_id])]
            self._tell_prepared(plan, len(binding))
            self.opened.append((plan, binding))
            if roll < UNTOUCHED + PREPARING:
                updates.append((states.PREPARING, story()["directly"], None, None, row.pk))
                continue
            self._issue(plan, binding)
            updates.append((states.ISSUED, story()["directly"], head.user_id, plan.day, row.pk))
        with connection.cursor() as cursor:
            cursor.executemany(_UPDATE, updates)

    def _plan(self, row: Adoption, head: Holder) -> Plan:
        day = self.told.launched + timedelta(days=2 + 12 * (row.level - 1) + self.draw.randrange(9))
        decider = self.officer
        if row.parent_id is not None:
            decider = self.seats[self.units[row.parent_id]].head or self.officer
        sender = self.seats[row.unit_id].sender or head
        return Plan(row, head, sender, decider, day, self.draw.uniform(0.5, 1.0))

    def _issue(self, plan: Plan, binding: Sequence[Task]) -> None:
        self.plans[plan.adoption.pk] = plan
        self.trail.tell(
            events.ADOPTION_ISSUED,
            *(plan.name, self.name),
            at=at(plan.day, 6),
            unit_id=plan.unit.pk,
            actor=plan.head.named,
            unit=plan.unit.name,
            programme=self.programme.title,
            tasks=len(binding),
            plan="",
            directly_because=story()["directly"],
        )

    def _tell_prepared(self, plan: Plan, tasks: int) -> None:
        self.trail.tell(
            events.ADOPTION_OPENED,
            *(plan.name, self.name),
            at=at(plan.day, 3),
            unit_id=plan.unit.pk,
            actor=plan.sender.named,
            programme=self.programme.title,
            unit=plan.unit.name,
            tasks=tasks,
        )
        self.trail.tell(
            events.PLAN_DIRECT,
            plan.name,
            at=at(plan.day, 5),
            unit_id=plan.unit.pk,
            actor=plan.sender.named,
            reason=story()["directly"],
            unit=plan.unit.name,
        )

    def pass_on(self) -> None:
        """Units that have issued their plan pass the programme to those right below them."""
        self.trail.copy()  # the services number their events after these
        day = self.told.launched + timedelta(days=13)
        rows = Adoption.objects.filter(programme=self.programme, state=states.ISSUED)
        for row in rows.select_related("unit", "programme").order_by("pk"):
            below = list(Unit.objects.all().directly_below(row.unit, day))
            if below:
                user = User.objects.get(person=self.plans[row.pk].head.person_id)
                pass_down(row, below, actor=Actor(user, day), at=at(day))

    def task_rows(self) -> Rows:
        """Rows for the tasks of plans; `add_task` fills them."""
        return Rows(
            AdoptedTask,
            *("adoption_id", "task_id", "position", "title", "person_id", "rule", "due_on"),
            *("evidence_kind", "state", "terms_accepted"),
        )

    def add_task(self, rows: Rows, plan: Plan, task: Task, stands: Stands) -> None:
        """A task of a plan: somebody of the unit is named for it, else the head takes it at the issue."""
        people = self.seats[plan.unit.pk].people
        named = bool(people) and self.draw.random() < NAMED
        issued = plan.adoption.pk in self.plans
        person = self.draw.choice(people).holder if named else plan.head if issued else None
        number = rows.add(
            *(plan.adoption.pk, task.pk, task.position, task.title, person.person_id if person else None),
            *(task.rule, stands.due_on, task.evidence_kind, stands.state, stands.terms),
        )
        if named and person:
            self.trail.tell(
                events.TASK_ASSIGNED,
                *(f"movements.adoptedtask:{number}", plan.name),
                at=at(plan.day, 4),
                unit_id=plan.unit.pk,
                actor=plan.sender.named,
                before={"person": None},
                after={"person": person.name},
                unit=plan.unit.name,
                task=task.title,
                person=person.name,
            )


def _holder(login: str) -> Holder:
    user = User.objects.select_related("person").get(login=login)
    return Holder(user.person.pk, user.name, user.pk)
