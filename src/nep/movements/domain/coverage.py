"""How far a programme has reached the units in its scope: the states of their plans, counted by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# UNISSUED stands for expected and preparing on a past day, when nobody can tell the two apart any more.
NOT_PASSED, EXPECTED, PREPARING, ISSUED = "not_passed", "expected", "preparing", "issued"
UNISSUED = "unissued"
STATES = (NOT_PASSED, EXPECTED, PREPARING, UNISSUED, ISSUED)
WORDS = {
    NOT_PASSED: "Cấp trên chưa giao",
    EXPECTED: "Chưa mở",
    PREPARING: "Đang chuẩn bị",
    UNISSUED: "Chưa ban hành",
    ISSUED: "Đã ban hành",
}
KINDS = {NOT_PASSED: "quiet", EXPECTED: "warn", PREPARING: "warn", UNISSUED: "warn", ISSUED: "good"}

# What a list of units can be narrowed to; the words stand in addresses.
NARROWED = {
    "chua-giao": frozenset({NOT_PASSED}),
    "chua-mo": frozenset({EXPECTED}),
    "dang-chuan-bi": frozenset({PREPARING}),
    "da-mo": frozenset({PREPARING, ISSUED}),
    "da-ban-hanh": frozenset({ISSUED}),
    "chua-ban-hanh": frozenset({NOT_PASSED, EXPECTED, PREPARING, UNISSUED}),
}


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

    def narrowed(self, to: str) -> int:
        """How many units stand as this word of addresses says."""
        return sum(self.counts[state] for state in NARROWED[to])


def levels(counts: Mapping[tuple[str, int], Counter[str]], order: Iterable[str]) -> list[Level]:
    """Counts by line and level in order, the lines as given."""
    places = {line: place for place, line in enumerate(order)}
    keys = sorted(counts, key=lambda key: (places[key[0]], key[1]))
    return [Level(line, level, counts[line, level]) for line, level in keys]


@dataclass(frozen=True, slots=True)
class Reached:
    """How many units a task binds, and how many of them have it in an issued plan."""

    bound: int
    taken: int

    @property
    def missing(self) -> int:
        """Units that it binds and that have not issued a plan with it."""
        return self.bound - self.taken
