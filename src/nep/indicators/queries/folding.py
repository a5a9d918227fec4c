"""Adds rows of sums together, so that readers have few; sums stay as they are."""

from __future__ import annotations

from django.db import connection

_FOLD = """
WITH busy AS (
    SELECT unit_id, indicator_id, starts_on FROM indicators_rollup WHERE NOT folded
    GROUP BY unit_id, indicator_id, starts_on HAVING count(*) >= %s
), gone AS (
    DELETE FROM indicators_rollup old USING busy
    WHERE old.unit_id = busy.unit_id AND old.indicator_id = busy.indicator_id
      AND old.starts_on = busy.starts_on
    RETURNING old.*
)
INSERT INTO indicators_rollup (indicator_id, unit_id, starts_on, line, day,
    expected, told, nothing, numerator, denominator, folded)
SELECT indicator_id, unit_id, starts_on, line, day,
    sum(expected), sum(told), sum(nothing), sum(numerator), sum(denominator), true
FROM gone GROUP BY indicator_id, unit_id, starts_on, line, day
HAVING (sum(expected), sum(told), sum(nothing)) IS DISTINCT FROM (0::bigint, 0::bigint, 0::bigint)
    OR sum(numerator) <> 0 OR sum(denominator) <> 0
"""


def fold(least: int = 10) -> None:
    """Add up the rows of each unit, indicator and period that have so many new ones; days stay apart."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLD, [least])
