"""Levels, lists and tasks of coverage."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.movements.domain.coverage import NARROWED, STATES, Covered, Level, Reached, Wanted, levels


def unit(number: int, state: str, line: str = "authority", level: int = 1, late: int = 0) -> Covered:
    """A unit."""
    return Covered(number, f"Xã Bản {number}", f"xa ban {number}", line, level, state, late=late)


LINES = st.sampled_from(["authority", "union"])
UNITS = st.lists(st.builds(unit, st.integers(1, 999), st.sampled_from(STATES), LINES, st.integers(1, 3)))


@given(UNITS)
def test_levels_count_every_unit_once(units: list[Covered]) -> None:
    found = levels(units, ["authority", "union"])
    assert sum(level.scope for level in found) == len(units)
    assert all(level.opened + level.expected + level.not_passed == level.scope for level in found)
    assert [(level.line, level.level) for level in found] == sorted({(one.line, one.level) for one in units})


@given(UNITS)
def test_a_figure_and_its_list_agree(units: list[Covered]) -> None:
    figures = {
        "chua-giao": "not_passed",
        "chua-mo": "expected",
        "da-mo": "opened",
        "dang-chuan-bi": "preparing",
        "da-ban-hanh": "issued",
    }
    for level in levels(units, ["authority", "union"]):
        for asked, figure in figures.items():
            wanted = Wanted(line=level.line, level=level.level, state=asked)
            assert sum(wanted.takes(one) for one in units) == getattr(level, figure)


def test_every_narrowing_names_known_states() -> None:
    assert set().union(*NARROWED.values()) == set(STATES)


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (Wanted(), [1, 2, 3]),
        (Wanted(line="union"), [3]),
        (Wanted(level=2), [2]),
        (Wanted(state="tre"), [2]),
        (Wanted(state="chua-ban-hanh"), [1, 3]),
        (Wanted(words=("ba", "2")), [2]),
        (Wanted(words=("an",)), []),
    ],
)
def test_what_a_list_takes(wanted: Wanted, taken: list[int]) -> None:
    units = [unit(1, "expected"), unit(2, "issued", level=2, late=3), unit(3, "not_passed", "union")]
    assert [one.unit_id for one in units if wanted.takes(one)] == taken


def test_words_of_a_unit() -> None:
    assert (unit(1, "expected").word, unit(1, "expected").kind, unit(1, "issued", late=2).late_words) == (
        "Chưa mở",
        "warn",
        "Trễ 2 việc",
    )


def test_a_level_of_nothing_is_zero() -> None:
    assert Level("authority", 1, Counter()).scope == 0


def test_missing_is_bound_and_not_taken() -> None:
    assert Reached(1, frozenset({1, 2, 3}), frozenset({2})).missing == {1, 3}
