"""Who carries on after a change of units: successors, units that join, plans that get another above."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q

from nep.movements import events
from nep.movements.domain import states
from nep.movements.domain.following import CARRIES_ON, Before, already_done, over_before
from nep.movements.domain.occurrences import Term, following
from nep.movements.domain.terms import comes_again
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Programme, ProgrammeScope
from nep.movements.services.following_ledger import Written
from nep.movements.services.occurrences import (
    calendar_now,
    duty_of_task,
    end_terms,
    go_on,
    open_term,
    span_of,
)
from nep.org.models import Unit, UnitChange, UnitChangePart, UnitClosure
from nep.platform.access import Actor
from nep.platform.audit.trail import record

Role = UnitChangePart.Role
COPIED = ("task_id", "position", "title", "rule", "evidence_kind")


def carry_on(
    before: Iterable[Adoption],
    successors: Collection[Unit],
    written: Written,
    *,
    on: date,
    actor: Actor | None,
    at: datetime,
) -> None:
    """Each successor owes a plan where a unit before it did; one that has a plan gets what it lacks there.

    Of units that are split, what the plan named for the old one alone goes to the first successor.
    """
    for plan in before:
        for place, unit in enumerate(successors):
            held = Adoption.objects.filter(programme=plan.programme, unit=unit).first()
            if held is None:
                _expect(plan.programme, unit, plan, written, on=on, actor=actor, at=at)
            elif place == 0 and held.state == states.ISSUED and held.ended_on is None:
                _take_over(plan, held, written, on=on)


def _expect(
    programme: Programme,
    unit: Unit,
    like: Adoption | None,
    written: Written,
    *,
    on: date,
    actor: Actor | None,
    at: datetime,
) -> Adoption:
    """A unit owes a plan from a day on, at the level of the one that it carries on."""
    above = _plan_above(programme, unit, on) or (like.parent if like and like.parent else None)
    if above is not None and above.ended_on is not None:
        above = None
    made = Adoption.objects.create(
        programme=programme,
        unit=unit,
        parent=above,
        level=like.level if like else above.level + 1 if above else 1,
        expected_since=on,
    )
    written.adoptions.append(made.pk)
    record(
        events.ADOPTION_EXPECTED,
        actor=actor,
        about=[made, programme],
        at=at,
        unit_id=unit.pk,
        unit=unit.name,
        programme=programme.title,
        day=f"{on:%d/%m/%Y}",
        former=like.unit.name if like else "",
    )
    return made


def _plan_above(programme: Programme, unit: Unit, on: date) -> Adoption | None:
    """The plan of the nearest unit above that has one in the programme."""
    above = UnitClosure.objects.filter(descendant=unit, depth__gte=1, during__contains=on).order_by("depth")
    depths = dict(above.values_list("ancestor_id", "depth"))
    rows = Adoption.objects.counting().filter(programme=programme, unit__in=depths)
    return min(rows, key=lambda row: depths[row.unit_id], default=None)


def _take_over(plan: Adoption, held: Adoption, written: Written, *, on: date) -> None:
    """The tasks that an issued plan lacks, with what runs of them; late terms are not handed on."""
    span, calendar = span_of(plan.programme), calendar_now()
    lacking = plan.tasks.filter(task__isnull=False, left_on__isnull=True)
    lacking = lacking.exclude(task__in=held.tasks.filter(task__isnull=False).values("task"))
    for task in lacking.order_by("position", "pk"):
        last = task.occurrences.order_by("number").last()
        if last is None:
            continue
        runs = last.ended_because == plan.ended_because and (last.due_on is None or last.due_on >= on)
        term: Term | None = Term(last.starts_on, last.ends_on, last.named_on, last.due_on)
        if not runs:
            term = following(duty_of_task(task, span), last.ends_on, calendar)
        if term is not None:
            taken = AdoptedTask.objects.create(
                adoption=held, lead_days=task.lead_days, **{name: getattr(task, name) for name in COPIED}
            )
            written.tasks.append(taken.pk)
            open_term(held, term, task=taken, on=on)


def expect_new_units(
    units: Iterable[Unit], written: Written, *, on: date, actor: Actor | None, at: datetime
) -> None:
    """Units that were opened or moved owe a plan for the running programmes whose scope reaches them."""
    scopes = ProgrammeScope.objects.filter(programme__state__in=states.RUNNING).select_related("programme")
    known = list(scopes.order_by("pk"))
    for unit in units if known else ():
        above = UnitClosure.objects.filter(descendant=unit, depth__gte=1, during__contains=on)
        depths = dict(above.values_list("ancestor_id", "depth"))
        has = set(Adoption.objects.filter(unit=unit).values_list("programme_id", flat=True))
        for scope in known:
            reached = depths.get(scope.root_id, 0)
            within = reached == 1 or (reached > 1 and scope.reach == ProgrammeScope.Reach.ALL)
            if within and scope.line == unit.line and scope.programme_id not in has:
                _expect(scope.programme, unit, None, written, on=on, actor=actor, at=at)


def stand_below(ended: Iterable[Adoption], moved: Iterable[Unit], written: Written, *, on: date) -> None:
    """Plans whose unit above closed, or whose unit moved, are decided by the unit that is above now."""
    orphans = Q(parent__in=[plan.pk for plan in ended]) | Q(
        unit__in=[unit.pk for unit in moved], parent__isnull=False
    )
    plans = Adoption.objects.counting().filter(orphans, programme__state__in=states.RUNNING)
    for plan in plans.select_related("programme", "unit").order_by("pk"):
        above = _plan_above(plan.programme, plan.unit, on)
        if (above.pk if above else None) != plan.parent_id:
            written.parents.append([plan.pk, plan.parent_id])
            plan.parent = above
            plan.save(update_fields=["parent"])


def plans_before(plan: Adoption) -> list[Adoption]:
    """The ended plans of the units that were merged into the unit of a plan, or split into it."""
    changes = UnitChange.objects.filter(
        kind__in=CARRIES_ON, withdrawn_at=None, parts__unit=plan.unit_id, parts__role=Role.SUCCESSOR
    )
    parts = UnitChangePart.objects.filter(change__in=changes, role=Role.PREDECESSOR)
    rows = Adoption.objects.filter(programme=plan.programme_id, ended_on__isnull=False)
    return list(rows.filter(unit__in=parts.values("unit")).select_related("unit").order_by("pk"))


def tasks_handed_on(plan: Adoption) -> set[int]:
    """The tasks that plans of the units before held; those of a split unit go to its first successor."""
    found = set()
    for before in plans_before(plan):
        change = before.unit.change_parts.filter(
            role=Role.PREDECESSOR, change__parts__unit=plan.unit_id, change__withdrawn_at=None
        ).values("change")
        first = UnitChangePart.objects.filter(change__in=change, role=Role.SUCCESSOR).order_by("pk").first()
        if first is not None and first.unit_id == plan.unit_id:
            held = before.tasks.filter(task__isnull=False, left_on__isnull=True)
            found |= {task for task in held.values_list("task_id", flat=True) if task}
    return found


def leave_out_what_is_done(plan: Adoption, *, on: date, at: datetime) -> None:
    """At issue: what units before have shown, and what was over before the unit began, is not owed."""
    before = plans_before(plan)
    opened_on = None if plan.unit.during.isempty else plan.unit.during.lower
    if not before and not (opened_on and opened_on > plan.programme.starts_on):
        return
    terms = Occurrence.objects.filter(adoption=plan, state=states.OPEN, due_on__isnull=False)
    for term in terms.filter(task__task__isnull=False).select_related("task").order_by("pk"):
        assert term.task is not None, "asked for above"
        again = comes_again(term.task.rule)
        because = already_done(_shown_before(before, term)) or (
            "" if again else over_before(term.due_on, opened_on, plan.programme.starts_on, plan.unit.name)
        )
        if because:
            end_terms(Occurrence.objects.filter(pk=term.pk), because, on=max(on, term.starts_on), at=at)
            go_on(plan, term, on=on)


def _shown_before(plans: Iterable[Adoption], term: Occurrence) -> list[Before]:
    rows = Occurrence.objects.filter(adoption__in=[plan.pk for plan in plans], ends_on=term.ends_on)
    same = rows.filter(task__task=term.task.task_id if term.task else None).select_related("unit")
    return [Before(row.unit.name, row.state in {states.ACCEPTED, states.SENT}) for row in same.order_by("pk")]
