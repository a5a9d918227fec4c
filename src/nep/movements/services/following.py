"""Plans follow changes of units: what a closed unit owed ends, its successor carries on, new units join.

A change that lies ahead is followed on its day; one that is withdrawn takes back what followed from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Prefetch, Q, prefetch_related_objects
from django.db.models.functions import TruncDate

from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.following import ACTED_ON, Change
from nep.movements.models import AdoptedTask, Adoption, FollowedChange, Occurrence, Programme
from nep.movements.services.carrying import carry_on, expect_new_units, stand_below
from nep.movements.services.following_ledger import Written
from nep.movements.services.occurrences import end_terms, mirror, open_terms_of
from nep.org.models import Unit, UnitChange, UnitChangePart
from nep.org.services.changes_hook import Changed
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.clock import local

Role = UnitChangePart.Role
ENDING = (Role.SUBJECT, Role.PREDECESSOR)


def follow(changed: Changed) -> None:
    """Act on a change of units in its transaction, if its day has come; take back what is withdrawn."""
    if changed.withdrawn:
        take_back(changed.change, actor=changed.actor, at=changed.at)
    elif changed.change.on <= local(changed.at).date():
        follow_change(changed.change, actor=changed.actor, at=changed.at)


def follow_due_changes(*, on: date, at: datetime) -> int:
    """Act on the changes whose day has come; how many."""
    ahead = Q(on__gt=TruncDate("recorded_at"))
    closed = Adoption.objects.counting().filter(
        unit__change_parts__role__in=ENDING, unit__during__endswith=F("unit__change_parts__change__on")
    )
    missed = Q(pk__in=closed.filter(programme__state__in=states.RUNNING).values("unit__change_parts__change"))
    waiting = UnitChange.objects.filter(ahead | missed, on__lte=on, withdrawn_at__isnull=True)
    found = list(waiting.filter(followed__isnull=True, kind__in=ACTED_ON).order_by("on", "pk"))
    for change in found:
        with transaction.atomic():
            UnitChange.objects.select_for_update(no_key=True).get(pk=change.pk)
            if not FollowedChange.objects.filter(change=change).exists():
                follow_change(change, actor=None, at=at)
    return len(found)


@transaction.atomic
def follow_change(change: UnitChange, *, actor: Actor | None, at: datetime) -> None:
    """Do what follows from a change of units for all running programmes, and keep what was done."""
    if change.kind not in ACTED_ON:
        return
    written = Written()
    closed, successors = _closed_by(change), _units(change, Role.SUCCESSOR)
    told = Change(change.kind, change.on, change.decision, tuple(unit.name for unit in successors))
    ended = _end_plans(closed, told, written, actor=actor, at=at)
    if told.carries_on:
        before = ended or _plans_of(_units(change, Role.PREDECESSOR))
        carry_on(before, successors, written, on=change.on, actor=actor, at=at)
        _lead_on(closed, successors, written, actor=actor, at=at)
    expect_new_units(_units(change, Role.SUBJECT, Role.CARRIED), written, on=change.on, actor=actor, at=at)
    stand_below(ended, _units(change, Role.SUBJECT, Role.CARRIED), written, on=change.on)
    if written or change.on > local(change.recorded_at).date():
        FollowedChange.objects.create(change=change, followed_at=at, written=written.plain())


def _units(change: UnitChange, *roles: str) -> list[Unit]:
    """The units with these parts in a change; all its parts are read once."""
    in_order = UnitChangePart.objects.select_related("unit").order_by("pk")
    prefetch_related_objects([change], Prefetch("parts", in_order))
    return [part.unit for part in change.parts.all() if part.role in roles]


def _closed_by(change: UnitChange) -> list[Unit]:
    """The units whose life ends with the change."""
    units = _units(change, *ENDING)
    return [unit for unit in units if not unit.during.isempty and unit.during.upper == change.on]


def _plans_of(units: Iterable[Unit]) -> list[Adoption]:
    rows = Adoption.objects.counting().filter(unit__in=[unit.pk for unit in units])
    running = rows.filter(programme__state__in=states.RUNNING).order_by("pk")
    return list(running.select_related("programme", "unit").select_for_update(of=("self",), no_key=True))


def _end_plans(
    closed: list[Unit], told: Change, written: Written, *, actor: Actor | None, at: datetime
) -> list[Adoption]:
    """End what closed units owe; what waits for a decision can still be decided."""
    plans = _plans_of(closed)
    for plan in plans:
        because = told.why_ended(plan.unit.name)
        terms = Occurrence.objects.filter(adoption=plan)
        written.end(plan, terms.filter(state__in=states.OWED))
        ended = end_terms(terms, because, on=told.on, at=at)
        plan.ended_on, plan.ended_because = told.on, because
        plan.save(update_fields=["ended_on", "ended_because"])
        _tell(events.ADOPTION_ENDED, plan, actor=actor, at=at, because=because.rstrip("."), terms=ended)
    return plans


def _tell(kind: Any, plan: Adoption, *, actor: Actor | None, at: datetime, **facts: Any) -> None:
    record(
        kind,
        actor=actor,
        about=[plan, plan.programme],
        at=at,
        unit_id=plan.unit_id,
        unit=plan.unit.name,
        programme=plan.programme.title,
        **facts,
    )


def _lead_on(
    closed: list[Unit], successors: list[Unit], written: Written, *, actor: Actor | None, at: datetime
) -> None:
    """The first successor leads the running programmes that a closed unit led."""
    led = Programme.objects.select_for_update(no_key=True).filter(lead_unit__in=closed).order_by("pk")
    for programme in led.exclude(state=states.CLOSED) if successors else ():
        former, programme.lead_unit = programme.lead_unit, successors[0]
        written.leads.append([programme.pk, former.pk])
        programme.save(update_fields=["lead_unit"])
        record(
            events.PROGRAMME_HANDED_ON,
            actor=actor,
            about=[programme],
            at=at,
            unit_id=programme.lead_unit_id,
            former=former.name,
            unit=programme.lead_unit.name,
        )


@transaction.atomic
def take_back(change: UnitChange, *, actor: Actor | None, at: datetime) -> None:
    """What followed from a change that is withdrawn is as if it had not been; what units did since stays."""
    followed = FollowedChange.objects.select_for_update().filter(change=change, taken_back_at=None).first()
    if followed is None:
        return
    written = Written.of(followed.written)
    for adoption, parent in reversed(written.parents):
        Adoption.objects.filter(pk=adoption).update(parent=parent)
    _forget_new(written)
    for programme, lead in reversed(written.leads):
        Programme.objects.filter(pk=programme).update(lead_unit=lead)
    plans = Adoption.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=written.ended)
    for plan in plans.select_related("programme", "unit").order_by("pk"):
        plan.ended_on, plan.ended_because = None, ""
        plan.save(update_fields=["ended_on", "ended_because"])
        _owe_again(plan, written, on=local(at).date(), at=at)
        _tell(events.ADOPTION_RESUMED, plan, actor=actor, at=at)
    followed.taken_back_at = at
    followed.save(update_fields=["taken_back_at"])


def _owe_again(plan: Adoption, written: Written, *, on: date, at: datetime) -> None:
    terms = Occurrence.objects.filter(adoption=plan, state=states.ENDED)
    for state in states.OWED:
        ids = [term for term, was in written.terms if was == state]
        terms.filter(pk__in=ids).update(state=state, settled_at=None, ended_because="")
    mirror(list(AdoptedTask.objects.filter(adoption=plan).values_list("pk", flat=True)))
    if plan.state == states.ISSUED:
        open_terms_of([plan], on=on, at=at)


def _forget_new(written: Written) -> None:
    """Plans and tasks that the change brought go, unless somebody has shown something for them."""
    tasks = AdoptedTask.objects.filter(pk__in=written.tasks, evidence__isnull=True)
    Occurrence.objects.filter(task__in=tasks).delete()
    tasks.delete()
    plans = Adoption.objects.filter(pk__in=written.adoptions, evidence__isnull=True, passed_to__isnull=True)
    ids = list(plans.values_list("pk", flat=True))
    Occurrence.objects.filter(adoption__in=ids).delete()
    AdoptedTask.objects.filter(adoption__in=ids).delete()
    Adoption.objects.filter(pk__in=ids).delete()
