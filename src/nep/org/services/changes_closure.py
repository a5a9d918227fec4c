"""Keeps the stored closure equal to the links, by set-based statements that block no reader."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from nep.kernel.errors import RuleError
from nep.org.models import Unit

TOO_DEEP = 100  # levels; a path that long runs in a circle

_CIRCLE = """
WITH RECURSIVE walk(start, reached, depth, during) AS (
    SELECT id, id, 0, during FROM org_unit WHERE id = ANY(%(units)s) AND NOT isempty(during)
    UNION ALL
    SELECT walk.start, link.parent_id, walk.depth + 1, walk.during * link.during
    FROM walk JOIN org_unitlink link ON link.child_id = walk.reached AND link.during && walk.during
    WHERE walk.depth < %(too_deep)s AND (walk.depth = 0 OR walk.start <> walk.reached)
)
SELECT start FROM walk WHERE depth > 0 AND (start = reached OR depth >= %(too_deep)s) LIMIT 1
"""

# Each unit and the paths above it, from the links alone; spans that touch become one.
_FRESH = """
WITH RECURSIVE walk(descendant_id, ancestor_id, depth, during) AS (
    SELECT id, id, 0, during FROM org_unit WHERE id = ANY(%(units)s) AND NOT isempty(during)
    UNION ALL
    SELECT walk.descendant_id, link.parent_id, walk.depth + 1, walk.during * link.during
    FROM walk JOIN org_unitlink link ON link.child_id = walk.ancestor_id AND link.during && walk.during
), fresh AS (
    SELECT ancestor_id, descendant_id, depth, unnest(range_agg(during)) AS during
    FROM walk GROUP BY ancestor_id, descendant_id, depth
)
"""
_SAME = """
    old.ancestor_id = fresh.ancestor_id AND old.descendant_id = fresh.descendant_id
    AND old.depth = fresh.depth AND old.during = fresh.during
"""
_FORGET = f"""
{_FRESH}
DELETE FROM org_unitclosure old WHERE old.descendant_id = ANY(%(units)s)
AND NOT EXISTS (SELECT 1 FROM fresh WHERE {_SAME})
"""
_ADD = f"""
{_FRESH}
INSERT INTO org_unitclosure (ancestor_id, descendant_id, depth, during)
SELECT ancestor_id, descendant_id, depth, during FROM fresh
WHERE NOT EXISTS (SELECT 1 FROM org_unitclosure old
                  WHERE old.descendant_id = ANY(%(units)s) AND {_SAME})
"""


def rebuild_closure(unit_ids: Iterable[int]) -> None:
    """Bring the closure of units whose links or lives changed, and of all ever below them, up to the links.

    Raises: RuleError when a unit would stand below itself on some day.
    """
    changed = sorted(set(unit_ids))
    if not changed:
        return
    with connection.cursor() as cursor:
        cursor.execute(_CIRCLE, {"units": changed, "too_deep": TOO_DEEP})
        if found := cursor.fetchone():
            name = Unit.objects.get(pk=found[0]).name
            raise RuleError(f"{name} sẽ thành cấp dưới của chính nó; chọn cấp trên khác.")
        cursor.execute(
            "SELECT DISTINCT descendant_id FROM org_unitclosure WHERE ancestor_id = ANY(%s)", [changed]
        )
        units = sorted({*changed, *(row[0] for row in cursor.fetchall())})
        # What no longer holds goes before what holds instead, so that no two rows tell the same day.
        cursor.execute(_FORGET, {"units": units})
        cursor.execute(_ADD, {"units": units})
