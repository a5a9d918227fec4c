"""How a last day stands today, in words: late, today, in so many working days.

Which days are worked the caller says; without a calendar they are the country's as shipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.kernel.calendar import Calendar
from nep.kernel.holidays import VIETNAM
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


def working_days(after: date, until: date, calendar: Calendar = VIETNAM) -> int:
    """How many working days follow `after` up to and with `until`; 0 when there are none.

    >>> working_days(date(2026, 11, 20), date(2026, 11, 23))
    1
    """
    return calendar.working_days(after, until)


def standing(due_on: date | None, on: date, *, rule: str = "", calendar: Calendar = VIETNAM) -> Standing:
    """How a duty with this last day stands on a day; its `rule` tells whether it comes up as it occurs.

    >>> standing(date(2026, 11, 20), date(2026, 11, 23))
    Standing(kind='bad', word='Trễ 1 ngày', late_days=1)
    """
    if due_on is None:
        return Standing("quiet", WHEN_IT_OCCURS if as_it_occurs(rule) else NO_DAY_SET)
    if due_on < on:
        late = max(calendar.working_days(due_on, on), 1)
        return Standing("bad", f"Trễ {late} ngày", late)
    left = calendar.working_days(on, due_on)
    if left == 0:
        return Standing("warn", "Hôm nay" if due_on == on else _only_rest(on, due_on, calendar))
    if left > FAR:
        return Standing("quiet", NOT_YET)
    return Standing("warn" if left <= SOON else "quiet", f"Còn {left} ngày")


def _only_rest(on: date, due_on: date, calendar: Calendar) -> str:
    """What is left when no working day is: a weekend, or days off as well."""
    return "Còn ngày nghỉ" if calendar.special_days(on, due_on) else "Còn cuối tuần"
