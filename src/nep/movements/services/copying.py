"""The content of one programme becomes a draft of another: from a template, or for the next year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from nep.movements.domain.amendments import Content, Values
from nep.movements.domain.next_year import moved_rule
from nep.movements.models import Programme, Task
from nep.movements.queries.contents import actors_of, part_of
from nep.movements.queries.parts import KINDS

LINES, TASKS = "nhom", "nhiem-vu"

Kept = list[dict[str, Any]]


def kept(content: Content, places: Mapping[tuple[str, int], int], kinds: Collection[str]) -> Kept:
    """The items of these kinds in their order, as a template keeps them."""
    items = [item for item in content if item[0] in kinds and item[0] in KINDS]
    order = list(KINDS)
    items.sort(key=lambda item: (order.index(item[0]), places.get(item, 0), item[1]))
    return [{"kind": kind, "key": key, "values": dict(content[kind, key])} for kind, key in items]


def write_draft(programme: Programme, items: Kept, *, years: int) -> dict[tuple[str, int], int]:
    """Write kept items into a new draft, fixed days so many years later; returns the new number of each."""
    made: dict[tuple[str, int], int] = {}
    position: dict[str, int] = {}
    for item in sorted(items, key=lambda item: item["kind"] != LINES):  # tasks name their line of work
        kind, values = item["kind"], dict(item["values"])
        if "rule" in values:
            values["rule"] = moved_rule(values["rule"], years)
        if kind == TASKS:
            values["line_of_work"] = made.get((LINES, values.get("line_of_work") or 0))
        place = position[kind] = position.get(kind, -1) + 1
        made[kind, item["key"]] = _write(programme, kind, values, place)
    return made


def _write(programme: Programme, kind: str, values: Values, place: int) -> int:
    part = part_of(kind, values, programme)
    part.position = place
    part.save()
    if isinstance(part, Task):
        for actor in actors_of(values):
            actor.task = part
            actor.save()
    assert isinstance(part.pk, int)
    return part.pk
