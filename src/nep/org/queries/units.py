"""Page-shaped reads of units; the number of queries does not depend on their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from nep.org.access import Actor, visible_people, visible_units
from nep.org.models import Line, Posting, Unit, UnitClosure, UnitName

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in a list: how many units are directly below it and who heads it."""

    unit: Unit
    below: int
    head: str


@dataclass(frozen=True, slots=True)
class LineTree:
    """One line: its topmost units that the actor may see."""

    line: Line
    units: list[UnitRow]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What the page of a unit shows; `may_open` are those of the units named on it that have a page too."""

    unit: Unit
    path: list[Unit]
    names: list[UnitName]
    below: list[UnitRow]
    attached: list[UnitRow]
    staff: list[Posting]
    staff_hidden: bool
    may_open: frozenset[int]


def _rows(units: QuerySet[Unit], day: date) -> list[UnitRow]:
    heads = Posting.objects.filter(unit=OuterRef("pk"), position__is_head=True, during__contains=day)
    counted = units.annotate(
        below=Count("child_links", filter=Q(child_links__during__contains=day), distinct=True),
        head=Subquery(heads.values("person__name")[:1]),
    ).order_by("sort_key", "pk")
    return [UnitRow(unit, unit.below, unit.head or "") for unit in counted]


def trees(actor: Actor) -> list[LineTree]:
    """The topmost visible units of each line on the actor's day."""
    seen = visible_units(actor).open_on(actor.on)
    has_visible_parent = UnitClosure.objects.filter(
        depth=1, during__contains=actor.on, ancestor__in=seen.values("pk")
    ).values("descendant_id")
    rows = _rows(seen.exclude(pk__in=has_visible_parent), actor.on)
    return [
        LineTree(line, found) for line in Line if (found := [row for row in rows if row.unit.line == line])
    ]


def children(actor: Actor, unit: Unit) -> list[UnitRow]:
    """The visible units directly below a unit."""
    return _rows(visible_units(actor).directly_below(unit, actor.on), actor.on)


def found_units(actor: Actor, words: str, page: int) -> Page[Unit]:
    """Visible units by name, without diacritics."""
    units = visible_units(actor).open_on(actor.on).matching(words).order_by("sort_key", "pk")
    return Paginator(units, PAGE_SIZE).get_page(page)


def unit_page(actor: Actor, unit: Unit) -> UnitPage:
    """A unit with its path to the top, former names, what is below, what is attached, its people."""
    day = actor.on
    above = UnitClosure.objects.filter(descendant=unit, during__contains=day, depth__gt=0)
    staff = Posting.objects.filter(unit=unit, during__contains=day).select_related("person", "position")
    seen = visible_people(actor).values("pk")
    shown = list(staff.filter(person__in=seen).order_by("position__rank", "person__sort_key"))
    path = [row.ancestor for row in above.select_related("ancestor").order_by("-depth")]
    named = [*(one.pk for one in path), *([unit.host_id] if unit.host_id else [])]
    return UnitPage(
        unit=unit,
        path=path,
        names=list(unit.names.order_by("-during")),
        below=children(actor, unit),
        attached=_rows(visible_units(actor).open_on(day).filter(host=unit), day),
        staff=shown,
        staff_hidden=not shown and staff.exists(),
        may_open=frozenset(visible_units(actor).filter(pk__in=named).values_list("pk", flat=True)),
    )
