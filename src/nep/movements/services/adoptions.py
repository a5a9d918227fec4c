"""The life of a unit's plan for a programme: opened, prepared, issued, withdrawn, passed down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction

from nep.accounts.roles import Permission
from nep.documents.models import Document
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, events
from nep.movements.domain import states
from nep.movements.domain.adoption import binds_at, lacking_before_issue
from nep.movements.domain.occurrences import lead_of, owed_from
from nep.movements.domain.terms import Span
from nep.movements.models import AdoptedTask, Adoption, Task
from nep.movements.queries.places import places_of
from nep.movements.queries.reach import units_to_pass_to
from nep.movements.services import occurrences
from nep.movements.services.carrying import leave_out_what_is_done, tasks_handed_on
from nep.movements.services.occurrences import calendar_now, duty_of_task, open_terms, withdraw_terms
from nep.movements.services.telling import tell_expected
from nep.org.access import Actor
from nep.org.models import Person, Unit
from nep.platform.audit.trail import record


def lock_adoption(adoption: Adoption) -> Adoption:
    """The adoption as it stands now, held until the transaction ends."""
    rows = Adoption.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("programme", "unit").get(pk=adoption.pk)


def span_of(adoption: Adoption) -> Span:
    """The days of the programme."""
    return occurrences.span_of(adoption.programme)


def days_above(adoption: Adoption) -> dict[int, date]:
    """The last days that the unit above holds, by task of the programme."""
    rows = AdoptedTask.objects.filter(adoption=adoption.parent_id, task__isnull=False, due_on__isnull=False)
    return {task: due for task, due in rows.values_list("task_id", "due_on") if task and due}


@transaction.atomic
def prepare_adoption(adoption: Adoption, *, actor: Actor, at: datetime) -> Adoption:
    """Open the programme for a unit: the tasks that bind it are in its plan from now on.

    Opening it a second time changes nothing.
    """
    adoption = lock_adoption(adoption)
    access.may_prepare(actor, adoption).require()
    if adoption.state != states.EXPECTED:
        return adoption
    place = places_of([adoption.unit], actor.on)[adoption.unit_id]
    tasks = Task.objects.filter(programme=adoption.programme).prefetch_related("actors")
    handed_on = tasks_handed_on(adoption)
    binding = [task for task in tasks if task.pk in handed_on or binds_at(task.actors.all(), place)]
    AdoptedTask.objects.bulk_create(adopted_from(task, adoption) for task in binding)
    adoption.state = states.PREPARING
    adoption.save(update_fields=["state"])
    record(
        events.ADOPTION_OPENED,
        actor=actor,
        about=[adoption, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        programme=adoption.programme.title,
        unit=adoption.unit.name,
        tasks=len(binding),
    )
    return adoption


def adopted_from(task: Task, adoption: Adoption) -> AdoptedTask:
    """A task of the programme as it enters a unit's plan; not saved."""
    return AdoptedTask(
        adoption=adoption,
        task=task,
        position=task.position,
        title=task.title,
        rule=task.rule,
        evidence_kind=task.evidence_kind,
    )


@transaction.atomic
def attach_plan(adoption: Adoption, document: Document, *, actor: Actor, at: datetime) -> None:
    """Attach the unit's own signed plan; it replaces the statement that there is none.

    Raises: RuleError when the document is not of the unit or lacks number or date.
    """
    adoption = lock_adoption(adoption)
    access.may_prepare(actor, adoption).require()
    if document.owner_unit_id != adoption.unit_id:
        raise RuleError("Chọn văn bản trong kho của đơn vị mình.")
    if not document.number or document.issued_on is None:
        raise RuleError("Kế hoạch đã ký phải có số và ngày ban hành.")
    before = adoption.plan.reference if adoption.plan else None
    adoption.plan, adoption.directly_because = document, ""
    adoption.save(update_fields=["plan", "directly_because"])
    record(
        events.PLAN_ATTACHED,
        actor=actor,
        about=[adoption, document],
        at=at,
        unit_id=adoption.unit_id,
        before={"plan": before},
        after={"plan": document.reference},
        plan=document.reference,
        unit=adoption.unit.name,
    )


@transaction.atomic
def carry_out_directly(adoption: Adoption, because: str, *, actor: Actor, at: datetime) -> None:
    """State that the unit has no plan of its own and why it carries out the one above as it stands.

    Raises: RuleError without a reason.
    """
    adoption = lock_adoption(adoption)
    access.may_prepare(actor, adoption).require()
    if not because.strip():
        raise RuleError("Ghi lý do đơn vị thực hiện thẳng kế hoạch của cấp trên.")
    adoption.plan, adoption.directly_because = None, because.strip()
    adoption.save(update_fields=["plan", "directly_because"])
    record(
        events.PLAN_DIRECT,
        actor=actor,
        about=[adoption],
        at=at,
        unit_id=adoption.unit_id,
        reason=because.strip(),
        unit=adoption.unit.name,
    )


@transaction.atomic
def issue_adoption(adoption: Adoption, *, actor: Actor, at: datetime, head_answers: bool = False) -> Adoption:
    """Issue a unit's plan: its tasks get the last day of the running term, the unit's own day first.

    `head_answers`: who issues takes the tasks that nobody was named for.

    Raises: RuleError that says what is lacking.
    """
    adoption = lock_adoption(adoption)
    access.may_issue(actor, adoption).require()
    if adoption.state != states.PREPARING:
        raise RuleError("Mở chương trình và chuẩn bị kế hoạch trước khi ban hành.")
    tasks = list(adoption.tasks.select_for_update())
    _check_complete(adoption, tasks, head_answers=head_answers)
    _set_leads(adoption, tasks)
    if head_answers:
        _head_takes(tasks, actor)
    AdoptedTask.objects.bulk_update(tasks, ["due_on", "lead_days", "person"])
    adoption.state, adoption.issued_by_id, adoption.issued_on = states.ISSUED, actor.id, actor.on
    adoption.save(update_fields=["state", "issued_by_id", "issued_on"])
    open_terms(adoption, on=actor.on, at=at)
    leave_out_what_is_done(adoption, on=actor.on, at=at)
    record(
        events.ADOPTION_ISSUED,
        actor=actor.standing_at(Permission.ISSUE_ADOPTIONS, adoption.unit),
        about=[adoption, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        unit=adoption.unit.name,
        programme=adoption.programme.title,
        tasks=len(tasks),
        plan=adoption.plan.reference if adoption.plan else "",
        directly_because=adoption.directly_because,
    )
    return adoption


def _check_complete(adoption: Adoption, tasks: Collection[AdoptedTask], *, head_answers: bool) -> None:
    lacking = lacking_before_issue(
        without_person=sum(task.person_id is None and task.task_id is not None for task in tasks),
        head_answers=head_answers,
        has_plan=adoption.plan_id is not None,
        directly_because=adoption.directly_because,
    )
    if lacking:
        told = " ".join(item.sentence for item in lacking)
        raise RuleError(f"Chưa ban hành được kế hoạch. {told}")


def _set_leads(adoption: Adoption, tasks: Collection[AdoptedTask]) -> None:
    """How many days before the rule's each task is due: as the unit says, and no less than the unit above."""
    above, span, calendar = _tasks_above(adoption), span_of(adoption), calendar_now()
    for task in tasks:
        duty, asked = duty_of_task(task, span), above.get(task.task_id or 0)
        if duty.names_a_day:
            own = lead_of(duty, task.due_on, calendar) if task.due_on else 0
            task.lead_days = max(own, asked.lead_days if asked else 0)
        elif task.due_on is None and asked is not None:
            task.due_on = asked.due_on


def _tasks_above(adoption: Adoption) -> dict[int, AdoptedTask]:
    """The tasks in the plan of the unit above, by task of the programme."""
    rows = AdoptedTask.objects.filter(adoption=adoption.parent_id, task__isnull=False)
    return {row.task_id or 0: row for row in rows} if adoption.parent_id else {}


def _head_takes(tasks: Collection[AdoptedTask], actor: Actor) -> None:
    unnamed = [task for task in tasks if task.person_id is None]
    head = Person.objects.filter(user=actor.user).first()
    if unnamed and head is None:
        raise RuleError("Tài khoản này chưa gắn với ai trong danh sách nhân sự. Chọn người cho từng việc.")
    for task in unnamed:
        task.person = head


@transaction.atomic
def withdraw_adoption(adoption: Adoption, reason: str, *, actor: Actor, at: datetime) -> None:
    """Take an issued plan back into preparation; days that came from the rules are open again.

    Raises: RuleError without a reason.
    """
    adoption = lock_adoption(adoption)
    access.may_withdraw(actor, adoption).require()
    if not reason.strip():
        raise RuleError("Ghi lý do thu hồi kế hoạch đã ban hành.")
    _back_to_own_days(adoption)
    withdraw_terms(adoption, at=at)
    adoption.state, adoption.issued_by_id, adoption.issued_on = states.PREPARING, None, None
    adoption.save(update_fields=["state", "issued_by_id", "issued_on"])
    record(
        events.ADOPTION_WITHDRAWN,
        actor=actor.standing_at(Permission.ISSUE_ADOPTIONS, adoption.unit),
        about=[adoption, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        reason=reason.strip(),
        unit=adoption.unit.name,
        programme=adoption.programme.title,
    )


def _back_to_own_days(adoption: Adoption) -> None:
    """Tasks keep the days that the unit set; those of the rule and of the unit above are open again."""
    issued_on = adoption.issued_on or adoption.expected_since
    above, span, calendar = _tasks_above(adoption), span_of(adoption), calendar_now()
    tasks = list(adoption.tasks.select_for_update())
    for task in tasks:
        duty, asked = duty_of_task(task, span), above.get(task.task_id or 0)
        if duty.names_a_day:
            own = task.lead_days > (asked.lead_days if asked else 0)
            task.due_on = owed_from(duty, issued_on, calendar).due_on if own else None
        elif asked is not None and task.due_on == asked.due_on:
            task.due_on = None
        task.state, task.lead_days, task.terms_accepted = states.OPEN, 0, 0
    AdoptedTask.objects.bulk_update(tasks, ["due_on", "state", "lead_days", "terms_accepted"])


@transaction.atomic
def pass_down(adoption: Adoption, units: Collection[Unit], *, actor: Actor, at: datetime) -> list[Adoption]:
    """Pass the programme to units below, who find it among what they owe; again later for further units.

    Raises: RuleError when no unit is chosen; Conflict when one of them has it already.
    """
    adoption = lock_adoption(adoption)
    access.may_pass_down(actor, adoption).require()
    if not units:
        raise RuleError("Chọn ít nhất một đơn vị để giao xuống.")
    open_to_it = set(units_to_pass_to(adoption, actor.on).values_list("pk", flat=True))
    if taken := [unit.name for unit in units if unit.pk not in open_to_it]:
        raise Conflict(f"Không giao được cho {', '.join(taken)}: đã được giao hoặc ngoài phạm vi.")
    passed = _expect(adoption, units, actor.on)
    if adoption.passed_on is None:
        adoption.passed_on = actor.on
        adoption.save(update_fields=["passed_on"])
    record(
        events.ADOPTION_PASSED,
        actor=actor.standing_at(Permission.ISSUE_ADOPTIONS, adoption.unit),
        about=[adoption, *passed, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        programme=adoption.programme.title,
        unit=adoption.unit.name,
        count=len(passed),
        units=[unit.name for unit in units],
    )
    plans = {plan.unit_id: plan.pk for plan in passed}
    tell_expected(adoption.programme, plans, adoption.unit.name, on=actor.on, at=at)
    return passed


def _expect(adoption: Adoption, units: Collection[Unit], on: date) -> list[Adoption]:
    try:
        with transaction.atomic():
            return Adoption.objects.bulk_create(
                Adoption(
                    programme=adoption.programme,
                    unit=unit,
                    parent=adoption,
                    level=adoption.level + 1,
                    expected_since=on,
                )
                for unit in units
            )
    except IntegrityError as error:  # an attached unit also has a parent in its own line, who was faster
        raise Conflict("Một đơn vị vừa được cấp trên khác giao. Mở lại trang rồi chọn lại.") from error
