"""How many units and people a unit has with all below it on a day: the denominators of every figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from nep.org.models import Line


@dataclass(frozen=True, slots=True)
class Denominator:
    """Units and distinct people of a unit and all below it."""

    units: int
    people: int


NOTHING = Denominator(0, 0)

# IS TRUE keeps the planner, which takes the tree for one row, from asking the index of spans for every unit.
_COUNTS = """
WITH asked AS (
    SELECT unit.id AS unit_id, day.day
    FROM unnest(%(units)s::bigint[]) unit(id), unnest(%(days)s::date[]) day(day)
), tree AS (
    SELECT asked.unit_id, asked.day, closure.descendant_id AS below_id
    FROM asked JOIN org_unitclosure closure
      ON closure.ancestor_id = asked.unit_id AND closure.during @> asked.day
), counted AS (
    {counted}
), units AS (
    SELECT unit_id, day, count(DISTINCT below_id) AS units FROM counted GROUP BY unit_id, day
), people AS (
    SELECT counted.unit_id, counted.day, count(DISTINCT posting.person_id) AS people
    FROM counted JOIN org_posting posting
      ON posting.unit_id = counted.below_id AND (posting.during @> counted.day) IS TRUE {persons}
    GROUP BY counted.unit_id, counted.day
)
SELECT units.unit_id, units.day, units.units, coalesce(people.people, 0)
FROM units LEFT JOIN people USING (unit_id, day)
"""
_OWN_LINE = "SELECT unit_id, day, below_id FROM tree"
_ATTACHED = """
    SELECT tree.unit_id, tree.day, unit.id AS below_id
    FROM tree JOIN org_unithost host ON host.host_id = tree.below_id AND host.during @> tree.day
    JOIN org_unit unit ON unit.id = host.unit_id AND unit.line = %(line)s AND unit.during @> tree.day
"""


def denominators(unit_ids: Iterable[int], day: date, line: Line | None = None) -> dict[int, Denominator]:
    """Units and people of each unit and all below it on a day, in one query.

    `line` counts instead the units of that line which are attached to the unit or to one below it. A unit
    that does not exist on the day has none of either.
    """
    ids = list(unit_ids)
    found = counts(ids, [day], line=line)
    return {unit: found.get((unit, day), NOTHING) for unit in ids}


def counts(
    unit_ids: Iterable[int],
    days: Iterable[date],
    *,
    line: Line | None = None,
    people: Iterable[int] | None = None,
) -> dict[tuple[int, date], Denominator]:
    """The same for several days, by unit and day; `people` counts only these persons."""
    query = _COUNTS.format(
        counted=_OWN_LINE if line is None else _ATTACHED,
        persons="" if people is None else "AND posting.person_id = ANY(%(people)s)",
    )
    given: dict[str, Any] = {
        "units": list(unit_ids),
        "days": list(days),
        "line": line,
        "people": list(people or ()),
    }
    if not given["units"] or not given["days"]:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return {(unit, day): Denominator(units, persons) for unit, day, units, persons in cursor.fetchall()}
