"""Which units' plans the figures of a programme count, for the person who looks."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.movements import access
from nep.movements.models import Adoption, Programme
from nep.org.access import Actor


def counted_adoptions(actor: Actor, programme: Programme) -> QuerySet[Adoption]:
    """The plans that figures count: all, for whoever follows the programme, else one's own and those below.

    Units above one's own may be seen but are not counted.
    """
    rows = Adoption.objects.filter(programme=programme)
    if access.sees_whole_of(actor, programme):
        return rows
    own = actor.units_with(Permission.VIEW_PROGRAMMES).values("pk")
    posted = Q(unit__in=actor.posted_unit_ids)
    return rows.filter(Q(unit__in=own) | posted | Q(parent__unit__in=own))


def whose_figures(actor: Actor, programme: Programme, counted: int, total: int) -> str:
    """A sentence that says which units the figures count; empty when they count all."""
    if counted == total:
        return ""
    if not counted:
        return "Không có đơn vị nào trong phạm vi được xem; trang này chỉ cho xem nội dung chương trình."
    units = counted_adoptions(actor, programme).order_by("level", "unit__sort_key")
    names = [row.unit.short_name for row in units.select_related("unit")[:3]]
    more = f" và {counted - len(names)} đơn vị khác" if counted > len(names) else ""
    return f"Số liệu dưới đây chỉ tính {counted} trong {total} đơn vị: {', '.join(names)}{more}."
