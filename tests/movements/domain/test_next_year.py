"""Deadline rules and words moved by years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.rhythm import Rule
from nep.movements.domain.next_year import moved_rule, moved_words
from nep.movements.domain.reviews import Gathered, lacking


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        ("", ""),
        ("before:2026-06-30", "before:2027-06-30"),
        ("on:2028-02-29", "on:2029-02-28"),
        ("before:2026-11", "before:2027-11"),
        ("in:2026-05", "in:2027-05"),
        ("in:2026-Q2", "in:2027-Q2"),
        ("in:2026", "in:2027"),
        ("period:2026..2030", "period:2027..2031"),
        ("effective:2026-07-01", "effective:2027-07-01"),
        ("yearly:before:12-15", "yearly:before:12-15"),
        ("monthly:before:20", "monthly:before:20"),
        ("prompt", "prompt"),
        ("periodic", "periodic"),
    ],
)
def test_fixed_days_move_and_rhythms_stay(rule: str, moved: str) -> None:
    assert moved_rule(rule, 1) == moved


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)),
    st.integers(1, 9),
)
def test_a_moved_day_is_a_day(day: date, years: int) -> None:
    moved = Rule(moved_rule(f"before:{day}", years))
    named = moved.next_day(day)
    assert named is not None
    assert (named.year, named.month) == (day.year + years, day.month)


def test_years_in_a_title_move() -> None:
    assert moved_words("Kế hoạch 118 năm 2026, giai đoạn 2026–2030", 1) == (
        "Kế hoạch 118 năm 2027, giai đoạn 2027–2031"
    )


def test_what_a_review_still_lacks() -> None:
    nothing = Gathered(4, 1, 1, 3, 0, 0, assessed=False)
    assert lacking(nothing) == (
        "2 đơn vị chưa gửi báo cáo.",
        "1 báo cáo của đơn vị chờ xét.",
        "Chưa chọn điển hình nào trong 3 đề cử.",
        "Chưa ghi bài học nào.",
        "Chưa viết đánh giá chung.",
    )
    assert lacking(Gathered(4, 4, 0, 3, 1, 2, assessed=True)) == ()
