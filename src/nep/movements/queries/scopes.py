"""Whom a programme can reach and does reach, per line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from nep.movements.models import ProgrammeScope
from nep.org.models import Unit, UnitClosure, UnitHost, UnitLink
from nep.org.models.units import UnitQuerySet

DIRECT, ALL = ProgrammeScope.Reach.DIRECT, ProgrammeScope.Reach.ALL


@dataclass(frozen=True, slots=True)
class ExpectedUnit:
    """A unit that is to adopt, its level below the root, and which unit passed it down (None: the root)."""

    unit_id: int
    level: int
    above_id: int | None


def units_led(lead: Unit, on: date) -> UnitQuerySet:
    """The units whom a leading unit can address: itself, all below it, and those attached to any of these."""
    tree = UnitClosure.objects.filter(ancestor=lead, during__contains=on).values("descendant_id")
    attached = UnitHost.objects.filter(host__in=tree, during__contains=on).values("unit_id")
    below = UnitClosure.objects.filter(ancestor__in=attached, during__contains=on).values("descendant_id")
    return Unit.objects.open_on(on).filter(Q(pk__in=tree) | Q(pk__in=below))


def possible_roots(lead: Unit, line: str, on: date) -> list[Unit]:
    """The units of a line that have units below them, for the root of a scope; the highest first."""
    parents = UnitLink.objects.filter(during__contains=on).values("parent_id")
    rows = units_led(lead, on).filter(line=line, pk__in=parents)
    depth = Count("closure_up", filter=Q(closure_up__during__contains=on), distinct=True)
    return list(rows.annotate(above=depth).order_by("above", "sort_key"))


def expected_units(scope: ProgrammeScope, on: date) -> list[ExpectedUnit]:
    """The units that a scope reaches on a day, upper levels first."""
    below = UnitClosure.objects.filter(ancestor=scope.root_id, depth__gte=1, during__contains=on)
    if scope.reach == DIRECT:
        below = below.filter(depth=1)
    open_units = Unit.objects.open_on(on).filter(line=scope.line).values("pk")
    levels = dict(below.filter(descendant__in=open_units).values_list("descendant_id", "depth"))
    links = UnitLink.objects.filter(child__in=below.values("descendant_id"), during__contains=on)
    parents = dict(links.values_list("child_id", "parent_id"))
    found = [
        ExpectedUnit(unit, level, parents[unit] if parents.get(unit) in levels else None)
        for unit, level in levels.items()
    ]
    return sorted(found, key=lambda row: (row.level, row.unit_id))


def count_reached(root_id: int, line: str, reach: str, on: date) -> int:
    """How many units a root reaches in a line: right below it, or all below it."""
    below = UnitClosure.objects.filter(ancestor=root_id, depth__gte=1, during__contains=on)
    if reach == DIRECT:
        below = below.filter(depth=1)
    return Unit.objects.open_on(on).filter(line=line, pk__in=below.values("descendant_id")).count()


def count_all_reached(scopes: Iterable[ProgrammeScope], on: date) -> int:
    """How many units all scopes of a programme reach."""
    return sum(count_reached(scope.root_id, scope.line, scope.reach, on) for scope in scopes)
