"""A year of the calendar as its page shows it: months, days out of the ordinary, what was recorded here."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from nep.kernel.calendar import WEEKDAY_NAMES, Calendar, SpecialDay
from nep.platform.calendar import current
from nep.platform.calendar.models import LocalDay

_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month; `kind` is its look: off, here, worked, weekend, or nothing."""

    day: date
    kind: str
    words: str
    today: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday; None where a week reaches into another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row that are out of the ordinary for one reason; `local` when it was recorded here."""

    first: date
    last: date
    special: SpecialDay
    local: LocalDay | None
    removable: bool

    @property
    def name(self) -> str:
        """The reason, beginning a line."""
        return f"{self.special.name[:1].upper()}{self.special.name[1:]}"

    @property
    def days(self) -> str:
        """Which days: "16/02–20/02", "24/11"."""
        if self.first == self.last:
            return f"{self.first:%d/%m}"
        return f"{self.first:%d/%m}–{self.last:%d/%m}"

    @property
    def weekdays(self) -> str:
        """Which days of the week: "thứ Hai – thứ Sáu"."""
        names = dict.fromkeys((WEEKDAY_NAMES[self.first.weekday()], WEEKDAY_NAMES[self.last.weekday()]))
        return " – ".join(names)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar, and all that was ever recorded here about its days, the latest first."""

    number: int
    known: bool
    months: tuple[Month, ...]
    stretches: tuple[Stretch, ...]
    recorded: tuple[LocalDay, ...]


def year_of(number: int, today: date) -> Year:
    """One year, in two queries at most."""
    calendar = current()
    first, last = date(number, 1, 1), date(number, 12, 31)
    recorded = list(LocalDay.objects.filter(day__range=(first, last)).order_by("-pk"))
    local: dict[date, LocalDay] = {}
    for row in recorded:
        local.setdefault(row.day, row)
    local = {day: row for day, row in local.items() if row.says != LocalDay.Says.TAKEN_BACK}
    specials = calendar.special_days(first - _DAY, last)
    return Year(
        number,
        calendar.knows(first),
        tuple(_month(date(number, month, 1), calendar, local, today) for month in range(1, 13)),
        tuple(_stretches(specials, local, today)),
        tuple(recorded),
    )


def _stretches(specials: tuple[SpecialDay, ...], local: dict[date, LocalDay], today: date) -> list[Stretch]:
    found: list[Stretch] = []
    for special in specials:
        row, last = local.get(special.day), found[-1] if found else None
        alike = last and (last.special.name, last.special.source) == (special.name, special.source)
        if last and alike and row is None and last.local is None and last.last + _DAY == special.day:
            found[-1] = Stretch(last.first, special.day, last.special, None, False)
        else:
            removable = row is not None and special.day >= today
            found.append(Stretch(special.day, special.day, special, row, removable))
    return found


def _month(first: date, calendar: Calendar, local: dict[date, LocalDay], today: date) -> Month:
    days = (first + step * _DAY for step in range(monthrange(first.year, first.month)[1]))
    cells = [*[None] * first.weekday(), *(_cell(day, calendar, local, today) for day in days)]
    cells += [None] * (-len(cells) % 7)
    return Month(first, tuple(tuple(cells[at : at + 7]) for at in range(0, len(cells), 7)))


def _cell(day: date, calendar: Calendar, local: dict[date, LocalDay], today: date) -> Cell:
    special = calendar.days.get(day)
    if special is None:
        kind = "weekend" if day.weekday() >= SATURDAY else ""
    elif day in local:
        kind = "here"
    else:
        kind = "off" if special.off else "worked"
    words = special.name if special else ""
    return Cell(day, kind, words, day == today, bool(special and special.note))
