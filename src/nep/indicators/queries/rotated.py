"""Posts that are to be rotated after some months: which were, by the day on which it was due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import connection

from nep.indicators.domain.periods import Period

CODE = "chuyen-doi-vi-tri"

_COUNT = """
SELECT unit_id, count(*) FILTER (WHERE upper(during) <= due + 1), count(*)
FROM (
    SELECT posting.unit_id, posting.during,
        (lower(posting.during) + make_interval(months => position.rotation_months))::date AS due
    FROM org_posting posting JOIN org_position position ON position.id = posting.position_id
    WHERE position.rotation_months IS NOT NULL AND posting.kind IN ('main', 'concurrent')
      AND posting.during && daterange(%(first)s, %(last)s, '[]')
) seat
WHERE due BETWEEN %(first)s AND least(%(last)s, %(today)s)
GROUP BY unit_id
"""


def rotated_when_due(period: Period, today: date) -> Iterator[tuple[int, int, int]]:
    """By unit: posts that were rotated in time, of those that fell due in a period up to today.

    The length is that of the position, a parameter that the office confirms. Who had left before the period
    began is not counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"first": period.starts_on, "last": period.ends_on, "today": today})
        yield from cursor.fetchall()
