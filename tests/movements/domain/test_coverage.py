"""Levels and tasks of coverage."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.movements.domain.coverage import KINDS, NARROWED, STATES, WORDS, Level, Reached, levels

COUNTS = st.dictionaries(st.sampled_from(STATES), st.integers(0, 99)).map(Counter)
KEYS = st.tuples(st.sampled_from(["authority", "union"]), st.integers(1, 3))


@given(st.dictionaries(KEYS, COUNTS))
def test_levels_keep_every_count_in_the_order_of_lines(counts: dict[tuple[str, int], Counter[str]]) -> None:
    found = levels(counts, ["authority", "union"])
    assert [(level.line, level.level) for level in found] == sorted(counts)
    assert sum(level.scope for level in found) == sum(each.total() for each in counts.values())


@given(COUNTS)
def test_what_is_issued_and_what_is_not_are_the_whole(counts: Counter[str]) -> None:
    level = Level("authority", 1, counts)
    assert level.narrowed("da-ban-hanh") + level.narrowed("chua-ban-hanh") == level.scope


def test_every_narrowing_names_known_states() -> None:
    assert set().union(*NARROWED.values()) == set(STATES) == set(WORDS) == set(KINDS)


@pytest.mark.parametrize(
    ("word", "count"),
    [("chua-giao", 1), ("chua-mo", 2), ("dang-chuan-bi", 4), ("da-mo", 20), ("da-ban-hanh", 16)],
)
def test_a_level_counts_what_a_word_means(word: str, count: int) -> None:
    counts = Counter({"not_passed": 1, "expected": 2, "preparing": 4, "unissued": 8, "issued": 16})
    assert Level("authority", 1, counts).narrowed(word) == count


def test_a_level_of_nothing_is_zero() -> None:
    assert Level("authority", 1).scope == 0


def test_missing_is_bound_and_not_taken() -> None:
    assert Reached(bound=6, taken=1).missing == 5
