"""Half-open spans of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to but not including `end`; `end` None means open.

    Raises: ValueError when it would be empty.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError("a period ends after it starts")

    @classmethod
    def of_years(cls, first: int, last: int) -> Period:
        """The calendar years first..last, both whole."""
        return cls(date(first, 1, 1), date(last + 1, 1, 1))

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)
