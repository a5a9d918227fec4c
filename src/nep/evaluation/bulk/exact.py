"""What the expressions leave open, decided by the exact core; and exact points of the year for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from nep.evaluation.bulk.expressions import LEVELS, PERIOD, PERIODS, Quota
from nep.evaluation.bulk.large import mean_texts
from nep.evaluation.bulk.scale import ALIKE, MOST_PERIODS, MOST_POINTS, Integers
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.people import PersonFacts, rank_person
from nep.evaluation.domain.quotas import Candidate, fall, room
from nep.regulations.domain.rulesets import PeopleLevels

# Sums of points over a common denominator up to this one fit 64 bits.
MOST_COMMON = (2**63 - 1) // (MOST_PERIODS * MOST_POINTS)
NO_POINTS = pa.table({"person_id": pa.array([], pa.string()), "year_points": pa.array([], pa.string())})


def texts(numerators: Integers, denominators: Integers | int) -> pa.Array:
    """Fractions of integers as “p/q” in lowest terms, all at once."""
    common = np.gcd(numerators, denominators)
    parts = [pc.cast(pa.array(each // common), pa.string()) for each in (numerators, denominators)]
    return pc.binary_join_element_wise(*parts, "/")


def means(batches: Iterable[pa.RecordBatch], sums: pa.Table, scale: int) -> pa.Table:
    """The exact mean of each person's points as “p/q”, for those who have spilling denominators.

    `batches` are the months that spill, person by person, `sums` what the expressions say of the same people
    in the same order: the sum of the whole parts of all their months, and their tally.
    """
    told: list[pa.Table] = []
    waiting: pa.Table | None = None
    done = 0
    for batch in batches:
        rows = pa.Table.from_batches([batch])
        rows = rows if waiting is None else pa.concat_tables([waiting, rows]).combine_chunks()
        # The last person of a batch may go on in the next one.
        edges = _edges(rows)
        last = int(edges[-1]) if len(edges) else 0
        told.append(_means(rows.slice(0, last), sums.slice(done), scale))
        done += told[-1].num_rows
        waiting = rows.slice(last)
    if waiting is not None:
        told.append(_means(waiting, sums.slice(done), scale))
    return pa.concat_tables(told).combine_chunks() if told else NO_POINTS


def _table(names: pa.Array, points: pa.Array) -> pa.Table:
    return pa.table({"person_id": names, "year_points": points})


def _edges(rows: pa.Table) -> Integers:
    """Where each person's rows begin."""
    names = rows["person_id"].combine_chunks()
    if len(names) == 0:
        return np.zeros(0, np.int64)
    other = pc.not_equal(names.slice(1), names.slice(0, len(names) - 1)).to_numpy(zero_copy_only=False)
    return np.concatenate([[0], np.flatnonzero(other) + 1])


def _means(rows: pa.Table, sums: pa.Table, scale: int) -> pa.Table:
    """Common denominators within 64 bits for everybody at once, then Python's own integers for the others."""
    if rows.num_rows == 0:
        return NO_POINTS
    edges = _edges(rows)
    names = rows["person_id"].combine_chunks().take(pa.array(edges))
    sums = sums.slice(0, len(edges))
    assert sums["person_id"].combine_chunks().equals(names), "both are the people with spilling denominators"
    above, below = (rows[name].to_numpy() for name in ("points_num", "points_den"))
    points = sums["points"].to_numpy()
    sure = points - np.add.reduceat(above * (scale // below), edges)
    periods = (sums["tally"].to_numpy() & PERIODS) // PERIOD
    wide = _wide(above, below, edges)
    return _table(names, _added(_lowest(sure, np.full(len(sure), scale)), wide, periods))


def _wide(above: Integers, below: Integers, edges: Integers) -> tuple[Integers, Integers]:
    """Each person's fractions in a column, 0/1 below the last."""
    counts = np.diff(edges, append=len(above))
    person = np.repeat(np.arange(len(edges)), counts)
    place = np.arange(len(above)) - np.repeat(edges, counts)
    shape = (MOST_PERIODS, len(edges))
    wide_above, wide_below = np.zeros(shape, np.int64), np.ones(shape, np.int64)
    wide_above[place, person], wide_below[place, person] = _lowest(above, below)
    return wide_above, wide_below


def _lowest(above: Integers, below: Integers) -> tuple[Integers, Integers]:
    common = np.gcd(above, below)
    return above // common, below // common


def _added(sure: tuple[Integers, Integers], wide: tuple[Integers, Integers], periods: Integers) -> pa.Array:
    """Sums of a fraction and a column of fractions, all in lowest terms, over the number of periods."""
    above, below = np.vstack([sure[0], wide[0]]), np.vstack([sure[1], wide[1]])
    common, fits = _common(below)
    total = (above * (common // below)).sum(axis=0)
    found = texts(total, common * periods)
    if fits.all():
        return found
    # Two denominators up to a million still fit 64 bits.
    rest = [(above[~fits], below[~fits]) for above, below in ((sure[0], sure[1]), *zip(*wide, strict=True))]
    pairs = [_pair(*two) for two in zip(rest[1::2], rest[2::2], strict=True)]
    parts = [(above.tolist(), below.tolist()) for above, below in (*pairs, rest[0])]
    large = mean_texts(parts, periods[~fits].tolist())
    return pc.replace_with_mask(found, pa.array(~fits), pa.array(large, pa.string()))


def _pair(first: tuple[Integers, Integers], second: tuple[Integers, Integers]) -> tuple[Integers, Integers]:
    return _lowest(first[0] * second[1] + second[0] * first[1], first[1] * second[1])


def _common(
    denominators: Integers,
) -> tuple[Integers, np.ndarray[Any, np.dtype[np.bool_]]]:
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


def exact_points(rows: Sequence[dict[str, Any]], scale: int, spilled: pa.Table) -> list[Fraction]:
    """The exact points of the year of some people."""
    open_ = [row["person_id"] for row in rows if row["key_low"] != row["key_high"]]
    known = dict(zip(open_, looked_up(spilled, open_), strict=True))
    return [
        Fraction(known[row["person_id"]])
        if row["person_id"] in known
        else Fraction(row["key_low"], scale * ALIKE)
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
    rows: list[dict[str, Any]], place: Sequence[str], points: list[Fraction], quota: Quota
) -> list[tuple[str, str, bool]]:
    """Who falls, of which agency, and who in a tie, in the places whose cut the expressions left open."""
    places: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
    counts: dict[tuple[str, ...], tuple[int, int]] = {}
    for row, exact in zip(rows, points, strict=True):
        key = tuple(row[each] for each in place)
        places[key].append(Candidate(row["person_id"], Level.HTXS, exact, row["agency_id"]))
        counts[key] = row["excellent"], row["good"]
    fallen: list[tuple[str, str, bool]] = []
    for key, excellent in places.items():
        free = room(*counts[key], Fraction(quota.percent), or_better=quota.or_better)
        fallen += [(person, excellent[0].pool, in_tie) for person, in_tie in fall(excellent, free)]
    return fallen
