"""The year of a person: which periods belong to it, and what is provisional when it is ranked early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.numbers import in_words
from nep.evaluation.domain.people import PersonFacts, rank_person
from nep.evaluation.domain.periods import Period
from nep.kernel.errors import RuleError
from nep.regulations.domain.rulesets import PeopleLevels

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class WorkingYear:
    """A working year: from January, or from December of the year before where an agency says so."""

    year: int
    first_month: int = 1

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year - (self.first_month == DECEMBER), self.first_month, 1)

    @property
    def over_on(self) -> date:
        """The first day after it."""
        return date(self.starts_on.year + 1, self.first_month, 1)

    def ends_with(self, period: Period) -> bool:
        """Whether a period is the last of it."""
        return period.over_on == self.over_on

    def holds(self, period: Period) -> bool:
        """Whether a period lies in it."""
        months = period.months
        first = period.year * 12 + period.month - months  # months since year 0, the first of the period
        start = self.starts_on.year * 12 + self.starts_on.month - 1
        return start <= first and first + months <= start + 12


def check_periods(periods: Sequence[Period], year: WorkingYear) -> None:
    """Refuse periods that repeat, lie outside the year, or mix months with quarters.

    Raises: RuleError that names the first wrong one.
    """
    seen: set[Period] = set()
    for period in periods:
        if period in seen:
            raise RuleError(f"“periods”: {period.label} có hai lần.")
        if not year.holds(period):
            raise RuleError(f"“periods”: {period.label} nằm ngoài năm {year.year}.")
        seen.add(period)
    if len({period.months for period in periods}) > 1:
        raise RuleError("“periods”: chỉ dùng một nhịp theo dõi, tháng hoặc quý, không trộn cả hai.")
    if year.first_month == DECEMBER and any(period.months > 1 for period in periods):
        raise RuleError("“periods”: năm công tác từ tháng 12 theo dõi theo tháng, không theo quý.")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What the close of the last period changes: the level decided before and the one it comes to."""

    before: Level
    after: Level
    because: Because


def replacement(
    decided: Level, closed: Fraction | None, facts: PersonFacts, rules: PeopleLevels
) -> Replacement | None:
    """Whether the level decided before the last period closed would now be another; None when it stands.

    Ranking is due before 15 December, so December or the fourth quarter is provisional then. `closed`: the
    points of the year once it is closed. Both levels are those before quotas.
    Source: Decree 335/2025, article 19 clause 2; article 21 clause 3.
    """
    last = rank_person(closed, facts, rules).level
    if decided is last:
        return None
    points = "không có điểm" if closed is None else f"{in_words(closed)} điểm"
    text = (
        f"Khi chốt kỳ cuối năm ({points}), mức trước khi áp tỷ lệ là {last.label}, "
        f"mức đã quyết định là {decided.label}: cần quyết định thay thế."
    )
    return Replacement(decided, last, Because(rules.replacement_article, text))
