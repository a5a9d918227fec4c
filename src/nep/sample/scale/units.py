"""Rows of units: names, parents and closure over time, and the changes that made them so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from nep.kernel.vietnamese import sort_key
from nep.org import events
from nep.org.models import Unit, UnitChange, UnitChangePart, UnitClosure, UnitHost, UnitLink, UnitName
from nep.platform.search import search_text
from nep.sample.scale.copying import Rows, bare, span
from nep.sample.scale.trail import Trail
from nep.sample.scale.tree import MERGED, Place

TABLES = (Unit, UnitName, UnitHost, UnitLink, UnitClosure, UnitChange, UnitChangePart)
Part = UnitChangePart.Role
Spell = tuple[Place, int, date, date | None]  # an ancestor, its distance, from, until


def instant(day: date) -> datetime:
    """The minute at which what holds from a day is recorded."""
    return datetime.combine(day, time(1), UTC)


def load_units(places: Iterable[Place], trail: Trail) -> None:
    """Send all units; `place.id` is their number."""
    with bare(*TABLES):
        _units(places, trail)
        _names(places)
        _hosts(places)
        _tree(places)
        _changes(places)


def _units(places: Iterable[Place], trail: Trail) -> None:
    rows = Rows(
        Unit,
        *("code", "name", "short_name", "kind", "line", "host_id", "during", "sort_key", "search"),
    )
    for place in places:
        key, words = sort_key(place.name)[:1000], search_text(place.name, place.short, place.code)
        during = span(place.opened, place.closed)
        host = place.host.id if place.host else None
        rows.add(
            *(place.code, place.name, place.short, place.kind.value, place.line.value),
            *(host, during, key, words),
        )
        above = place.earlier or place.parent
        trail.tell(
            events.UNIT_OPENED,
            f"org.unit:{place.id}",
            *([f"org.unit:{above.id}"] if above else []),
            at=instant(place.opened),
            unit_id=place.id,
            unit=place.former_name or place.name,
            day=f"{place.opened:%d/%m/%Y}",
        )
    rows.copy()


def _names(places: Iterable[Place]) -> None:
    rows = Rows(UnitName, "unit_id", "name", "short_name", "during")
    for place in places:
        if place.former_name:
            rows.add(place.id, place.former_name, place.short, span(place.opened, MERGED))
        named_from = MERGED if place.former_name else place.opened
        rows.add(place.id, place.name, place.short, span(named_from, place.closed))
    rows.copy()


def _hosts(places: Iterable[Place]) -> None:
    rows = Rows(UnitHost, "unit_id", "host_id", "during")
    for place in places:
        if place.host is not None:
            rows.add(place.id, place.host.id, span(place.opened, place.closed))
    rows.copy()


def links_of(place: Place) -> list[tuple[Place, date, date | None]]:
    """The parents of a unit over time."""
    if place.parent is None:
        return []
    if place.earlier is None:
        return [(place.parent, place.opened, place.closed)]
    return [(place.earlier, place.opened, MERGED), (place.parent, MERGED, place.closed)]


def _tree(places: Iterable[Place]) -> None:
    links = Rows(UnitLink, "child_id", "parent_id", "during")
    closure = Rows(UnitClosure, "ancestor_id", "descendant_id", "depth", "during")
    above: dict[int, list[Spell]] = {}
    for place in places:
        spells: list[Spell] = [(place, 0, place.opened, place.closed)]
        for parent, first, until in links_of(place):
            links.add(place.id, parent.id, span(first, until))
            spells += _through(above[parent.id], first, until)
        above[place.id] = spells = _joined(spells)
        for ancestor, depth, first, until in spells:
            closure.add(ancestor.id, place.id, depth, span(first, until))
    links.copy()
    closure.copy()


def _through(spells: Iterable[Spell], first: date, until: date | None) -> list[Spell]:
    """Who is above a child while a link holds."""
    found = []
    for ancestor, depth, begun, ended in spells:
        start, end = max(begun, first), min(ended or date.max, until or date.max)
        if start < end:
            found.append((ancestor, depth + 1, start, None if end == date.max else end))
    return found


def _joined(spells: Iterable[Spell]) -> list[Spell]:
    """Spells of the same distance that follow each other are one."""
    found: dict[tuple[int, int], Spell] = {}
    for ancestor, depth, first, until in spells:
        before = found.get((ancestor.id, depth))
        begun = before[2] if before and before[3] == first else first
        found[ancestor.id, depth] = (ancestor, depth, begun, until)
    return list(found.values())


def _changes(places: Iterable[Place]) -> None:
    """Mergers with their predecessors, new names, closings; each on a decision."""
    changes = Rows(UnitChange, "kind", "on", "decision", "decided_on", "recorded_at")
    parts = Rows(UnitChangePart, "change_id", "unit_id", "role")
    merged: dict[int, list[Place]] = {}
    for place in places:
        if place.into is not None:
            merged.setdefault(place.into.id, []).append(place)
    for successor, before in merged.items():
        change = changes.add(*_decided(UnitChange.Kind.MERGE, MERGED, successor))
        for place in before:
            parts.add(change, place.id, Part.PREDECESSOR.value)
        parts.add(change, successor, Part.SUCCESSOR.value)
    for place in places:
        if place.former_name:
            parts.add(
                changes.add(*_decided(UnitChange.Kind.RENAME, MERGED, place.id)), place.id, Part.SUBJECT.value
            )
        if place.closed is not None and place.into is None:
            change = changes.add(*_decided(UnitChange.Kind.CLOSE, place.closed, place.id))
            parts.add(change, place.id, Part.SUBJECT.value)
    changes.copy()
    parts.copy()


def _decided(kind: UnitChange.Kind, on: date, number: int) -> tuple[str, date, str, date, str]:
    decided = on.replace(day=1) if on.day > 1 else on
    return (kind.value, on, f"Quyết định số {number}/QĐ-UBND", decided, instant(on).isoformat())
