"""A common denominator that fits an engine's integers."""

from __future__ import annotations

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from nep.evaluation.bulk.exact import mean_text
from nep.evaluation.bulk.scale import ALIKE, MOST_DENOMINATOR, MOST_POINTS, MOST_SCALE, common_scale

denominators = st.dictionaries(
    st.integers(1, MOST_DENOMINATOR), st.integers(1, 10**9), min_size=1, max_size=40
)


@given(denominators)
def test_shares_bound_every_fraction(counts: dict[int, int]) -> None:
    scale = common_scale(counts)
    assert scale.value <= MOST_SCALE
    assert scale.spilling == {each for each in counts if scale.value % each}
    for each in counts:
        assert scale.shares[each] * each <= scale.value < (scale.shares[each] + 1) * each


def test_the_frequent_come_first() -> None:
    primes = [999_983, 999_979, 999_961]
    scale = common_scale({primes[0]: 1, primes[1]: 10, primes[2]: 5, 3: 100})
    assert scale.spilling == {primes[0]}


def test_small_denominators_never_spill() -> None:
    scale = common_scale(dict.fromkeys(range(1, 31), 1))
    assert (scale.value, scale.spilling) == (math.lcm(*range(1, 31)), frozenset())


def test_keys_and_bounds_fit_an_engines_integers() -> None:
    assert MOST_POINTS * ALIKE * (MOST_SCALE + MOST_DENOMINATOR * MOST_POINTS) < 2**63


fractions = st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 10**6)), min_size=1, max_size=12)


@given(fractions)
def test_means_are_exact(found: list[tuple[int, int]]) -> None:
    mean = sum((Fraction(*each) for each in found), Fraction(0)) / len(found)
    assert mean_text(*zip(*found, strict=True)) == f"{mean.numerator}/{mean.denominator}"
