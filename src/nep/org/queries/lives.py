"""The span in which a unit exists, in words and against a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nep.org.models import Unit


@dataclass(frozen=True, slots=True)
class Life:
    """The state of a unit as the kit shows it."""

    kind: str
    word: str
    icon: str


def life_of(unit: Unit, today: date) -> Life:
    """Whether a unit works, has ended or is still to open, as one sees it today."""
    first, end = unit.during.lower, unit.during.upper
    if unit.during.isempty:
        return Life("quiet", "Đã hủy ghi nhận thành lập", "minus-circle")
    if first is not None and today < first:
        return Life("warn", f"Thành lập từ {first:%d/%m/%Y}", "clock")
    if end is not None and today >= end:
        return Life("quiet", f"Thôi hoạt động từ {end:%d/%m/%Y}", "minus-circle")
    if end is not None:
        return Life("warn", f"Đang hoạt động, thôi hoạt động từ {end:%d/%m/%Y}", "clock")
    return Life("good", "Đang hoạt động", "tick-circle")


def day_of_life(unit: Unit, day: date) -> date:
    """The day itself, or the nearest one on which the unit exists."""
    first: date | None = unit.during.lower
    end: date | None = unit.during.upper
    if first is not None and day < first:
        return first
    return end - timedelta(days=1) if end is not None and day >= end else day
