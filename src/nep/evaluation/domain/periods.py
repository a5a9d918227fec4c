"""The points of a month or quarter: general criteria and results of tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.fields import Fields
from nep.evaluation.domain.numbers import in_words
from nep.evaluation.domain.work import Ratios, Work, explained, ratios
from nep.regulations.domain.rulesets import ScoreRules

YEARS = range(2020, 2101)
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, or a quarter named by its last month."""

    year: int
    month: int
    months: int = 1

    @classmethod
    def read(cls, fields: Fields) -> Period:
        """The period that a field `period` names, `2026-01` or `2026-Q1`.

        Raises: RuleError.
        """
        text = fields.get("period")
        if not isinstance(text, str):
            raise fields.wrong("period", "phải là chữ, ví dụ 2026-01 hoặc 2026-Q1")
        if month := _MONTH.fullmatch(text):
            found = cls(int(month[1]), int(month[2]))
        elif quarter := _QUARTER.fullmatch(text):
            found = cls(int(quarter[1]), 3 * int(quarter[2]), 3)
        else:
            raise fields.wrong("period", f"phải là tháng (2026-01) hay quý (2026-Q1), không phải “{text}”")
        if found.year not in YEARS:
            raise fields.wrong("period", f"phải từ năm {YEARS[0]} đến năm {YEARS[-1]}")
        return found

    def __str__(self) -> str:
        return f"{self.year}-Q{self.month // 3}" if self.months == 3 else f"{self.year}-{self.month:02d}"

    @property
    def label(self) -> str:
        """The period as officials write it."""
        roman = ("I", "II", "III", "IV")
        if self.months == 3:
            return f"quý {roman[self.month // 3 - 1]}/{self.year}"
        return f"tháng {self.month}/{self.year}"

    @property
    def over_on(self) -> date:
        """The first day after it."""
        return date(self.year + self.month // 12, self.month % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Leadership:
    """The three shares of who leads, each one of those that the rule set allows; percent."""

    results: Fraction
    organising: Fraction
    unity: Fraction


@dataclass(frozen=True, slots=True)
class PeriodGiven:
    """What was recorded of one person in one period; `leadership` None for who led nothing.

    `provisional`: the year is ranked before the period has closed.
    """

    period: Period
    general: Fraction
    work: tuple[Work, ...]
    leadership: Leadership | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """The points of a period and how they came about; no ratios and no points when nothing was assigned.

    Points: 0 to 100; more where an agency has lifted the cap of the task part.
    """

    period: Period
    ratios: Ratios | None
    task_share: Fraction | None
    points: Fraction | None
    because: tuple[Because, ...]


def period_score(given: PeriodGiven, rules: ScoreRules, *, capped: bool = True) -> PeriodScore:
    """Score one period.

    The mean of three ratios, or of six for who leads, times the points for tasks, which it may not exceed;
    plus the points for general criteria. Source: Decree 335/2025, articles 12, 14 to 17.
    """
    found = ratios(given.work, rules)
    name = given.period.label[:1].upper() + given.period.label[1:]
    if found is None:
        what = f"{name} chỉ có việc nhận thêm," if given.work else name
        why = Because(rules.articles["ratios"], f"{what} không được giao việc nên không có điểm.")
        return PeriodScore(given.period, None, None, None, (why,))
    shares, article = _shares(found, given.leadership, rules)
    share = sum(shares, Fraction(0)) / len(shares)
    full = share * rules.task_most
    task = min(full, rules.task_most) if capped else full
    text = f"Trung bình {len(shares)} tỷ lệ là {in_words(share * 100)} %, tức {in_words(full)} điểm."
    because = [*explained(given.work, found, rules, name)]
    if given.leadership is not None:
        because.append(_led(given.leadership, rules))
    because.append(Because(article, text))
    if full > rules.task_most:
        most = in_words(rules.task_most)
        text = f"Điểm nhiệm vụ tính nhiều nhất {most} điểm."
        lifted = f"Cơ quan không giới hạn điểm nhiệm vụ ở {most} điểm."
        because.append(Because(rules.articles["task"], text if capped else lifted))
    points = given.general + task
    text = f"{in_words(given.general)} điểm chung + {in_words(task)} điểm nhiệm vụ = {in_words(points)} điểm."
    because.append(Because(rules.articles["points"], text))
    return PeriodScore(given.period, found, share, points, tuple(because))


def _shares(found: Ratios, led: Leadership | None, rules: ScoreRules) -> tuple[list[Fraction], str]:
    """The shares of which the mean is taken, and the article that says so."""
    own = [found.a, found.b, found.c]
    if led is None:
        return own, rules.articles["mean"]
    return [*own, led.results / 100, led.organising / 100, led.unity / 100], rules.articles["leaders_mean"]


def _led(led: Leadership, rules: ScoreRules) -> Because:
    shares = (
        ("kết quả của đơn vị", led.results),
        ("tổ chức triển khai", led.organising),
        ("đoàn kết", led.unity),
    )
    told = "; ".join(f"{name} {in_words(share)} %" for name, share in shares)
    return Because(rules.articles["leadership"], f"Lãnh đạo, quản lý: {told}.")


def mean(scores: Sequence[PeriodScore]) -> Fraction | None:
    """The mean of the periods that have points; None when none has.

    Source: Decree 335/2025, article 17 clause 3.
    """
    points = [each.points for each in scores if each.points is not None]
    return sum(points, Fraction(0)) / len(points) if points else None
