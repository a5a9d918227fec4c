"""Sums of fractions that outgrow 64 bits, for many people at once: Python's integers, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from operator import add, floordiv, mul

Fractions = tuple[Sequence[int], Sequence[int]]  # numerators and denominators, person by person


def mean_texts(parts: Sequence[Fractions], periods: Sequence[int]) -> list[str]:
    """The sums of each person's fractions over the number of periods, as “p/q” in lowest terms.

    Every fraction is in lowest terms already; so are their sums then, with no gcd of large numbers taken.

    >>> mean_texts([([280], [3]), ([90], [1])], [2])
    ['275/3']
    """
    left = list(parts)
    while len(left) > 1:
        # Two by two: the numbers stay short as long as they can.
        left = [_sum(*pair) for pair in zip(left[::2], left[1::2], strict=False)] + left[len(left) & ~1 :]
    above, below = left[0]
    shared = list(map(gcd, above, periods))
    lowest = map(floordiv, above, shared), map(mul, below, map(floordiv, periods, shared))
    return list(map("{}/{}".format, *lowest))


def _sum(first: Fractions, second: Fractions) -> Fractions:
    """Fractions in lowest terms added person by person, in lowest terms.

    Source: Knuth, The Art of Computer Programming 2, 4.5.1: only what both denominators share can be shared
    by the sum and its denominator.
    """
    (above, below), (more_above, more_below) = first, second
    shared = list(map(gcd, below, more_below))
    own = list(map(floordiv, below, shared))
    total = list(map(add, map(mul, above, map(floordiv, more_below, shared)), map(mul, more_above, own)))
    again = list(map(gcd, total, shared))
    return (
        list(map(floordiv, total, again)),
        list(map(mul, own, map(floordiv, more_below, again))),
    )
