"""How far a target and a unit's tasks are, from what units told and the unit above accepted.

Nobody told anything, "nothing to report" and zero are three different things and stay so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

PERCENT = "%"
MISSING, NOTHING = "missing", "nothing"
SOON = timedelta(days=30)
_PER_UNIT = re.compile(
    r"\bmỗi (?:cơ quan|đơn vị|tổ chức|sở|ban|ngành|xã|phường|trường|địa phương|công đoàn|chi bộ)",
    re.IGNORECASE,
)


def told_once(unit: str) -> bool:
    """Whether a unit's last accepted figure replaces the one before (a share), or all add up (a count)."""
    return unit == PERCENT


@dataclass(frozen=True, slots=True)
class Goal:
    """What a target asks: `value` percent or things in all, for people or units, until a last day."""

    name: str
    value: Decimal
    unit: str
    subject: str
    due_on: date | None = None

    @property
    def is_share(self) -> bool:
        return self.unit == PERCENT

    @property
    def per_unit(self) -> bool:
        """Whether the count is asked of every unit ("mỗi đơn vị ít nhất một mô hình")."""
        return not self.is_share and bool(_PER_UNIT.search(self.name))

    def asked(self, units: int) -> Decimal:
        """What is asked in all, of so many units."""
        return self.value * units if self.per_unit else self.value


@dataclass(frozen=True, slots=True)
class Told:
    """What units told for a target: sums of accepted figures, how many units told what, of how many bound."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    with_figures: int = 0
    with_nothing: int = 0
    units: int = 0
    waiting: int = 0

    @property
    def silent(self) -> int:
        """Units of which nothing is accepted yet."""
        return max(self.units - self.with_figures - self.with_nothing, 0)

    @property
    def absent(self) -> str:
        """`missing` when nobody told anything, `nothing` when all who told had nothing, else empty."""
        if self.with_figures:
            return ""
        return NOTHING if self.with_nothing else MISSING


@dataclass(frozen=True, slots=True)
class Reached:
    """How a target stands: `kind` of the kit (good, warn, bad, quiet) and its word."""

    kind: str
    word: str


def share(told: Told) -> Fraction | None:
    """The exact share, 0 to 1; None when there is no figure to divide."""
    if told.numerator is None or not told.denominator:
        return None
    return Fraction(told.numerator) / Fraction(told.denominator)


def lacking(goal: Goal, told: Told) -> int:
    """How many people, units or things are lacking to the goal, whole ones; 0 when it is reached."""
    have = Fraction(told.numerator or 0)
    if not goal.is_share:
        return max(ceil(Fraction(goal.asked(told.units)) - have), 0)
    return max(ceil(Fraction(goal.value) * Fraction(told.denominator or 0) / 100 - have), 0)


def reached(goal: Goal, told: Told, today: date) -> Reached:
    """How a target stands today, in a word that says what is lacking."""
    over = goal.due_on is not None and goal.due_on < today
    if told.absent == MISSING:
        return Reached("bad", "Quá hạn, chưa báo cáo") if over else Reached("quiet", "Chưa có số")
    if told.absent == NOTHING:
        return Reached("quiet", "Không phát sinh")
    missing = lacking(goal, told)
    if missing:
        silent = f", {told.silent} đơn vị chưa báo" if goal.is_share and told.silent else ""
        return Reached("bad" if over else "warn", _lacking_word(goal, missing) + silent)
    if goal.is_share and told.silent:
        return Reached("bad" if over else "warn", f"Còn {told.silent} đơn vị chưa báo")
    return Reached("good", "Đạt")


def _lacking_word(goal: Goal, missing: int) -> str:
    number = f"{missing:,}".replace(",", ".")
    if goal.is_share:
        of_whom = {"people": "người", "units": "đơn vị"}.get(goal.subject, "")
        return f"Còn {number} {of_whom}" if of_whom else "Chưa đạt"
    return f"Còn {number} {goal.unit}"


DONE, WAITING, DOING, LATE, NOT_DUE = "done", "waiting", "doing", "late", "not_due"
TASK_WORDS = {
    DONE: "Đã xong",
    WAITING: "Chờ xét",
    DOING: "Đang làm",
    LATE: "Trễ hạn",
    NOT_DUE: "Chưa đến kỳ",
}


def task_standing(state: str, due_on: date | None, today: date) -> str:
    """Where a unit's task stands; not due yet: more than 30 days are left. Without a day it is being done."""
    if state == "accepted":
        return DONE
    if state == "sent":
        return WAITING
    if due_on is None:
        return DOING
    if due_on < today:
        return LATE
    return NOT_DUE if due_on > today + SOON else DOING
