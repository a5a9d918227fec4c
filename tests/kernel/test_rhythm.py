"""Deadline rules: words and next days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.holidays import VIETNAM
from nep.kernel.rhythm import RHYTHMS, Rule

AFTER = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("rule", "words", "day"),
    [
        ("before:2026-12-15", "trước ngày 15/12/2026", date(2026, 12, 15)),
        ("by:2026-12-15", "chậm nhất ngày 15/12/2026", date(2026, 12, 15)),
        ("yearly:by:12-15", "chậm nhất ngày 15/12 hằng năm", date(2026, 12, 15)),
        ("half-yearly:by:06-20", "chậm nhất ngày 20/06 (kỳ 6 tháng)", date(2026, 12, 20)),
        ("quarterly:by:20", "chậm nhất ngày 20 tháng cuối quý", date(2026, 12, 20)),
        ("monthly:by:05", "chậm nhất ngày 05 hằng tháng", date(2026, 12, 5)),
        ("month:working-day:5", "ngày làm việc thứ 5 hằng tháng", date(2026, 12, 7)),
        ("before:2018-08", "chậm nhất hết tháng 08/2018", date(2018, 8, 31)),
        ("on:2026-02-28", "ngày 28/02/2026", date(2026, 2, 28)),
        ("in:2028", "trong năm 2028", date(2028, 12, 31)),
        ("in:2024-02", "trong tháng 02/2024", date(2024, 2, 29)),
        ("in:2026-Q4", "trong quý IV/2026", date(2026, 12, 31)),
        ("period:2021..2025", "cả giai đoạn 2021–2025", date(2025, 12, 31)),
        ("yearly", "hằng năm", date(2026, 12, 31)),
        ("yearly:before:12-15", "trước ngày 15/12 hằng năm", date(2026, 12, 15)),
        ("yearly:before:11-20", "trước ngày 20/11 hằng năm", date(2027, 11, 20)),
        ("yearly:on:02-29", "ngày 29/02 hằng năm", date(2027, 2, 28)),
        ("half-yearly", "6 tháng một lần", date(2026, 12, 31)),
        ("half-yearly:before:06-20", "trước ngày 20/06 (kỳ 6 tháng)", date(2026, 12, 20)),
        ("quarterly", "hằng quý", date(2026, 12, 31)),
        ("quarterly:before:20", "trước ngày 20 tháng cuối quý", date(2026, 12, 20)),
        ("monthly", "hằng tháng", date(2026, 11, 30)),
        ("monthly:before:05", "trước ngày 05 hằng tháng", date(2026, 12, 5)),
        ("monthly:before:31", "trước ngày 31 hằng tháng", date(2026, 11, 30)),
        ("weekly", "hằng tuần", date(2026, 11, 27)),
        ("periodic", "định kỳ, chưa rõ nhịp", None),
        ("prompt", "kịp thời, ngay khi phát sinh", None),
        ("effective:2026-01-01", "có hiệu lực từ ngày 01/01/2026", date(2026, 1, 1)),
    ],
)
def test_words_and_next_day(rule: str, words: str, day: date | None) -> None:
    assert Rule(rule).in_words() == words
    assert Rule(rule).next_day(AFTER) == day


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "daily",
        "before:2026-13-01",
        "before:2026-02-30",
        "monthly:before:00",
        "in:2026-Q5",
        "yearly:before:13-01",
        "yearly:before:02-30",
        "half-yearly:by:04-31",
        "by:2026-10",
        "in:9999",
        "period:2025..2021",
        "month:working-day:24",
    ],
)
def test_unknown_forms_are_refused(rule: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Rule(rule)


@pytest.mark.parametrize("rhythm", RHYTHMS)
@given(after=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_rhythm_never_names_a_day_that_is_past(rhythm: str, after: date) -> None:
    day = Rule(rhythm).next_day(after)
    assert day is not None
    assert after <= day
    assert Rule(rhythm).next_day(day) == day


def test_a_calendar_tells_the_last_working_day_of_a_week_and_the_days_of_a_month() -> None:
    assert Rule("weekly").next_day(date(2026, 2, 16), VIETNAM) == date(2026, 2, 27)
    assert Rule("weekly").next_day(date(2026, 2, 16)) == date(2026, 2, 20)
    assert Rule("month:working-day:5").next_day(date(2026, 1, 1), VIETNAM) == date(2026, 1, 9)
    assert Rule("month:working-day:5").next_day(date(2026, 1, 1)) == date(2026, 1, 7)


@pytest.mark.parametrize(
    ("rule", "named", "last"),
    [
        ("yearly:before:12-15", date(2025, 12, 15), date(2025, 12, 14)),
        ("yearly:by:12-15", date(2029, 12, 15), date(2029, 12, 17)),
        ("before:2026-10", date(2026, 10, 31), date(2026, 11, 2)),
        ("monthly", date(2026, 4, 30), date(2026, 5, 4)),
        ("effective:2026-08-01", date(2026, 8, 1), date(2026, 8, 1)),
        ("weekly", date(2026, 2, 27), date(2026, 2, 27)),
    ],
)
def test_the_last_day_in_time(rule: str, named: date, last: date) -> None:
    assert Rule(rule).last_day(named, VIETNAM) == last


@pytest.mark.parametrize(
    ("rule", "rhythm", "day_of_month", "day_before"),
    [
        ("month:working-day:5", "monthly", None, False),
        ("quarterly:before:20", "quarterly", 20, True),
        ("half-yearly:by:06-15", "half-yearly", 15, False),
        ("before:2026-10", "", None, False),
        ("before:2026-10-05", "", None, True),
    ],
)
def test_what_a_rule_is(rule: str, rhythm: str, day_of_month: int | None, day_before: bool) -> None:
    told = Rule(rule)
    assert (told.rhythm, told.day_of_month, told.ends_the_day_before) == (rhythm, day_of_month, day_before)
