"""The periods for which figures are told: months, quarters and years, each named by its first day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTH, QUARTER, YEAR = "month", "quarter", "year"
GRAINS = (MONTH, QUARTER, YEAR)
_LENGTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
_ROMAN = ("I", "II", "III", "IV")
_WRITTEN = {
    MONTH: re.compile(r"(?P<year>\d{4})-(?P<part>0[1-9]|1[0-2])$"),
    QUARTER: re.compile(r"(?P<year>\d{4})-Q(?P<part>[1-4])$"),
    YEAR: re.compile(r"(?P<year>\d{4})(?P<part>)$"),
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, a quarter or a year.

    >>> period_of(QUARTER, date(2026, 5, 9)).name
    'Quý II/2026'
    """

    starts_on: date
    grain: str

    @property
    def ends_on(self) -> date:
        """Its last day."""
        return self.next.starts_on - timedelta(days=1)

    @property
    def next(self) -> Period:
        """The period after it."""
        return Period(_months_on(self.starts_on, _LENGTHS[self.grain]), self.grain)

    @property
    def last(self) -> Period:
        """The period before it."""
        return Period(_months_on(self.starts_on, -_LENGTHS[self.grain]), self.grain)

    @property
    def name(self) -> str:
        """As it stands on pages."""
        if self.grain == YEAR:
            return f"Năm {self.starts_on.year}"
        if self.grain == QUARTER:
            return f"Quý {_ROMAN[self.starts_on.month // 3]}/{self.starts_on.year}"
        return f"Tháng {self.starts_on:%m/%Y}"

    @property
    def key(self) -> str:
        """As it stands in addresses and files: 2026-03, 2026-Q1, 2026."""
        if self.grain == YEAR:
            return f"{self.starts_on.year}"
        if self.grain == QUARTER:
            return f"{self.starts_on.year}-Q{self.starts_on.month // 3 + 1}"
        return f"{self.starts_on:%Y-%m}"


def period_of(grain: str, day: date) -> Period:
    """The period of a grain in which a day lies.

    Raises: KeyError for a grain that does not exist.
    """
    length = _LENGTHS[grain]
    return Period(date(day.year, (day.month - 1) // length * length + 1, 1), grain)


def read_period(grain: str, key: str) -> Period:
    """The period that a key names.

    Raises: ValueError for a key that names none of this grain.
    """
    found = _WRITTEN[grain].match(key.strip())
    if found is None:
        raise ValueError(f"not a {grain}: {key!r}")
    part = int(found["part"] or 1)
    return Period(date(int(found["year"]), (part - 1) * _LENGTHS[grain] + 1, 1), grain)


def periods_back(grain: str, day: date, count: int) -> list[Period]:
    """So many periods up to the one of a day, the earliest first."""
    found = [period_of(grain, day)]
    while len(found) < count:
        found.append(found[-1].last)
    return found[::-1]


def periods_between(grain: str, first: date, last: date) -> list[Period]:
    """The periods that two days and what lies between them touch, the earliest first."""
    found, period = [], period_of(grain, first)
    while period.starts_on <= last:
        found.append(period)
        period = period.next
    return found


def _months_on(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
