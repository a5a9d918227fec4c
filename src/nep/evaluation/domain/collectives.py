"""The level of an agency for a year: points and the other conditions, both."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.numbers import in_words, lack_in_words
from nep.evaluation.domain.people import Ranked, level_from
from nep.regulations.domain.rulesets import CollectiveLevels, LevelRule


@dataclass(frozen=True, slots=True)
class Tasks:
    """Tasks of the year, counted: assigned (above zero), done, done on time, done beyond what was asked."""

    assigned: int
    done: int
    on_time: int
    exceeded: int

    def percent(self, count: int) -> Fraction:
        """A count as a percent of what was assigned."""
        return Fraction(100 * count, self.assigned)


@dataclass(frozen=True, slots=True)
class CollectiveFacts:
    """What counts besides points and tasks; each fact is a concluded one."""

    personnel_wrongdoing: bool = False
    force_majeure: bool = False
    subordinate_failed: bool = False
    faults_fixed: bool = True


def rank_collective(
    points: Fraction, tasks: Tasks, facts: CollectiveFacts, rules: CollectiveLevels
) -> Ranked:
    """The highest level whose points are met and whose other conditions all hold.

    The authority decides where points reach a higher level than the conditions allow, where no level fits
    (then the one for done tasks is proposed), and where too little was done by force majeure.
    Source: Decree 335/2025, article 8 clauses 1 to 4.
    """
    done, least = tasks.percent(tasks.done), rules.least_done
    too_little = f"Hoàn thành {in_words(done)} % nhiệm vụ, dưới {in_words(least.value)} %"
    failing = _failing(points, facts, rules)
    if done < least.value and not facts.force_majeure:
        failing.append(Because(least.article, f"{too_little}."))
    if failing:
        above = _higher(points, tasks, facts, rules, rules.levels[-1])
        return Ranked(Level.KHT, (*failing, *above))
    if done < least.value:
        text = f"{too_little}, có lý do bất khả kháng: cấp có thẩm quyền xem xét, quyết định."
        return _by_conditions(points, tasks, facts, rules, Because(least.article, text))
    return _by_conditions(points, tasks, facts, rules)


def _failing(points: Fraction, facts: CollectiveFacts, rules: CollectiveLevels) -> list[Because]:
    """What makes an agency fail however much of its tasks it has done."""
    found = []
    if facts.personnel_wrongdoing:
        text = "Cấp có thẩm quyền đã kết luận có sai phạm trong công tác cán bộ hoặc mất đoàn kết nội bộ."
        found.append(Because(rules.wrongdoing_article, text))
    by_points = level_from(points, rules.levels)
    if by_points is rules.levels[-1]:
        bound = in_words(rules.levels[-2].points)
        found.append(Because(by_points.article, f"{in_words(points)} điểm, dưới {bound} điểm."))
    return found


def _by_conditions(
    points: Fraction, tasks: Tasks, facts: CollectiveFacts, rules: CollectiveLevels, *known: Because
) -> Ranked:
    hindered = [*known]
    for rule in rules.levels[:-1]:
        if points < rule.points:
            continue
        lacking = _lacking(rule, tasks, facts)
        if not lacking:
            level = Level(rule.level)
            reached = Because(rule.article, f"{in_words(points)} điểm và đủ điều kiện của mức {level.label}.")
            if not hindered:
                return Ranked(level, (reached, *_higher(points, tasks, facts, rules, rule)))
            text = "Điểm ở mức cao hơn mức mà các điều kiện cho phép: cấp có thẩm quyền quyết định."
            return Ranked(level, (reached, *hindered, Because(rule.article, text)), needs_authority=True)
        hindered += [
            Because(rule.article, f"Chưa đạt mức {Level(rule.level).label}: {each}.") for each in lacking
        ]
    return _proposed(rules, *hindered)


def _proposed(rules: CollectiveLevels, *why: Because) -> Ranked:
    """No level fits: the one below which only failing stands is proposed, and the authority decides."""
    lowest = rules.levels[-2]
    level = Level(lowest.level)
    text = f"Không mức nào đủ mọi điều kiện; đề xuất {level.label}, cấp có thẩm quyền quyết định."
    return Ranked(level, (*why, Because(lowest.article, text)), needs_authority=True)


def _higher(
    points: Fraction, tasks: Tasks, facts: CollectiveFacts, rules: CollectiveLevels, reached: LevelRule
) -> tuple[Because, ...]:
    """What stands in the way of the next level."""
    at = rules.levels.index(reached)
    if at == 0:
        return ()
    above = rules.levels[at - 1]
    lacking = _lacking(above, tasks, facts)
    if points < above.points:
        lacking.insert(0, f"còn thiếu {lack_in_words(above.points - points)} điểm")
    return tuple(
        Because(above.article, f"Chưa đạt mức {Level(above.level).label}: {each}.") for each in lacking
    )


def _lacking(rule: LevelRule, tasks: Tasks, facts: CollectiveFacts) -> list[str]:
    """The conditions of a level besides points that do not hold, in words."""
    done, on_time = tasks.percent(tasks.done), tasks.percent(tasks.on_time)
    exceeded, late = tasks.percent(tasks.exceeded), tasks.assigned - tasks.on_time
    found = []
    if rule.done is not None and done < rule.done:
        found.append(f"hoàn thành {in_words(done)} % nhiệm vụ, cần {in_words(rule.done)} %")
    if rule.on_time is not None and on_time < rule.on_time:
        found.append(f"đúng hạn {in_words(on_time)} % nhiệm vụ, cần {in_words(rule.on_time)} %")
    if rule.exceeded is not None and exceeded < rule.exceeded:
        found.append(f"vượt mức {in_words(exceeded)} % nhiệm vụ, cần ít nhất {in_words(rule.exceeded)} %")
    # A count: cut off, a percent just over the bound would read as the bound.
    if rule.late_most is not None and tasks.percent(late) > rule.late_most:
        count = f"{late} trong {tasks.assigned} nhiệm vụ"
        found.append(f"chậm tiến độ {count}, nhiều nhất {in_words(rule.late_most)} %")
    if rule.no_failed_subordinate and facts.subordinate_failed:
        found.append("có đơn vị cấp dưới trực tiếp không hoàn thành nhiệm vụ")
    if rule.faults_fixed and not facts.faults_fixed:
        found.append("chưa khắc phục hết hạn chế, khuyết điểm đã được chỉ ra")
    return found
