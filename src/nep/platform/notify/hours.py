"""The hours in which letters may arrive: on working days, by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from nep.kernel.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when of a working day, Asia/Ho_Chi_Minh; the end is not within.

    Raises: ValueError when they end before they begin.
    """

    opens: time = time(7, 0)
    closes: time = time(18, 0)

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError("hours end after they begin")

    def next_open(self, at: datetime, calendar: Calendar) -> datetime:
        """This instant when it is within the hours, else the next moment in which they open.

        `at` is local time.
        """
        if calendar.is_working(at.date()) and self.opens <= at.time() < self.closes:
            return at
        day = at.date() if at.time() < self.opens else at.date() + timedelta(days=1)
        return datetime.combine(calendar.next_working(day), self.opens, tzinfo=at.tzinfo)
