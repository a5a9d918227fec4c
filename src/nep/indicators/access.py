"""Who may see and do what with indicators and figures."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.indicators.models import Figure, Indicator
from nep.indicators.models.registry import IndicatorQuerySet
from nep.kernel.decisions import ALLOWED, Decision, all_of, refuse
from nep.org.access import Actor
from nep.org.models import Line, Unit
from nep.org.models.units import UnitQuerySet


@dataclass(frozen=True, slots=True)
class Seen:
    """How far the actor sees the figures of a unit: `whole` is its own and those of all below it.

    `lines` are the lines whose sums over the unit and all below it the actor may see.
    """

    unit: Unit
    lines: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether the sum of the unit and all below it may be seen."""
        return self.unit.line in self.lines


def units_with_figures(actor: Actor) -> UnitQuerySet:
    """Units of which the actor sees at least the own figures: within their roles, or where they work."""
    within = actor.units_with(Permission.VIEW_PROGRAMMES).values("pk")
    return Unit.objects.filter(Q(pk__in=within) | Q(pk__in=actor.posted_unit_ids))


def sight_of(actor: Actor, unit: Unit) -> Seen:
    """Of one of `units_with_figures`: which sums are seen.

    A sum over units of which the actor may see only some is not shown at all; they see the own figure.
    """
    held = actor.grants_with(Permission.VIEW_PROGRAMMES)
    lines = [unit.line] if actor.reaches(Permission.VIEW_PROGRAMMES, unit) else []
    if unit.line == Line.AUTHORITY:
        roots = {grant.line: set[int]() for grant in held if grant.line != grant.unit.line}
        for grant in held:
            if grant.line in roots and grant.line != grant.unit.line:
                roots[grant.line].add(grant.unit_id)
        above = set(Unit.objects.above([unit.pk], actor.on).values_list("pk", flat=True)) if roots else set()
        lines += [line for line, ids in roots.items() if ids & above]
    return Seen(unit, tuple(lines))


def visible_indicators(actor: Actor) -> IndicatorQuerySet:
    """Indicators that came with Nếp, of units within the actor's roles, and of units above their own."""
    own = Q(owner__in=actor.units_with(Permission.VIEW_PROGRAMMES).values("pk"))
    places = [*actor.posted_unit_ids, *(grant.unit_id for grant in actor.grants)]
    above = Q(owner__in=Unit.objects.above(places, actor.on).values("pk"))
    return Indicator.objects.filter(Q(owner__isnull=True) | own | above)


def visible_figures(actor: Actor) -> QuerySet[Figure]:
    """Figures of the units of `units_with_figures`."""
    return Figure.objects.filter(unit__in=units_with_figures(actor).values("pk"))


def may_make(actor: Actor, unit: Unit) -> Decision:
    """Whether the actor may set indicators of a unit."""
    return actor.may_at(Permission.MANAGE_INDICATORS, unit)


def may_change(actor: Actor, indicator: Indicator) -> Decision:
    """Whether the actor may change a definition or replace it by a new version: officers of its unit."""
    if indicator.owner is None:
        return refuse("Chỉ số có sẵn của Nếp không sửa được. Cần tính khác thì đặt chỉ số riêng của đơn vị.")
    if indicator.retired_on is not None:
        return refuse("Chỉ số này đã có bản mới thay thế.")
    return may_make(actor, indicator.owner)


def may_ask(actor: Actor, indicator: Indicator, unit: Unit) -> Decision:
    """Whether the actor may ask a unit and those below it for figures, and import theirs from a file."""
    return all_of(_entered(indicator), actor.may_at(Permission.MANAGE_INDICATORS, unit))


def may_enter(actor: Actor, indicator: Indicator, unit: Unit) -> Decision:
    """Whether the actor may enter figures of a unit by hand."""
    if unit.line not in indicator.lines:
        return refuse(f"Chỉ số này không tính cho hệ thống {Line(unit.line).label.lower()}.")
    return all_of(_entered(indicator), actor.may_at(Permission.ENTER_FIGURES, unit))


def _entered(indicator: Indicator) -> Decision:
    if indicator.retired_on is not None:
        return refuse("Chỉ số này đã có bản mới thay thế; nhập số liệu ở bản mới.")
    if indicator.provider == Indicator.Provider.EVIDENCE:
        return refuse("Số liệu của chỉ số này đến từ minh chứng đã được nhận, không nhập tay.")
    if indicator.provider == Indicator.Provider.COMPUTED:
        return refuse("Chỉ số này do Nếp tự tính, không nhập tay.")
    return ALLOWED
