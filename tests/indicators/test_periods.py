"""Months, quarters and years."""

from datetime import date

import pytest

from nep.indicators.domain.figures import Said, problems
from nep.indicators.domain.periods import (
    MONTH,
    QUARTER,
    YEAR,
    period_of,
    periods_back,
    periods_between,
    read_period,
)
from nep.indicators.domain.sums import Sum

DAY = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("grain", "key", "name", "first", "last"),
    [
        (MONTH, "2026-05", "Tháng 05/2026", date(2026, 5, 1), date(2026, 5, 31)),
        (QUARTER, "2026-Q2", "Quý II/2026", date(2026, 4, 1), date(2026, 6, 30)),
        (YEAR, "2026", "Năm 2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_has_a_key_a_name_and_two_ends(
    grain: str, key: str, name: str, first: date, last: date
) -> None:
    period = period_of(grain, DAY)
    assert (period.key, period.name, period.starts_on, period.ends_on) == (key, name, first, last)
    assert read_period(grain, key) == period
    assert period.next.last == period


@pytest.mark.parametrize("key", ["", "2026-13", "2026-Q5", "2026-5", "năm nay", "2026-Q2 "])
def test_a_key_of_no_month_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        read_period(MONTH, key)


def test_periods_are_counted_across_years() -> None:
    assert [one.key for one in periods_back(MONTH, date(2026, 2, 28), 3)] == ["2025-12", "2026-01", "2026-02"]
    touched = periods_between(QUARTER, date(2025, 12, 31), date(2026, 4, 1))
    assert [one.key for one in touched] == ["2025-Q4", "2026-Q1", "2026-Q2"]


def test_silence_nothing_and_zero_are_three_things() -> None:
    silent, nothing, zero = Sum(3), Sum(3, nothing=3), Sum(3, told=3, denominator=Sum().denominator + 9)
    assert [one.state for one in (silent, nothing, zero)] == ["missing", "nothing", "told"]
    assert (silent.missing, nothing.missing, zero.missing) == (3, 0, 0)
    assert (silent.share, nothing.share, zero.share) == (None, None, 0)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Said(5, 10), []),
        (Said(0, 10), []),
        (Said(nothing=True), []),
        (Said(5, nothing=True), ["nothing"]),
        (Said(5), ["denominator"]),
        (Said(None, 10), ["numerator"]),
        (Said(), ["numerator", "denominator"]),
        (Said(11, 10), ["numerator"]),
        (Said(-1, 10), ["numerator"]),
        (Said(0, 0), ["denominator"]),
        (Said(10**13, 10**13), ["numerator"]),
    ],
)
def test_what_can_be_a_share(said: Said, fields: list[str]) -> None:
    assert [problem.field for problem in problems(said, share=True)] == fields
