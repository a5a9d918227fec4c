"""A common denominator that fits an engine's integers."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nep.evaluation.bulk.scale import (
    ALIKE,
    MISSES,
    MOST_DENOMINATOR,
    MOST_PERIODS,
    MOST_POINTS,
    MOST_SCALE,
    Scale,
    common_scale,
)

denominators = st.dictionaries(
    st.integers(1, MOST_DENOMINATOR), st.integers(1, 10**9), min_size=1, max_size=40
)


def scale_of(counts: dict[int, int]) -> Scale:
    return common_scale(np.array(list(counts)), np.array(list(counts.values())))


@given(denominators)
def test_the_scale_fits_and_knows_what_spills(counts: dict[int, int]) -> None:
    scale = scale_of(counts)
    assert 1 <= scale.value <= MOST_SCALE
    assert scale.spills == any(scale.value % each for each in counts)


@given(st.integers(MOST_SCALE // 2, MOST_SCALE), st.integers(1, MOST_DENOMINATOR))
def test_the_floor_of_the_doubles_quotient_is_the_whole_part(scale: int, denominator: int) -> None:
    for value in (scale, scale // denominator * denominator, scale // denominator * denominator - 1):
        assert math.floor(value / denominator) == value // denominator


def test_the_floor_is_right_for_every_denominator_at_the_edges() -> None:
    every = np.arange(1, MOST_DENOMINATOR + 1)
    for value in (MOST_SCALE, MOST_SCALE // every * every, MOST_SCALE // every * every - 1):
        assert np.array_equal(np.floor(value / every).astype(np.int64), value // every)


def test_the_frequent_come_first() -> None:
    primes = [999_983, 999_979, 999_961]
    scale = scale_of({primes[0]: 1, primes[1]: 10, primes[2]: 5, 3: 100})
    assert [scale.value % each == 0 for each in (*primes, 3)] == [False, True, True, True]
    assert scale.spills


def test_small_denominators_never_spill() -> None:
    assert scale_of(dict.fromkeys(range(1, 31), 1)) == Scale(math.lcm(*range(1, 31)), False)


def test_no_month_with_points_has_a_scale_too() -> None:
    assert scale_of({}) == Scale(1, False)


def test_keys_and_bounds_fit_an_engines_integers() -> None:
    assert ALIKE * (MOST_POINTS * MOST_SCALE + MISSES) < 2**63
    assert MOST_POINTS * MOST_DENOMINATOR <= MISSES
    assert MOST_PERIODS * MOST_POINTS * MOST_SCALE < 2**53
