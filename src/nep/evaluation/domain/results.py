"""The result of a case: levels, points and reasons, as commands print them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.cases import Case, CollectiveCase, ConditionsCase, PersonCase
from nep.evaluation.domain.collectives import rank_collective
from nep.evaluation.domain.conditions import rank_by_conditions
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.numbers import in_words, told
from nep.evaluation.domain.people import rank_person
from nep.evaluation.domain.periods import PeriodScore, mean, period_score
from nep.evaluation.domain.sheets import SheetCase, sheet_result
from nep.evaluation.domain.years import replacement
from nep.regulations.domain.rulesets import RuleSet, ScoreRules


def result_of(case: Case) -> dict[str, Any]:
    """Score and rank a case; the shape is that of `./nep score --json`."""
    if isinstance(case, CollectiveCase):
        return _of_collective(case)
    if isinstance(case, SheetCase):
        result = sheet_result(case)
        return result | _source(case.rules, result["because"])
    return _by_conditions(case) if isinstance(case, ConditionsCase) else _of_person(case)


def _by_conditions(case: ConditionsCase) -> dict[str, Any]:
    rules = case.rules
    assert rules.people_conditions is not None, "read_case asks for them"
    ranked = rank_by_conditions(case.found, case.facts, rules.people_conditions, case.subject)
    told_level = {"level": str(ranked.level), "needs_authority": ranked.needs_authority}
    because = [Because("", f"{rules.title} không chấm điểm, xếp loại theo điều kiện."), *ranked.because]
    return {"periods": [], "year_points": None} | told_level | _source(rules, because)


def _of_person(case: PersonCase) -> dict[str, Any]:
    rules = case.rules
    assert rules.score is not None, "read_case asks for it"
    assert rules.people_levels is not None, "read_case asks for them"
    capped = bool(case.parameters["task_part_capped"])
    scores = [period_score(given, rules.score, capped=capped) for given in case.periods]
    points = mean(scores)
    ranked = rank_person(points, case.facts, rules.people_levels)
    because = [each for score in scores for each in score.because]
    text = "Không kỳ nào có điểm nên không có điểm năm."
    if points is not None:
        counted = sum(score.points is not None for score in scores)
        text = f"Điểm năm là trung bình của {counted} kỳ có điểm: {in_words(points)} điểm."
    because.append(Because(rules.score.articles["year"], text))
    because += _unlike_the_year(case, rules.score) + list(ranked.because)
    provisional = _provisional(case)
    because += provisional
    result: dict[str, Any] = {
        "periods": [_period(score) for score in scores],
        "year_points": told(points),
        "level": str(ranked.level),
        "needs_authority": ranked.needs_authority,
        "provisional": bool(provisional),
    }
    if case.decided_level is not None:
        changed = (
            None if provisional else replacement(case.decided_level, points, case.facts, rules.people_levels)
        )
        result["replacement"] = changed and {"before": str(changed.before), "after": str(changed.after)}
        because += [changed.because] if changed else []
    return result | _source(rules, because)


def _unlike_the_year(case: PersonCase, rules: ScoreRules) -> list[Because]:
    """Periods marked as a leader's in a year without a post, or the other way round: a slip, or a change."""
    leads = case.facts.is_leader or case.facts.is_head
    given = [each for each in case.periods if each.work]
    unlike = [each.period.label for each in given if (each.leadership is not None) is not leads]
    if not unlike:
        return []
    article, text = (
        (rules.articles["mean"], "Có giữ chức vụ lãnh đạo, quản lý nhưng không có ba tỷ lệ của lãnh đạo")
        if leads
        else (rules.articles["leaders_mean"], "Không ghi là lãnh đạo, quản lý nhưng có ba tỷ lệ của lãnh đạo")
    )
    return [Because(article, f"{text}: {', '.join(unlike)}.")]


def _provisional(case: PersonCase) -> list[Because]:
    """Why the level is not final yet: a period has not closed, or the last one of the year is missing."""
    open_ = [each.period.label for each in case.periods if each.provisional]
    if not any(case.year.ends_with(each.period) for each in case.periods):
        open_.append("kỳ cuối năm")
    if not open_:
        return []
    told = ", ".join(open_)
    text = (
        f"{told[:1].upper()}{told[1:]} chưa chốt nên mức này là tạm tính; "
        "khi chốt mà mức khác đi thì cần quyết định thay thế."
    )
    return [Because(case.rules.deadlines["ranking"].article, text)]


def _source(rules: RuleSet, because: Sequence[Because]) -> dict[str, Any]:
    """What every result ends with: the rule set, what of it is not confirmed, and the reasons."""
    because = [*because, *(Because("", f"Cần xác nhận: {each}") for each in rules.needs_confirmation)]
    return {
        "rule_set": rules.name,
        "rule_set_title": rules.title,
        "needs_confirmation": list(rules.needs_confirmation),
        "because": [each.as_json() for each in because],
    }


def _period(score: PeriodScore) -> dict[str, Any]:
    shares = score.ratios
    return {
        "period": str(score.period),
        "a": told(shares.a if shares else None),
        "b": told(shares.b if shares else None),
        "c": told(shares.c if shares else None),
        "points": told(score.points),
    }


def _of_collective(case: CollectiveCase) -> dict[str, Any]:
    rules = case.rules
    assert rules.collective_levels is not None, "a rule set that binds collectives has their levels"
    ranked = rank_collective(case.points, case.tasks, case.facts, rules.collective_levels)
    told_level = {"level": str(ranked.level), "needs_authority": ranked.needs_authority}
    return told_level | _source(rules, ranked.because)


def in_sentences(result: dict[str, Any]) -> str:
    """A result for a person to read."""
    first = (
        result["label"] or "Không xếp loại theo phiếu này"
        if "label" in result
        else Level(result["level"]).label
    )
    if points := result.get("year_points") or result.get("points"):
        first += f", {in_words(Fraction(points['exact']))} điểm"
    lines = [first]
    if result["needs_authority"]:
        lines.append("Cấp có thẩm quyền quyết định.")
    lines += [f"  {_told(each)}" for each in result["because"]]
    return "\n".join([*lines, f"Theo {result['rule_set_title']} ({result['rule_set']})."])


def _told(because: dict[str, str]) -> str:
    return f"{because['article']}: {because['text']}" if because["article"] else because["text"]
