"""Working days: Monday to Friday, corrected by days that are off or worked for a stated reason.

Which days those are is data: `nep.kernel.holidays` ships the country's, `nep.platform.calendar` adds local
ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

WEEKLY_SOURCE = "Quyết định 188/1999/QĐ-TTg"
WEEKDAY_NAMES = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_SATURDAY = 5
_WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day off, or a weekend day that is worked; `note` tells what is still to be confirmed."""

    day: date
    off: bool
    name: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Calendar:
    """The days on which offices work, and why they rest on the others.

    `first_year` and `last_year` bound the years whose holidays are known; None: none are.
    """

    days: Mapping[date, SpecialDay] = field(default_factory=lambda: MappingProxyType({}))
    first_year: int | None = None
    last_year: int | None = None

    def with_days(self, days: Iterable[SpecialDay]) -> Calendar:
        """This calendar with further days; a later word on the same day wins."""
        added = {special.day: special for special in days}
        return Calendar(MappingProxyType({**self.days, **added}), self.first_year, self.last_year)

    def knows(self, day: date) -> bool:
        """Whether the holidays of that year are among the data."""
        return self.first_year is not None and self.first_year <= day.year <= (self.last_year or 0)

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day.

        >>> Calendar().is_working(date(2026, 11, 22))
        False
        """
        special = self.days.get(day)
        return day.weekday() < _SATURDAY if special is None else not special.off

    def next_working(self, day: date) -> date:
        """That day when it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    def previous_working(self, day: date) -> date:
        """That day when it is a working day, else the last one before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def add_working(self, day: date, number: int) -> date:
        """The last of so many working days after a day, which is itself not counted; 0 gives the day."""
        while number > 0:
            day = self.next_working(day + _DAY)
            number -= 1
        return day

    def before_working(self, day: date, number: int) -> date:
        """The latest working day after which so many working days follow up to a day; 0 gives the day.

        >>> Calendar().before_working(date(2026, 11, 23), 1)
        datetime.date(2026, 11, 20)
        """
        if number <= 0:
            return day
        start = self.previous_working(day)
        for _ in range(number):
            start = self.previous_working(start - _DAY)
        return start

    def working_days(self, after: date, until: date) -> int:
        """How many working days follow `after` up to and with `until`; 0 when there are none.

        >>> Calendar().working_days(date(2026, 11, 20), date(2026, 11, 23))
        1
        """
        if until <= after:
            return 0
        return (
            _weekdays(after, until)
            - self._between(self._rests, after, until)
            + self._between(self._worked_weekends, after, until)
        )

    def special_days(self, after: date, until: date) -> tuple[SpecialDay, ...]:
        """The days out of the ordinary that follow `after` up to and with `until`, in order."""
        first, last = bisect_right(self._ordered, after), bisect_right(self._ordered, until)
        return tuple(self.days[day] for day in self._ordered[first:last])

    def why_off(self, day: date) -> str:
        """Why nobody works on a day, with the source; empty for a working day."""
        special = self.days.get(day)
        if special is not None and special.off:
            note = f"; {special.note}" if special.note else ""
            return f"{special.name} ({special.source}{note})"
        if special is not None or day.weekday() < _SATURDAY:
            return ""
        return f"{WEEKDAY_NAMES[day.weekday()]}, ngày nghỉ hằng tuần ({WEEKLY_SOURCE})"

    @cached_property
    def _ordered(self) -> list[date]:
        return sorted(self.days)

    @cached_property
    def _rests(self) -> list[date]:
        return [day for day in self._ordered if self.days[day].off and day.weekday() < _SATURDAY]

    @cached_property
    def _worked_weekends(self) -> list[date]:
        return [day for day in self._ordered if not self.days[day].off and day.weekday() >= _SATURDAY]

    @staticmethod
    def _between(days: list[date], after: date, until: date) -> int:
        return bisect_right(days, until) - bisect_right(days, after)


def _weekdays(after: date, until: date) -> int:
    weeks, rest = divmod((until - after).days, _WEEK)
    return weeks * _SATURDAY + sum(
        (after + timedelta(days=step)).weekday() < _SATURDAY for step in range(1, rest + 1)
    )


WEEKDAYS = Calendar()
