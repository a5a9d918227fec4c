"""A programme beside the one that follows it: days moved, what was reached, what was learned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nep.movements.domain.deadline_forms import rule_in_words
from nep.movements.domain.next_year import moved_rule
from nep.movements.models import Lesson, Programme, Review, Target, Task
from nep.movements.queries.review_figures import review_figures
from nep.movements.queries.reviews import lessons_about
from nep.movements.queries.words import number_words
from nep.org.access import Actor


@dataclass(frozen=True, slots=True)
class TargetBeside:
    """A target, what was reached, its day in the next programme, and the lessons about it."""

    code: str
    name: str
    goal: str
    reached: str
    word: str
    kind: str
    day: str
    next_day: str
    lessons: list[Lesson]

    @property
    def day_moves(self) -> bool:
        return self.day != self.next_day


@dataclass(frozen=True, slots=True)
class TaskBeside:
    """A task, its day in the next programme, and the lessons about it."""

    code: str
    title: str
    day: str
    next_day: str
    lessons: list[Lesson]

    @property
    def day_moves(self) -> bool:
        return self.day != self.next_day


@dataclass(frozen=True, slots=True)
class Beside:
    """What an officer looks at while drafting the next programme."""

    targets: list[TargetBeside]
    tasks: list[TaskBeside]
    general: list[Lesson]
    as_of: datetime

    @property
    def moved(self) -> int:
        """How many days move and are to be looked at."""
        targets = sum(row.day_moves for row in self.targets)
        return targets + sum(row.day_moves for row in self.tasks)


def beside(programme: Programme, years: int, actor: Actor, now: datetime) -> Beside:
    """The targets and tasks of a programme with what became of them; figures of the last review if closed."""
    closed = Review.objects.filter(programme=programme, closed_at__isnull=False).order_by("closed_at").last()
    told = closed.figures if closed else review_figures(programme, actor=actor, today=actor.on, now=now)
    reached = {row["target"]: row for row in (told or {}).get("targets", ())}
    lessons = lessons_about(programme)
    return Beside(
        [_target(row, reached.get(row.pk), years, lessons) for row in programme.targets.all()],
        [_task(row, years, lessons) for row in programme.tasks.all()],
        lessons.get(("", 0), []),
        closed.closed_at if closed and closed.closed_at else now,
    )


def _target(
    row: Target, told: dict[str, str] | None, years: int, lessons: dict[tuple[str, int], list[Lesson]]
) -> TargetBeside:
    absent = {"missing": "Chưa báo cáo", "nothing": "Không phát sinh"}
    value = (told["value"] or absent.get(told["absent"], "")) if told else ""
    return TargetBeside(
        row.code,
        row.name,
        f"{number_words(row.value)}\u00a0{row.unit}",
        value,
        told["word"] if told else "",
        told["kind"] if told else "quiet",
        rule_in_words(row.rule),
        rule_in_words(moved_rule(row.rule, years)),
        lessons.get(("target", row.pk), []),
    )


def _task(row: Task, years: int, lessons: dict[tuple[str, int], list[Lesson]]) -> TaskBeside:
    return TaskBeside(
        row.code,
        row.title,
        rule_in_words(row.rule),
        rule_in_words(moved_rule(row.rule, years)),
        lessons.get(("task", row.pk), []),
    )
