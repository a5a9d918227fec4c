"""A unit's plan follows an amendment that it holds: tasks come in, change or leave for the time ahead."""

from __future__ import annotations

from datetime import date, datetime

from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.adoption import Place, binds_at
from nep.movements.domain.amendments import ADD, CHANGE, DROP, EXEMPTED, Change, effect
from nep.movements.domain.terms import due_at_issue
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Proposal, Target, Task
from nep.movements.models.content import EvidenceKind
from nep.movements.queries.contents import actors_of
from nep.movements.queries.places import places_of
from nep.movements.services.adoptions import adopted_from, days_above, lock_adoption, span_of
from nep.movements.services.occurrences import end_terms, open_terms
from nep.movements.services.retiming import retime_target, retime_task
from nep.org.models import Person
from nep.platform.audit.trail import record
from nep.platform.calendar import exact

TASKS, TARGETS = "nhiem-vu", "chi-tieu"
WORDS = {ADD: "thêm {} việc", CHANGE: "sửa {} việc", DROP: "thôi {} việc"}


def effect_on(change: Change, place: Place, *, has: bool) -> str:
    """What a change of a task does to the plan of the unit in this place."""
    return effect(
        change,
        bound_before=change.before is not None and binds_at(actors_of(change.before), place),
        binds_after=change.after is not None and binds_at(actors_of(change.after), place),
        has=has,
    )


def apply_to_plan(proposal: Proposal, *, on: date, at: datetime) -> str:
    """Bring a unit's plan into line; returns in words what was done.

    What the unit wrote, whom it named and what it has shown stay; terms that are over stay as they were.
    A plan that is not opened yet needs nothing: it will be opened with what the programme says then. A unit
    that is exempt keeps its tasks; targets are those of the whole programme.
    """
    adoption = lock_adoption(proposal.adoption)
    if adoption.state == states.EXPECTED:
        return "đơn vị chưa mở kế hoạch"
    place = places_of([adoption.unit], on)[adoption.unit_id]
    counts = {ADD: 0, CHANGE: 0, DROP: 0}
    for change in proposal.amendment.items:
        if change.kind == TASKS and proposal.state != EXEMPTED:
            act = _follow(adoption, change, place, proposal, on=on, at=at)
            if act in counts:
                counts[act] += 1
        elif change.kind == TARGETS and adoption.state == states.ISSUED:
            _follow_target(adoption, change, on=on, at=at)
    if adoption.state == states.ISSUED:
        open_terms(adoption, on=on, at=at)
    return ", ".join(WORDS[act].format(count) for act, count in counts.items() if count) or "không đổi việc"


def _follow(
    adoption: Adoption, change: Change, place: Place, proposal: Proposal, *, on: date, at: datetime
) -> str:
    task = Task.ever.get(pk=change.key)
    held = adoption.tasks.select_for_update().filter(task=task, left_on__isnull=True).first()
    act = effect_on(change, place, has=held is not None)
    if act == ADD:
        _take_in(proposal, adoption, task, on)
    elif held is not None and act == CHANGE:
        _change(adoption, held, task, change, on=on, at=at)
    elif held is not None and act == DROP:
        _leave(adoption, held, proposal, on=on, at=at)
    return act


def _take_in(proposal: Proposal, adoption: Adoption, task: Task, on: date) -> None:
    """Who answered for the unit, or else issued its plan, answers for what comes into an issued plan."""
    taken = adopted_from(task, adoption)
    if adoption.state == states.ISSUED:
        head = proposal.answered_by_id or adoption.issued_by_id
        taken.person = Person.objects.filter(user=head).first()
        above = days_above(adoption).get(task.pk)
        taken.due_on = due_at_issue(task.rule, on=on, span=span_of(adoption), above=above, calendar=exact())
    taken.save()


def _change(
    adoption: Adoption, held: AdoptedTask, task: Task, change: Change, *, on: date, at: datetime
) -> None:
    """The task as the programme tells it now; the unit's own words and choice of evidence are kept."""
    before, old_rule = change.before or {}, held.rule
    if held.title == before.get("title"):
        held.title = task.title
    if task.evidence_kind not in {EvidenceKind.ANY, before.get("evidence_kind")}:
        held.evidence_kind = task.evidence_kind
    held.rule = task.rule
    held.save(update_fields=["title", "evidence_kind", "rule"])
    if adoption.state == states.ISSUED and old_rule != held.rule:
        retime_task(adoption, held, old_rule, on=on, at=at)


def _leave(adoption: Adoption, held: AdoptedTask, proposal: Proposal, *, on: date, at: datetime) -> None:
    """What a unit has shown stays with the task; a plan that is still prepared just loses it."""
    record(
        events.TASK_LEFT,
        actor=None,
        about=[held, adoption],
        at=at,
        unit_id=adoption.unit_id,
        task=held.title,
        unit=adoption.unit.name,
        number=proposal.amendment.number,
        before={"title": held.title, "rule": held.rule, "due_on": held.due_on, "note": held.note},
    )
    if adoption.state != states.ISSUED:
        held.delete()
        return
    held.left_on = on
    held.save(update_fields=["left_on"])
    because = f"Việc đã bỏ theo sửa đổi lần {proposal.amendment.number}."
    end_terms(Occurrence.objects.filter(task=held), because, on=on, at=at)


def _follow_target(adoption: Adoption, change: Change, *, on: date, at: datetime) -> None:
    """A target that is dropped is owed no more; another rule moves the days ahead."""
    if change.after is None:
        rows = Occurrence.objects.filter(adoption=adoption, target=change.key)
        end_terms(rows, "Chỉ tiêu đã bỏ theo sửa đổi chương trình.", on=on, at=at)
    elif change.before is not None and change.before.get("rule") != change.after.get("rule"):
        target = Target.ever.get(pk=change.key)
        retime_target(adoption, target, change.before.get("rule", ""), on=on, at=at)
