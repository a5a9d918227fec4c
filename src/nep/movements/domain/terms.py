"""The last days in time of a duty, term by term, within the period of its programme.

"Trước ngày 15/12" is in time until the 14th; the end of a month that is off moves to the next working day.
Which days are off the caller says; without a calendar they are the country's as shipped. A unit may set its
own last day before the one of the rule; in a rhythm it keeps that lead in later terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nep.kernel.calendar import Calendar
from nep.kernel.deadlines import Due, due
from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM
from nep.kernel.rhythm import Rule

_DAY = timedelta(days=1)
_LONGEST_REST = timedelta(days=21)  # further than any last day moves past the days off of Tết


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a programme, both ends within.

    Raises: ValueError when it ends before it starts.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a programme ends after it starts")


def comes_again(rule: str) -> bool:
    """Whether the rule names a rhythm."""
    return bool(rule) and bool(Rule(rule).rhythm)


def as_it_occurs(rule: str) -> bool:
    """Whether the duty comes up whenever there is something to do, on no named day."""
    return rule in {"prompt", "periodic"}


def first_due(rule: str, *, on: date, span: Span, calendar: Calendar = VIETNAM) -> date | None:
    """The last day in time of the term that runs on a day; None when the rule names none (at once, periodic).

    A day named after the end of the programme becomes that end.
    """
    named = _running(rule, max(on, span.first), calendar) if rule else None
    if named is None:
        return None
    return span.last if named > span.last else Rule(rule).last_day(named, calendar)


def _running(rule: str, on: date, calendar: Calendar) -> date | None:
    """The first day named whose last day in time is not over; of a duty done once, its day in any case."""
    named = Rule(rule).next_day(on, calendar)
    if named is not None and comes_again(rule) and Rule(rule).last_day(named, calendar) < on:
        return Rule(rule).next_day(named + _DAY, calendar)
    return named


def term_end(rule: str, due_on: date, calendar: Calendar = VIETNAM) -> date:
    """The day that the rule itself names for the term to which a unit's own last day belongs."""
    if not comes_again(rule):
        return due_on
    named = Rule(rule).next_day(due_on - _LONGEST_REST, calendar)
    while named is not None and Rule(rule).last_day(named, calendar) < due_on:
        named = Rule(rule).next_day(named + _DAY, calendar)
    return named or due_on


def next_due(rule: str, due_on: date, *, span: Span, calendar: Calendar = VIETNAM) -> date | None:
    """The last day of the term after the one that ends with `due_on`; None when the duty is over.

    The unit's own lead before the last day of the rule is kept.
    """
    if not comes_again(rule):
        return None
    end = term_end(rule, due_on, calendar)
    following = Rule(rule).next_day(end + _DAY, calendar)
    if following is None or following > span.last:
        return None
    last, lead = Rule(rule).last_day(end, calendar), _lead(rule, due_on, calendar)
    return max(Rule(rule).last_day(following, calendar) - lead, last + _DAY)


def _lead(rule: str, due_on: date, calendar: Calendar) -> timedelta:
    """How long before the rule's last day in time a unit's own last day lies, in the same term."""
    return Rule(rule).last_day(term_end(rule, due_on, calendar), calendar) - due_on


def latest_own_day(
    rule: str, *, on: date, span: Span, above: date | None, calendar: Calendar = VIETNAM
) -> date:
    """The latest day a unit may set for itself: that of the unit above in the same term, else the rule's.

    `above` is the last day that the unit above holds for this duty, in whichever term it is now.
    """
    own = first_due(rule, on=on, span=span, calendar=calendar) or span.last
    if above is None:
        return own
    if not comes_again(rule):
        return min(above, own)
    last = Rule(rule).last_day(term_end(rule, own, calendar), calendar)
    return min(max(last - _lead(rule, above, calendar), on), own)


def reckoned(rule: str, due_on: date | None, calendar: Calendar = VIETNAM) -> Due | None:
    """How the rule comes to its last day in the term that ends with `due_on`; None when it names no day."""
    if not rule or due_on is None:
        return None
    named = Rule(rule).next_day(term_end(rule, due_on, calendar), calendar)
    return due(rule, named, calendar) if named else None


def check_own_day(day: date, *, latest: date, on: date) -> None:
    """Refuse a unit's own last day that is later than it may be, or over.

    Raises: RuleError that names the latest day.
    """
    if latest < on:
        raise RuleError(f"Hạn của cấp trên là {latest:%d/%m/%Y}, đã qua; không đặt hạn riêng được nữa.")
    if day > latest:
        raise RuleError(f"Hạn của đơn vị không được muộn hơn {latest:%d/%m/%Y}, hạn của cấp trên.")
    if day < on:
        raise RuleError(f"Ngày {day:%d/%m/%Y} đã qua. Chọn từ {on:%d/%m/%Y} đến {latest:%d/%m/%Y}.")


def due_at_issue(
    rule: str, *, on: date, span: Span, above: date | None, calendar: Calendar = VIETNAM
) -> date | None:
    """The last day of a duty when a unit issues its plan without a day of its own for it.

    The rule's day, or the earlier one of the unit above; None when neither names a day.
    """
    if first_due(rule, on=on, span=span, calendar=calendar) is None:
        return above
    return latest_own_day(rule, on=on, span=span, above=above, calendar=calendar)
