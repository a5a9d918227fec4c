"""Units answer amendments: they accept, or object and hear from the unit above; both pass it on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from nep.accounts.roles import Permission
from nep.kernel.errors import Conflict, RuleError
from nep.movements import access_changes, events
from nep.movements.domain import amendments as domain
from nep.movements.domain.amendments import own_day
from nep.movements.models import Adoption, Amendment, Proposal
from nep.org.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record
from nep.platform.calendar import current


def earliest_day(told_on: date) -> date:
    """The first day that may bind a unit which is told of a change on a day."""
    return current().add_working(told_on, domain.NOTICE)


def propose_to(
    adoptions: QuerySet[Adoption], amendment: Amendment, *, parent: Proposal | None, on: date
) -> int:
    """Put an amendment before plans that do not have it yet; returns before how many."""
    day = own_day(amendment.effective_on, earliest_day(on))
    has_it = Proposal.objects.filter(amendment=amendment).values("adoption_id")
    waiting = (
        adoptions.filter(ended_on__isnull=True)
        .exclude(pk__in=has_it)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    made = Proposal.objects.bulk_create(
        Proposal(amendment=amendment, adoption_id=pk, parent=parent, told_on=on, effective_on=day)
        for pk in waiting.values_list("pk", flat=True)
    )
    return len(made)


def lock_proposal(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held until the transaction ends."""
    rows = Proposal.objects.select_for_update(of=("self",)).select_related(
        "amendment__programme__lead_unit", "adoption__programme__lead_unit", "adoption__unit"
    )
    return rows.select_related("adoption__parent__unit").get(pk=proposal.pk)


def tell_proposal(
    kind: EventType, proposal: Proposal, *, actor: Actor | None, at: datetime, **more: Any
) -> None:
    """Record what happened to a proposal."""
    adoption = proposal.adoption
    record(
        kind,
        actor=actor,
        about=[proposal, adoption, proposal.amendment, adoption.programme],
        at=at,
        unit_id=adoption.unit_id,
        number=proposal.amendment.number,
        unit=adoption.unit.name,
        **more,
    )


def _answerable(proposal: Proposal, actor: Actor) -> Proposal:
    proposal = lock_proposal(proposal)
    if proposal.state != domain.WAITING:
        who = proposal.answered_by_name
        told = f"{who} đã trả lời sửa đổi này." if who else "Sửa đổi này đã đến ngày áp dụng."
        raise Conflict(f"{told} Mở lại trang để xem.")
    access_changes.may_answer(actor, proposal).require()
    return proposal


def _answer(proposal: Proposal, state: str, actor: Actor, at: datetime, reason: str) -> Actor:
    by = actor.standing_at(Permission.ISSUE_ADOPTIONS, proposal.adoption.unit)
    proposal.state, proposal.reason = state, reason
    proposal.answered_by_id, proposal.answered_by_name, proposal.answered_at = actor.id, by.name[:200], at
    proposal.save(update_fields=["state", "reason", "answered_by_id", "answered_by_name", "answered_at"])
    return by


@transaction.atomic
def accept_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """Agree to an amendment: from its day the unit's plan holds it, and the units below are told at once.

    Raises: Conflict when it is answered already.
    """
    proposal = _answerable(proposal, actor)
    by = _answer(proposal, domain.ACCEPTED, actor, at, "")
    tell_proposal(events.PROPOSAL_ACCEPTED, proposal, actor=by, at=at)
    pass_on(proposal, actor=by, on=actor.on, at=at)
    return proposal


@transaction.atomic
def object_to_proposal(proposal: Proposal, reason: str, *, actor: Actor, at: datetime) -> Proposal:
    """Say why an amendment does not fit the unit; its plan stays as it is until the unit above decides.

    Raises: RuleError without a reason; Conflict when it is answered already.
    """
    proposal = _answerable(proposal, actor)
    if not reason.strip():
        raise RuleError("Ghi rõ vì sao sửa đổi chưa phù hợp với đơn vị.")
    by = _answer(proposal, domain.OBJECTED, actor, at, reason.strip())
    tell_proposal(events.PROPOSAL_OBJECTED, proposal, actor=by, at=at, reason=proposal.reason)
    return proposal


@transaction.atomic
def rule_on_objection(
    proposal: Proposal, *, exempt: bool, ruling: str, actor: Actor, at: datetime
) -> Proposal:
    """Decide on a unit's objection: the change stays for it too, or the unit is exempt from it.

    Raises: RuleError without a reason; Conflict when it is decided already.
    """
    proposal = lock_proposal(proposal)
    if proposal.state in {domain.KEPT, domain.EXEMPTED}:
        raise Conflict(f"{proposal.ruled_by_name} đã trả lời ý kiến này. Mở lại trang để xem.")
    access_changes.may_rule(actor, proposal).require()
    if not ruling.strip():
        raise RuleError("Ghi lý do để đơn vị rõ.")
    adoption = proposal.adoption
    above = adoption.parent.unit if adoption.parent else adoption.programme.lead_unit
    by = actor.standing_at(Permission.ISSUE_ADOPTIONS, above)
    proposal.state = domain.EXEMPTED if exempt else domain.KEPT
    proposal.ruling, proposal.ruled_by_name, proposal.ruled_at = ruling.strip(), by.name[:200], at
    if not exempt:
        proposal.effective_on = own_day(proposal.effective_on, earliest_day(actor.on))
    proposal.save(update_fields=["state", "ruling", "ruled_by_name", "ruled_at", "effective_on"])
    kind = events.PROPOSAL_EXEMPTED if exempt else events.PROPOSAL_KEPT
    tell_proposal(kind, proposal, actor=by, at=at, reason=proposal.ruling)
    if not exempt:
        pass_on(proposal, actor=by, on=actor.on, at=at)
    return proposal


def pass_on(proposal: Proposal, *, actor: Actor | None, on: date, at: datetime) -> int:
    """Put the amendment before the units to which this one passed the programme; returns before how many."""
    below = Adoption.objects.filter(parent=proposal.adoption_id)
    count = propose_to(below, proposal.amendment, parent=proposal, on=on)
    if count:
        proposal.passed_on = on
        proposal.save(update_fields=["passed_on"])
        tell_proposal(events.PROPOSAL_PASSED, proposal, actor=actor, at=at, count=count)
    return count
