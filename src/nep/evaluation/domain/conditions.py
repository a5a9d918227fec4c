"""The level of a person where the rule set knows no points: by conditions alone (Decree 90/2020)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.collectives import Tasks
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.numbers import in_words
from nep.evaluation.domain.people import VETO_WORDS, PersonFacts, Ranked, too_short
from nep.regulations.domain.rulesets import ConditionRule, PeopleConditions

GENERAL = ("good", "met", "not_met")


@dataclass(frozen=True, slots=True)
class LedUnit:
    """The unit that somebody leads: its tasks, and of its subordinate units how many met or did well."""

    tasks: Tasks
    subordinates: int = 0
    met: int = 0
    good: int = 0

    def percent(self, count: int) -> Fraction:
        """A count as a percent of the subordinate units; all of none is all."""
        return Fraction(100 * count, self.subordinates) if self.subordinates else Fraction(100)


@dataclass(frozen=True, slots=True)
class Conditions:
    """What was found of a person in a year: general criteria (one of `GENERAL`), tasks, the unit led."""

    general: str
    tasks: Tasks
    unit: LedUnit | None = None


def rank_by_conditions(
    found: Conditions, facts: PersonFacts, rules: PeopleConditions, subject: str
) -> Ranked:
    """The highest level all of whose conditions hold.

    Where none fits and nothing makes the person fail, the lowest is proposed and the authority decides.
    Source: Decree 90/2020, articles 4 to 15.
    """
    if waits := too_short(facts, rules.not_ranked):
        return Ranked(Level.NOT_RANKED, (waits,))
    if failing := _failing(found, facts, rules):
        article = rules.failing_articles[subject]
        return Ranked(Level.KHT, tuple(Because(article, each) for each in failing))
    hindered: list[Because] = []
    for rule in rules.levels:
        level, article = Level(rule.level), rule.articles[subject]
        lacking = [*_lacking(rule, found), *_unit_lacking(rule, found.unit)]
        if not lacking:
            return Ranked(level, (Because(article, f"Đủ điều kiện của mức {level.label}."), *hindered))
        hindered += [Because(article, f"Chưa đạt mức {level.label}: {each}.") for each in lacking]
    text = f"Không mức nào đủ mọi điều kiện; đề xuất {level.label}, cấp có thẩm quyền quyết định."
    return Ranked(level, (*hindered, Because(article, text)), needs_authority=True)


def _failing(found: Conditions, facts: PersonFacts, rules: PeopleConditions) -> list[str]:
    """Every reason for which a person fails whatever else holds."""
    leads = facts.is_leader or facts.is_head
    vetoes = (*rules.vetoes, *(rules.leaders_vetoes if leads else ()))
    reasons = [f"{VETO_WORDS[fact]}." for fact in vetoes if getattr(facts, fact)]
    tasks, late = found.tasks, found.tasks.assigned - found.tasks.on_time
    if tasks.percent(late) > rules.late_over:
        count = f"{late} trong {tasks.assigned} nhiệm vụ"
        reasons.append(f"{count} không bảo đảm tiến độ, quá {in_words(rules.late_over)} %.")
    if found.unit and found.unit.tasks.percent(found.unit.tasks.done) < rules.unit_done_under:
        reasons.append(f"Đơn vị phụ trách hoàn thành dưới {in_words(rules.unit_done_under)} % nhiệm vụ.")
    return reasons


def _lacking(rule: ConditionRule, found: Conditions) -> list[str]:
    tasks, lacking = found.tasks, []
    if GENERAL.index(found.general) > GENERAL.index(rule.general):
        asked = "tốt" if rule.general == "good" else "đạt"
        lacking.append(f"tiêu chí chung chưa ở mức {asked}")
    lacking += _under(tasks.percent(tasks.done), rule.done, "hoàn thành")
    lacking += _under(tasks.percent(tasks.on_time), rule.on_time, "đúng hạn")
    lacking += _under(tasks.percent(tasks.exceeded), rule.exceeded, "vượt mức")
    late = tasks.assigned - tasks.on_time
    if rule.late_most is not None and tasks.percent(late) > rule.late_most:
        count = f"{late} trong {tasks.assigned} nhiệm vụ"
        lacking.append(f"chậm tiến độ {count}, nhiều nhất {in_words(rule.late_most)} %")
    return lacking


def _unit_lacking(rule: ConditionRule, unit: LedUnit | None) -> list[str]:
    if unit is None:
        return []
    asked, tasks = rule.unit, unit.tasks
    return [
        *_under(tasks.percent(tasks.done), asked.done, "đơn vị hoàn thành"),
        *_under(tasks.percent(tasks.on_time), asked.on_time, "đơn vị đúng hạn"),
        *_under(tasks.percent(tasks.exceeded), asked.exceeded, "đơn vị vượt mức"),
        *_under(unit.percent(unit.met), asked.subordinates_met, "cấp dưới hoàn thành"),
        *_under(unit.percent(unit.good), asked.subordinates_good, "cấp dưới hoàn thành tốt"),
    ]


def _under(share: Fraction, asked: Fraction | None, what: str) -> list[str]:
    if asked is None or share >= asked:
        return []
    return [f"{what} {in_words(share)} %, cần {in_words(asked)} %"]
