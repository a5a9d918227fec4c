"""What a change of units means for plans: which end, why, and who carries them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CLOSE, MERGE, SPLIT, OPEN, MOVE = "close", "merge", "split", "open", "move"
ACTED_ON = (CLOSE, MERGE, SPLIT, OPEN, MOVE)
CARRIES_ON = (MERGE, SPLIT)  # whose successors take part; a dissolved unit hands on no duties


@dataclass(frozen=True, slots=True)
class Change:
    """A change of units in words: kind, day, the decision it rests on, the names of those after it."""

    kind: str
    on: date
    decision: str = ""
    successors: tuple[str, ...] = ()

    @property
    def carries_on(self) -> bool:
        """Whether the units after it carry on what the closed ones owed."""
        return self.kind in CARRIES_ON

    def why_ended(self, unit: str) -> str:
        """The sentence that stands on everything that ends with a unit.

        >>> Change("merge", date(2026, 7, 1), "12/NQ", ("Xã Khe Sim",)).why_ended("Xã Mường Khe")
        'Xã Mường Khe sáp nhập vào Xã Khe Sim từ ngày 01/07/2026 (12/NQ).'
        """
        names = ", ".join(self.successors)
        how = {MERGE: f"sáp nhập vào {names}", SPLIT: f"chia thành {names}"}.get(
            self.kind, "kết thúc hoạt động"
        )
        basis = f" ({self.decision})" if self.decision else ""
        return f"{unit} {how} từ ngày {self.on:%d/%m/%Y}{basis}."


@dataclass(frozen=True, slots=True)
class Before:
    """How a term of the same duty stood in a unit before: settled or sent (`done`), else still owed."""

    unit: str
    done: bool


def already_done(before: Sequence[Before]) -> str:
    """Why a term is not owed again after a merger; empty when one of the units before still owed it.

    >>> already_done([Before("Xã A", True), Before("Xã B", False)])
    ''
    """
    if not before or not all(one.done for one in before):
        return ""
    names = ", ".join(dict.fromkeys(one.unit for one in before))
    return f"{names} đã nộp kỳ này trước khi sắp xếp đơn vị."


def over_before(due_on: date | None, opened_on: date | None, begins_on: date, unit: str) -> str:
    """Why a duty that is done once is not owed by a unit that was opened after its last day; else empty."""
    if due_on is None or opened_on is None or opened_on <= begins_on or due_on >= opened_on:
        return ""
    return f"Hạn {due_on:%d/%m/%Y} đã qua trước khi {unit} được thành lập."
