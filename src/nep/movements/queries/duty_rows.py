"""The rows of the home page: what somebody owes, and what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import get_current_timezone

from nep.movements.domain.lateness import NOT_YET, working_days
from nep.platform.calendar import current


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed; `state` is a kind of state of the kit (good, warn, bad, quiet) and `word` its word.

    `due_on` None: no day is set. `late_days` are working days, `unit` is the one that owes it.
    """

    due_on: date | None
    title: str
    source: str
    url: str
    verb: str
    state: str
    word: str
    late_days: int = 0
    unit: str = ""

    @property
    def is_far(self) -> bool:
        """Whether nothing needs to be done about it for months."""
        return self.word == NOT_YET


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that waits for the actor's decision since an instant; `state` and `word` as in `Duty`."""

    who: str
    what: str
    url: str
    since: datetime
    state: str
    word: str


def waiting_since(since: datetime, on: date) -> tuple[str, str]:
    """How long something waits: kind and word of its state."""
    days = working_days(since.astimezone(get_current_timezone()).date(), on, current())
    return ("warn", f"Chờ {days} ngày") if days else ("quiet", "Mới gửi")
