"""What was done of what was assigned in a period: quantity, quality and progress of converted products."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.numbers import in_words
from nep.regulations.domain.rulesets import ScoreRules


@dataclass(frozen=True, slots=True)
class Work:
    """One product or piece of work, in units of the standard product.

    `failed_reviews` and `delays` count those not excused by an objective cause that the authority confirmed;
    the excused ones are only told.
    `extra` came from others or was unplanned; `reassigned_away` was given to somebody else.
    """

    units: Fraction
    done: bool
    failed_reviews: int = 0
    delays: int = 0
    extra: bool = False
    reassigned_away: bool = False
    failed_excused: int = 0
    delays_excused: int = 0

    @property
    def counts(self) -> bool:
        """Whether it counts above the line."""
        return self.done and not self.reassigned_away


@dataclass(frozen=True, slots=True)
class Ratios:
    """Quantity, quality and progress: shares of what was assigned, 1 for all of it; extra work lifts them."""

    a: Fraction
    b: Fraction
    c: Fraction


def _left(times: int, percent: Fraction) -> Fraction:
    return max(1 - times * percent / 100, Fraction(0))


def assigned(work: Iterable[Work]) -> Fraction:
    """What stands below the line: all that was assigned, also what was given away; extra work does not."""
    return _units(each for each in work if not each.extra)


def ratios(work: Iterable[Work], rules: ScoreRules) -> Ratios | None:
    """The three ratios of a period; None when nothing was assigned.

    A failed review takes a quarter of the product's quality, a delay a quarter of its progress, never below
    zero. Source: Decree 335/2025, article 14 clause 2; article 18 clause 1 point d.
    """
    items = list(work)
    below = assigned(items)
    if below == 0:
        return None
    done = [each for each in items if each.counts]
    quality = (each.units * _left(each.failed_reviews, rules.failed_review_percent) for each in done)
    progress = (each.units * _left(each.delays, rules.delay_percent) for each in done)
    return Ratios(
        _units(done) / below,
        sum(quality, Fraction(0)) / below,
        sum(progress, Fraction(0)) / below,
    )


def explained(work: Iterable[Work], found: Ratios, rules: ScoreRules, period: str) -> list[Because]:
    """What was given in a period, what of it counted and what did not, each with its article."""
    items = list(work)
    done = [each for each in items if each.counts]
    given, counted = in_words(assigned(items)), in_words(_units(done))
    shares = ", ".join(
        f"{name} {in_words(share * 100)} %"
        for name, share in (("số lượng", found.a), ("chất lượng", found.b), ("tiến độ", found.c))
    )
    text = f"{period}: giao {given} đơn vị, tính xong {counted}; {shares}."
    because = [Because(rules.articles["ratios"], text)]
    because += _taken(
        "đánh giá chưa đạt",
        "chất lượng",
        rules.failed_review_percent,
        sum(each.failed_reviews for each in done),
        sum(each.failed_excused for each in done),
        rules.articles["failed_review"],
    )
    because += _taken(
        "chậm",
        "tiến độ",
        rules.delay_percent,
        sum(each.delays for each in done),
        sum(each.delays_excused for each in done),
        rules.articles["delay"],
    )
    if away := _units(each for each in items if each.reassigned_away and not each.extra):
        text = f"{in_words(away)} đơn vị đã giao cho người khác: vẫn là được giao, không tính là xong."
        because.append(Because(rules.articles["extra"], text))
    if extra := _units(each for each in done if each.extra):
        text = f"{in_words(extra)} đơn vị nhận thêm: chỉ cộng vào số đã xong."
        because.append(Because(rules.articles["extra"], text))
    if undone := _units(each for each in items if each.extra and not each.counts):
        text = f"{in_words(undone)} đơn vị nhận thêm chưa xong hoặc đã giao lại: không cộng, không trừ."
        because.append(Because(rules.articles["extra"], text))
    return because


def _units(work: Iterable[Work]) -> Fraction:
    return sum((each.units for each in work), Fraction(0))


def _taken(
    fault: str, share: str, percent: Fraction, counted: int, excused: int, article: str
) -> list[Because]:
    """How often something was faulted, and how often of that it was excused."""
    because = []
    if counted:
        text = f"{counted} lần {fault}, mỗi lần trừ {in_words(percent)} % {share} của sản phẩm."
        because.append(Because(article, text))
    if excused:
        text = f"{excused} lần {fault} do nguyên nhân khách quan đã được xác nhận: không trừ."
        because.append(Because(article, text))
    return because
