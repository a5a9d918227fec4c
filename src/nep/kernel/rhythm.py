"""Deadline rules such as `yearly:before:12-15`: what they say in words and which day they name next.

Working days, holidays and suspensions are not weighed here: a rule names a calendar day.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = r"(\d{4})-(\d{2})-(\d{2})"
_FIXED = re.compile(rf"(before|on|effective):{_DAY}$")
_MONTH = re.compile(r"(before|in):(\d{4})-(\d{2})$")
_QUARTER = re.compile(r"in:(\d{4})-Q([1-4])$")
_YEAR = re.compile(r"in:(\d{4})$")
_SPAN = re.compile(r"period:(\d{4})\.\.(\d{4})$")
_YEARLY = re.compile(r"(yearly|half-yearly):(before|on):(\d{2})-(\d{2})$")
_DAY_OF = re.compile(r"(monthly|quarterly):before:(\d{2})$")
_WORDS = {
    "yearly": "hằng năm",
    "half-yearly": "6 tháng một lần",
    "quarterly": "hằng quý",
    "monthly": "hằng tháng",
    "weekly": "hằng tuần",
    "periodic": "định kỳ, chưa rõ nhịp",
    "prompt": "kịp thời, ngay khi phát sinh",
}
RHYTHMS = ("yearly", "half-yearly", "quarterly", "monthly", "weekly")


@dataclass(frozen=True, slots=True)
class Rule:
    """A deadline rule in the written form of the reader, e.g. `quarterly:before:20`.

    Raises: ValueError when the form is unknown or names a day that does not exist.
    """

    text: str

    def __post_init__(self) -> None:
        if self.text not in _WORDS:
            self._next(date(2000, 1, 1))

    @property
    def rhythm(self) -> str:
        """`yearly`, `monthly` … for a duty that comes again; empty for one that is done once."""
        head = self.text.split(":", 1)[0]
        return head if head in RHYTHMS else ""

    def in_words(self) -> str:
        """The rule as a Vietnamese phrase: "trước ngày 15/12 hằng năm"."""
        return _describe(self.text)

    def next_day(self, after: date) -> date | None:
        """The day that the rule names first on or after `after`; None for `prompt` and `periodic`.

        A rule that is over names its own last day.
        """
        return self._next(after)

    def _next(self, after: date) -> date | None:
        if self.text in {"periodic", "prompt"}:
            return None
        if self.text in _WORDS or _DAY_OF.match(self.text) or _YEARLY.match(self.text):
            return _next_in_rhythm(self.text, after)
        return _last_named_day(self.text)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _last_named_day(text: str) -> date:
    if match := _FIXED.match(text):
        return date(int(match[2]), int(match[3]), int(match[4]))
    if match := _MONTH.match(text):
        return _month_end(int(match[2]), int(match[3]))
    if match := _QUARTER.match(text):
        return _month_end(int(match[1]), 3 * int(match[2]))
    if match := _YEAR.match(text):
        return date(int(match[1]), 12, 31)
    if match := _SPAN.match(text):
        return date(int(match[2]), 12, 31)
    raise ValueError(f"unknown deadline rule: {text}")


def _next_in_rhythm(text: str, after: date) -> date:
    if match := _YEARLY.match(text):
        first, day = int(match[3]), int(match[4])
        months = (first,) if match[1] == "yearly" else (first, (first + 5) % 12 + 1)
        return _first(
            after, sorted(_clamped(year, m, day) for year in (after.year, after.year + 1) for m in months)
        )
    if match := _DAY_OF.match(text):
        step, day = (1, int(match[2])) if match[1] == "monthly" else (3, int(match[2]))
        if not 1 <= day <= 31:
            raise ValueError(f"unknown deadline rule: {text}")
        return _first(after, _days_of_months(after, step, day))
    if text == "weekly":
        return after + timedelta(days=(4 - after.weekday()) % 7)  # Friday closes the working week
    step = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}[text]
    return _first(after, _days_of_months(after, step, 31))


def _days_of_months(after: date, step: int, day: int) -> list[date]:
    months = [m for m in range(1, 13) if m % step == 0]
    return [_clamped(year, month, day) for year in (after.year, after.year + 1) for month in months]


def _clamped(year: int, month: int, day: int) -> date:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError(f"no such day: {day}/{month}")
    return date(year, month, min(day, monthrange(year, month)[1]))


def _first(after: date, days: list[date]) -> date:
    return next(day for day in days if day >= after)


def _describe(text: str) -> str:
    if text in _WORDS:
        return _WORDS[text]
    if match := _FIXED.match(text):
        word = {"before": "trước ngày", "on": "ngày", "effective": "có hiệu lực từ ngày"}[match[1]]
        return f"{word} {match[4]}/{match[3]}/{match[2]}"
    if match := _MONTH.match(text):
        word = {"before": "chậm nhất hết tháng", "in": "trong tháng"}[match[1]]
        return f"{word} {match[3]}/{match[2]}"
    if match := _QUARTER.match(text):
        return f"trong quý {('I', 'II', 'III', 'IV')[int(match[2]) - 1]}/{match[1]}"
    if match := _YEAR.match(text):
        return f"trong năm {match[1]}"
    if match := _SPAN.match(text):
        return f"cả giai đoạn {match[1]}–{match[2]}"
    if match := _YEARLY.match(text):
        word = {"before": "trước ngày", "on": "ngày"}[match[2]]
        return f"{word} {match[4]}/{match[3]} {'hằng năm' if match[1] == 'yearly' else '(kỳ 6 tháng)'}"
    if match := _DAY_OF.match(text):
        return f"trước ngày {match[2]} {'hằng tháng' if match[1] == 'monthly' else 'tháng cuối quý'}"
    raise ValueError(f"unknown deadline rule: {text}")
