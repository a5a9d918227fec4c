"""How far a programme has reached the units in its scope, and each task the units it binds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

NOT_PASSED, EXPECTED, PREPARING, ISSUED = "not_passed", "expected", "preparing", "issued"
STATES = (NOT_PASSED, EXPECTED, PREPARING, ISSUED)
WORDS = {
    NOT_PASSED: "Cấp trên chưa giao",
    EXPECTED: "Chưa mở",
    PREPARING: "Đang chuẩn bị",
    ISSUED: "Đã ban hành",
}
KINDS = {NOT_PASSED: "quiet", EXPECTED: "warn", PREPARING: "warn", ISSUED: "good"}

# What a list of units can be narrowed to; the words stand in addresses.
NARROWED = {
    "chua-giao": frozenset({NOT_PASSED}),
    "chua-mo": frozenset({EXPECTED}),
    "dang-chuan-bi": frozenset({PREPARING}),
    "da-mo": frozenset({PREPARING, ISSUED}),
    "da-ban-hanh": frozenset({ISSUED}),
    "chua-ban-hanh": frozenset({NOT_PASSED, EXPECTED, PREPARING}),
}


@dataclass(frozen=True, slots=True)
class Covered:
    """A unit in the scope of a programme: line, level below the root, how its plan stands, since when.

    `asked_by_me`: the reader's own unit asked it for its plan.
    """

    unit_id: int
    name: str
    folded: str
    line: str
    level: int
    state: str
    since: date | None = None
    adoption_id: int | None = None
    late: int = 0
    asked_by_me: bool = False

    @property
    def word(self) -> str:
        """Its state in words."""
        return WORDS[self.state]

    @property
    def kind(self) -> str:
        """Its state as a kind of the kit."""
        return KINDS[self.state]

    @property
    def late_words(self) -> str:
        """How many of its tasks are late."""
        return f"Trễ {self.late} việc"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of one line: how many units are in scope and how their plans stand."""

    line: str
    level: int
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def scope(self) -> int:
        """All units in scope, those not yet asked too."""
        return sum(self.counts[state] for state in STATES)

    @property
    def not_passed(self) -> int:
        return self.counts[NOT_PASSED]

    @property
    def expected(self) -> int:
        return self.counts[EXPECTED]

    @property
    def preparing(self) -> int:
        return self.counts[PREPARING]

    @property
    def issued(self) -> int:
        return self.counts[ISSUED]

    @property
    def opened(self) -> int:
        """Units that have opened the programme, whether or not their plan is issued."""
        return self.preparing + self.issued


def levels(units: Iterable[Covered], order: Iterable[str]) -> list[Level]:
    """Counts per line and level; lines in the given order."""
    counts: dict[tuple[str, int], Counter[str]] = {}
    for unit in units:
        counts.setdefault((unit.line, unit.level), Counter())[unit.state] += 1
    places = {line: place for place, line in enumerate(order)}
    keys = sorted(counts, key=lambda key: (places[key[0]], key[1]))
    return [Level(line, level, counts[line, level]) for line, level in keys]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of units is narrowed to; empty means all."""

    line: str = ""
    level: int = 0
    state: str = ""
    words: tuple[str, ...] = ()
    asked_by_me: bool = False

    def takes(self, unit: Covered) -> bool:
        """Whether the unit belongs in the list."""
        if self.line not in {"", unit.line} or self.level not in {0, unit.level}:
            return False
        if (self.state == "tre" and not unit.late) or (self.asked_by_me and not unit.asked_by_me):
            return False
        if self.state in NARROWED and unit.state not in NARROWED[self.state]:
            return False
        return all(any(word.startswith(typed) for word in unit.folded.split()) for typed in self.words)


@dataclass(frozen=True, slots=True)
class Reached:
    """A task and how many units it binds, how many of them have it in an issued plan."""

    task_id: int
    bound: frozenset[int]
    taken: frozenset[int]

    @property
    def missing(self) -> frozenset[int]:
        """Units that it binds and that have not issued a plan with it."""
        return self.bound - self.taken
