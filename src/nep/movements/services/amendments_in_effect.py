"""What the machine does on the day of an amendment: the programme says it, then the plans that hold it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from nep.kernel.errors import Conflict
from nep.movements import events
from nep.movements.domain import amendments as domain
from nep.movements.domain import states
from nep.movements.domain.amendments import HEAD, Change
from nep.movements.models import Adoption, Amendment, Programme, Proposal, Target, Task
from nep.movements.models.content import Part
from nep.movements.queries.contents import actors_of, content_now, part_of, write_values
from nep.movements.queries.parts import KINDS
from nep.movements.services.amendments import lock_amendment
from nep.movements.services.indicators import indicator_of
from nep.movements.services.plan_changes import apply_to_plan
from nep.movements.services.proposals import lock_proposal, pass_on, tell_proposal
from nep.platform.audit.trail import record
from nep.platform.search import search_text

# Whose plans are brought into line on the day: all but those whose objection waits for the unit above.
_ANSWERED = (domain.WAITING, domain.EXEMPTED, *sorted(domain.HOLDS))


def put_in_effect(*, on: date, at: datetime) -> int:
    """Do what amendments ask for by a day; returns how many programmes and plans changed.

    Each programme and each plan is a transaction of its own, so that a run that was cut goes on where it
    stopped, and a second run on the same day changes nothing.
    """
    _pass_on_what_holds(on, at)
    due = Amendment.objects.filter(state=domain.APPROVED, effective_on__lte=on)
    due = due.filter(programme__state__in=states.RUNNING).order_by("programme", "number")
    done = sum(_change_programme(amendment, on, at) for amendment in due)
    return done + _change_plans(on, at)


def _pass_on_what_holds(on: date, at: datetime) -> None:
    """Units that were given the programme since their unit above answered are told too."""
    told = Proposal.objects.filter(amendment=OuterRef(OuterRef("amendment")), adoption=OuterRef("pk"))
    untold = Adoption.objects.filter(~Exists(told), parent=OuterRef("adoption"))
    ahead = Proposal.objects.filter(Exists(untold), amendment__state=domain.APPROVED, state__in=domain.HOLDS)
    for proposal in ahead.order_by("pk"):
        with transaction.atomic():
            pass_on(lock_proposal(proposal), actor=None, on=on, at=at)


@transaction.atomic
def _change_programme(amendment: Amendment, on: date, at: datetime) -> bool:
    """The programme says from now on what the amendment says; new items get their numbers."""
    amendment = lock_amendment(amendment)
    if amendment.state != domain.APPROVED:
        return False
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=amendment.programme_id)
    content = content_now(programme)
    changes = []
    for change in amendment.items:
        if change.before is not None and content.get((change.kind, change.key)) != change.before:
            raise Conflict("Nội dung chương trình đã khác với lúc duyệt sửa đổi.")
        changes.append(_write(programme, change, amendment.effective_on))
    amendment.state = domain.IN_EFFECT
    amendment.changes = [change.as_told() for change in changes]
    amendment.save(update_fields=["state", "changes"])
    record(
        events.AMENDMENT_IN_EFFECT,
        actor=None,
        about=[amendment, programme],
        at=at,
        unit_id=programme.lead_unit_id,
        number=amendment.number,
        after={"changes": amendment.changes},
    )
    return True


def _write(programme: Programme, change: Change, day: date) -> Change:
    """Write one change; returns it with the number of its row."""
    if change.kind == HEAD:
        _write_head(programme, change)
        return change
    model = KINDS[change.kind].model
    if change.after is None:
        model.ever.filter(pk=change.key).update(dropped_on=day)
        return change
    if change.before is None:
        part = part_of(change.kind, change.after, programme)
        last = model.ever.filter(programme=programme).order_by("-position").first()
        part.position = last.position + 1 if last else 0
    else:
        part = model.ever.get(pk=change.key)
        write_values(part, change.after)
    part.save()
    if isinstance(part, Target):
        indicator_of(part, on=day)
    _write_actors(part, change)
    return Change(change.kind, part.pk, change.before, change.after)


def _write_actors(part: Part, change: Change) -> None:
    if not isinstance(part, Task) or change.after is None:
        return
    part.actors.all().delete()
    for actor in actors_of(change.after):
        actor.task = part
        actor.save()


def _write_head(programme: Programme, change: Change) -> None:
    told = change.after or {}
    programme.title, programme.ends_on = told["title"], date.fromisoformat(told["ends_on"])
    programme.search = search_text(programme.title, programme.code, programme.lead_unit.name)
    programme.save(update_fields=["title", "ends_on", "search"])


def _change_plans(on: date, at: datetime) -> int:
    """Silence until the day holds; then every plan that holds the amendment says it, upper units first."""
    done = 0
    while found := _due(on):
        for proposal_id in found:
            done += _take(proposal_id, on, at)
    return done


def _due(on: date) -> list[int]:
    due = Proposal.objects.filter(
        amendment__state=domain.IN_EFFECT,
        effective_on__lte=on,
        applied_on__isnull=True,
        state__in=_ANSWERED,
        adoption__ended_on__isnull=True,
        adoption__programme__state__in=states.RUNNING,
    )
    order = ("adoption__level", "amendment__number", "pk")
    return list(due.order_by(*order).values_list("pk", flat=True)[:500])


@transaction.atomic
def _take(proposal_id: int, on: date, at: datetime) -> bool:
    proposal = lock_proposal(Proposal(pk=proposal_id))
    if proposal.applied_on is not None or proposal.state not in _ANSWERED:
        return False
    silent, unopened = proposal.state == domain.WAITING, proposal.adoption.state == states.EXPECTED
    told = apply_to_plan(proposal, on=on, at=at)
    proposal.state, proposal.applied_on = domain.TAKEN if silent else proposal.state, on
    proposal.save(update_fields=["state", "applied_on"])
    if proposal.state in domain.HOLDS:
        if not unopened:  # who has not opened the programme will open what it says from now on
            kind = events.PROPOSAL_TAKEN if silent else events.PROPOSAL_APPLIED
            tell_proposal(kind, proposal, actor=None, at=at, told=told)
        pass_on(proposal, actor=None, on=on, at=at)
    return True
