"""Who is reminded of what on which day: before a last day, on it, after it, then higher and higher up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nep.kernel.calendar import Calendar
from nep.kernel.errors import RuleError

LONGEST_BACK = 400  # days; what is late for longer is followed by people, not by reminders
LONGEST_AHEAD = 45
MOST_LINES = 12  # of one digest; the rest is told by its number


class Level(StrEnum):
    """A rung of the ladder. The first three reach who has to do it."""

    BEFORE = "before"
    DUE = "due"
    AFTER = "after"
    HEAD = "head"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class Policy:
    """When whom to remind, in working days.

    `before`: so many days before the last day; `every`: how often after it; `head_after` and `above_after`:
    from how many days late on the head of the unit and the unit above are told; `decide_after`: how long
    evidence may wait for its decision.
    """

    before: tuple[int, ...] = (5, 1)
    every: int = 3
    head_after: int = 3
    above_after: int = 10
    decide_after: int = 3

    def problems(self) -> tuple[str, ...]:
        """What is wrong with it, in sentences; empty when it can be followed."""
        found = []
        if any(not 1 <= days <= 20 for days in self.before) or len(set(self.before)) != len(self.before):
            found.append("Nhắc trước từ 1 đến 20 ngày làm việc, mỗi số ngày một lần.")
        if not 1 <= self.every <= 20:
            found.append("Nhắc lại sau từ 1 đến 20 ngày làm việc.")
        if not 1 <= self.head_after <= self.above_after <= 60:
            found.append("Báo thủ trưởng sau ít nhất 1 ngày trễ, báo cấp trên không sớm hơn báo thủ trưởng.")
        if not 1 <= self.decide_after <= 20:
            found.append("Minh chứng chờ xét được nhắc sau từ 1 đến 20 ngày làm việc.")
        return tuple(found)

    def check(self) -> None:
        """Refuse a policy that cannot be followed.

        Raises: RuleError.
        """
        if found := self.problems():
            raise RuleError(" ".join(found))


USUAL = Policy()


def levels(due_on: date, day: date, policy: Policy, calendar: Calendar) -> frozenset[Level]:
    """Which rungs speak on a day about what is owed by a last day; none on a day off.

    A last day that is a day off is told on the last working day before it.
    """
    if not calendar.is_working(day):
        return frozenset()
    if day <= due_on:
        left = calendar.working_days(day, due_on)
        if left == 0:
            return frozenset({Level.DUE})
        return frozenset({Level.BEFORE}) if left in policy.before else frozenset()
    late = calendar.working_days(due_on, day)
    starts = {Level.AFTER: 1, Level.HEAD: policy.head_after, Level.ABOVE: policy.above_after}
    return frozenset(
        level for level, first in starts.items() if late >= first and (late - first) % policy.every == 0
    )


def doers_level(due_on: date, day: date, calendar: Calendar) -> Level:
    """The rung in whose words who has to do it is told of a last day."""
    if due_on < day:
        return Level.AFTER
    return Level.BEFORE if calendar.working_days(day, due_on) else Level.DUE


def days_told(day: date, policy: Policy, calendar: Calendar) -> dict[date, frozenset[Level]]:
    """The last days of which somebody is told on a day, each with the rungs that speak."""
    span = range(-LONGEST_BACK, LONGEST_AHEAD + 1)
    found = {due: levels(due, day, policy, calendar) for due in (day + timedelta(days=step) for step in span)}
    return {due: told for due, told in found.items() if told}


def waits_too_long(since: date, day: date, policy: Policy, calendar: Calendar) -> bool:
    """Whether evidence that waits since a day is told to the decider on this one."""
    waited = calendar.working_days(since, day)
    first = policy.decide_after
    return calendar.is_working(day) and waited >= first and (waited - first) % policy.every == 0


TO_HEADS = frozenset({Level.HEAD, Level.ABOVE})  # who heads a unit cannot switch these letters off


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that somebody is reminded of: by which rung, in which words, done at which address.

    `weight` sorts within a rung: working days late, or how near the last day is.
    """

    level: Level | None
    text: str
    url: str
    weight: int = 0


_ORDER = (Level.DUE, Level.AFTER, Level.BEFORE, None, Level.HEAD, Level.ABOVE)
_COUNTED = {
    Level.DUE: "{} việc đến hạn hôm nay",
    Level.AFTER: "{} việc đã trễ hạn",
    Level.BEFORE: "{} việc sắp đến hạn",
    None: "{} mục chờ quyết định",
    Level.HEAD: "{} việc trễ của đơn vị",
    Level.ABOVE: "{} phong trào có đơn vị trễ",
}


def in_order(items: Iterable[Item]) -> list[Item]:
    """The items of a digest: what one has to do oneself first, the longest late first."""
    return sorted(items, key=lambda item: (_ORDER.index(item.level), -item.weight, item.text))


def subject(items: Sequence[Item]) -> str:
    """What the digest is about, counted: "1 việc đến hạn hôm nay, 2 việc đã trễ hạn"."""
    counts = Counter(item.level for item in items)
    told = [_COUNTED[level].format(counts[level]) for level in _ORDER if counts[level]]
    return ", ".join(told)
