"""Evidence is sent by a unit, then accepted or returned by the unit above."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access, events
from nep.movements.domain import states
from nep.movements.domain.attachments import Attachment
from nep.movements.domain.evidence import MOST_FILES, Asked, Content, problems
from nep.movements.models import AdoptedTask, Adoption, Evidence, EvidenceFile, Occurrence, Target
from nep.movements.services.adoptions import lock_adoption
from nep.movements.services.indicators import note_accepted
from nep.movements.services.occurrences import note_returned, note_sent, settle, term_to_answer
from nep.movements.services.reopening import reopening_for
from nep.movements.services.telling import tell_sender
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record
from nep.platform.files.store import store


def asked_of_task(task: AdoptedTask) -> Asked:
    """What a task asks to be shown."""
    return Asked(kind=task.evidence_kind, not_before=task.adoption.programme.starts_on)


def asked_of_target(target: Target) -> Asked:
    """What a target asks to be told: a share, or a count."""
    return Asked(
        share=target.unit == "%",
        counted_in="" if target.unit == "%" else target.unit,
        not_before=target.programme.starts_on,
    )


@transaction.atomic
def send_for_task(
    task: AdoptedTask,
    content: Content,
    files: Collection[Attachment] = (),
    *,
    actor: Actor,
    at: datetime,
    term: int | None = None,
) -> Evidence:
    """Send evidence for a term of a task: the one named by id, else the earliest that is not settled.

    Raises: RuleError when something asked for is missing; Conflict while this term waits or is settled.
    """
    adoption = lock_adoption(task.adoption)  # the plan may be withdrawn at the same moment
    task = AdoptedTask.objects.select_for_update(of=("self",)).select_related("person").get(pk=task.pk)
    task.adoption = adoption
    access.may_send_evidence(actor, adoption, task).require()
    answered = term_to_answer(Occurrence.objects.filter(task=task), term, on=actor.on)
    sent = _send(adoption, content, files, asked_of_task(task), answered, actor=actor, at=at, task=task)
    note_sent(answered, on=actor.on)
    return sent


@transaction.atomic
def send_for_target(
    adoption: Adoption,
    target: Target,
    content: Content,
    files: Collection[Attachment] = (),
    *,
    actor: Actor,
    at: datetime,
    term: int | None = None,
) -> Evidence:
    """Send the unit's figures for a term of a target; later figures take the place of earlier ones.

    Without a term, for the earliest that is owed, else for the latest that has begun.

    Raises: RuleError when figures are missing; Conflict while figures of this term wait for a decision.
    """
    adoption = lock_adoption(adoption)
    access.may_send_evidence(actor, adoption).require()
    if target.programme_id != adoption.programme_id:
        raise RuleError("Chỉ tiêu này không thuộc chương trình.")
    rows = Occurrence.objects.filter(adoption=adoption, target=target)
    answered = term_to_answer(rows, term, on=actor.on)
    if answered.evidence.filter(state=states.SENT).exists():
        raise Conflict("Số liệu của chỉ tiêu này đã nộp và đang chờ xét.")
    sent = _send(
        adoption, content, files, asked_of_target(target), answered, actor=actor, at=at, target=target
    )
    note_sent(answered, on=actor.on)
    return sent


def _send(
    adoption: Adoption,
    content: Content,
    files: Collection[Attachment],
    asked: Asked,
    term: Occurrence,
    *,
    actor: Actor,
    at: datetime,
    **row: Any,
) -> Evidence:
    photos = sum(file.photo for file in files)
    content = replace(content, photos=photos, files=len(files) - photos)
    if found := problems(content, asked, on=actor.on):
        raise RuleError(" ".join(problem.sentence for problem in found))
    if len(files) > MOST_FILES:
        raise RuleError(f"Mỗi lần nộp nhiều nhất {MOST_FILES} tệp.")
    term.adoption = adoption
    evidence = Evidence.objects.create(
        adoption=adoption,
        occurrence=term,
        reopening=reopening_for(term, content.happened_on, on=actor.on),
        term_due_on=term.due_on,
        happened_on=content.happened_on,
        text=content.text.strip(),
        link=content.link,
        numerator=content.numerator,
        denominator=content.denominator,
        nothing=content.nothing,
        sent_by_id=actor.id,
        sent_by_name=actor.name,
        sent_at=at,
        **row,
    )
    EvidenceFile.objects.bulk_create(
        EvidenceFile(evidence=evidence, file=store([file.data], name=file.name), name=file.name[:250])
        for file in files
    )
    _tell(
        events.NOTHING_SENT if content.nothing else events.EVIDENCE_SENT,
        evidence,
        actor=actor,
        at=at,
        files=len(files),
        term_due_on=evidence.term_due_on,
    )
    return evidence


def _tell(kind: EventType, evidence: Evidence, *, actor: Actor, at: datetime, **more: Any) -> None:
    adoption = evidence.adoption
    what = evidence.task or evidence.target
    assert what is not None, "evidence is for a task or a target"
    title = evidence.task.title if evidence.task else evidence.target.name if evidence.target else ""
    record(
        kind,
        actor=actor,
        about=[evidence, what, adoption, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        unit=adoption.unit.name,
        what=title,
        **more,
    )


def _lock_evidence(evidence: Evidence, actor: Actor) -> Evidence:
    """The evidence as it stands, held with its plan, if the actor may decide on it."""
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.state != states.SENT:
        raise Conflict(f"{evidence.decided_by_name} đã xét minh chứng này. Mở lại trang để xem kết quả.")
    evidence.adoption = lock_adoption(Adoption(pk=evidence.adoption_id))
    access.may_decide(actor, evidence).require()
    return evidence


def _deciding(actor: Actor, evidence: Evidence) -> Actor:
    """The actor with whom they decide for, where the role is lent."""
    return actor.standing_at(Permission.DECIDE_EVIDENCE, access.decided_at(evidence))


def _decide(evidence: Evidence, state: str, *, actor: Actor, at: datetime, reason: str = "") -> None:
    name = _deciding(actor, evidence).name[:200]
    evidence.state, evidence.reason = state, reason
    evidence.decided_by_id, evidence.decided_by_name, evidence.decided_at = actor.id, name, at
    evidence.save(update_fields=["state", "reason", "decided_by_id", "decided_by_name", "decided_at"])


@transaction.atomic
def accept_evidence(evidence: Evidence, *, actor: Actor, at: datetime, reason: str = "") -> Evidence:
    """Accept evidence: the term is settled, and a task with a rhythm moves on to its next term.

    Many at once are accepted for a reason, which the trail keeps.

    Raises: Conflict when it is decided already; AccessDenied for the sender and for who is not above.
    """
    evidence = _lock_evidence(evidence, actor)
    term = _lock_term(evidence)
    _decide(evidence, states.ACCEPTED, actor=actor, at=at)
    following = settle(term, at=at)
    by = _deciding(actor, evidence)
    note_accepted(evidence, by=by, at=at)
    _tell(events.EVIDENCE_ACCEPTED, evidence, actor=by, at=at, reason=reason, next_due_on=following)
    tell_sender(evidence, "đã nhận", at=at)
    return evidence


def _lock_term(evidence: Evidence) -> Occurrence:
    """The term that evidence answers, held together with its task; the plan is held already."""
    if evidence.task_id is not None:
        evidence.task = AdoptedTask.objects.select_for_update().get(pk=evidence.task_id)
    elif evidence.target_id is not None:
        evidence.target = Target.objects.select_related("indicator").get(pk=evidence.target_id)
    assert evidence.occurrence_id is not None, "what is sent answers a term"
    term = Occurrence.objects.select_for_update().get(pk=evidence.occurrence_id)
    term.adoption, term.task, evidence.occurrence = evidence.adoption, evidence.task, term
    return term


@transaction.atomic
def return_evidence(evidence: Evidence, reason: str, *, actor: Actor, at: datetime) -> Evidence:
    """Return evidence with a reason; the unit sends again, and what it sent stays.

    Raises: RuleError without a reason; Conflict when it is decided already; AccessDenied for the sender.
    """
    evidence = _lock_evidence(evidence, actor)
    if not reason.strip():
        raise RuleError("Ghi lý do trả lại để đơn vị biết cần bổ sung gì.")
    term = _lock_term(evidence)
    _decide(evidence, states.RETURNED, actor=actor, at=at, reason=reason.strip())
    note_returned(term, at=at)
    _tell(events.EVIDENCE_RETURNED, evidence, actor=_deciding(actor, evidence), at=at, reason=reason.strip())
    tell_sender(evidence, "trả lại", reason=reason.strip(), at=at)
    return evidence
