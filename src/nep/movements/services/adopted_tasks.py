"""The tasks in a unit's plan while it is being prepared."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, events
from nep.movements.domain.adoption import binds_at
from nep.movements.domain.terms import check_own_day, latest_own_day
from nep.movements.models import AdoptedTask, Adoption, Task
from nep.movements.models.content import EvidenceKind
from nep.movements.queries.places import places_of
from nep.movements.queries.reach import people_of
from nep.movements.services.adoptions import adopted_from, days_above, lock_adoption, span_of
from nep.org.access import Actor
from nep.org.models import Person
from nep.platform.audit.trail import record
from nep.platform.calendar import exact


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What a unit says about a task in its plan; `due_on` None leaves the day to the rule."""

    due_on: date | None
    evidence_kind: str
    note: str = ""


def words_of(task: AdoptedTask) -> TaskWords:
    """What the plan says about a task now."""
    return TaskWords(task.due_on, task.evidence_kind, task.note)


def _open_plan(adoption: Adoption, actor: Actor) -> Adoption:
    adoption = lock_adoption(adoption)
    access.may_prepare(actor, adoption).require()
    if adoption.state == Adoption.State.EXPECTED:
        raise RuleError("Mở chương trình trước khi sửa kế hoạch.")
    return adoption


def _lock_task(task: AdoptedTask, actor: Actor) -> AdoptedTask:
    return _lock_tasks(_open_plan(task.adoption, actor), [task])[0]


def _lock_tasks(adoption: Adoption, tasks: Collection[AdoptedTask]) -> list[AdoptedTask]:
    """Tasks of a plan as they stand, held, in the order in which they were asked for."""
    rows = AdoptedTask.objects.select_for_update(of=("self",)).select_related("person").order_by("pk")
    found = {row.pk: row for row in rows.filter(pk__in=[task.pk for task in tasks], adoption=adoption)}
    if any(task.pk not in found for task in tasks):
        raise Conflict("Việc này vừa được bỏ khỏi kế hoạch. Mở lại trang để xem.")
    for row in found.values():
        row.adoption = adoption
    return [found[task.pk] for task in tasks]


def _note(kind: Any, task: AdoptedTask, *, actor: Actor, at: datetime, **more: Any) -> None:
    unit = task.adoption.unit
    facts = {"unit": unit.name, "task": task.title} | more.pop("facts", {})
    record(kind, actor=actor, about=[task, task.adoption], at=at, unit_id=unit.pk, **more, **facts)


@transaction.atomic
def take_task(adoption: Adoption, task: Task, *, actor: Actor, at: datetime) -> AdoptedTask:
    """Take a task of the programme that does not bind the unit.

    Raises: RuleError when the task is of another programme; Conflict when it is in the plan.
    """
    adoption = _open_plan(adoption, actor)
    if task.programme_id != adoption.programme_id:
        raise RuleError("Việc này không thuộc chương trình.")
    if adoption.tasks.filter(task=task).exists():
        raise Conflict("Việc này đã có trong kế hoạch.")
    taken = adopted_from(task, adoption)
    taken.save()
    _note(events.TASK_TAKEN, taken, actor=actor, at=at)
    return taken


@transaction.atomic
def drop_task(task: AdoptedTask, *, actor: Actor, at: datetime) -> None:
    """Leave a task out again: one's own, or one that does not bind the unit.

    Raises: RuleError for a binding task and for one that has evidence.
    """
    task = _lock_task(task, actor)
    if task.task is not None:
        place = places_of([task.adoption.unit], actor.on)[task.adoption.unit_id]
        if binds_at(task.task.actors.all(), place):
            raise RuleError("Việc này bắt buộc với đơn vị, không bỏ được.")
    if task.evidence.exists():
        raise RuleError("Việc này đã có minh chứng, không bỏ được.")
    _note(events.TASK_DROPPED, task, actor=actor, at=at, before={"title": task.title, "due_on": task.due_on})
    task.delete()


@transaction.atomic
def add_own_task(
    adoption: Adoption, title: str, words: TaskWords, *, actor: Actor, at: datetime
) -> AdoptedTask:
    """Add a task of the unit's own; it takes back the statement that there is none.

    Raises: RuleError without a title, or with a day outside the programme.
    """
    adoption = _open_plan(adoption, actor)
    if not title.strip():
        raise RuleError("Ghi tên việc.")
    if words.due_on is not None:
        check_own_day(words.due_on, latest=span_of(adoption).last, on=actor.on)
    last = adoption.tasks.aggregate(last=Max("position"))["last"] or 0
    own = AdoptedTask.objects.create(
        adoption=adoption,
        position=last + 1,
        title=title.strip()[:500],
        due_on=words.due_on,
        evidence_kind=words.evidence_kind,
        note=words.note.strip(),
    )
    if adoption.nothing_own:
        adoption.nothing_own = False
        adoption.save(update_fields=["nothing_own"])
    _note(
        events.OWN_TASK_ADDED,
        own,
        actor=actor,
        at=at,
        after={"due_on": own.due_on, "evidence_kind": own.evidence_kind},
    )
    return own


def latest_day_of(task: AdoptedTask, on: date) -> date:
    """The latest day that the unit may set for a task of its plan."""
    above = days_above(task.adoption).get(task.task_id or 0)
    return latest_own_day(task.rule, on=on, span=span_of(task.adoption), above=above, calendar=exact())


def kind_demanded(task: AdoptedTask) -> str:
    """The kind of evidence that the programme asks for in this task; empty when the unit may choose."""
    if task.task is None or task.task.evidence_kind == EvidenceKind.ANY:
        return ""
    return task.task.evidence_kind


@transaction.atomic
def change_task(
    task: AdoptedTask, words: TaskWords, *, actor: Actor, at: datetime, seen: TaskWords
) -> AdoptedTask:
    """Say by when, shown by what, with which note; `seen` is what the page showed before.

    Raises: RuleError for a day later than that of the unit above, or other evidence than the programme asks;
        Conflict when it changed meanwhile.
    """
    task = _lock_task(task, actor)
    before = words_of(task)
    if before == words:
        return task
    if before != seen:
        raise Conflict("Việc này vừa được người khác sửa. Mở lại trang để xem rồi sửa tiếp.")
    demanded = kind_demanded(task)
    if demanded and words.evidence_kind != demanded:
        label = EvidenceKind(demanded).label.lower()
        raise RuleError(f"Kế hoạch yêu cầu minh chứng là {label}, không đổi được.")
    if words.due_on is not None and words.due_on != before.due_on:
        check_own_day(words.due_on, latest=latest_day_of(task, actor.on), on=actor.on)
    task.due_on, task.evidence_kind, task.note = words.due_on, words.evidence_kind, words.note.strip()
    task.save(update_fields=["due_on", "evidence_kind", "note"])
    _note(events.TASK_CHANGED, task, actor=actor, at=at, before=_plain(before), after=_plain(words_of(task)))
    return task


def _plain(words: TaskWords) -> dict[str, object]:
    return {"due_on": words.due_on, "evidence_kind": words.evidence_kind, "note": words.note}


@transaction.atomic
def assign_tasks(
    adoption: Adoption, tasks: Collection[AdoptedTask], person: Person | None, *, actor: Actor, at: datetime
) -> None:
    """Name who answers for tasks; None takes the name off again.

    Raises: RuleError when the person does not work in the unit or below it.
    """
    adoption = _open_plan(adoption, actor)
    if person is not None and not people_of(adoption.unit, actor.on).filter(pk=person.pk).exists():
        raise RuleError(f"{person.name} không công tác tại {adoption.unit.name} và các đơn vị bên dưới.")
    for locked in _lock_tasks(adoption, tasks):
        if locked.person_id == (person.pk if person else None):
            continue
        before = locked.person.name if locked.person else None
        locked.person = person
        locked.save(update_fields=["person"])
        _note(
            events.TASK_ASSIGNED,
            locked,
            actor=actor,
            at=at,
            before={"person": before},
            after={"person": person.name if person else None},
            facts={"person": person.name if person else "chưa ai"},
        )


@transaction.atomic
def say_nothing_own(adoption: Adoption, nothing: bool, *, actor: Actor, at: datetime) -> None:
    """State that the unit has no task of its own, or take that back; silence is neither.

    Raises: RuleError when the plan holds tasks of its own.
    """
    adoption = _open_plan(adoption, actor)
    if adoption.nothing_own == nothing:
        return
    if nothing and adoption.tasks.filter(task__isnull=True).exists():
        raise RuleError("Kế hoạch đang có việc riêng. Bỏ các việc đó trước khi ghi là không có.")
    adoption.nothing_own = nothing
    adoption.save(update_fields=["nothing_own"])
    record(
        events.NOTHING_OWN_SAID if nothing else events.NOTHING_OWN_UNSAID,
        actor=actor,
        about=[adoption],
        at=at,
        unit_id=adoption.unit_id,
        unit=adoption.unit.name,
    )


@transaction.atomic
def write_note(adoption: Adoption, note: str, *, actor: Actor, at: datetime) -> None:
    """Keep a note in the unit's plan."""
    adoption = _open_plan(adoption, actor)
    if adoption.note == note.strip():
        return
    before, adoption.note = adoption.note, note.strip()
    adoption.save(update_fields=["note"])
    record(
        events.ADOPTION_NOTED,
        actor=actor,
        about=[adoption],
        at=at,
        unit_id=adoption.unit_id,
        before={"note": before},
        after={"note": adoption.note},
        unit=adoption.unit.name,
    )
