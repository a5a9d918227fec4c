"""The level of a person for a year: who is not ranked, vetoes, points, the cap of heads; in this order."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.levels import RANKED, Level
from nep.evaluation.domain.numbers import in_words, lack_in_words
from nep.regulations.domain.rulesets import LevelRule, NotRanked, PeopleLevels, Veto

LEAVES = ("sick_or_maternity", "unpaid")
VETO_WORDS = {
    "degradation_concluded": "Đã có kết luận về suy thoái, điều đảng viên không được làm hoặc nêu gương",
    "discipline_counts": "Đã bị kỷ luật trong năm về hoạt động công vụ",
    "unit_corruption": "Đơn vị phụ trách đã bị xử lý về tham ô, tham nhũng, lãng phí",
}


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What counts in a year besides points; each fact is a concluded one.

    `months_worked` in months, `leave` one of `LEAVES` or None, `unit_level` that of the unit a head leads.
    A head is a leader too, whatever `is_leader` says (Decree 335/2025, article 15 clause 3).
    """

    months_worked: Fraction = Fraction(12)
    leave: str | None = None
    discipline_counts: bool = False
    degradation_concluded: bool = False
    unit_corruption: bool = False
    is_leader: bool = False
    is_head: bool = False
    unit_level: Level | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A level and why; `needs_authority` where the law leaves the decision to the competent authority."""

    level: Level
    because: tuple[Because, ...]
    needs_authority: bool = False


def rank_person(points: Fraction | None, facts: PersonFacts, rules: PeopleLevels) -> Ranked:
    """The level of a person with these points of the year; None: no period has points.

    Source: Decree 335/2025, article 11 clauses 1, 2; article 20 clauses 1 to 4, 6.
    """
    if waits := too_short(facts, rules.not_ranked):
        return Ranked(Level.NOT_RANKED, (waits,))
    if binding := [veto for veto in rules.vetoes if _binds(veto, facts)]:
        lowest = max((Level(veto.level) for veto in binding), key=RANKED.index)
        return Ranked(lowest, tuple(_vetoed(veto) for veto in binding))
    if points is None:
        text = "Không có kỳ nào có điểm nên không xếp loại được."
        return Ranked(Level.NOT_RANKED, (Because("", text),), needs_authority=True)
    reached = level_from(points, rules.levels)
    level = Level(reached.level)
    because = _though_short(facts, rules.not_ranked)
    because.append(Because(reached.article, f"{in_words(points)} điểm: {level.label}."))
    if nearer := _next_level(points, rules.levels):
        because.append(nearer)
    if facts.is_head:
        level, capped = _under_unit(level, facts.unit_level, rules)
        because.append(capped)
    because += [_spared(veto) for veto in rules.vetoes if getattr(facts, veto.fact)]
    return Ranked(level, tuple(because))


def level_from(points: Fraction, levels: tuple[LevelRule, ...]) -> LevelRule:
    """The highest level whose lower bound is met; the exact points are compared."""
    return next((each for each in levels if points >= each.points), levels[-1])


def too_short(facts: PersonFacts, rule: NotRanked) -> Because | None:
    """Why somebody is not ranked at all: too few months worked; None for who is ranked."""
    if facts.months_worked >= rule.months or facts.leave in rule.unless_leave:
        return None
    worked = in_words(facts.months_worked)
    return Because(
        rule.article,
        f"Công tác {worked} tháng trong năm, chưa đủ {in_words(rule.months)} tháng: không xếp loại.",
    )


def _though_short(facts: PersonFacts, rule: NotRanked) -> list[Because]:
    """Why somebody with too few months is ranked all the same: only a leave lets too few pass."""
    if facts.months_worked >= rule.months:
        return []
    worked = in_words(facts.months_worked)
    text = f"Công tác {worked} tháng do nghỉ ốm hoặc nghỉ thai sản: xếp loại theo thời gian làm việc thực tế."
    return [Because(rule.unless_article, text)]


def _binds(veto: Veto, facts: PersonFacts) -> bool:
    if veto.leaders_only and not (facts.is_leader or facts.is_head):
        return False
    return bool(getattr(facts, veto.fact))


def _vetoed(veto: Veto) -> Because:
    text = f"{VETO_WORDS[veto.fact]}: {Level(veto.level).label.lower()}, không xét điểm."
    return Because(veto.article, text)


def _spared(veto: Veto) -> Because:
    """Why a fact that was given did not decide the level: it binds leaders only."""
    text = f"{VETO_WORDS[veto.fact]}: chỉ xét với người giữ chức vụ lãnh đạo, quản lý."
    return Because(veto.article, text)


def _next_level(points: Fraction, levels: tuple[LevelRule, ...]) -> Because | None:
    above = [each for each in levels if each.points > points]
    if not above:
        return None
    nearest = above[-1]
    lacking = lack_in_words(nearest.points - points)
    text = f"Còn thiếu {lacking} điểm để đạt mức {Level(nearest.level).label}."
    return Because(nearest.article, text)


def _under_unit(level: Level, unit: Level | None, rules: PeopleLevels) -> tuple[Level, Because]:
    if unit is None:
        text = "Chưa có mức xếp loại của đơn vị nên chưa so mức của người đứng đầu với mức của đơn vị."
        return level, Because(rules.head_article, text)
    if level.is_above(unit):
        text = f"Đơn vị ở mức {unit.label}; người đứng đầu không cao hơn mức của đơn vị."
        return unit, Because(rules.head_article, text)
    text = f"Không cao hơn mức của đơn vị ({unit.label})."
    return level, Because(rules.head_article, text)
