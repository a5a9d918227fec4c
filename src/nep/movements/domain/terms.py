"""The last days of a duty, term by term, within the period of its programme.

A unit may set its own last day before the one of the rule; in a rhythm it keeps that lead in later terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nep.kernel.errors import RuleError
from nep.kernel.rhythm import Rule


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


def first_due(rule: str, *, on: date, span: Span) -> date | None:
    """The last day of the term that runs on a day; None when the rule names none (at once, periodic).

    A day after the end of the programme becomes that end.
    """
    named = Rule(rule).next_day(max(on, span.first)) if rule else None
    return min(named, span.last) if named else None


def term_end(rule: str, due_on: date) -> date:
    """The day that the rule itself names for the term to which a unit's own last day belongs."""
    named = Rule(rule).next_day(due_on) if comes_again(rule) else None
    return named or due_on


def next_due(rule: str, due_on: date, *, span: Span) -> date | None:
    """The last day of the term after the one that ends with `due_on`; None when the duty is over.

    The unit's own lead before the day of the rule is kept.
    """
    if not comes_again(rule):
        return None
    end = term_end(rule, due_on)
    following = Rule(rule).next_day(end + timedelta(days=1))
    if following is None or following > span.last:
        return None
    return max(following - (end - due_on), end + timedelta(days=1))


def latest_own_day(rule: str, *, on: date, span: Span, above: date | None) -> date:
    """The latest day a unit may set for itself: that of the unit above in the same term, else the rule's.

    `above` is the last day that the unit above holds for this duty, in whichever term it is now.
    """
    own = first_due(rule, on=on, span=span) or span.last
    if above is None:
        return own
    if not comes_again(rule):
        return min(above, own)
    lead = term_end(rule, above) - above
    return min(max(term_end(rule, own) - lead, on), own)


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


def due_at_issue(rule: str, *, on: date, span: Span, above: date | None) -> date | None:
    """The last day of a duty when a unit issues its plan without a day of its own for it.

    The rule's day, or the earlier one of the unit above; None when neither names a day.
    """
    if first_due(rule, on=on, span=span) is None:
        return above
    return latest_own_day(rule, on=on, span=span, above=above)
