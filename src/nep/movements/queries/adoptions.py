"""What the pages of a unit's plan show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse

from nep.kernel.rhythm import Rule
from nep.movements.domain import states
from nep.movements.domain.adoption import EVERYBODY, Because, Lacking, lacking_before_issue, reasons
from nep.movements.domain.lateness import Standing, standing
from nep.movements.domain.terms import Span, comes_again, due_at_issue, first_due, latest_own_day
from nep.movements.models import AdoptedTask, Adoption, Evidence, Target, Task, TaskActor
from nep.movements.models.content import EvidenceKind
from nep.movements.queries.places import places_of
from nep.movements.queries.reach import people_of
from nep.movements.queries.words import number_words
from nep.org.models import Posting
from nep.org.models.people import PersonQuerySet
from nep.platform.calendar import current

_ROLES = dict(TaskActor.Role.choices)


@dataclass(frozen=True, slots=True)
class Offered:
    """A task of the programme as a unit sees it: whether and why it binds, by when."""

    task: Task
    because: tuple[Because, ...]
    due_on: date | None

    @property
    def binds(self) -> bool:
        return bool(self.because)

    @property
    def term_due_on(self) -> date | None:
        """The last day of the running term of a task that comes again; another task names its day itself."""
        return self.due_on if comes_again(self.task.rule) else None

    @property
    def because_words(self) -> str:
        """Why it binds, with the words of the plan."""
        return because_words(self.because)

    @property
    def rule_words(self) -> str:
        return rule_words(self.task.rule)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A task in a unit's plan."""

    adopted: AdoptedTask
    because: tuple[Because, ...]
    latest: date
    by_rule: date | None
    standing: Standing
    partners: tuple[str, ...] = ()

    @property
    def binds(self) -> bool:
        return bool(self.because)

    @property
    def own(self) -> bool:
        """Whether the unit added it itself."""
        return self.adopted.task_id is None

    @property
    def why(self) -> str:
        """Why it is in the plan."""
        if self.own:
            return "Việc riêng của đơn vị"
        return because_words(self.because) if self.because else "Đơn vị tự nhận thêm"

    @property
    def rule_words(self) -> str:
        return rule_words(self.adopted.rule)

    @property
    def evidence_words(self) -> str:
        return EvidenceKind(self.adopted.evidence_kind).label


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as one unit answers it."""

    target: Target
    goal: str
    due_on: date
    latest: Evidence | None
    standing: Standing

    @property
    def figure(self) -> str:
        """The last figures sent, as 12/40 or 3."""
        return figure_words(self.latest) if self.latest else ""

    @property
    def url(self) -> str:
        """The evidence of those figures."""
        return reverse("evidence", args=[self.latest.pk]) if self.latest else ""

    @property
    def open(self) -> bool:
        """Whether figures may be sent: none wait for a decision."""
        return self.latest is None or self.latest.state != states.SENT


@dataclass(frozen=True, slots=True)
class Plan:
    """A unit's plan with everything its pages show."""

    adoption: Adoption
    offered: list[Offered]
    rows: list[PlanRow]
    lacking: tuple[Lacking, ...]

    @property
    def binding(self) -> list[Offered]:
        return [row for row in self.offered if row.binds]

    @property
    def optional(self) -> list[Offered]:
        """Tasks that do not bind the unit and are not in its plan."""
        taken = {row.adopted.task_id for row in self.rows}
        return [row for row in self.offered if not row.binds and row.task.pk not in taken]

    @property
    def own(self) -> list[PlanRow]:
        return [row for row in self.rows if row.own]

    @property
    def without_person(self) -> int:
        """Tasks of the programme that nobody is named for."""
        return sum(row.adopted.person_id is None and not row.own for row in self.rows)


def because_words(because: Iterable[Because]) -> str:
    """Reasons as a sentence: Kế hoạch giao “Sở Y tế” chủ trì."""
    told = [item for item in because if item != EVERYBODY]
    if not told:
        return "Giao chung cho mọi đơn vị"
    return "Kế hoạch giao " + ", ".join(f"“{item.name}” {_ROLES[item.role]}" for item in told)


def rule_words(rule: str) -> str:
    """A deadline rule in words; says so when there is none."""
    return Rule(rule).in_words() if rule else "kế hoạch không nêu hạn"


def figure_words(evidence: Evidence) -> str:
    """Figures as 12/40 or 3; empty when none were sent."""
    if evidence.numerator is None:
        return ""
    told = number_words(evidence.numerator)
    return told if evidence.denominator is None else f"{told}/{number_words(evidence.denominator)}"


def goal_words(target: Target) -> str:
    """What a target asks: 100 % or 4 hội nghị."""
    return f"{number_words(target.value)}\u00a0{target.unit}"


def plan_of(adoption: Adoption, on: date) -> Plan:
    """A unit's plan, in a fixed number of queries."""
    programme = adoption.programme
    span = Span(programme.starts_on, programme.ends_on)
    place = places_of([adoption.unit], on)[adoption.unit_id]
    actors = Prefetch("actors", queryset=TaskActor.objects.order_by("pk"))
    offered = [
        Offered(
            task,
            reasons(list(task.actors.all()), place),
            first_due(task.rule, on=on, span=span, calendar=current()),
        )
        for task in programme.tasks.prefetch_related(actors)
    ]
    known = {row.task.pk: row for row in offered}
    above = _days_above(adoption)
    rows = [
        _row(task, known.get(task.task_id or 0), span=span, above=above.get(task.task_id or 0), on=on)
        for task in adoption.tasks.select_related("person", "task")
    ]
    return Plan(adoption, offered, rows, _lacking(adoption, rows))


def _row(
    adopted: AdoptedTask, offered: Offered | None, *, span: Span, above: date | None, on: date
) -> PlanRow:
    actors = offered.task.actors.all() if offered else ()
    return PlanRow(
        adopted,
        offered.because if offered else (),
        latest=latest_own_day(adopted.rule, on=on, span=span, above=above, calendar=current()),
        by_rule=due_at_issue(adopted.rule, on=on, span=span, above=above, calendar=current()),
        standing=standing(adopted.due_on, on, rule=adopted.rule, calendar=current()),
        partners=tuple(actor.name for actor in actors if actor.role == TaskActor.Role.COOPERATE),
    )


def _days_above(adoption: Adoption) -> dict[int, date]:
    if adoption.parent_id is None:
        return {}
    rows = AdoptedTask.objects.filter(adoption=adoption.parent_id, task__isnull=False, due_on__isnull=False)
    return {task: due for task, due in rows.values_list("task_id", "due_on") if task and due}


def _lacking(adoption: Adoption, rows: list[PlanRow]) -> tuple[Lacking, ...]:
    return lacking_before_issue(
        without_person=sum(row.adopted.person_id is None and not row.own for row in rows),
        head_answers=False,
        has_plan=adoption.plan_id is not None,
        directly_because=adoption.directly_because,
    )


def targets_of(adoption: Adoption, on: date) -> list[TargetRow]:
    """The targets of the programme, each with the last figures of this unit, in two queries."""
    programme = adoption.programme
    span = Span(programme.starts_on, programme.ends_on)
    latest: dict[int, Evidence] = {}
    for evidence in adoption.evidence.filter(target__isnull=False).order_by("sent_at", "pk"):
        latest[evidence.target_id or 0] = evidence
    found = []
    for target in programme.targets.all():
        due = first_due(target.rule, on=on, span=span, calendar=current()) or span.last
        told = latest.get(target.pk)
        fresh = told is not None and told.term_due_on == due and told.state != states.RETURNED
        found.append(TargetRow(target, goal_words(target), due, told, _target_standing(told, due, on, fresh)))
    return found


def _target_standing(told: Evidence | None, due: date, on: date, fresh: bool) -> Standing:
    if told is not None and fresh:
        sent = told.state == states.SENT
        return Standing("warn", "Chờ xét") if sent else Standing("good", "Đã nhận")
    if told is not None and told.state == states.RETURNED:
        return Standing("bad", "Trả lại")
    return standing(due, on, calendar=current())


def passed_to(adoption: Adoption) -> list[Adoption]:
    """The units below to which the programme was passed, by name."""
    return list(adoption.passed_to.select_related("unit").order_by("unit__sort_key"))


def people_to_name(adoption: Adoption, words: str, on: date) -> PersonQuerySet:
    """People who may be named for tasks, found by name without diacritics, with where they work."""
    postings = Posting.objects.filter(during__contains=on).select_related("unit", "position")
    people = people_of(adoption.unit, on).matching(words)
    return people.prefetch_related(Prefetch("postings", queryset=postings, to_attr="postings_now"))
