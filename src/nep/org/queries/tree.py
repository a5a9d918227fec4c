"""Reads of the tree on a day: never more than one level of it, and the units found in it by words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from nep.kernel.vietnamese import fold
from nep.org.access import Actor, known_units, visible_units_on
from nep.org.models import Line, Posting, Unit, UnitClosure, UnitLink, UnitName
from nep.org.models.units import UnitQuerySet
from nep.org.queries.lives import Life, life_of
from nep.org.sight import sees_on

LEVEL_SIZE = 150  # so that a level stays below 100 kB
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Node:
    """A unit of the tree on a day: how many units are directly below it, who heads it, its level if open."""

    unit: Unit
    name: str
    below: int
    head: str
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """Units directly below one unit: those shown, how many follow them, how many are out of sight."""

    parent_id: int
    nodes: list[Node]
    after: int
    left: int
    unseen: int


@dataclass(frozen=True, slots=True)
class LineTree:
    """One line: its topmost units that the actor may see; above them is nothing."""

    line: Line
    nodes: list[Node]
    parent_id: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit found by words: where it stands (or stood), and the other names under which it was found."""

    unit: Unit
    name: str
    life: Life
    path: list[str]
    other_names: list[UnitName]


def with_below_and_head(units: QuerySet[Unit], day: date) -> UnitQuerySet:
    """Units with `name_then`, `below` and `head` of a day, in the order of names."""
    links = UnitLink.objects.filter(parent=OuterRef("pk"), during__contains=day).order_by().values("parent")
    heads = Posting.objects.filter(unit=OuterRef("pk"), position__is_head=True, during__contains=day)
    first = heads.order_by("position__rank", "pk").values("person__name")[:1]
    named: UnitQuerySet = Unit.objects.filter(pk__in=units.values("pk")).named_on(day)
    return named.annotate(
        below=Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0),
        head=Coalesce(Subquery(first), Value("")),
    ).order_by("sort_key", "pk")


def node_of(row: Unit, level: Level | None = None) -> Node:
    """A unit with its annotations as a node of the tree."""
    return Node(row, row.name_then, row.below, row.head, level)  # type: ignore[attr-defined]  # annotated


def lines(actor: Actor, day: date, opened: Unit | None = None, after: int = 0) -> list[LineTree]:
    """The topmost visible units of each line; the way down to `opened`, if given, is open.

    The level below `opened` begins with its unit number `after`.
    """
    seen = visible_units_on(actor, day)
    parent_seen = UnitLink.objects.filter(during__contains=day, parent__in=seen.values("pk"))
    rows = list(with_below_and_head(seen.exclude(pk__in=parent_seen.values("child_id")), day))
    levels = _levels_down_to(actor, day, opened, after) if opened else {}
    return [
        LineTree(line, found)
        for line in Line
        if (found := [_grown(node_of(row), levels) for row in rows if row.line == line])
    ]


def _grown(node: Node, levels: dict[int, Level]) -> Node:
    """A node with the levels below it that are open."""
    level = levels.get(node.unit.pk)
    if level is None:
        return node
    nodes = [_grown(child, levels) for child in level.nodes]
    opened = Level(level.parent_id, nodes, level.after, level.left, level.unseen)
    return Node(node.unit, node.name, node.below, node.head, opened)


def level_of(actor: Actor, day: date, unit: Unit, after: int = 0, size: int = LEVEL_SIZE) -> Level:
    """The visible units directly below a unit, `size` of them from number `after` on; three queries."""
    below = UnitLink.objects.filter(parent=unit, during__contains=day).order_by("child__sort_key", "child")
    everything = list(below.values_list("child_id", flat=True))
    sight = Unit.objects.filter(sees_on(actor, day), pk__in=everything).order_by()
    seen = set(sight.values_list("pk", flat=True))
    ids = [child for child in everything if child in seen]
    rows = with_below_and_head(Unit.objects.filter(pk__in=ids[after : after + size]), day)
    nodes = [node_of(row) for row in rows]
    shown = after + len(nodes)
    return Level(unit.pk, nodes, shown, max(len(ids) - shown, 0), len(everything) - len(ids))


def _levels_down_to(actor: Actor, day: date, unit: Unit, after: int) -> dict[int, Level]:
    """The first part of every level down to a unit's own, each with the next unit on the way."""
    above = UnitClosure.objects.filter(descendant=unit, during__contains=day)
    way = list(above.values_list("ancestor_id", flat=True))
    links = UnitLink.objects.filter(parent__in=way, during__contains=day)
    everything = Counter(links.values_list("parent_id", flat=True))
    seen = links.filter(child__in=visible_units_on(actor, day).values("pk")).annotate(
        place=Window(RowNumber(), partition_by="parent_id", order_by=["child__sort_key", "child_id"]),
        siblings=Window(Count("pk"), partition_by="parent_id"),
    )
    asked = Q(parent=unit, place__gt=after, place__lte=after + LEVEL_SIZE)
    shown = seen.filter(asked | (~Q(parent=unit) & (Q(place__lte=LEVEL_SIZE) | Q(child__in=way))))
    places = {
        child: (parent, siblings)
        for child, parent, siblings in shown.values_list("child_id", "parent_id", "siblings")
    }
    nodes: dict[int, list[Node]] = {parent: [] for parent in way}
    for row in with_below_and_head(Unit.objects.filter(pk__in=places), day):
        nodes[places[row.pk][0]].append(node_of(row))
    siblings = dict(places.values())
    found = {}
    for parent in way:
        count = siblings.get(parent, 0)
        end = min((after if parent == unit.pk else 0) + LEVEL_SIZE, count)
        found[parent] = Level(parent, nodes[parent], end, count - end, everything[parent] - count)
    return found


def found_units(actor: Actor, day: date, words: str, page: int) -> Page[Unit]:
    """Units by present or former name or code, without diacritics; closed and coming ones too."""
    seen = Q(pk__in=known_units(actor).values("pk")) | Q(pk__in=visible_units_on(actor, day).values("pk"))
    units = Unit.objects.filter(seen).matching(words).named_on(day).order_by("sort_key", "pk")
    return Paginator(units, PAGE_SIZE).get_page(page)


def hits(units: Page[Unit], day: date, today: date, words: str) -> list[Hit]:
    """The found units of a page with their paths and the names by which they were found."""
    rows = list(units)
    stood = Q(during__contains=day)
    stood |= Q(descendant__during__endswith__lte=day, during__endswith=F("descendant__during__endswith"))
    stood |= Q(descendant__during__startswith__gt=day, during__startswith=F("descendant__during__startswith"))
    above = UnitClosure.objects.filter(stood, descendant__in=rows, depth__gt=0).order_by("-depth")
    paths: dict[int, list[str]] = {}
    for unit_id, short_name in above.values_list("descendant_id", "ancestor__short_name"):
        paths.setdefault(unit_id, []).append(short_name)
    names: dict[int, list[UnitName]] = {}
    for name in UnitName.objects.filter(unit__in=rows).order_by("-during"):
        names.setdefault(name.unit_id, []).append(name)
    return [
        Hit(
            row,
            row.name_then,  # type: ignore[attr-defined]  # annotated
            life_of(row, today),
            paths.get(row.pk, []),
            [
                name
                for name in names.get(row.pk, [])
                if name.name != row.name_then and _holds(name, words)  # type: ignore[attr-defined]
            ],
        )
        for row in rows
    ]


def _holds(name: UnitName, words: str) -> bool:
    """Whether every typed word begins a word of the name."""
    inside = fold(f"{name.name} {name.short_name}").split()
    return all(any(word.startswith(typed) for word in inside) for typed in fold(words).split())
