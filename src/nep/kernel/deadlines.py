"""When a deadline falls and until when one is in time, with the sentence that explains it and its source.

Two families: deadlines in the form of the reader (`nep.kernel.rhythm`), and terms counted from a day:
`days:30`, `working-days:7`, `months:2`. Suspended and extended terms are in `nep.kernel.deadlines_running`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from nep.kernel import deadline_words as words
from nep.kernel.calendar import Calendar
from nep.kernel.errors import RuleError
from nep.kernel.rhythm import FIRST_DAY, LAST_DAY, WITHOUT_A_DAY, Rule

CIVIL_CODE = "Bộ luật Dân sự 2015"
_COUNTED = re.compile(r"(days|working-days|months):([1-9][0-9]{0,3})")
_MOST = {"days": 9999, "working-days": 2500, "months": 600}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """The day that a rule names, the last day in time, why in one Vietnamese sentence, and by what source."""

    named_on: date
    last_day: date
    explanation: str
    source: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A term that is counted from a day: `days:30`, `working-days:7`, `months:2`."""

    unit: str
    number: int

    @property
    def text(self) -> str:
        """The written form."""
        return f"{self.unit}:{self.number}"

    def in_words(self) -> str:
        """The term as a Vietnamese phrase: "7 ngày làm việc"."""
        return f"{self.number} {words.UNITS[self.unit]}"

    def end(self, start: date, calendar: Calendar) -> date:
        """The last day counted, before it moves from a day off; the first day is not counted.

        Source: Civil Code 2015, art. 147.2, 148.1 and 148.3.
        """
        if self.unit == "days":
            return start + self.number * _DAY
        if self.unit == "working-days":
            return calendar.add_working(start, self.number)
        return months_later(start, self.number)


def months_later(start: date, number: int) -> date:
    """The same day so many months later, or the last of that month when it has no such day.

    >>> months_later(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    years, month = divmod(start.month - 1 + number, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def counted(rule: str) -> Counted | None:
    """The counted term that a rule is; None when it is a deadline of another form.

    Raises: RuleError for a number that no term has.
    """
    match = _COUNTED.fullmatch(rule)
    if match is None:
        return None
    if int(match[2]) > _MOST[match[1]]:
        raise RuleError(f"Thời hạn “{rule}” quá dài; nhiều nhất là {match[1]}:{_MOST[match[1]]}.")
    return Counted(match[1], int(match[2]))


def due(rule: str, after: date, calendar: Calendar) -> Due:
    """When the rule falls: counted from `after`, or the next one on or after it, with the last day in time.

    A fixed day that is over is named all the same.

    Raises: RuleError, in one sentence, for an unknown form, a rule that names no day, a day out of reach.
    """
    if not FIRST_DAY <= after <= LAST_DAY:
        raise RuleError(f"Ngày phải từ {FIRST_DAY:%d/%m/%Y} đến {LAST_DAY:%d/%m/%Y}.")
    term = counted(rule)
    return _of_rule(_known(rule), after, calendar) if term is None else _of_term(term, after, calendar)


def _known(text: str) -> Rule:
    try:
        rule = Rule(text)
    except ValueError:
        raise RuleError(
            f"Không hiểu thời hạn “{text}”; viết theo mẫu days:30, working-days:7, months:2, "
            "month:working-day:5 hoặc một mẫu như yearly:before:12-15, by:2026-12-15."
        ) from None
    if text in WITHOUT_A_DAY:
        raise RuleError(f"Thời hạn “{rule.in_words()}” không nêu ngày nào nên không tính được ngày đến hạn.")
    return rule


def _of_term(term: Counted, start: date, calendar: Calendar) -> Due:
    end = term.end(start, calendar)
    last = calendar.next_working(end)
    weighed = start if term.unit == "working-days" else end - _DAY
    parts = [
        f"{term.in_words()} kể từ ngày {words.day(start)}, không tính ngày đầu",
        words.skipped(calendar, start, end) if term.unit == "working-days" else "",
        words.month_end_taken(start, end) if term.unit == "months" else "",
        words.ends(end, last, calendar),
        words.doubts(calendar, weighed, last),
    ]
    return Due(last, last, words.sentence(parts), sources_of_term(term.unit, weighed, end, last, calendar))


def sources_of_term(unit: str, after: date, end: date, last: date, calendar: Calendar) -> str:
    """The articles by which a counted term ends and moves, and the sources of the days off that it met."""
    articles = ["Điều 147 khoản 2", f"Điều 148 khoản {'3' if unit == 'months' else '1'}"]
    if last != end:
        articles.append("Điều 148 khoản 5")
    return _source(articles, words.sources(calendar, after, last))


def _of_rule(rule: Rule, after: date, calendar: Calendar) -> Due:
    on = rule.next_day(after, calendar)
    if on is None:
        raise RuleError(f"Thời hạn “{rule.in_words()}” không nêu ngày nào.")
    last = rule.last_day(on, calendar)
    first, until = _days_weighed(rule, on, last)
    parts = [
        words.named(rule, on, after),
        words.why_that_day(rule, on, calendar),
        words.last_in_time(rule, on, last, calendar),
        words.doubts(calendar, first, until) if first < until else "",
    ]
    articles = ["Điều 148 khoản 1" if last <= on else "Điều 148 khoản 5"]
    return Due(on, last, words.sentence(parts), _source(articles, words.sources(calendar, first, until)))


def _days_weighed(rule: Rule, on: date, last: date) -> tuple[date, date]:
    """After which day and until which days off had a say in the result; none for a day that never moves."""
    if rule.ends_the_day_before or rule.text.startswith("effective:"):
        return on, on
    if rule.text == "weekly":
        return on, on + timedelta(days=6 - on.weekday())
    if rule.text.startswith("month:"):
        return on.replace(day=1) - _DAY, on
    return on - _DAY, last


def _source(articles: list[str], days_off: list[str]) -> str:
    named = [each for told in days_off for each in told.split("; ")]  # one day off may rest on several
    return "; ".join([f"{CIVIL_CODE}, {', '.join(articles)}", *dict.fromkeys(named)])
