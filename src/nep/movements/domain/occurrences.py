"""The terms of a duty within the days of its programme: which there are, which of them a unit owes, by when.

A term of a rhythm speaks of the days since the day that the rule named before, up to the day that it names:
"trước ngày 20 hằng tháng" has a term from 21 February to 20 March, and 19 March is its last day in time. The
bounds do not depend on holidays, so that a term is known by its end; the last day in time does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from nep.kernel.calendar import WEEKDAYS, Calendar
from nep.kernel.rhythm import Rule
from nep.movements.domain.terms import Span, as_it_occurs, comes_again

LEAST_DAYS = 5  # working days left to who joins in a term; with fewer the next term is their first
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """What a unit owes: by which rule, within which programme, how many days before the rule's last day.

    `day` is the last day where the rule names none: the unit's own, or that of the unit above.
    """

    rule: str
    span: Span
    lead: int = 0
    day: date | None = None

    @property
    def occurs(self) -> bool:
        """Whether it comes up whenever there is something to do, again and again."""
        return as_it_occurs(self.rule)

    @property
    def names_a_day(self) -> bool:
        """Whether the rule itself says by when."""
        return bool(self.rule) and not self.occurs


@dataclass(frozen=True, slots=True)
class Term:
    """One term: the days that it speaks of, both within; the day named; the last day in time."""

    starts_on: date
    ends_on: date
    named_on: date | None = None
    due_on: date | None = None

    def led_by(self, lead: int) -> Term:
        """The term with a last day so many days earlier, but within it."""
        if self.due_on is None or lead <= 0:
            return self
        return replace(self, due_on=min(self.due_on, max(self.due_on - timedelta(days=lead), self.starts_on)))


def terms(duty: Duty, calendar: Calendar) -> Iterator[Term]:
    """All terms of a duty in order; at least one, and none that is over before the programme begins.

    A duty that is done once, or comes up as it occurs, has one. A rhythm that names no day within the
    programme has one that ends with it.
    """
    if not comes_again(duty.rule):
        yield _only_term(duty, calendar)
        return
    ends = list(_ends(duty))
    if not ends:
        yield Term(duty.span.first, duty.span.last, duty.span.last, duty.span.last).led_by(duty.lead)
    for before, end in pairwise([duty.span.first - _DAY, *ends]):
        named = _named(duty.rule, end, calendar)
        due = Rule(duty.rule).last_day(named, calendar)
        yield Term(before + _DAY, end, named, due).led_by(duty.lead)


def _only_term(duty: Duty, calendar: Calendar) -> Term:
    span = duty.span
    named = Rule(duty.rule).next_day(span.first, calendar) if duty.rule else None
    if named is None:
        return Term(span.first, max(span.last, duty.day or span.last), duty.day, duty.day)
    if named > span.last:
        return Term(span.first, span.last, span.last, span.last).led_by(duty.lead)
    due = Rule(duty.rule).last_day(named, calendar)
    return Term(min(span.first, named), named, named, due).led_by(duty.lead)


def _ends(duty: Duty) -> Iterator[date]:
    """The days that a rhythm names within the programme, were there no holidays."""
    rule, span = Rule(duty.rule), duty.span
    end = rule.next_day(span.first)
    while end is not None and end <= span.last:
        if rule.last_day(end, WEEKDAYS) >= span.first:
            yield end
        end = rule.next_day(end + _DAY)


def _named(rule: str, end: date, calendar: Calendar) -> date:
    """The day that the rule names for a term, with its holidays: in the same week, in the same month."""
    if rule == "weekly":
        start = end - timedelta(days=end.weekday())
    elif rule.startswith("month:"):
        start = end.replace(day=1)
    else:
        start = end
    return Rule(rule).next_day(start, calendar) or end


def owed_from(duty: Duty, joined: date, calendar: Calendar, *, least: int = LEAST_DAYS) -> Term:
    """The first term that a unit owes which joins on a day.

    Of a rhythm the first that leaves at least so many working days; where none does, a last one up to the end
    of the programme. A duty that is done once is owed even when its last day is over. The unit's own last day
    is not before the day on which it joins.
    """
    if not comes_again(duty.rule):
        return _not_before(joined, _only_term(duty, calendar), replace(duty, lead=0), calendar)
    plain = replace(duty, lead=0)
    for term in terms(plain, calendar):
        if term.due_on is not None and calendar.working_days(joined, term.due_on) >= least:
            return _not_before(joined, term.led_by(duty.lead), plain, calendar)
    last = duty.span.last
    return Term(min(joined, last), last, last, last)


def _not_before(joined: date, term: Term, plain: Duty, calendar: Calendar) -> Term:
    """A unit's own lead does not make it late on the day on which it joins."""
    if term.due_on is None or term.due_on >= joined or not plain.names_a_day:
        return term
    ordinary = next((one.due_on for one in terms(plain, calendar) if one.ends_on == term.ends_on), None)
    return replace(term, due_on=max(term.due_on, min(joined, ordinary or term.due_on)))


def goes_on(duty: Duty) -> bool:
    """Whether a term may follow another one, whatever the calendar says."""
    return duty.occurs or comes_again(duty.rule)


def following(duty: Duty, ends_on: date, calendar: Calendar) -> Term | None:
    """The term after the one that ends on a day; None when there is none.

    What comes up as it occurs is open again at once, without a day.
    """
    if duty.occurs:
        return Term(duty.span.first, duty.span.last)
    if not comes_again(duty.rule):
        return None
    return next((term for term in terms(duty, calendar) if term.ends_on > ends_on), None)


def lead_of(duty: Duty, own: date, calendar: Calendar) -> int:
    """How many days before the rule's last day a unit's own last day lies, in the term to which it belongs.

    >>> year = Span(date(2026, 1, 1), date(2026, 12, 31))
    >>> lead_of(Duty("monthly:before:20", year), date(2026, 3, 17), WEEKDAYS)
    2
    """
    plain = replace(duty, lead=0)
    term = next((one for one in terms(plain, calendar) if one.ends_on >= own), None)
    return max((term.due_on - own).days, 0) if term and term.due_on and plain.names_a_day else 0
