"""Which units' plans the figures of a programme count, for the person who looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db.models import Count, QuerySet, Sum

from nep.accounts.roles import Permission
from nep.movements import access
from nep.movements.domain import states
from nep.movements.models import Adoption, Programme, Tally
from nep.movements.queries.tallies import Counted
from nep.org.access import Actor


def counted_in(actor: Actor, programme: Programme, day: date | None = None) -> Counted:
    """The plans that figures count: all, for whoever follows the programme, else one's own and those below.

    Units above one's own may be seen but are not counted. Those of a part are looked up here once, so that
    what is asked about them starts from so many plans. `day`: as they stood at the end of a past day.
    """
    known: dict[int, Counted] = actor.__dict__.setdefault("_counted", {})  # as lasting as their roles
    if programme.pk not in known:
        rows = Adoption.objects.filter(programme=programme)
        whole = access.sees_whole_of(actor, programme)
        part = rows if whole else Adoption.objects.filter(pk__in=_own_plans(actor, rows))
        known[programme.pk] = Counted(programme, part, whole=whole)
    return replace(known[programme.pk], day=day) if day else known[programme.pk]


def _own_plans(actor: Actor, rows: QuerySet[Adoption]) -> list[int]:
    """Of these plans those of the actor's units and those that these passed on; each looked up by itself."""
    rows = rows.order_by()
    own = set(actor.units_with(Permission.VIEW_PROGRAMMES).order_by().values_list("pk", flat=True))
    found = rows.filter(unit__in=own.union(actor.posted_unit_ids)).values("pk")
    passed = rows.filter(parent__in=rows.filter(unit__in=own).values("pk")).values("pk")
    return [row["pk"] for row in found.union(passed)]


def plans_counted(actor: Actor, programmes: Collection[int]) -> dict[int, tuple[int, int]]:
    """Issued plans and all that are counted, per programme, counted as on its own page."""
    wholes = set(access.followed_whole(actor).filter(pk__in=programmes).values_list("pk", flat=True))
    tally = Tally.objects.filter(programme__in=wholes, measure=Tally.Measure.PLANS)
    told = list(tally.values_list("programme", "state").annotate(Sum("count")))
    if parts := set(programmes) - wholes:
        ids = _own_plans(actor, Adoption.objects.filter(programme__in=parts))
        rows = Adoption.objects.counting().filter(pk__in=ids).order_by()
        told += rows.values_list("programme", "state").annotate(Count("pk"))
    found: dict[int, Counter[str]] = {}
    for programme, state, count in told:
        found.setdefault(programme, Counter())[state] += count
    return {programme: (counts[states.ISSUED], counts.total()) for programme, counts in found.items()}


def counted_adoptions(actor: Actor, programme: Programme) -> QuerySet[Adoption]:
    """The rows of `counted_in`."""
    return counted_in(actor, programme).rows


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
