"""Who may see and do what in programmes, adoptions and evidence."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from nep.accounts.roles import Permission, roles_with
from nep.kernel.decisions import ALLOWED, Decision, all_of, refuse
from nep.kernel.duties import not_by_same_hand
from nep.kernel.states import Transition
from nep.movements.domain import states
from nep.movements.models import (
    AdoptedTask,
    Adoption,
    Evidence,
    Programme,
    Reopening,
)
from nep.movements.models.programmes import ProgrammeQuerySet
from nep.org.access import Actor, in_force
from nep.org.models import Grant, Unit
from nep.org.sight import within_reach

PREPARED_IN_QUIET = (states.DRAFT, states.SUBMITTED)


def visible_programmes(actor: Actor) -> ProgrammeQuerySet:
    """Programmes led by units within the actor's roles, and launched ones that reach units they may see."""
    reached = Q(pk__in=Adoption.objects.filter(unit__in=_works_below(actor)).values("programme"))
    for units in _reached(actor):
        reached |= Q(pk__in=Adoption.objects.filter(units).values("programme"))
    led = within_roles(actor, "lead_unit")
    return Programme.objects.filter(led | (reached & ~Q(state__in=PREPARED_IN_QUIET)))


def within_roles(actor: Actor, unit: str) -> Q:
    """Condition on a row: the unit that it names is within the actor's roles, as `units_with` says."""
    return within_reach(actor, Permission.VIEW_PROGRAMMES, unit)


def _reached(actor: Actor) -> list[Q]:
    """Conditions on an adoption: its unit is within the actor's roles; each leads from roots downwards."""
    own, others = _roots(actor)
    found = [Q(unit__in=_ended_within(actor))]
    below = Q(unit__closure_up__ancestor__in=own, unit__closure_up__during__contains=actor.on)
    found += [below] if own else []
    for root, lines in others.items():
        host = "unit__host__closure_up"
        below = Q(**{f"{host}__ancestor": root, f"{host}__during__contains": actor.on})
        found.append(below & Q(unit__line__in=lines))
    return found


def _roots(actor: Actor) -> tuple[list[int], dict[int, list[str]]]:
    """Units over which the actor holds roles in their own line, and by unit the other lines of such roles."""
    own: list[int] = []
    others: dict[int, list[str]] = {}
    for grant in actor.grants_with(Permission.VIEW_PROGRAMMES):
        if grant.line == grant.unit.line:
            own.append(grant.unit_id)
        else:
            others.setdefault(grant.unit_id, []).append(grant.line)
    return own, others


def _ended_within(actor: Actor) -> list[int]:
    """Units within the actor's roles that have closed, or whose host has; looked up once for an actor."""
    known: list[int] | None = actor.__dict__.get("_ended_within")
    if known is None:
        over = Unit.objects.filter(during__endswith__lte=actor.on).order_by()
        attached = Unit.objects.filter(host__in=over.values("pk")).order_by()
        ended = over.values("pk").union(attached.values("pk"))
        rows = Unit.objects.filter(within_reach(actor, Permission.VIEW_PROGRAMMES), pk__in=ended)
        known = actor.__dict__["_ended_within"] = list(rows.order_by().values_list("pk", flat=True))
    return known


def _asked_by_own_unit(actor: Actor) -> Q:
    """Condition on an adoption: a unit within the actor's roles leads the programme or passed it down."""
    return within_roles(actor, "programme__lead_unit") | within_roles(actor, "parent__unit")


def _works_below(actor: Actor) -> QuerySet[Unit]:
    """The units in which the actor works, and all above them."""
    return Unit.objects.above(list(actor.posted_unit_ids), actor.on)


def answered_by(actor: Actor) -> Q:
    """Condition on a task of a plan: in the actor's name, as long as they work in its unit or below."""
    return Q(person__user=actor.user, adoption__unit__in=_works_below(actor))


def _followed(actor: Actor) -> Q:
    """Condition on an adoption: of a unit within the actor's roles or where they work, or asked by these."""
    return within_roles(actor, "unit") | Q(unit__in=actor.posted_unit_ids) | _asked_by_own_unit(actor)


def followed_plans(actor: Actor) -> QuerySet[Adoption]:
    """Adoptions of which the actor may know more than what an issued plan says."""
    return Adoption.objects.filter(_followed(actor))


def visible_adoptions(actor: Actor) -> QuerySet[Adoption]:
    """Adoptions of units within the actor's roles, of their own units and of those asked by these.

    Of a unit above the own one only the plan that it has issued.
    """
    return Adoption.objects.filter(_followed(actor) | Q(unit__in=_works_below(actor), state=states.ISSUED))


def follows(actor: Actor, adoption: Adoption) -> bool:
    """Whether the actor may know how a unit stands with its plan, besides what the plan says."""
    return followed_plans(actor).filter(pk=adoption.pk).exists()


def visible_evidence(actor: Actor) -> QuerySet[Evidence]:
    """Evidence of adoptions that the actor follows, what they sent, and of tasks that are in their name now.

    Of others nothing, not even how many.
    """
    followed = followed_plans(actor).values("pk")
    named = Q(task__in=AdoptedTask.objects.filter(answered_by(actor)).values("pk"))
    return Evidence.objects.filter(Q(adoption__in=followed) | Q(sent_by_id=actor.id) | named)


def sees_whole_of(actor: Actor, programme: Programme) -> bool:
    """Whether every unit that a programme reaches may be seen: by whoever follows it for the leading unit."""
    known: dict[int, bool] = actor.__dict__.setdefault("_followed_units", {})  # as lasting as their roles
    lead = programme.lead_unit_id
    if lead not in known:
        known[lead] = followed_whole(actor).filter(pk=programme.pk).exists()
    return known[lead]


def programme_seen(actor: Actor, programme_id: int | None) -> Programme:
    """The programme of this number, read once for an actor; whether they follow the whole is asked first.

    Raises: Http404 when they may not see it.
    """
    known: dict[int | None, Programme] = actor.__dict__.setdefault("_programmes_seen", {})
    if programme_id not in known:
        wanted = {"pk": programme_id}
        rows = followed_whole(actor).select_related("lead_unit", "document").filter(**wanted)
        found = rows.defer("document__text", "document__search", "search").first()
        if found is not None:
            actor.__dict__.setdefault("_followed_units", {})[found.lead_unit_id] = True
        else:
            rows = visible_programmes(actor).select_related("lead_unit", "document")
            found = get_object_or_404(rows.defer("document__text", "document__search", "search"), **wanted)
        known[programme_id] = found
    return known[programme_id]


def followed_whole(actor: Actor) -> ProgrammeQuerySet:
    """The programmes of which `sees_whole_of` holds."""
    return Programme.objects.filter(within_roles(actor, "lead_unit"))


def may_draft(actor: Actor, unit: Unit) -> Decision:
    """Whether the actor may make and change programmes of a unit."""
    return actor.may_at(Permission.DRAFT_PROGRAMMES, unit)


def may_edit(actor: Actor, programme: Programme) -> Decision:
    """Whether the content may be changed: by who drafts, as long as it is a draft."""
    if programme.state != states.DRAFT:
        return refuse("Chương trình đã trình. Thủ trưởng trả lại thì mới sửa được nội dung.")
    return may_draft(actor, programme.lead_unit)


def may_take_step(actor: Actor, programme: Programme, step: Transition) -> Decision:
    """Whether the actor may take a step in the life of a programme."""
    if programme.state not in step.sources:
        return refuse("Chương trình đang ở trạng thái khác.")
    decision = actor.may_at(Permission(step.permission), programme.lead_unit)
    if step.name != "launch":
        return decision
    last = programme.steps.filter(name="submit").order_by("-taken_at", "-pk").first()
    submitted_by = last.taken_by_id if last else None
    return all_of(decision, second_person(actor, programme.lead_unit, submitted_by, "phát động"))


def second_person(actor: Actor, unit: Unit, submitted_by: int | None, act: str) -> Decision:
    """Who submitted does not also launch, as long as somebody else may; where nobody else may, they do."""
    hand = actor.hand_at(Permission.LAUNCH_PROGRAMMES, unit)
    why = f"Người trình không tự {act}. Thủ trưởng khác của {unit.name} xem và {act}."
    apart = not_by_same_hand(submitted_by, hand, why)
    roles = [role.code for role in roles_with(Permission.LAUNCH_PROGRAMMES)]
    held = in_force(Grant.objects.filter(unit=unit, line=unit.line, role__in=roles), actor.on)
    return apart if held.exclude(user__in=hand.accounts).exists() else ALLOWED


def is_running(programme: Programme) -> Decision:
    """Whether a programme is under way: launched and not closed."""
    if programme.state in states.RUNNING:
        return ALLOWED
    return refuse("Chương trình chưa phát động hoặc đã kết thúc.")


def may_prepare(actor: Actor, adoption: Adoption) -> Decision:
    """Whether the actor may work on a unit's adoption: its own people, before it is issued."""
    if adoption.ended_on is not None:
        return refuse(adoption.ended_because)
    if adoption.state == states.ISSUED:
        return refuse("Kế hoạch của đơn vị đã ban hành, không sửa được nữa.")
    return all_of(is_running(adoption.programme), actor.may_at(Permission.PREPARE_ADOPTIONS, adoption.unit))


def may_issue(actor: Actor, adoption: Adoption) -> Decision:
    """Whether the actor may issue a unit's adoption: its head."""
    if adoption.ended_on is not None:
        return refuse(adoption.ended_because)
    if adoption.state == states.ISSUED:
        return refuse("Kế hoạch của đơn vị đã ban hành.")
    return all_of(is_running(adoption.programme), actor.may_at(Permission.ISSUE_ADOPTIONS, adoption.unit))


def may_withdraw(actor: Actor, adoption: Adoption) -> Decision:
    """Whether the actor may take an issued plan back to change it: its head, before evidence is settled."""
    if adoption.state != states.ISSUED:
        return refuse("Kế hoạch của đơn vị chưa ban hành.")
    if adoption.evidence.exclude(state=states.RETURNED).exists():
        return refuse("Cấp trên đã nhận hoặc đang xét minh chứng theo kế hoạch này, không thu hồi được.")
    return all_of(is_running(adoption.programme), actor.may_at(Permission.ISSUE_ADOPTIONS, adoption.unit))


def may_pass_down(actor: Actor, adoption: Adoption) -> Decision:
    """Whether the actor may pass the programme to the units below: the head, once the own plan is issued.

    It may be passed again, to units that were left out or opened since.
    """
    if adoption.state != states.ISSUED:
        return refuse("Ban hành kế hoạch của đơn vị trước khi giao xuống cấp dưới.")
    return all_of(is_running(adoption.programme), actor.may_at(Permission.ISSUE_ADOPTIONS, adoption.unit))


def may_send_evidence(actor: Actor, adoption: Adoption, task: AdoptedTask | None = None) -> Decision:
    """Whether the actor may send evidence: who does so for the unit, or the person named for the task."""
    if adoption.ended_on is not None:
        return refuse(adoption.ended_because)
    if adoption.state != states.ISSUED:
        return refuse("Ban hành kế hoạch của đơn vị trước khi nộp minh chứng.")
    named = task is not None and _answers_for(actor, task)
    return all_of(
        ALLOWED if _reopened(adoption, actor) else is_running(adoption.programme),
        ALLOWED if named else actor.may_at(Permission.SUBMIT_EVIDENCE, adoption.unit),
    )


def _answers_for(actor: Actor, task: AdoptedTask) -> bool:
    """Whether `answered_by` holds for one task; who it is named for is known before anything is looked up."""
    if task.person is None or task.person.user_id != actor.id:
        return False
    return AdoptedTask.objects.filter(answered_by(actor), pk=task.pk).exists()


def _reopened(adoption: Adoption, actor: Actor) -> bool:
    """Whether a closed period of the plan is open again on the actor's day."""
    return (
        adoption.programme.state == states.CLOSED
        and Reopening.objects.open_on(actor.on).filter(adoption=adoption).exists()
    )


def may_decide(actor: Actor, evidence: Evidence) -> Decision:
    """Whether the actor may accept or return evidence: the unit above, never the sender."""
    if evidence.state != states.SENT:
        return refuse("Minh chứng này đã được xét.")
    adoption = evidence.adoption
    above = decided_at(evidence)
    hand = actor.hand_at(Permission.DECIDE_EVIDENCE, above)
    return all_of(
        not_by_same_hand(evidence.sent_by_id, hand, "Người nộp không tự xét minh chứng của mình."),
        ALLOWED if evidence.reopening_id else is_running(adoption.programme),
        actor.may_at(Permission.DECIDE_EVIDENCE, above),
    )


def decided_at(evidence: Evidence) -> Unit:
    """The unit that decides on evidence: the one above, which passed the programme down or leads it."""
    parent = evidence.adoption.parent
    return parent.unit if parent else evidence.adoption.programme.lead_unit


def adoptions_asked_by(actor: Actor, permission: Permission) -> Q:
    """Condition on an adoption: the unit above it, for which the actor holds the permission, asked for it."""
    return _asked_by(actor.unit_ids_at(permission))


def _asked_by(units: Collection[int]) -> Q:
    return Q(parent__isnull=True, programme__lead_unit__in=units) | Q(parent__unit__in=units)


def asked_for(actor: Actor, permission: Permission) -> QuerySet[Adoption]:
    """The adoptions of `adoptions_asked_by` in running programmes, each way of asking looked up by itself."""
    ids = actor.unit_ids_at(permission)
    if not ids:
        return Adoption.objects.none()
    running = Adoption.objects.filter(programme__state__in=states.RUNNING).order_by().values("pk")
    led = running.filter(parent__isnull=True, programme__lead_unit__in=ids)
    return Adoption.objects.filter(pk__in=led.union(running.filter(parent__unit__in=ids)))


def evidence_to_decide(actor: Actor) -> QuerySet[Evidence]:
    """Evidence that waits for the actor's decision: `may_decide` as a query."""
    asked = asked_for(actor, Permission.DECIDE_EVIDENCE)
    due = Q(adoption__in=asked.order_by().values("pk"))
    if reopened := list(
        Evidence.objects.filter(state=states.SENT, reopening__isnull=False).values_list("pk")
    ):
        below = Adoption.objects.filter(adoptions_asked_by(actor, Permission.DECIDE_EVIDENCE)).values("pk")
        due |= Q(pk__in=[row[0] for row in reopened], adoption__in=below)
    waiting = Evidence.objects.filter(due, state=states.SENT)
    for unit, hand in actor.hands(Permission.DECIDE_EVIDENCE).items():
        if lenders := hand.accounts - {actor.id}:
            theirs = Adoption.objects.filter(_asked_by([unit])).values("pk")
            waiting = waiting.exclude(sent_by_id__in=lenders, adoption__in=theirs)
    return waiting.exclude(sent_by_id=actor.id)


def documents_of_programmes(actor: Actor) -> Q:
    """Condition on a document: it is the plan of a programme that the actor may see."""
    return Q(programmes__in=visible_programmes(actor).values("pk"))


def may_set_urging(actor: Actor, programme: Programme) -> Decision:
    """Whether the actor may set when a programme reminds whom: who drafts for the leading unit, its head."""
    office = actor.may_at(Permission.DRAFT_PROGRAMMES, programme.lead_unit)
    head = actor.may_at(Permission.LAUNCH_PROGRAMMES, programme.lead_unit)
    return all_of(is_running(programme), office or head)
