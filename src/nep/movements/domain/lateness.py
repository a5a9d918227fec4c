"""How a last day stands today, in words: late, today, in so many working days.

Working days are Monday to Friday; holidays are not weighed yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nep.movements.domain.terms import as_it_occurs

SOON = 3  # working days
FAR = 65  # working days, about three months: beyond that a count of days says nothing
WHEN_IT_OCCURS = "Khi phát sinh"
NO_DAY_SET = "Chưa đặt hạn"
NOT_YET = "Chưa đến kỳ"
WITHOUT_A_DAY = frozenset({WHEN_IT_OCCURS, NO_DAY_SET})


@dataclass(frozen=True, slots=True)
class Standing:
    """How a last day stands: a state of the kit (`bad`, `warn`, `quiet`), its word, working days late."""

    kind: str
    word: str
    late_days: int = 0


def working_days(after: date, until: date) -> int:
    """How many working days follow `after` up to and with `until`; 0 when there are none.

    >>> working_days(date(2026, 11, 20), date(2026, 11, 23))
    1
    """
    days = (until - after).days
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((after + timedelta(days=step)).weekday() < 5 for step in range(1, rest + 1))


def standing(due_on: date | None, on: date, *, rule: str = "") -> Standing:
    """How a duty with this last day stands on a day; its `rule` tells whether it comes up as it occurs.

    >>> standing(date(2026, 11, 20), date(2026, 11, 23))
    Standing(kind='bad', word='Trễ 1 ngày', late_days=1)
    """
    if due_on is None:
        return Standing("quiet", WHEN_IT_OCCURS if as_it_occurs(rule) else NO_DAY_SET)
    if due_on < on:
        late = max(working_days(due_on, on), 1)
        return Standing("bad", f"Trễ {late} ngày", late)
    left = working_days(on, due_on)
    if left == 0:
        return Standing("warn", "Hôm nay" if due_on == on else "Còn cuối tuần")
    if left > FAR:
        return Standing("quiet", NOT_YET)
    return Standing("warn" if left <= SOON else "quiet", f"Còn {left} ngày")
