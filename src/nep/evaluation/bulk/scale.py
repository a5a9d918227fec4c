"""A common denominator for a nation's points, so that an engine can add fractions as integers.

Points are multiplied with one scale. Where a denominator divides it the product is exact; where it does not,
an engine gets the whole part and a bound of what is missing, and the exact core does the rest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

Integers = np.ndarray[Any, np.dtype[np.int64]]

MOST_PERIODS = 12
MOST_POINTS = 100
MOST_DENOMINATOR = 10**6
# Means over 1 to 12 periods become comparable integers when sums are multiplied with this over their number.
ALIKE = math.lcm(*range(1, MOST_PERIODS + 1))
# A month's numerator is at most a hundred million: what a month with a spilling denominator misses is less.
MISSES = 1 << 27
MOST_SCALE = (2**63 - 1) // (MOST_POINTS * ALIKE) - MISSES
LOOKED_AT = 10_000  # rarer denominators than so many others change the scale for nearly nobody


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale, and whether there are denominators that do not divide it."""

    value: int
    spills: bool


def common_scale(denominators: Integers, rows: Integers) -> Scale:
    """The scale for denominators with how often each occurs: the most frequent divide it as long as they fit.

    >>> common_scale(np.array([3, 7]), np.array([10, 2])).value
    21
    """
    value = 1
    for denominator in denominators[np.lexsort((denominators, -rows))][:LOOKED_AT].tolist():
        if value > MOST_SCALE // 2:
            break
        if (larger := math.lcm(value, denominator)) <= MOST_SCALE:
            value = larger
    spills = bool((value % denominators).any())
    if spills:
        # A larger scale bounds the missing parts more tightly.
        value *= MOST_SCALE // value
    return Scale(value, spills)
