"""What the expressions leave open, decided by the exact core; and exact points of the year for everybody."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import repeat
from operator import floordiv, mul
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nep.evaluation.bulk.expressions import LEVELS
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.people import PersonFacts, rank_person
from nep.evaluation.domain.quotas import Candidate, fall, room
from nep.regulations.domain.rulesets import PeopleLevels


def texts(numerators: pa.Array, denominators: pa.Array) -> pa.Array:
    """Fractions of integers as “p/q” in lowest terms, all at once; null where the denominator is 0."""
    below = denominators.to_numpy(zero_copy_only=False).astype(np.int64)
    above = numerators.to_numpy(zero_copy_only=False).astype(np.int64)
    common = np.maximum(np.gcd(above, below), 1)
    parts = [pc.cast(pa.array(each // common), pa.string()) for each in (above, below)]
    told = pc.binary_join_element_wise(*parts, "/")
    return pc.if_else(pa.array(below == 0), pa.scalar(None, pa.string()), told)


def means(rows: pa.Table) -> dict[str, str]:
    """The exact mean of every person's points; the rows come person by person."""
    return dict(_means(rows))


def _means(rows: pa.Table) -> Iterator[tuple[str, str]]:
    encoded = rows["person_id"].combine_chunks().dictionary_encode()
    codes = encoded.indices.to_numpy()
    edges = np.flatnonzero(np.diff(codes, prepend=-1)).tolist()
    names = encoded.dictionary.to_pylist()
    above, below = rows["points_num"].to_pylist(), rows["points_den"].to_pylist()
    for name, start, stop in zip(names, edges, [*edges[1:], len(codes)], strict=True):
        yield name, mean_text(above[start:stop], below[start:stop])


def mean_text(numerators: Sequence[int], denominators: Sequence[int]) -> str:
    """The mean of fractions as “p/q” in lowest terms.

    >>> mean_text([280, 90], [3, 1])
    '275/3'
    """
    common = math.lcm(*denominators)
    total = sum(map(mul, numerators, map(floordiv, repeat(common), denominators)))
    below = common * len(numerators)
    shared = math.gcd(total, below)
    return f"{total // shared}/{below // shared}"


def exact_points(row: dict[str, Any], scale: int, spilled_points: dict[str, str]) -> Fraction:
    """The exact points of the year of one person."""
    if row["low"] == row["high"]:
        return Fraction(row["low"], row["periods"] * scale)
    return Fraction(spilled_points[row["person_id"]])


def open_levels(
    rows: list[dict[str, Any]], points: dict[str, str], rules: PeopleLevels
) -> list[tuple[str, int]]:
    """The levels of people whose interval straddles a threshold."""
    decided = []
    for row in rows:
        level = rank_person(Fraction(points[row["person_id"]]), _facts(row), rules).level
        decided.append((row["person_id"], LEVELS.index(level)))
    return decided


def _facts(row: dict[str, Any]) -> PersonFacts:
    veto = {row["veto"]: True} if row["veto"] else {}
    unit = None if row["unit_level"] is None else LEVELS[row["unit_level"]]
    return PersonFacts(
        months_worked=Fraction(row["months_worked"]),
        leave=row["leave"],
        is_leader=row["is_leader"],
        is_head=row["is_head"],
        unit_level=unit,
        **veto,
    )


def open_cuts(
    rows: list[dict[str, Any]], place: Sequence[str], points: list[Fraction], percent: int, *, or_better: bool
) -> list[tuple[str, bool]]:
    """Who falls, and who in a tie, in the places whose cut the expressions left open."""
    places: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    counts: dict[tuple[str, ...], tuple[int, int]] = {}
    for row, exact in zip(rows, points, strict=True):
        key = tuple(row[each] for each in place)
        places[key].append(Candidate(row["person_id"], Level.HTXS, exact, key[0]))
        counts[key] = row["excellent"], row["good"]
    fallen: list[tuple[str, bool]] = []
    for key, excellent in places.items():
        free = room(*counts[key], Fraction(percent), or_better=or_better)
        fallen += fall(excellent, free)
    return fallen
