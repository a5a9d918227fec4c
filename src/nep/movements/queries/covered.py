"""The units that a programme is to reach, each with its plan as it stands or stood on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from nep.accounts.roles import Permission
from nep.movements import access
from nep.movements.domain import coverage
from nep.movements.models import Programme
from nep.movements.queries.counted import counted_in
from nep.org.access import Actor
from nep.org.models import Unit, UnitClosure

# IS TRUE keeps the planner, which takes the tree for one row, from asking an index for every unit.
_UNASKED = """
SELECT line, level, count(*) FROM (
    SELECT unit.line, unit.id, min(path.depth) AS level
    FROM movements_programmescope scope
    JOIN org_unitclosure path ON path.ancestor_id = scope.root_id AND path.depth >= 1
        AND (path.during @> %(on)s::date) IS TRUE
    JOIN org_unit unit ON unit.id = path.descendant_id AND unit.line = scope.line
        AND (unit.during @> %(on)s::date) IS TRUE
    WHERE scope.programme_id = %(programme)s {seen} AND NOT EXISTS (
        SELECT FROM movements_adoption plan
        WHERE plan.programme_id = %(programme)s AND plan.unit_id = path.descendant_id
            AND (plan.expected_since <= %(on)s) IS TRUE AND (plan.ended_on <= %(on)s) IS NOT TRUE)
    GROUP BY unit.line, unit.id
) unasked GROUP BY line, level
"""


def covered(programme: Programme, actor: Actor, day: date | None = None) -> QuerySet[Any, Any]:
    """Every unit in scope that the actor may see, asked for a plan yet or not; `day`: as on a past day.

    Annotated: `plan_pk` and `level` (that of its plan or, before it is asked, that in the tree), `stands` (a
    state of `domain.coverage`), `since` (the day from which it stands so), `programme_pk` and `looked_on`.
    Preparing a plan has no day of its own, so on a past day a plan is issued or it is not.
    """
    on = day or actor.on
    asked = Q(adoptions__programme=programme)
    asked &= Q(adoptions__ended_on__isnull=True) | Q(adoptions__ended_on__gt=on)
    if day is not None:
        asked &= Q(adoptions__expected_since__lte=day)
    prefetch_related_objects([programme], "scopes")
    units = Unit.objects.annotate(plan=FilteredRelation("adoptions", condition=asked))
    units = units.filter(Q(plan__isnull=False) | in_scope(programme, on))
    if not access.sees_whole_of(actor, programme):
        units = units.filter(pk__in=_seen(programme, actor))
    return units.defer("search").annotate(
        plan_pk=F("plan__pk"),
        level=Coalesce(F("plan__level"), _depth(programme, on)),
        stands=_stands(day),
        since=_since(programme, day),
        programme_pk=Value(programme.pk),
        looked_on=Value(on),
    )


def unasked_sums(programme: Programme, actor: Actor, day: date | None = None) -> list[tuple[str, int, int]]:
    """How many units in scope were not asked for a plan, by line and level; those that the actor may see."""
    given: dict[str, Any] = {"on": day or actor.on, "programme": programme.pk}
    whole = access.sees_whole_of(actor, programme)
    if not whole:
        given["seen"] = list(_seen(programme, actor))
    with connection.cursor() as cursor:
        cursor.execute(_UNASKED.format(seen="" if whole else "AND unit.id = ANY(%(seen)s)"), given)
        found: list[tuple[str, int, int]] = cursor.fetchall()
    return found


def in_scope(programme: Programme, on: date) -> Q:
    """Condition on a unit: it is open on the day and below the root of a scope, in the line of that scope."""
    reached = Q(pk__in=[])
    for scope in programme.scopes.all():
        below = UnitClosure.objects.filter(ancestor=scope.root_id, depth__gte=1, during__contains=on)
        reached |= Q(line=scope.line, during__contains=on, pk__in=below.values("descendant_id"))
    return reached


def _depth(programme: Programme, on: date) -> Subquery:
    roots = [scope.root_id for scope in programme.scopes.all()]
    above = UnitClosure.objects.filter(descendant=OuterRef("pk"), ancestor__in=roots, depth__gte=1)
    return Subquery(above.filter(during__contains=on).order_by("depth").values("depth")[:1])


def _seen(programme: Programme, actor: Actor) -> set[int]:
    """The units within the actor's roles or where they work, and those that these asked for their plan."""
    known: dict[int, set[int]] = actor.__dict__.setdefault("_seen_units", {})  # as lasting as their roles
    if programme.pk not in known:
        own = actor.units_with(Permission.VIEW_PROGRAMMES).order_by().values_list("pk", flat=True)
        asked = counted_in(actor, programme).rows.order_by().values_list("unit_id", flat=True)
        known[programme.pk] = {*own, *actor.posted_unit_ids, *asked}
    return known[programme.pk]


def _stands(day: date | None) -> Case:
    if day is None:
        issued = [When(plan__isnull=False, then=F("plan__state"))]
    else:
        issued = [
            When(plan__issued_on__lte=day, then=Value(coverage.ISSUED)),
            When(plan__isnull=False, then=Value(coverage.UNISSUED)),
        ]
    return Case(*issued, default=Value(coverage.NOT_PASSED), output_field=CharField())


def _since(programme: Programme, day: date | None) -> Coalesce:
    issued: Any = F("plan__issued_on")
    if day is not None:
        issued = Case(When(plan__issued_on__lte=day, then=issued))
    return Coalesce(issued, F("plan__expected_since"), Value(programme.launched_on))
