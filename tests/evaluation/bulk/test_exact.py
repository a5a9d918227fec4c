"""Exact means of many people at once, whatever their denominators, however their rows come in batches."""

from __future__ import annotations

from fractions import Fraction

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.evaluation.bulk.exact import MOST_COMMON, looked_up, mean_text, means, texts
from nep.evaluation.bulk.scale import MOST_POINTS

denominators = st.integers(1, 60) | st.integers(1, 10**6)
points = denominators.flatmap(lambda below: st.tuples(st.integers(0, MOST_POINTS * below), st.just(below)))
people = st.lists(st.lists(points, min_size=1, max_size=12), min_size=1, max_size=8)


@given(people, st.integers(1, 20))
def test_means_do_not_depend_on_batches(found: list[list[tuple[int, int]]], size: int) -> None:
    rows = [(f"p{at:02d}", *each) for at, months in enumerate(found) for each in months]
    table = pa.table(
        {name: [row[at] for row in rows] for at, name in enumerate(("person_id", "points_num", "points_den"))}
    )
    told = means(table.to_batches(max_chunksize=size)).to_pydict()
    exact = [sum((Fraction(*each) for each in months), Fraction(0)) / len(months) for months in found]
    assert told["person_id"] == sorted({row[0] for row in rows})
    assert told["year_points"] == [f"{each.numerator}/{each.denominator}" for each in exact]


def test_nothing_has_no_means() -> None:
    assert means([]).num_rows == 0


@pytest.mark.parametrize("below", [MOST_COMMON, 10**6, 1])
def test_a_denominator_at_the_edge_of_64_bits(below: int) -> None:
    assert texts(pa.array([90 * below]), pa.array([below])).to_pylist() == ["90/1"]


def test_no_points_have_no_text() -> None:
    assert texts(pa.array([0]), pa.array([0])).to_pylist() == [None]


def test_large_primes_go_to_pythons_integers() -> None:
    primes = [999983, 999979, 999961, 999959]
    table = pa.table({"person_id": ["a"] * 4, "points_num": [1] * 4, "points_den": primes})
    told = means(table.to_batches())
    assert looked_up(told, ["a"]) == [mean_text([1] * 4, primes)]
    assert Fraction(looked_up(told, ["a"])[0]) == sum(Fraction(1, each) for each in primes) / 4
