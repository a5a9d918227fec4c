"""Later last days and reopened periods: when they hold, and in which words they are refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM
from nep.kernel.rhythm import Rule
from nep.movements.domain.terms import comes_again

MOST_REOPENED = 30  # days; a closed period is not open for longer at once
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Later:
    """A later last day: one day, or a rule that names a later day for each term.

    It holds for terms whose ordinary last day lies between `starts_on` and `expires_on`, both within.
    """

    starts_on: date
    expires_on: date
    due_on: date | None = None
    rule: str = ""

    def instead_of(self, ordinary: date) -> date | None:
        """The last day in time instead of an ordinary one; None where it does not hold.

        A day that is not later, or that lies after the expiry, does not hold.

        >>> flood = Later(date(2026, 10, 1), date(2026, 11, 30), due_on=date(2026, 11, 15))
        >>> flood.instead_of(date(2026, 10, 19)), flood.instead_of(date(2026, 12, 19))
        (datetime.date(2026, 11, 15), None)
        """
        if not self.starts_on <= ordinary <= self.expires_on:
            return None
        later = self.due_on or self._named_after(ordinary)
        return later if later is not None and ordinary < later <= self.expires_on else None

    def _named_after(self, ordinary: date) -> date | None:
        rule = Rule(self.rule)
        named = rule.next_day(ordinary + _DAY)
        return rule.last_day(named, VIETNAM) if named else None


def check_later(later: Later, reason: str, *, on: date) -> None:
    """Refuse a later last day that says nothing, lies in the past, or never holds.

    Raises: RuleError.
    """
    if not reason.strip():
        raise RuleError("Ghi lý do cần hạn riêng.")
    if (later.due_on is None) == (not later.rule):
        raise RuleError("Chọn một ngày, hoặc một ngày khác của mỗi năm.")
    if later.rule and not comes_again(later.rule):
        raise RuleError("Hạn riêng của mỗi kỳ phải là một ngày lặp lại.")
    if later.due_on is not None and later.due_on < on:
        raise RuleError(f"Hạn riêng {later.due_on:%d/%m/%Y} đã qua. Chọn từ {on:%d/%m/%Y} trở đi.")
    last = later.due_on or on
    if later.expires_on < max(later.starts_on, last):
        raise RuleError("Ngày hết hiệu lực phải từ hạn riêng trở đi.")


def check_reopening(first: date, last: date, until: date, reason: str, *, on: date) -> None:
    """Refuse to open a closed period again without a reason, without an end, or for too long.

    Raises: RuleError.
    """
    if not reason.strip():
        raise RuleError("Ghi lý do mở lại kỳ.")
    if last < first:
        raise RuleError("Ngày cuối của kỳ phải từ ngày đầu trở đi.")
    latest = on + timedelta(days=MOST_REOPENED)
    if not on <= until <= latest:
        raise RuleError(f"Chọn ngày đóng lại từ {on:%d/%m/%Y} đến {latest:%d/%m/%Y}.")


def how_to_ask(what: str, above: str) -> str:
    """Why nothing is entered into a closed period, and whom to ask."""
    return (
        f"{what} Muốn nộp, đề nghị thủ trưởng {above} mở lại kỳ cho đơn vị: "
        "ghi lý do và ngày đóng lại ở trang kế hoạch của đơn vị."
    )
