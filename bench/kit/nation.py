"""Invented people with their months, and what the pure core says of them."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from nep.evaluation.domain.levels import RANKED, Level
from nep.evaluation.domain.people import PersonFacts, rank_person
from nep.evaluation.domain.quotas import Candidate, cut
from nep.regulations.domain.rulesets import PeopleLevels

Months = dict[int, Fraction | None]
FACTS = ("degradation_concluded", "discipline_counts", "unit_corruption")
BOUNDS = (90, 70, 50)
TIED = [Fraction(each, 7) for each in range(620, 660)]
SMALL = (1, 2, 3, 6, 7, 9, 12, 14, 21)


def people_and_months(
    count: int, seed: int, *, largest: int = 10**6
) -> tuple[list[dict[str, Any]], list[Months]]:
    """Random people: thirds, sevenths, bounds, ties, no groups, empty and missing months, vetoes, heads."""
    chance = random.Random(seed)
    people = [_person(chance, at) for at in range(count)]
    return people, [_months(chance, largest) for _ in people]


def _person(chance: random.Random, at: int) -> dict[str, Any]:
    leads = chance.random() < 0.2
    return {
        "person_id": f"P{at:07d}",
        "agency_id": f"A{at // 40:05d}",
        "group_id": None if chance.random() < 0.2 else f"G{chance.randrange(3)}",
        "is_head": leads and chance.random() < 0.3,
        "is_leader": leads,
        "unit_level": str(chance.choice(RANKED)) if chance.random() < 0.3 else None,
        "months_worked": chance.choice([12] * 20 + [11, 6, 5, 3, 0]),
        "leave": chance.choice([None] * 20 + ["unpaid", "sick_or_maternity"]),
        "veto": chance.choice([None] * 60 + list(FACTS)),
    }


def _months(chance: random.Random, largest: int) -> Months:
    worked = 12 if chance.random() < 0.8 else chance.randrange(13)
    months = sorted(chance.sample(range(1, 13), worked))
    kind = chance.randrange(6)
    if kind == 0:  # on a bound, or off it by very little in one month
        bound = Fraction(chance.choice(BOUNDS))
        found: Months = dict.fromkeys(months, bound)
        if months and chance.random() < 0.6:
            off = Fraction(chance.choice([-1, 1]), chance.randrange(1, largest + 1))
            found[chance.choice(months)] = bound + off
        return found
    if kind == 1:  # many share these points
        return dict.fromkeys(months, chance.choice(TIED))
    if kind == 2:  # a mean on a bound made of unlike months
        bound, step = (
            Fraction(chance.choice(BOUNDS)),
            Fraction(chance.randrange(1, 70), chance.choice((3, 7))),
        )
        signs = [(-1) ** at for at in range(len(months) - len(months) % 2)] + [0] * (len(months) % 2)
        return {month: bound + sign * min(step, 10) for month, sign in zip(months, signs, strict=True)}
    below = chance.choice(SMALL) if kind < 5 else None
    return {
        month: None if chance.random() < 0.05 else _points(chance, below or chance.randrange(1, largest + 1))
        for month in months
    }


def _points(chance: random.Random, below: int) -> Fraction:
    return Fraction(chance.randrange(40 * below, 100 * below + 1), below)


def write(folder: Path, people: list[dict[str, Any]], months: list[Months], seed: int = 0) -> None:
    """Both files, in an order that has nothing to do with persons."""
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("person_id", "agency_id", "group_id")),
            *((name, pa.bool_()) for name in ("is_head", "is_leader")),
            ("unit_level", pa.string()),
            ("months_worked", pa.int64()),
            ("leave", pa.string()),
            ("veto", pa.string()),
        ]
    )
    chance = random.Random(seed)
    pq.write_table(
        pa.Table.from_pylist(chance.sample(people, len(people)), schema), folder / "people.parquet"
    )
    rows = [
        (person["person_id"], month, points)
        for person, of_months in zip(people, months, strict=True)
        for month, points in of_months.items()
    ]
    chance.shuffle(rows)
    above = [None if points is None else points.numerator for _, _, points in rows]
    below = [None if points is None else points.denominator for _, _, points in rows]
    table = {
        "person_id": pa.array([key for key, _, _ in rows], pa.string()),
        "month": pa.array([month for _, month, _ in rows], pa.int32()),
        "points_num": pa.array(above, pa.int64()),
        "points_den": pa.array(below, pa.int64()),
    }
    pq.write_table(pa.table(table), folder / "months.parquet")


def by_the_core(
    people: list[dict[str, Any]],
    months: list[Months],
    rules: PeopleLevels,
    percent: int,
    *,
    or_better: bool = False,
) -> dict[str, dict[str, Any]]:
    """What the pure core says of everybody, in the columns of the bulk result."""
    candidates, told = [], {}
    for person, of_months in zip(people, months, strict=True):
        points = [each for each in of_months.values() if each is not None]
        year = sum(points, Fraction(0)) / len(points) if points else None
        level = rank_person(year, _facts(person), rules).level
        key = person["person_id"]
        candidates.append(Candidate(key, level, year or Fraction(0), person["agency_id"], person["group_id"]))
        told[key] = {
            "year_points": None if year is None else f"{year.numerator}/{year.denominator}",
            "level_before_quota": str(level),
        }
    kept = cut(candidates, Fraction(percent), or_better=or_better)
    return {key: each | {"level": str(kept[key].level), "tie": kept[key].tie} for key, each in told.items()}


def _facts(person: dict[str, Any]) -> PersonFacts:
    unit = person["unit_level"]
    veto = {person["veto"]: True} if person["veto"] else {}
    return PersonFacts(
        months_worked=Fraction(person["months_worked"]),
        leave=person["leave"],
        is_leader=person["is_leader"],
        is_head=person["is_head"],
        unit_level=Level(unit) if unit else None,
        **veto,
    )


def differences(result: Path, core: dict[str, dict[str, Any]]) -> list[str]:
    """Everybody of whom the bulk result says something else than the core, or whom it misses."""
    found = {row.pop("person_id"): row for row in pq.read_table(result).to_pylist()}
    missing = sorted(found.keys() ^ core.keys())
    return missing + [
        f"{key}: {found[key]} ≠ {each}" for key, each in core.items() if found.get(key, each) != each
    ]
