"""The country's days off, from dated data shipped beside this module: by law, by yearly decision, by swap.

Source: Labor Code 2012, art. 115 (to 2020); Labor Code 2019, art. 111 and 112 (from 2021).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from nep.kernel.calendar import Calendar, SpecialDay

NOT_DECIDED = "chưa có quyết định hoán đổi"
_SHIPPED = Path(__file__).with_name("holidays.yml")
_TET_DAYS = 5
_SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Law:
    """The law on days off that is in force in a year."""

    name: str
    article: str
    compensation: str
    national_days: int

    def says(self, point: str) -> str:
        return f"{self.name}, {self.article} điểm {point}"


def calendar_of(data: dict[str, Any]) -> Calendar:
    """The calendar that dated data of this form describes."""
    days: dict[date, SpecialDay] = {}
    years = sorted(data["lunar"])
    for year in years:
        holidays = _holidays(data, year)
        days.update({special.day: special for special in holidays})
        days.update({special.day: special for special in _compensations(holidays, _law(data, year), days)})
    for year in years:
        days.update({special.day: special for special in _swaps(data["decided"].get(year, {}))})
    return Calendar(MappingProxyType(dict(sorted(days.items()))), years[0], years[-1])


def _law(data: dict[str, Any], year: int) -> _Law:
    law = next(law for law in data["laws"] if law["from"] <= year <= law["until"])
    return _Law(law["name"], law["article"], law["compensation"], law["national_days"])


def _holidays(data: dict[str, Any], year: int) -> list[SpecialDay]:
    law, decided = _law(data, year), data["decided"].get(year)
    tet, hung_kings = data["lunar"][year]
    source = f"; {decided['source']}" if decided else ""
    note = decided.get("note", "") if decided else NOT_DECIDED
    first = decided["tet_from"] if decided else _usual_start(tet)
    found = [
        SpecialDay(_on(year, each["day"]), True, each["name"], law.says(each["point"]))
        for each in data["every_year"]
    ]
    found += [
        SpecialDay(first + step * _DAY, True, "Tết Nguyên đán", law.says("b") + source, note)
        for step in range(_TET_DAYS)
    ]
    found.append(SpecialDay(hung_kings, True, "Giỗ Tổ Hùng Vương", law.says("e")))
    found.append(SpecialDay(date(year, 9, 2), True, "Quốc khánh", law.says("đ")))
    if law.national_days > 1:
        beside = decided["national_day"] if decided else _usual_neighbour(date(year, 9, 2))
        found.append(SpecialDay(beside, True, "Quốc khánh", law.says("đ") + source, note))
    found += [
        SpecialDay(_on(year, each["day"]), True, each["name"], each["source"], each["note"])
        for each in data["further"]
        if each["from"] <= year
    ]
    return found


def _on(year: int, month_and_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def _usual_start(tet: date) -> date:
    """The first of the five days where nothing is decided yet, as in the years before.

    It is the last day of the old year, or the day before it when a Saturday would be among the five.
    """
    eve = tet - _DAY
    return eve if eve.weekday() in {0, 6} else eve - _DAY


def _usual_neighbour(national_day: date) -> date:
    """The day taken beside 2 September where nothing is decided yet, as in the years before."""
    return national_day + (_DAY if national_day.weekday() in {0, 3, 6} else -_DAY)


def _compensations(
    holidays: list[SpecialDay], law: _Law, known: dict[date, SpecialDay]
) -> Iterator[SpecialDay]:
    """One further day for each holiday on a weekly day off: the next working day that is still free."""
    taken = set(known)
    for special in sorted(holidays, key=lambda special: special.day):
        if special.day.weekday() < _SATURDAY:
            continue
        free = special.day
        while free in taken or free.weekday() >= _SATURDAY:
            free += _DAY
        taken.add(free)
        yield SpecialDay(
            free, True, f"nghỉ bù {special.name}", f"{law.name}, {law.compensation}", special.note
        )


def _swaps(decided: dict[str, Any]) -> Iterator[SpecialDay]:
    for swap in decided.get("swaps", ()):
        rest, work, source, note = swap["rest"], swap["work"], swap["source"], swap.get("note", "")
        yield SpecialDay(rest, True, f"nghỉ hoán đổi với ngày làm bù {work:%d/%m/%Y}", source, note)
        yield SpecialDay(work, False, f"làm bù cho ngày {rest:%d/%m/%Y}", source, note)


def _shipped() -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(_SHIPPED.read_text("utf-8"), Loader=loader)
    return data


VIETNAM = calendar_of(_shipped())
