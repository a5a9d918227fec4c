"""A legal rule set as dated, cited data: who it binds, its points, levels, vetoes, quotas, parameters.

No expressions: a rule set names thresholds and facts; the arithmetic is named code of `nep.evaluation`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from nep.regulations.domain.criteria import CriteriaSet

Value = int | str | bool

LEVEL_CODES = ("HTXS", "HTT", "HTNV", "KHT")


@dataclass(frozen=True, slots=True)
class Cited:
    """A number of the law with its article; percents and points are exact."""

    value: Fraction
    article: str


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """How points of a period are made. `articles` cites each step by its name in the file."""

    general_most: Fraction
    task_most: Fraction
    failed_review_percent: Fraction
    delay_percent: Fraction
    leadership_allowed: tuple[Fraction, ...]
    articles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A level from so many points on; the conditions besides points are those of collectives.

    `done`, `on_time`, `exceeded`, `late_most`: percent of the tasks assigned; None where nothing is asked.
    """

    level: str
    points: Fraction
    article: str
    done: Fraction | None = None
    on_time: Fraction | None = None
    exceeded: Fraction | None = None
    late_most: Fraction | None = None
    no_failed_subordinate: bool = False
    faults_fixed: bool = False


@dataclass(frozen=True, slots=True)
class Veto:
    """A concluded fact that decides the level whatever the points are."""

    fact: str
    level: str
    article: str
    leaders_only: bool = False


@dataclass(frozen=True, slots=True)
class NotRanked:
    """Who is not ranked: fewer months worked than `months`, unless on one of these leaves."""

    months: Fraction
    unless_leave: tuple[str, ...]
    article: str
    unless_article: str


@dataclass(frozen=True, slots=True)
class PeopleLevels:
    """The levels of people from the highest down, what overrides points, and the cap of heads."""

    levels: tuple[LevelRule, ...]
    vetoes: tuple[Veto, ...]
    not_ranked: NotRanked
    head_article: str
    replacement_article: str


@dataclass(frozen=True, slots=True)
class UnitConditions:
    """What is asked of the unit that somebody leads; percents, None where nothing is asked."""

    done: Fraction | None = None
    on_time: Fraction | None = None
    exceeded: Fraction | None = None
    subordinates_met: Fraction | None = None
    subordinates_good: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ConditionRule:
    """A level by conditions alone. `general`: how the general criteria must be met, `good` or `met`."""

    level: str
    general: str
    unit: UnitConditions
    articles: Mapping[str, str]
    done: Fraction | None = None
    on_time: Fraction | None = None
    exceeded: Fraction | None = None
    late_most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class PeopleConditions:
    """The levels of people where a rule set knows no points; articles by subject.

    `late_over`, `unit_done_under`: percents beyond which somebody fails.
    """

    levels: tuple[ConditionRule, ...]
    late_over: Fraction
    unit_done_under: Fraction
    failing_articles: Mapping[str, str]
    vetoes: tuple[str, ...]
    leaders_vetoes: tuple[str, ...]
    not_ranked: NotRanked


@dataclass(frozen=True, slots=True)
class CollectiveLevels:
    """The levels of collectives from the highest down, and what makes the lowest."""

    levels: tuple[LevelRule, ...]
    wrongdoing_article: str
    least_done: Cited


@dataclass(frozen=True, slots=True)
class Quota:
    """How many may stand on the highest level: a percent of those on `of`, more by decision."""

    percent: Fraction
    most_percent: Fraction
    of: str
    article: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline of the law in the written form of `nep.kernel.deadlines`."""

    rule: str
    article: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an agency may set, within what the rule set allows."""

    default: Value
    choices: tuple[Value, ...] = ()
    least: int | None = None
    most: int | None = None
    article: str = ""
    why: str = ""

    def allows(self, value: Value) -> bool:
        """Whether an agency may set this value."""
        if type(value) is not type(self.default):
            return False
        if self.choices:
            return value in self.choices
        if isinstance(value, bool) or not isinstance(value, int):
            return True
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One version of a rule set. `starts_on` is within, `ends_on` is not; None: until further notice.

    `ends_for` names subjects that it stops binding earlier, each with its first free day. `by_decision` names
    subjects to which it applies only where their agency decides so, each with what lets it decide.
    `needs_confirmation` says in one sentence each what was not read in the law itself. A part that the rule
    set does not know is None: a set without `score` has no points.
    """

    code: str
    version: int
    hash: str
    title: str
    starts_on: date
    ends_on: date | None
    people: tuple[str, ...]
    collectives: tuple[str, ...]
    ends_for: Mapping[str, date] = field(default_factory=dict)
    by_decision: Mapping[str, str] = field(default_factory=dict)
    needs_confirmation: tuple[str, ...] = ()
    score: ScoreRules | None = None
    people_levels: PeopleLevels | None = None
    people_conditions: PeopleConditions | None = None
    collective_levels: CollectiveLevels | None = None
    criteria: CriteriaSet | None = None
    quotas: Mapping[str, Quota] = field(default_factory=dict)
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What a stored result keeps: `code@version#hash`."""
        return f"{self.code}@{self.version}#{self.hash}"

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everybody it binds, people and collectives."""
        return (*self.people, *self.collectives)

    def in_force_on(self, day: date, subject: str) -> bool:
        """Whether it is in force for a subject on a day."""
        ends_on = self.ends_for.get(subject, self.ends_on)
        return self.starts_on <= day and (ends_on is None or day < ends_on)
