"""A common denominator for a nation's points, so that an engine can add fractions as integers.

Points are multiplied with one scale. Where a denominator divides it the product is exact; where it does not,
an engine gets the whole part and a bound of what is missing, and the exact core does the rest.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

MOST_PERIODS = 12
MOST_POINTS = 100
MOST_DENOMINATOR = 10**6
# Means over 1 to 12 periods become comparable integers when sums are multiplied with this over their number.
ALIKE = math.lcm(*range(1, MOST_PERIODS + 1))
MOST_SCALE = (2**63 - 1) // (MOST_POINTS * ALIKE) - MOST_DENOMINATOR * MOST_POINTS


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale; `shares` are the whole parts of scale / denominator, `spilling` those that leave a rest."""

    value: int
    shares: Mapping[int, int]
    spilling: frozenset[int]


def common_scale(denominators: Mapping[int, int]) -> Scale:
    """The scale for denominators with how often each occurs: the most frequent divide it as long as they fit.

    >>> common_scale({3: 10, 7: 2}).value
    21
    """
    value = 1
    for denominator in sorted(denominators, key=lambda each: (-denominators[each], each)):
        if (larger := math.lcm(value, denominator)) <= MOST_SCALE:
            value = larger
    spilling = frozenset(each for each in denominators if value % each)
    if spilling:
        # A larger scale bounds the missing parts more tightly.
        value *= MOST_SCALE // value
    return Scale(value, {each: value // each for each in denominators}, spilling)
