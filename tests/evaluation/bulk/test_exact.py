"""Exact means of many people at once, whatever their denominators, however their rows come in batches."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.evaluation.bulk.exact import MOST_COMMON, NO_POINTS, looked_up, means, texts
from nep.evaluation.bulk.expressions import PERIOD, ROW, SPILL
from nep.evaluation.bulk.large import mean_texts
from nep.evaluation.bulk.scale import MOST_POINTS, MOST_SCALE

denominators = st.integers(1, 60) | st.integers(1, 10**6)
points = denominators.flatmap(lambda below: st.tuples(st.integers(0, MOST_POINTS * below), st.just(below)))
people = st.lists(st.lists(points, min_size=1, max_size=12), min_size=1, max_size=8)
scales = st.integers(1, MOST_SCALE) | st.sampled_from([2520, 2520 * 11 * 13 * 17, 27720 * 10**6])


def spilled(found: list[list[tuple[int, int]]], scale: int) -> tuple[pa.Table, pa.Table]:
    """The rows that spill and the sums of who has such rows, as the expressions tell them."""
    rows, sums = [], []
    for at, months in enumerate(found):
        spilling = [(f"p{at:02d}", *each) for each in months if scale % each[1]]
        tally = len(months) * (ROW + PERIOD) + len(spilling) * SPILL
        rows += spilling
        if spilling:
            whole = sum(above * (scale // below) for above, below in months)
            sums.append((f"p{at:02d}", whole, tally))
    names = ("person_id", "points_num", "points_den"), ("person_id", "points", "tally")
    kinds = (pa.string(), pa.int64(), pa.int64()), (pa.string(), pa.int64(), pa.int64())
    first, second = (
        pa.table([pa.array([row[at] for row in of], kind) for at, kind in enumerate(types)], names=columns)
        for of, types, columns in zip((rows, sums), kinds, names, strict=True)
    )
    return first, second


def told(mean: Fraction) -> str:
    return f"{mean.numerator}/{mean.denominator}"


@given(people, scales, st.integers(1, 20))
def test_means_do_not_depend_on_batches(found: list[list[tuple[int, int]]], scale: int, size: int) -> None:
    rows, sums = spilled(found, scale)
    exact = means(rows.to_batches(max_chunksize=size), sums, scale)
    expected = {
        f"p{at:02d}": told(sum((Fraction(*each) for each in months), Fraction(0)) / len(months))
        for at, months in enumerate(found)
        if any(scale % below for _, below in months)
    }
    assert dict(zip(*exact.to_pydict().values(), strict=True)) == expected


def test_nothing_has_no_means() -> None:
    assert means([], spilled([], 1)[1], 1).equals(NO_POINTS)


@pytest.mark.parametrize("below", [MOST_COMMON, 10**6, 1])
def test_a_denominator_at_the_edge_of_64_bits(below: int) -> None:
    assert texts(np.array([90 * below]), np.array([below])).to_pylist() == ["90/1"]
    assert texts(np.array([0, below]), below).to_pylist() == ["0/1", "1/1"]


def test_large_primes_go_to_pythons_integers() -> None:
    primes = [999983, 999979, 999961, 999959, 999953, 999931]
    months = [(90 * each + 1, each) for each in primes] + [(279, 3)]
    rows, sums = spilled([months], 2520)
    exact = looked_up(means(rows.to_batches(), sums, 2520), ["p00"])
    assert exact == [told(sum((Fraction(*each) for each in months), Fraction(0)) / len(months))]
    assert Fraction(exact[0]).denominator > 2**64


fractions = st.tuples(st.integers(0, 10**30), st.integers(1, 10**30)).map(lambda each: Fraction(*each))


@given(st.lists(st.tuples(fractions, fractions, fractions), min_size=1, max_size=5), st.integers(1, 12))
def test_columns_of_large_fractions(found: list[tuple[Fraction, ...]], periods: int) -> None:
    parts = [
        ([each.numerator for each in column], [each.denominator for each in column])
        for column in zip(*found, strict=True)
    ]
    expected = [told(sum(each, Fraction(0)) / periods) for each in found]
    assert mean_texts(parts, [periods] * len(found)) == expected
