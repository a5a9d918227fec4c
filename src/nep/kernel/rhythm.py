"""Deadline rules such as `yearly:before:12-15`: what they say in words, which day they name next, until when.

A rule names a day; the last day that is in time follows from it and from the days on which offices rest.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nep.kernel.calendar import WEEKDAYS, Calendar

_DAY = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_FIXED = re.compile(rf"(before|by|on|effective):{_DAY}")
_MONTH = re.compile(r"(before|in):([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"in:([0-9]{4})-Q([1-4])")
_YEAR = re.compile(r"in:([0-9]{4})")
_SPAN = re.compile(r"period:([0-9]{4})\.\.([0-9]{4})")
_YEARLY = re.compile(r"(yearly|half-yearly):(before|by|on):([0-9]{2})-([0-9]{2})")
_DAY_OF = re.compile(r"(monthly|quarterly):(before|by):([0-9]{2})")
_NTH = re.compile(r"month:working-day:([1-9][0-9]?)")
_WORDS = {
    "yearly": "hằng năm",
    "half-yearly": "6 tháng một lần",
    "quarterly": "hằng quý",
    "monthly": "hằng tháng",
    "weekly": "hằng tuần",
    "periodic": "định kỳ, chưa rõ nhịp",
    "prompt": "kịp thời, ngay khi phát sinh",
}
_LEADS = {"before": "trước ngày", "by": "chậm nhất ngày", "on": "ngày", "effective": "có hiệu lực từ ngày"}
_STEPS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MOST_WORKING_DAYS = 23
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
WITHOUT_A_DAY = frozenset({"periodic", "prompt"})
RHYTHMS = ("yearly", "half-yearly", "quarterly", "monthly", "weekly")


@dataclass(frozen=True, slots=True)
class Rule:
    """A deadline rule in the written form of the reader, e.g. `quarterly:before:20`.

    Besides the forms of the reader: `by` where `before` may stand before a day ("chậm nhất ngày"), and
    `month:working-day:5`, the fifth working day of each month.

    Raises: ValueError when the form is unknown or names a day that does not exist.
    """

    text: str

    def __post_init__(self) -> None:
        if self.text not in _WORDS:
            self.next_day(date(2000, 1, 1))

    @property
    def rhythm(self) -> str:
        """`yearly`, `monthly` … for a duty that comes again; empty for one that is done once."""
        head = self.text.split(":", 1)[0]
        return "monthly" if head == "month" else head if head in RHYTHMS else ""

    @property
    def ends_the_day_before(self) -> bool:
        """Whether the day that it names is itself too late: "trước ngày 15/12" ends on the 14th."""
        return bool(_word_before_day(self.text) == "before")

    @property
    def day_of_month(self) -> int | None:
        """The day of the month that it asks for: 20 of `quarterly:before:20`."""
        if match := _DAY_OF.fullmatch(self.text):
            return int(match[3])
        match = _YEARLY.fullmatch(self.text)
        return int(match[4]) if match else None

    def in_words(self) -> str:
        """The rule as a Vietnamese phrase: "trước ngày 15/12 hằng năm"."""
        return _describe(self.text)

    def next_day(self, after: date, calendar: Calendar = WEEKDAYS) -> date | None:
        """The day that the rule names first on or after `after`; None for `prompt` and `periodic`.

        A rule that is over names its own last day. The calendar tells the last working day of a week and the
        working days of a month; other rules name the same day whatever the calendar.
        """
        if self.text in WITHOUT_A_DAY:
            return None
        if self.text == "weekly":
            return _last_working_day_of_week(after, calendar)
        if match := _NTH.fullmatch(self.text):
            return _nth_working_day(after, int(match[1]), calendar)
        if self.rhythm:
            return next(day for day in _days_of_years(self.text, after.year) if day >= after)
        return _within_reach(_only_day(self.text))

    def last_day(self, named: date, calendar: Calendar) -> date:
        """The last day in time for a day that the rule names.

        "Trước ngày" ends on the day before and never moves; "có hiệu lực" is no end of a period; every other
        last day that is off moves to the next working day.

        Source: Civil Code 2015, art. 148.5.
        """
        if self.ends_the_day_before:
            return named - timedelta(days=1)
        return named if self.text.startswith("effective:") else calendar.next_working(named)


def _word_before_day(text: str) -> str:
    if match := _FIXED.fullmatch(text):
        return match[1]
    match = _YEARLY.fullmatch(text) or _DAY_OF.fullmatch(text)
    return match[2] if match else ""


def _within_reach(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"out of reach: {day}")
    return day


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _only_day(text: str) -> date:
    if match := _FIXED.fullmatch(text):
        return date(int(match[2]), int(match[3]), int(match[4]))
    if match := _MONTH.fullmatch(text):
        return _month_end(int(match[2]), _month(int(match[3])))
    if match := _QUARTER.fullmatch(text):
        return _month_end(int(match[1]), 3 * int(match[2]))
    if match := _YEAR.fullmatch(text):
        return date(int(match[1]), 12, 31)
    if (match := _SPAN.fullmatch(text)) and match[1] <= match[2]:
        return date(int(match[2]), 12, 31)
    raise ValueError(f"unknown deadline rule: {text}")


def _month(number: int) -> int:
    if not 1 <= number <= 12:
        raise ValueError(f"no such month: {number}")
    return number


def _days_of_years(text: str, year: int) -> Iterator[date]:
    """The days that a rhythm names in a year and the two after it; the month's end for a day it lacks.

    >>> [str(day) for day in _days_of_years("half-yearly:before:08-31", 2026)][:2]
    ['2026-02-28', '2026-08-31']
    """
    months, day = _months_and_day(text)
    for each in (year, year + 1, year + 2):
        for month in months:
            yield date(each, month, min(day, monthrange(each, month)[1]))


def _months_and_day(text: str) -> tuple[list[int], int]:
    if match := _YEARLY.fullmatch(text):
        first, day = _month(int(match[3])), int(match[4])
        if not 1 <= day <= _LONGEST_MONTHS[first - 1]:
            raise ValueError(f"no such day: {day}/{first}")
        return sorted({first, first if match[1] == "yearly" else (first + 5) % 12 + 1}), day
    if match := _DAY_OF.fullmatch(text):
        day = int(match[3])
        if not 1 <= day <= 31:
            raise ValueError(f"no such day: {day}")
        return _months_every(_STEPS[match[1]]), day
    if text in _STEPS:
        return _months_every(_STEPS[text]), 31
    raise ValueError(f"unknown deadline rule: {text}")


def _months_every(step: int) -> list[int]:
    return list(range(step, 13, step))


def _last_working_day_of_week(after: date, calendar: Calendar) -> date:
    """The last working day of the week, or of the next week that has one still to come."""
    sunday = after + timedelta(days=6 - after.weekday())
    while (day := calendar.previous_working(sunday)) < after:
        sunday += timedelta(days=7)
    return day


def _nth_working_day(after: date, number: int, calendar: Calendar) -> date:
    """The n-th working day of the month, or of the next one; the last where a month has fewer."""
    if number > MOST_WORKING_DAYS:
        raise ValueError(f"no month has {number} working days")
    first = after.replace(day=1)
    while True:
        end = _month_end(first.year, first.month)
        day = calendar.add_working(first - timedelta(days=1), number)
        if (day := day if day <= end else calendar.previous_working(end)) >= after:
            return day
        first = end + timedelta(days=1)


def _describe(text: str) -> str:
    if text in _WORDS:
        return _WORDS[text]
    if match := _FIXED.fullmatch(text):
        return f"{_LEADS[match[1]]} {match[4]}/{match[3]}/{match[2]}"
    if match := _MONTH.fullmatch(text):
        word = {"before": "chậm nhất hết tháng", "in": "trong tháng"}[match[1]]
        return f"{word} {match[3]}/{match[2]}"
    if match := _QUARTER.fullmatch(text):
        return f"trong quý {('I', 'II', 'III', 'IV')[int(match[2]) - 1]}/{match[1]}"
    if match := _YEAR.fullmatch(text):
        return f"trong năm {match[1]}"
    if match := _SPAN.fullmatch(text):
        return f"cả giai đoạn {match[1]}–{match[2]}"
    if match := _YEARLY.fullmatch(text):
        how_often = "hằng năm" if match[1] == "yearly" else "(kỳ 6 tháng)"
        return f"{_LEADS[match[2]]} {match[4]}/{match[3]} {how_often}"
    if match := _DAY_OF.fullmatch(text):
        return f"{_LEADS[match[2]]} {match[3]} {'hằng tháng' if match[1] == 'monthly' else 'tháng cuối quý'}"
    if match := _NTH.fullmatch(text):
        return f"ngày làm việc thứ {match[1]} hằng tháng"
    raise ValueError(f"unknown deadline rule: {text}")
