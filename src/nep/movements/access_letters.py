"""Who may urge late units by letter, and who sees the letters."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.kernel.decisions import ALLOWED, Decision, all_of, refuse
from nep.movements import access
from nep.movements.domain.states import RUNNING
from nep.movements.models import Adoption, Letter, LetterAct, Programme
from nep.movements.models.letters import LetterQuerySet
from nep.org.access import Actor
from nep.org.models import Line, Unit


def asked_by(unit: Unit, programme: Programme) -> QuerySet[Adoption]:
    """The plans that a unit asked for in a programme: those that it led to or passed down."""
    led = Q(parent__isnull=True, programme__lead_unit=unit) | Q(parent__unit=unit)
    return Adoption.objects.filter(led, programme=programme)


def urging_units(actor: Actor, programme: Programme) -> list[Unit]:
    """The units for which the actor may urge others in this programme, the leading one first."""
    units = Unit.objects.filter(pk__in=actor.unit_ids_at(Permission.URGE_UNITS))
    passed = Adoption.objects.filter(programme=programme, parent__isnull=False).values("parent__unit")
    found = units.filter(Q(pk=programme.lead_unit_id) | Q(pk__in=passed))
    return sorted(found, key=lambda unit: (unit.pk != programme.lead_unit_id, unit.sort_key))


def programmes_urged(actor: Actor, programmes: Collection[int]) -> set[int]:
    """Those of running programmes in which the actor may sign letters: `may_urge`, for many, in one query."""
    units = actor.unit_ids_at(Permission.URGE_UNITS)
    led = Q(lead_unit__in=units) & ~Q(lead_unit__line=Line.PARTY)
    plans = Adoption.objects.filter(unit__in=units, passed_to__isnull=False).exclude(unit__line=Line.PARTY)
    passed = Q(pk__in=plans.order_by().values("programme"))
    running = Programme.objects.filter(pk__in=programmes, state__in=RUNNING).order_by()
    return set(running.filter(led | passed).values_list("pk", flat=True))


def may_urge(actor: Actor, programme: Programme, unit: Unit) -> Decision:
    """Whether the actor may sign letters of a unit to those that it asked for plans: its head."""
    return all_of(
        access.is_running(programme), _is_after_the_decree(unit), actor.may_at(Permission.URGE_UNITS, unit)
    )


def _is_after_the_decree(unit: Unit) -> Decision:
    """Letters of party units have a layout and numbers of their own, which Nếp does not know yet."""
    if unit.line == Line.PARTY:
        return refuse(
            "Văn bản của tổ chức đảng theo thể thức riêng của Đảng, Nếp chưa soạn được. "
            "Văn thư của tổ chức đảng soạn và gửi văn bản này."
        )
    return ALLOWED


def may_go_on(actor: Actor, act: LetterAct) -> Decision:
    """Whether the actor may have the rest of an act written that stopped: who may sign for the unit."""
    if act.finished_at is not None:
        return refuse("Đợt này đã lập xong mọi văn bản.")
    return actor.may_at(Permission.URGE_UNITS, act.unit)


def visible_letters(actor: Actor) -> LetterQuerySet:
    """Written letters to units whose plans the actor follows: the own ones, and those that these asked."""
    return Letter.objects.written().filter(adoption__in=access.followed_plans(actor).order_by().values("pk"))


def visible_letter_acts(actor: Actor) -> QuerySet[LetterAct]:
    """Acts of units within the actor's roles."""
    return LetterAct.objects.filter(access.within_roles(actor, "unit"))


def letters_to_answer(actor: Actor) -> LetterQuerySet:
    """Letters to the units for which the actor acts, of which something is still owed, the oldest first."""
    acting = {
        unit
        for permission in (Permission.ISSUE_ADOPTIONS, Permission.SUBMIT_EVIDENCE)
        for unit in actor.unit_ids_at(permission)
    }
    letters = Letter.objects.unanswered().filter(unit__in=acting, adoption__programme__state__in=RUNNING)
    return letters.select_related("act__unit", "act__programme", "document").order_by(
        "act__answer_by", "written_at", "pk"
    )
