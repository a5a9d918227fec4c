"""How a last day stands, in working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.calendar import SpecialDay
from nep.kernel.holidays import VIETNAM
from nep.movements.domain.lateness import Standing, standing, working_days

MONDAY = date(2026, 11, 23)  # the day after it is off: the day of Vietnamese culture


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Standing("quiet", "Chưa đặt hạn")),
        (date(2026, 11, 20), Standing("bad", "Trễ 1 ngày", 1)),
        (date(2026, 11, 22), Standing("bad", "Trễ 1 ngày", 1)),
        (date(2026, 11, 16), Standing("bad", "Trễ 5 ngày", 5)),
        (date(2026, 8, 28), Standing("bad", "Trễ 58 ngày", 58)),
        (MONDAY, Standing("warn", "Hôm nay")),
        (date(2026, 11, 27), Standing("warn", "Còn 3 ngày")),
        (date(2026, 11, 30), Standing("quiet", "Còn 4 ngày")),
        (date(2026, 12, 31), Standing("quiet", "Còn 27 ngày")),
        (date(2027, 3, 2), Standing("quiet", "Còn 64 ngày")),
        (date(2027, 3, 3), Standing("quiet", "Còn 65 ngày")),
        (date(2027, 3, 4), Standing("quiet", "Chưa đến kỳ")),
    ],
)
def test_words_of_a_last_day(due: date | None, expected: Standing) -> None:
    assert standing(due, MONDAY) == expected


def test_a_last_day_at_the_weekend_is_not_called_late() -> None:
    assert standing(date(2026, 11, 29), date(2026, 11, 28)) == Standing("warn", "Còn cuối tuần")


def test_a_last_day_in_tet_is_not_called_late() -> None:
    assert standing(date(2026, 2, 20), date(2026, 2, 14)) == Standing("warn", "Còn ngày nghỉ")
    assert standing(date(2026, 2, 13), date(2026, 2, 23)) == Standing("bad", "Trễ 1 ngày", 1)


def test_a_local_day_off_is_no_day_of_lateness() -> None:
    flood = SpecialDay(date(2026, 11, 23), True, "nghỉ tránh lũ", "Công điện 01")
    assert standing(date(2026, 11, 20), date(2026, 11, 25), calendar=VIETNAM.with_days([flood])) == Standing(
        "bad", "Trễ 1 ngày", 1
    )


def test_a_duty_that_comes_as_it_occurs_says_so() -> None:
    assert standing(None, MONDAY, rule="prompt") == Standing("quiet", "Khi phát sinh")


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(-30, 800))
def test_working_days_are_counted_one_by_one(after: date, span: int) -> None:
    until = after + timedelta(days=span)
    counted = sum(VIETNAM.is_working(after + timedelta(days=step)) for step in range(1, span + 1))
    assert working_days(after, until) == counted
