"""Golden cases, computed by hand, each with the article of Decree 335/2025 that it rests on."""

from __future__ import annotations

import functools
import json
import operator
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.kit.cases import FACTS
from nep.evaluation.domain.cases import read_case
from nep.evaluation.domain.collectives import CollectiveFacts, Tasks, rank_collective
from nep.evaluation.domain.fields import read_json
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.people import PersonFacts, level_from, rank_person
from nep.evaluation.domain.quotas import Candidate, cut
from nep.evaluation.domain.results import result_of
from nep.kernel.errors import RuleError
from nep.regulations.domain.shelf import rule_set_named

RULES = rule_set_named("nd-335-2025")
FOLDER = Path(__file__).parent / "golden"


def golden(name: str) -> Any:
    """The cases of a file as parameters, named by what they say."""
    cases = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    assert len({each["case"] for each in cases}) == len(cases), "two cases of one name"
    return pytest.mark.parametrize("given", [pytest.param(each, id=each["case"]) for each in cases])


def exact(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def as_numbers(value: object) -> Any:
    """YAML would read a decimal as a float: in the golden files it stands as text."""
    if isinstance(value, dict):
        return {key: as_numbers(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_numbers(each) for each in value]
    if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d+", value):
        return f"__number__{value}"
    return value


def scored(case: dict[str, Any]) -> dict[str, Any]:
    """What the command would print, through its own reader of JSON."""
    text = re.sub(r'"__number__(-?\d+\.\d+)"', r"\1", json.dumps(as_numbers(case), ensure_ascii=False))
    return result_of(read_case(read_json(text)))


def year_of(periods: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"subject": "cong_chuc", "year": 2026, "periods": periods, "facts": FACTS} | more


def articles(result: dict[str, Any]) -> set[str]:
    return {each["article"] for each in result["because"]}


def names(article: str, result: dict[str, Any]) -> bool:
    """Whether a result names an article, or a point of it, or the clause that the point stands in."""
    told = articles(result)
    return any(
        f"{each} ".startswith(f"{article} ") or f"{article} ".startswith(f"{each} ") for each in told - {""}
    )


def shown(number: dict[str, str] | None) -> Fraction | None:
    return None if number is None else Fraction(number["exact"])


@golden("1-ky.yaml")
def test_period(given: dict[str, Any]) -> None:
    work = [{"done": True} | each for each in given["work"]]
    period = {"period": given.get("period", "2026-01"), "general": given["general"], "work": work}
    if "leadership" in given:
        period["leadership"] = given["leadership"]
    result = scored(year_of([period], parameters=given.get("parameters", {})))
    (found,) = result["periods"]
    assert {key: shown(found[key]) for key in ("a", "b", "c", "points")} == {
        key: exact(given[key]) for key in ("a", "b", "c", "points")
    }
    assert shown(result["year_points"]) == exact(given["points"])
    assert names(given["article"], result)


def months_of(given: dict[str, Any]) -> list[dict[str, Any]]:
    """`20 3/7 ×12`: twelve periods with 20 general points and three of seven units done; `~` provisional."""
    told = []
    for text in given.get("months", given.get("quarters")):
        general, share, *more = text.split()
        times = int(more[0][1:]) if more and more[0].startswith("×") else 1
        told += [(general, *map(int, share.split("/")), more == ["~"])] * times
    first = 0 if given.get("starts", 1) == 1 else -1
    periods = []
    for at, (general, done, assigned, provisional) in enumerate(told):
        year, month = divmod(first + at, 12)
        name = f"2026-Q{at + 1}" if "quarters" in given else f"{2026 + year}-{month + 1:02d}"
        work = [{"units": 1, "done": number < done} for number in range(assigned)]
        periods.append(
            {"period": name, "general": general if "." in general else int(general), "work": work}
            | ({"provisional": True} if provisional else {})
        )
    return periods


@golden("2-nam.yaml")
def test_year(given: dict[str, Any]) -> None:
    more: dict[str, Any] = {"facts": FACTS | given.get("facts", {})}
    if "decided" in given:
        more["decided_level"] = given["decided"]
    if "starts" in given:
        more["parameters"] = {"year_starts": given["starts"]}
    result = scored(year_of(months_of(given), **more))
    assert shown(result["year_points"]) == exact(given["points"])
    assert (result["level"], result["provisional"]) == (given["level"], given["provisional"])
    assert result["needs_authority"] is given.get("needs_authority", False)
    if "decided" in given:
        assert result["replacement"] == given["replacement"]
    assert names(given["article"], result)


@golden("3-nguoi.yaml")
def test_level_of_people(given: dict[str, Any]) -> None:
    facts: dict[str, Any] = {
        key: exact(value) if key == "months_worked" else value
        for key, value in given.get("facts", {}).items()
    }
    if "unit_level" in facts:
        facts["unit_level"] = Level(facts["unit_level"])
    assert RULES.people_levels is not None
    ranked = rank_person(exact(given["points"]), PersonFacts(**facts), RULES.people_levels)
    assert (str(ranked.level), ranked.needs_authority) == (
        given["level"],
        given.get("needs_authority", False),
    )
    assert given["article"] in {each.article for each in ranked.because}


@golden("4-to-chuc.yaml")
def test_level_of_collectives(given: dict[str, Any]) -> None:
    tasks = Tasks(*map(int, given["tasks"].split("/")))
    assert RULES.collective_levels is not None
    points = Fraction(str(given["points"]))
    facts = CollectiveFacts(**given.get("facts", {}))
    ranked = rank_collective(points, tasks, facts, RULES.collective_levels)
    assert (str(ranked.level), ranked.needs_authority) == (
        given["level"],
        given.get("needs_authority", False),
    )
    assert given["article"] in {each.article for each in ranked.because}


def candidate(text: str) -> Candidate:
    key, points, *more = text.split()
    group = [each for each in more if not each.startswith("@")]
    (pool,) = [each[1:] for each in more if each.startswith("@")] or ["pool"]
    if points == "-":
        return Candidate(key, Level.NOT_RANKED, Fraction(0), pool)
    assert RULES.people_levels is not None
    level = Level(level_from(Fraction(points), RULES.people_levels.levels).level)
    return Candidate(key, level, Fraction(points), pool, group[0] if group else None)


@golden("5-ti-le.yaml")
def test_quota(given: dict[str, Any]) -> None:
    rated = [candidate(each) for each in given["people"]]
    rated += [Candidate(f"+{at}", Level.HTT, Fraction(80), "pool") for at in range(given["good"])]
    better = given.get("of") == "HTT_or_better"
    kept = cut(rated, Fraction(given.get("percent", 20)), or_better=better)
    assert sorted(key for key, each in kept.items() if each.level is Level.HTXS) == given["stay"]
    assert sorted(key for key, each in kept.items() if each.tie) == given["tie"]
    others = {each.key: each.level for each in rated if each.level is not Level.HTXS}
    assert {key: kept[key].level for key in others} == others


@golden("6-tu-choi.yaml")
def test_refusal(given: dict[str, Any]) -> None:
    work = {"units": 1, "done": True} | given.get("work", {})
    period = {"period": "2026-01", "general": 20, "work": [work]} | given.get("period", {})
    names = given.get("periods", [period["period"]])
    case = year_of([period | {"period": name} for name in names]) | given.get("change", {})
    case["facts"] = FACTS | given.get("facts", {})
    *places, last = given.get("drop", "none").split(".")
    functools.reduce(operator.getitem, places, case).pop(last, None)
    with pytest.raises(RuleError, match=re.escape(given["says"])) as refused:
        scored(case)
    assert refused.value.reason.count(". ") == 0, "one sentence"


def test_enough_cases() -> None:
    told = [
        each for path in FOLDER.glob("*.yaml") for each in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]
    assert len(told) >= 150
    assert {each["article"].split()[1] for each in told if each["article"]} >= {
        "8",
        "11",
        "12",
        "14",
        "15",
        "16",
        "17",
        "20",
    }


def tasks_of(text: str) -> dict[str, int]:
    names = ("assigned", "done", "on_time", "exceeded")
    return dict(zip(names, map(int, text.split("/")[:4]), strict=True))


@golden("7-nd-90.yaml")
def test_level_by_conditions(given: dict[str, Any]) -> None:
    case = {key: given[key] for key in ("subject", "year", "general")}
    case |= {"tasks": tasks_of(given["tasks"]), "facts": FACTS | given.get("facts", {})}
    if "unit" in given:
        _, _, _, _, subordinates, met, good = map(int, given["unit"].split("/"))
        case["unit"] = {
            "tasks": tasks_of(given["unit"]),
            "subordinates": subordinates,
            "subordinates_met": met,
            "subordinates_good": good,
        }
    result = scored(case)
    assert (result["level"], result["needs_authority"]) == (
        given["level"],
        given.get("needs_authority", False),
    )
    assert given["article"] in articles(result)
    assert (result["year_points"], result["rule_set"].split("@")[0]) == (None, "nd-90-2020")
    assert any(each["text"].startswith("Cần xác nhận: ") for each in result["because"])


def test_a_school_year_is_ranked_by_the_law_of_its_last_day() -> None:
    case = {"subject": "vien_chuc", "year": 2026, "ends_on": "2026-05-31", "general": "good", "facts": FACTS}
    result = scored(case | {"tasks": tasks_of("8/8/8/4")})
    assert (result["level"], result["rule_set"].split("@")[0]) == ("HTXS", "nd-90-2020")


def test_a_rule_set_without_points_says_so() -> None:
    case = year_of([{"period": "2025-01", "general": 20, "work": []}], year=2025)
    with pytest.raises(RuleError, match="“periods” không dùng được: Nghị định 90/2020/NĐ-CP không chấm điểm"):
        scored(case)


def test_public_employees_from_july_2026_are_scored_and_asked_to_be_confirmed() -> None:
    work = [{"units": 1, "done": True}]
    result = scored(year_of([{"period": "2026-07", "general": 25, "work": work}], subject="vien_chuc"))
    assert (result["level"], shown(result["year_points"])) == ("HTXS", 95)
    assert result["rule_set"].startswith("nd-233-2026@1#")
    assert len(result["needs_confirmation"]) == 3
