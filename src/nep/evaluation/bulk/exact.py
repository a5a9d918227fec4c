"""What the expressions leave open, decided by the exact core; and exact points of the year for everybody."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import repeat
from operator import floordiv, mul
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nep.evaluation.bulk.expressions import LEVELS
from nep.evaluation.bulk.scale import MOST_PERIODS, MOST_POINTS
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.people import PersonFacts, rank_person
from nep.evaluation.domain.quotas import Candidate, fall, room
from nep.regulations.domain.rulesets import PeopleLevels

# Sums of points over a common denominator up to this one fit 64 bits.
MOST_COMMON = (2**63 - 1) // (MOST_PERIODS * MOST_POINTS)


def texts(numerators: pa.Array, denominators: pa.Array) -> pa.Array:
    """Fractions of integers as “p/q” in lowest terms, all at once; null where the denominator is 0."""
    below = denominators.to_numpy(zero_copy_only=False).astype(np.int64)
    above = numerators.to_numpy(zero_copy_only=False).astype(np.int64)
    common = np.maximum(np.gcd(above, below), 1)
    parts = [pc.cast(pa.array(each // common), pa.string()) for each in (above, below)]
    told = pc.binary_join_element_wise(*parts, "/")
    return pc.if_else(pa.array(below == 0), pa.scalar(None, pa.string()), told)


def means(batches: Iterable[pa.RecordBatch]) -> pa.Table:
    """The exact mean of every person's points as “p/q”; the rows come person by person, in batches."""
    told: list[pa.Table] = []
    waiting: pa.Table | None = None
    for batch in batches:
        rows = pa.Table.from_batches([batch])
        rows = rows if waiting is None else pa.concat_tables([waiting, rows])
        # The last person of a batch may go on in the next one.
        edges = _edges(rows)
        last = int(edges[-1]) if len(edges) else 0
        told.append(_means(rows.slice(0, last)))
        waiting = rows.slice(last)
    if waiting is not None:
        told.append(_means(waiting))
    return pa.concat_tables(told) if told else _table([], [])


def _table(names: object, texts_: object) -> pa.Table:
    return pa.table({"person_id": pa.array(names, pa.string()), "year_points": pa.array(texts_, pa.string())})


def _edges(rows: pa.Table) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Where each person's rows begin."""
    codes = rows["person_id"].combine_chunks().dictionary_encode().indices.to_numpy()
    return np.flatnonzero(np.diff(codes, prepend=-1))


def _means(rows: pa.Table) -> pa.Table:
    """Common denominators within 64 bits for everybody at once, then Python's own integers for the others."""
    if rows.num_rows == 0:
        return _table([], [])
    edges = _edges(rows)
    counts = np.diff(edges, append=rows.num_rows)
    above, below = (rows[name].to_numpy() for name in ("points_num", "points_den"))
    person = np.repeat(np.arange(len(edges)), counts)
    place = np.arange(rows.num_rows) - np.repeat(edges, counts)
    wide_above, wide_below = (
        np.zeros((MOST_PERIODS, len(edges)), np.int64),
        np.ones((MOST_PERIODS, len(edges)), np.int64),
    )
    wide_above[place, person], wide_below[place, person] = above, below
    common, fits = _common(wide_below)
    total = (wide_above * (common // wide_below)).sum(axis=0)
    found = texts(pa.array(total), pa.array(common * counts)).to_pylist()
    for at in np.flatnonzero(~fits).tolist():
        rest = slice(int(edges[at]), int(edges[at]) + int(counts[at]))
        found[at] = mean_text(above[rest].tolist(), below[rest].tolist())
    return _table(rows["person_id"].combine_chunks().take(pa.array(edges)), found)


def _common(
    denominators: np.ndarray[Any, np.dtype[np.int64]],
) -> tuple[np.ndarray[Any, np.dtype[np.int64]], np.ndarray[Any, np.dtype[np.bool_]]]:
    """The common denominator of each column, and whether sums over it fit 64 bits; 1 where they do not."""
    common = denominators[0].copy()
    fits = np.ones(len(common), np.bool_)
    for row in denominators[1:]:
        factor = row // np.gcd(common, row)
        fits &= common <= MOST_COMMON // factor
        common = np.where(fits, common * np.where(fits, factor, 1), 1)
    return common, fits


def looked_up(points: pa.Table, people: Sequence[str]) -> list[str]:
    """The points of some people, in their order."""
    at = pc.index_in(pa.array(people, pa.string()), value_set=points["person_id"].combine_chunks())
    found: list[str] = points["year_points"].combine_chunks().take(at).to_pylist()
    return found


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


def exact_points(rows: Sequence[dict[str, Any]], scale: int, spilled: pa.Table | None) -> list[Fraction]:
    """The exact points of the year of some people."""
    open_ = [row["person_id"] for row in rows if row["low"] != row["high"]]
    known = dict(zip(open_, looked_up(spilled, open_), strict=True)) if spilled is not None else {}
    return [
        Fraction(known[row["person_id"]])
        if row["person_id"] in known
        else Fraction(row["low"], row["periods"] * scale)
        for row in rows
    ]


def open_levels(rows: list[dict[str, Any]], points: pa.Table, rules: PeopleLevels) -> list[tuple[str, int]]:
    """The levels of people whose interval straddles a threshold."""
    people = [row["person_id"] for row in rows]
    return [
        (row["person_id"], LEVELS.index(rank_person(Fraction(text), _facts(row), rules).level))
        for row, text in zip(rows, looked_up(points, people), strict=True)
    ]


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
