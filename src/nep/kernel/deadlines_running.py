"""A term that runs: suspended and resumed with reasons, extended once where that is foreseen.

The day on which a term is suspended is not counted, the day on which it is resumed is. An extension counts
from the end of the first term as it stood before moving from a day off: 30 days and 30 more are 60 days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from nep.kernel import deadline_words as words
from nep.kernel.calendar import Calendar, SpecialDay
from nep.kernel.deadlines import Counted, Due, counted, sources_of_term
from nep.kernel.errors import RuleError

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that are not counted: from `since`, until the day before `until`; still on while that is None."""

    since: date
    reason: str
    until: date | None = None

    @property
    def days(self) -> int:
        """How many days it took; 0 while it is still on."""
        return (self.until - self.since).days if self.until else 0


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """A counted term as it runs; `may_extend` is by how much, once, in the same unit; empty: not at all.

    Raises: RuleError when the rule is no counted term, or the extension is in another unit.
    """

    rule: str
    started_on: date
    may_extend: str = ""
    pauses: tuple[Pause, ...] = ()
    extended_because: str = ""

    def __post_init__(self) -> None:
        term, more = counted(self.rule), counted(self.may_extend)
        if term is None:
            raise RuleError(f"Thời hạn “{self.rule}” không phải thời hạn tính từ một ngày.")
        if self.may_extend and (more is None or more.unit != term.unit):
            raise RuleError("Gia hạn phải tính cùng đơn vị với thời hạn ban đầu.")

    @property
    def paused(self) -> Pause | None:
        """The suspension that is on."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].until is None else None

    def suspended(self, on: date, reason: str, calendar: Calendar) -> RunningTerm:
        """The term suspended from a day on.

        Raises: RuleError without a reason, while suspended, before the term runs again, or when it is over.
        """
        self._running(on, calendar)
        resumed_on = self.pauses[-1].until if self.pauses else None
        if on < (resumed_on or self.started_on):
            raise RuleError("Ngày tạm dừng phải từ ngày thời hạn bắt đầu, hoặc chạy tiếp, trở đi.")
        return replace(self, pauses=(*self.pauses, Pause(on, _stated(reason, "tạm dừng"))))

    def resumed(self, on: date) -> RunningTerm:
        """The term running again from a day on, which is counted.

        Raises: RuleError when it is not suspended, or on a day that is not after the suspension.
        """
        pause = self.paused
        if pause is None:
            raise RuleError("Thời hạn không tạm dừng nên không có gì để chạy tiếp.")
        if on <= pause.since:
            raise RuleError(f"Ngày chạy tiếp phải sau ngày tạm dừng {words.day(pause.since)}.")
        return replace(self, pauses=(*self.pauses[:-1], replace(pause, until=on)))

    def extended(self, on: date, reason: str, calendar: Calendar) -> RunningTerm:
        """The term extended, once.

        Raises: RuleError without a reason, a second time, where no extension is foreseen, or when it is over.
        """
        if not self.may_extend:
            raise RuleError("Thời hạn này không được gia hạn.")
        if self.extended_because:
            raise RuleError(f"Đã gia hạn một lần ({self.extended_because}); không gia hạn lần nữa.")
        self._running(on, calendar)
        return replace(self, extended_because=_stated(reason, "gia hạn"))

    def due(self, calendar: Calendar) -> Due:
        """When the term ends, with what was suspended and extended.

        Raises: RuleError while it is suspended.
        """
        if self.paused is not None:
            raise RuleError(
                f"Thời hạn đang tạm dừng từ ngày {words.day(self.paused.since)} "
                f"({self.paused.reason}) nên chưa có ngày đến hạn."
            )
        whole = self._whole
        end = self._end(whole, calendar)
        last = calendar.next_working(end)
        weighed = self.started_on if whole.unit == "working-days" else end - _DAY
        parts = [
            f"{self._first.in_words()} kể từ ngày {words.day(self.started_on)}, không tính ngày đầu",
            self._extension_in_words(),
            *(_in_words(pause) for pause in self.pauses),
            words.skipped(calendar, self.started_on, end) if whole.unit == "working-days" else "",
            words.ends(end, last, calendar),
            words.doubts(calendar, weighed, last),
        ]
        return Due(
            last, last, words.sentence(parts), sources_of_term(whole.unit, weighed, end, last, calendar)
        )

    def _running(self, on: date, calendar: Calendar) -> None:
        last = self.due(calendar).last_day
        if on > last:
            raise RuleError(f"Thời hạn đã hết ngày {words.day(last)}.")

    @property
    def _first(self) -> Counted:
        term = counted(self.rule)
        assert term is not None, "checked when made"
        return term

    @property
    def _whole(self) -> Counted:
        """The term with its extension, as one."""
        more = counted(self.may_extend) if self.extended_because else None
        return replace(self._first, number=self._first.number + (more.number if more else 0))

    def _end(self, whole: Counted, calendar: Calendar) -> date:
        if whole.unit == "working-days":
            return whole.end(self.started_on, calendar.with_days(self._days_not_counted()))
        return whole.end(self.started_on, calendar) + sum(pause.days for pause in self.pauses) * _DAY

    def _days_not_counted(self) -> list[SpecialDay]:
        return [
            SpecialDay(pause.since + step * _DAY, True, "tạm dừng", pause.reason)
            for pause in self.pauses
            for step in range(pause.days)
        ]

    def _extension_in_words(self) -> str:
        more = counted(self.may_extend)
        if not self.extended_because or more is None:
            return ""
        return f"gia hạn một lần thêm {more.in_words()} ({self.extended_because})"


def _stated(reason: str, act: str) -> str:
    if not reason.strip():
        raise RuleError(f"Ghi lý do {act}.")
    return reason.strip()


def _in_words(pause: Pause) -> str:
    assert pause.until is not None, "a term that is suspended has no end to explain"
    first, last = words.day(pause.since), words.day(pause.until - _DAY)
    span = f"ngày {first}" if pause.days == 1 else f"từ {first} đến hết {last}"
    return f"không tính {pause.days} ngày tạm dừng, {span} ({pause.reason})"
