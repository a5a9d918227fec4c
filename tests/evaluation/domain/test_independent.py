"""The core beside a second reckoning, written from the decree alone and sharing nothing with it but numbers.

Plain dictionaries in, plain words out: `decree_335` and `article_8` are read beside the law, not the code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nep.evaluation.domain.cases import read_case
from nep.evaluation.domain.fields import read_json
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.quotas import Candidate, cut
from nep.evaluation.domain.results import result_of

Case = dict[str, Any]
FROM_BELOW = ["KHT", "HTNV", "HTT", "HTXS"]
ALMOST = "0.000000000000001"


def band(points: Fraction) -> str:
    return FROM_BELOW[(points >= 50) + (points >= 70) + (points >= 90)]


def period_points(period: Case) -> Fraction | None:
    assigned = sum(Fraction(work["units"]) for work in period["work"] if not work["extra"])
    if not assigned:
        return None
    shares = [Fraction(0)] * 3
    for work in period["work"]:
        if work["done"] and not work["reassigned_away"]:
            lost = [0, *(work[each] - work[f"{each}_excused"] for each in ("failed_reviews", "delays"))]
            for at, times in enumerate(lost):
                shares[at] += Fraction(work["units"]) * max(4 - times, 0) / 4 / assigned
    shares += [Fraction(each, 100) for each in (period["leadership"] or {}).values()]
    mean = sum(shares, Fraction(0)) / len(shares)
    return Fraction(period["general"]) + min(Fraction(70), 70 * mean)


def decree_335(case: Case) -> tuple[Fraction | None, str]:
    """Points of the year and level of a person, by articles 11, 14 to 17 and 20."""
    points = [each for each in map(period_points, case["periods"]) if each is not None]
    year, facts = sum(points, Fraction(0)) / len(points) if points else None, case["facts"]
    if facts["months_worked"] < 6 and facts["leave"] != "sick_or_maternity":
        return year, "not_ranked"
    if facts["degradation_concluded"] or facts["discipline_counts"]:
        return year, "KHT"
    if facts["unit_corruption"] and facts["is_leader"]:
        return year, "KHT"
    if year is None:
        return year, "not_ranked"
    most = facts["unit_level"] if facts["is_head"] else None
    return year, min(band(year), most or "HTXS", key=FROM_BELOW.index)


def article_8(case: Case) -> tuple[str, bool]:
    """Level of an agency, and whether the authority has to decide."""
    points, facts = Fraction(case["points"]), case["facts"]
    assigned, done, on_time, exceeded = (
        case["tasks"][key] for key in ("assigned", "done", "on_time", "exceeded")
    )
    too_little = 100 * done < 70 * assigned and not facts["force_majeure"]
    if points < 50 or facts["personnel_wrongdoing"] or too_little:
        return "KHT", False
    whole = assigned == done == on_time
    best = whole and 100 * exceeded >= 30 * assigned and not facts["subordinate_failed"]
    if points >= 90 and best and facts["faults_fixed"]:
        return "HTXS", False
    if points >= 70 and whole:
        return "HTT", points >= 90
    fits = done == assigned and 100 * (assigned - on_time) <= 20 * assigned
    return "HTNV", points >= 70 or not fits


def quotas(people: dict[str, tuple[str, Fraction, str]], percent: int) -> tuple[dict[str, str], set[str]]:
    """Levels after the cut in groups and then in the pool, the room found by trying every number."""
    levels, tied = {key: level for key, (level, _, _) in people.items()}, set[str]()
    for place in [*sorted({group for _, _, group in people.values()} - {""}), None]:
        inside = [key for key, (_, _, group) in people.items() if place in (group, None)]
        first = [key for key in inside if levels[key] == "HTXS"]
        first.sort(key=lambda key: -people[key][1])
        good = sum(levels[key] == "HTT" for key in inside)
        stay = max(x for x in range(len(first) + 1) if 100 * x <= percent * (good + len(first) - x))
        out = set(first[stay:])
        if stay and out and people[first[stay - 1]][1] == people[first[stay]][1]:
            edge = {key for key in first if people[key][1] == people[first[stay]][1]}
            out, tied = out | edge, tied | edge
        levels |= dict.fromkeys(out, "HTT")
    return levels, tied


def counted(most: int) -> st.SearchStrategy[tuple[int, int]]:
    """How often, and how often of that with an objective cause."""
    return st.integers(0, most).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


works = st.builds(
    lambda units, done, failed, delays, extra, away: {
        "units": units,
        "done": done,
        "failed_reviews": failed[0],
        "failed_reviews_excused": failed[1],
        "delays": delays[0],
        "delays_excused": delays[1],
        "extra": extra,
        "reassigned_away": away,
    },
    st.sampled_from(["1", "3", "7", "1.2", "0.35", "1000"]),
    st.sampled_from([True, True, True, False]),
    counted(5),
    counted(5),
    st.sampled_from([False, False, True]),
    st.sampled_from([False, False, False, True]),
)
clean = {
    "units": "1",
    "done": True,
    "failed_reviews": 0,
    "failed_reviews_excused": 0,
    "delays": 0,
    "delays_excused": 0,
    "extra": False,
    "reassigned_away": False,
}
halves = st.sampled_from([100, 50])
periods = st.builds(
    lambda general, work, led: {"general": general, "work": work, "leadership": led},
    st.sampled_from(["0", "19.999999999999999", "20", f"20{ALMOST[1:]}", "28.5", "30"]),
    st.just([clean]) | st.just([clean] * 3 + [clean | {"done": False}] * 4) | st.lists(works, max_size=5),
    st.none() | st.fixed_dictionaries({"results": halves, "organising": halves, "unity": halves}),
)
yes = st.booleans()
rare = st.sampled_from([False] * 6 + [True])
person_facts = st.fixed_dictionaries(
    {
        "months_worked": st.sampled_from([0, 5, 6, 12, 12, 12]),
        "leave": st.sampled_from([None, "sick_or_maternity", "unpaid"]),
        "discipline_counts": rare,
        "degradation_concluded": rare,
        "unit_corruption": rare,
        "is_leader": yes,
        "is_head": yes,
        "unit_level": st.sampled_from([None, *FROM_BELOW]),
    }
).map(lambda facts: facts | {"is_leader": facts["is_leader"] or facts["is_head"]})


def printed(case: Case) -> Case:
    """What the command prints; numbers stand in the case as text and are written out as JSON numbers."""
    bare = case | {"periods": [_bare(each) for each in case["periods"]]} if "periods" in case else _bare(case)
    text = json.dumps(bare).replace('"#', "").replace('#"', "")
    return result_of(read_case(read_json(text)))


def _bare(value: Case) -> Case:
    numbers = {key: f"#{value[key]}#" for key in ("units", "general", "points") if key in value}
    inner = {"work": [_bare(each) for each in value["work"]]} if "work" in value else {}
    return value | numbers | inner


@settings(max_examples=300)
@given(st.lists(periods, max_size=12), person_facts, yes)
def test_people(found: list[Case], facts: Case, quarterly: bool) -> None:
    names = [f"2026-Q{at}" for at in range(1, 5)] if quarterly else [f"2026-{at:02d}" for at in range(1, 13)]
    told = [{"period": name} | each for name, each in zip(names, found, strict=False)]
    case = {"subject": "cong_chuc", "rule_set": None, "year": 2026, "periods": told, "facts": facts}
    result = printed(case)
    year, level = decree_335(case)
    assert (result["level"], result["year_points"] and Fraction(result["year_points"]["exact"])) == (
        level,
        year,
    )


def agencies() -> Iterator[Case]:
    """Every edge of article 8 together with every other, for ten tasks and for a hundred."""
    facts = ("personnel_wrongdoing", "force_majeure", "subordinate_failed", "faults_fixed")
    bounds = ("90", "89.999999999999999", "70", "69.999999999999999", "50", "49.999999999999999")
    for points, assigned, truths in product(bounds, (10, 100), product((False, True), repeat=4)):
        dones = {assigned, assigned - 1, assigned * 7 // 10, assigned * 7 // 10 - 1}
        lates = (0, 1, assigned // 5, assigned // 5 + 1)
        exceeding = (assigned * 3 // 10, assigned * 3 // 10 - 1)
        for done, late, exceeded in product(dones, lates, exceeding):
            on_time = max(min(done, assigned - late), 0)
            tasks = {"assigned": assigned, "done": done, "on_time": on_time, "exceeded": exceeded}
            told = {"points": points, "tasks": tasks, "facts": dict(zip(facts, truths, strict=True))}
            yield {"subject": "to_chuc", "year": 2026} | told


def test_agencies() -> None:
    for case in agencies():
        result = printed(case)
        assert (result["level"], result["needs_authority"]) == article_8(case), case


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["HTXS", "HTXS", "HTT", "HTT", "HTT", "HTNV", "not_ranked"]),
            st.integers(630, 640).map(lambda each: Fraction(each, 7)),
            st.sampled_from(["", "g", "h"]),
        ),
        max_size=40,
    ),
    st.sampled_from([20, 22, 25]),
)
def test_quotas(found: list[tuple[str, Fraction, str]], percent: int) -> None:
    people = {str(at): each for at, each in enumerate(found)}
    rated = [Candidate(k, Level(lv), pts, "pool", group or None) for k, (lv, pts, group) in people.items()]
    kept = cut(rated, Fraction(percent))
    levels, tied = quotas(people, percent)
    assert {key: str(each.level) for key, each in kept.items()} == levels
    assert {key for key, each in kept.items() if each.tie} == tied
