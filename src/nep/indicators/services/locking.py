"""Sums of a locked month are kept as they stood; pages show them whatever is recorded later."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from nep.indicators.domain.periods import GRAINS, period_of
from nep.indicators.models import LockedSum
from nep.org.domain.months import month_of
from nep.org.models import LockedPeriod

_KEEP = """
INSERT INTO indicators_lockedsum (period_id, indicator_id, unit_id, starts_on, line,
    expected, told, nothing, numerator, denominator)
SELECT %(period)s, indicator_id, unit_id, starts_on, line,
    sum(expected), sum(told), sum(nothing), sum(numerator), sum(denominator)
FROM (
    SELECT below.indicator_id, below.unit_id, below.starts_on, below.line, below.expected, below.told,
        below.nothing, below.numerator, below.denominator
    FROM indicators_rollup below JOIN indicators_indicator one ON one.id = below.indicator_id
    WHERE one.grain || ' ' || below.starts_on = ANY(%(ended)s)
      AND below.unit_id IN (SELECT unit_id FROM org_lockedfigure WHERE period_id = %(period)s)
    UNION ALL
    SELECT own.indicator_id, own.unit_id, own.starts_on, own.line, 1, (own.state = 'told')::int,
        (own.state = 'nothing')::int, coalesce(own.numerator, 0), coalesce(own.denominator, 0)
    FROM indicators_figure own JOIN indicators_indicator one ON one.id = own.indicator_id
    WHERE one.grain || ' ' || own.starts_on = ANY(%(ended)s)
      AND own.replaced_at IS NULL AND own.counted_on IS NOT NULL
      AND own.unit_id IN (SELECT unit_id FROM org_lockedfigure WHERE period_id = %(period)s)
) each_row
GROUP BY indicator_id, unit_id, starts_on, line
HAVING sum(expected) <> 0
"""


@transaction.atomic
def keep_sums(period: LockedPeriod, at: datetime) -> None:
    """Keep the sums of all periods that end in a month that is locked, anew when it was opened in between.

    One statement reads them as they stand; what is committed meanwhile shows as a difference.
    """
    LockedSum.objects.filter(period=period).delete()
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"period": period.pk, "ended": _ended(period.during.lower)})


def _ended(month: date) -> list[str]:
    """The periods that end in a month, as the query names them."""
    ends = [period_of(grain, month) for grain in GRAINS]
    return [f"{one.grain} {one.starts_on}" for one in ends if month_of(one.ends_on) == month_of(month)]
