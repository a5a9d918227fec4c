"""Dates as administrative Vietnamese writes them: day, month, quarter or year, with or without the year."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from itertools import pairwise

_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_QUARTERS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "01": 1,
    "02": 2,
    "03": 3,
    "04": 4,
}
_DAY_LEAD = r"(?:ngày|sáng|trưa|chiều|tối|đêm)"

_DATE = re.compile(
    # ngày 23 tháng 4 năm 2018; ngày 23 tháng 4
    rf"(?:{_DAY_LEAD}\s+)?(?:mùng\s+|mồng\s+)?(?P<wd>\d{{1,2}})\s+tháng\s+(?P<wm>\d{{1,2}})(?!\d)"
    r"(?:(?:\s+năm\s+|\s*[/-]\s*)(?P<wy>\d{4})(?!\d))?"
    # 23/4/2018, 4-1-2013, 23.4.2018
    rf"|(?:{_DAY_LEAD}\s+)?(?<![\d/.\-])(?P<nd>\d{{1,2}})\s?(?P<sep>[/.\-])\s?(?P<nm>\d{{1,2}})\s?(?P=sep)\s?"
    r"(?P<ny>\d{4})(?![\d/])"
    # ngày 15/12 (a year is missing): only after a word that can only lead a day
    rf"|{_DAY_LEAD}\s+(?:mùng\s+|mồng\s+)?(?P<sd>\d{{1,2}})\s?[/\-]\s?(?P<sm>\d{{1,2}})(?!\s?[/\-]?\d|[/%\-])"
    r"|(?<=trước )(?P<td>\d{1,2})/(?P<tm>\d{1,2})(?![\d/%\-])"
    r"|(?:(?<=đến )|(?<=hết )|(?<=nhất )|(?<=\d và ))(?P<ed>\d{1,2})/(?P<em>\d{1,2})(?![\d/%\-])"
    # tháng 5 - 6/2026; tháng 10, 11 năm 2023; tháng 5-6: the last month, and whether it ends a span
    r"|tháng\s+\d{1,2}\s?(?:(?P<to>-|đến)|,|và)\s?(?P<lm>\d{1,2})(?!\d|\s?[/\-]\s?\d{1,2}(?!\d))"
    r"(?:(?:\s+năm\s+|\s*[/-]\s*)(?P<ly>\d{4})(?!\d)|(?=\s*(?:[.;:)\n]|$)))"
    # tháng 7/2018; tháng 7 năm 2018; tháng 7; tháng mười hai năm 2018
    r"|tháng\s+(?P<mm>\d{1,2}|giêng|chạp|mười hai|mười một|mười)(?![\d])"
    r"(?:(?:\s+năm\s+|\s*[/-]\s*)(?P<my>\d{4})(?!\d))?"
    r"|(?<![\d/.\-])(?P<bm>\d{1,2})/(?P<by>20\d\d|19\d\d)(?![\d/\-])"
    # quý IV/2018; quý 3 năm 2018
    r"|quý\s+(?P<qq>iv|i{1,3}|0?[1-4])(?!\w|\s+lần)(?:(?:\s+năm\s+|\s*[/,-]\s*)(?P<qy>\d{4})(?!\d))?"
    r"|(?<!\w)năm\s+(?P<yy>(?:19|20)\d\d)(?!\d)",
)


_SHARES = re.compile(r"\s*(?:và|,|-|đến|hoặc)\s*")
# Without one of these no date stands in a text.
_HINT = re.compile(r"\d|tháng\s|quý\s")


@dataclass(frozen=True)
class DateMention:
    """A date found in a text: its place and whatever of day, month, quarter and year the words give.

    `ends_span` marks the last month of a span ("tháng 5 - 6").
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    quarter: int | None = None
    day: int | None = None
    ends_span: bool = False

    @property
    def exists(self) -> bool:
        """False for 31 April, month 13 and their like; a date without year may fall in a leap year."""
        if self.month is None:
            return self.day is None
        if not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= calendar.monthrange(self.year or 2024, self.month)[1]

    @property
    def grain(self) -> str:
        """What the mention pins down: `day`, `month`, `quarter` or `year`."""
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "quarter" if self.quarter is not None else "year"

    def iso(self, year: int | None = None) -> str | None:
        """`2018-04-23`, `2018-04`, `2018-Q2` or `2018`; the given year fills a missing one."""
        known = self.year or year
        if known is None:
            return None
        if self.day is not None:
            return f"{known:04d}-{self.month:02d}-{self.day:02d}"
        if self.month is not None:
            return f"{known:04d}-{self.month:02d}"
        return f"{known:04d}-Q{self.quarter}" if self.quarter is not None else f"{known:04d}"


def find_dates(fold: str, start: int = 0, end: int | None = None) -> tuple[DateMention, ...]:
    """Every date written in the lower-case text between start and end, in order, none inside another.

    Dates that cannot exist (31/4, month 13) are given too: `exists` tells them, a reader asks about them.
    """
    end = len(fold) if end is None else end
    if not _HINT.search(fold, start, end):
        return ()
    found = []
    for match in _DATE.finditer(fold, start, end):
        mention = _mention(match)
        if mention is not None:
            found.append(mention)
    return tuple(_with_shared_year(fold, found))


def _with_shared_year(fold: str, found: list[DateMention]) -> list[DateMention]:
    """Gives the year of "tháng 4 và tháng 5 năm 2026" to the month or quarter it is shared with."""
    for place, (mention, following) in enumerate(pairwise(found)):
        alike = mention.grain == following.grain != "day" and mention.year is None
        if alike and following.year and _SHARES.fullmatch(fold, mention.end, following.start):
            found[place] = replace(mention, year=following.year)
    return found


def _mention(match: re.Match[str]) -> DateMention | None:
    """The mention a match stands for, None for numbers that only look like a date (24/7)."""
    part = match.groupdict()

    def number(*names: str) -> int | None:
        for name in names:
            value = part[name]
            if value is not None:
                return _MONTH_WORDS.get(value) or int(value)
        return None

    quarter = _QUARTERS[part["qq"]] if part["qq"] is not None else None
    day = number("wd", "nd", "sd", "td", "ed")
    month = number("wm", "nm", "sm", "tm", "em", "mm", "bm", "lm")
    year = number("wy", "ny", "my", "by", "qy", "yy", "ly")
    if part["bm"] is not None and month is not None and not 1 <= month <= 12:
        return None
    return DateMention(match.start(), match.end(), year, month, quarter, day, part["to"] is not None)
