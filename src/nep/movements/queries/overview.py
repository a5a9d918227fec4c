"""The programme at a glance: targets, tasks, units, what is missing and with whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from nep.movements.domain import states
from nep.movements.domain.lateness import Standing, standing
from nep.movements.domain.progress import DOING, DONE, LATE, NOT_DUE, SOON, WAITING
from nep.movements.models import Adoption, Occurrence, Programme
from nep.movements.models.occurrences import OccurrenceQuerySet
from nep.movements.queries import terms_on
from nep.movements.queries.counted import counted_in, whose_figures
from nep.movements.queries.tallies import Counted, plan_sums, task_sums
from nep.movements.queries.targets import TargetRow, target_rows
from nep.movements.queries.terms_on import end_of
from nep.movements.queries.words import number_words
from nep.org.access import Actor
from nep.org.models import Line
from nep.platform.calendar import current

SHOWN = 8


@dataclass(frozen=True, slots=True)
class UnitsRow:
    """How many units of one line and level have issued their plan, of how many that are to."""

    line: str
    level: int
    issued: int
    preparing: int
    expected: int

    @property
    def label(self) -> str:
        return f"{Line(self.line).label}, cấp {self.level}"

    @property
    def key(self) -> str:
        """The key of its figure."""
        return f"units-{self.line}-{self.level}"

    @property
    def ratio(self) -> str:
        return f"{self.issued}/{self.expected}"


@dataclass(frozen=True, slots=True)
class LateRow:
    """A term of a unit whose last day is past, and how late it is."""

    term: Occurrence
    standing: Standing

    @property
    def who(self) -> str:
        """Who has it."""
        person = self.term.task.person if self.term.task else None
        return person.name if person else "Chưa giao"


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the first page of a programme shows; `whose` says which units are counted, if not all."""

    targets: list[TargetRow]
    tasks: dict[str, int]
    late: list[LateRow]
    units: list[UnitsRow]
    missing: list[Adoption]
    whose: str

    @property
    def tasks_in_all(self) -> int:
        return sum(self.tasks.values())

    @property
    def tasks_words(self) -> str:
        return f"{number_words(self.tasks_in_all)} việc trong kế hoạch đã ban hành"

    @property
    def issued(self) -> int:
        return sum(row.issued for row in self.units)

    @property
    def expected(self) -> int:
        return sum(row.expected for row in self.units)

    @property
    def not_issued_words(self) -> str:
        return f"{number_words(self.expected - self.issued)} đơn vị"


def overview(
    programme: Programme, *, actor: Actor, today: date, now: datetime, day: date | None = None
) -> Overview:
    """A programme as this actor may see it, in a fixed number of queries.

    `day`: as it stood at the end of a past day; `today` and `now` are left out then.
    """
    counted = counted_in(actor, programme, day)
    if day is not None:
        today, now = day, end_of(day)
    units = unit_rows(counted)
    expected = sum(row.expected for row in units)
    tasks = task_sums(counted)
    return Overview(
        targets=target_rows(counted, expected, today, now),
        tasks=tasks.by_standing(today),
        late=late_rows(counted, today),
        units=units,
        missing=list(counted.not_issued.select_related("unit")[:SHOWN]),
        whose=whose_figures(actor, programme, expected, units_asked(counted, expected)),
    )


def units_asked(counted: Counted, expected: int) -> int:
    """How many units are to adopt a programme, of which `expected` are counted."""
    if counted.whole:
        return expected
    asked = plan_sums(replace(counted, whole=True, rows=Adoption.objects.filter(programme=counted.programme)))
    return sum(told.total() for told in asked.values())


def unit_rows(counted: Counted) -> list[UnitsRow]:
    """Units per line and level."""
    order = {line: place for place, line in enumerate(Line.values)}
    found = [
        UnitsRow(line, level, told[states.ISSUED], told[states.PREPARING], sum(told.values()))
        for (line, level), told in plan_sums(counted).items()
    ]
    return sorted(found, key=lambda row: (order[row.line], row.level))


def condition_of(standing_of: str, today: date) -> Q:
    """The condition in SQL of a task's standing; the same as `domain.progress.task_standing`."""
    owed = Q(state__in=[states.OPEN, states.RETURNED])
    far = today + SOON
    return {
        DONE: Q(state=states.ACCEPTED),
        WAITING: Q(state=states.SENT),
        LATE: owed & Q(due_on__lt=today),
        DOING: owed & (Q(due_on__isnull=True) | Q(due_on__gte=today, due_on__lte=far)),
        NOT_DUE: owed & Q(due_on__gt=far),
    }[standing_of]


def late_terms(counted: Counted, today: date) -> OccurrenceQuerySet:
    """The late terms of the plans counted."""
    late = terms_on.late(today, counted.day)
    rows = Occurrence.objects.filter(late, programme=counted.programme)
    return rows if counted.whole else rows.filter(adoption__in=counted.rows.order_by().values("pk"))


def late_rows(counted: Counted, today: date) -> list[LateRow]:
    """The latest of the late terms."""
    rows = late_terms(counted, today).select_related("unit", "task__person", "target")
    first = rows.order_by("due_on", "pk")[:SHOWN]
    return [LateRow(row, standing(row.due_on, today, calendar=current())) for row in first]


def figures_now(programme: Programme, *, actor: Actor, today: date, now: datetime) -> dict[str, Any]:
    """The figures on which a review concludes, as they stand: kept with its event."""
    seen = overview(programme, actor=actor, today=today, now=now)
    return {
        "targets": [
            {
                "code": row.target.code,
                "name": row.target.name,
                "goal": row.goal_words,
                "value": row.value or row.told.absent,
                "word": row.reached.word,
            }
            for row in seen.targets
        ],
        "tasks": seen.tasks,
        "units": {"issued": seen.issued, "expected": seen.expected},
    }
