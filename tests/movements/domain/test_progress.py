"""How far targets and tasks are."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.movements.domain.progress import (
    Goal,
    Reached,
    Told,
    lacking,
    reached,
    share,
    task_standing,
    told_once,
)
from nep.platform.ui.formats import rate

TODAY = date(2026, 11, 22)
BRIEFED = Goal("Người được phổ biến quy tắc", Decimal(100), "%", "people", date(2026, 12, 31))
MEETINGS = Goal("Tổ chức hội nghị", Decimal(4), "hội nghị", "other")
MODELS = Goal("Mỗi đơn vị xây dựng ít nhất 1 mô hình", Decimal(1), "mô hình", "other")


def told(numerator: int, denominator: int | None, units: int = 2, told: int = 2) -> Told:
    return Told(Decimal(numerator), None if denominator is None else Decimal(denominator), told, 0, units)


@pytest.mark.parametrize(
    ("goal", "what", "word"),
    [
        (BRIEFED, Told(units=5), Reached("quiet", "Chưa có số")),
        (BRIEFED, Told(units=5, with_nothing=1), Reached("quiet", "Không phát sinh")),
        (BRIEFED, told(0, 40), Reached("warn", "Còn 40 người")),
        (BRIEFED, told(4630, 4841), Reached("warn", "Còn 211 người")),
        (BRIEFED, told(39, 40, units=3), Reached("warn", "Còn 1 người, 1 đơn vị chưa báo")),
        (BRIEFED, told(40, 40), Reached("good", "Đạt")),
        (BRIEFED, told(40, 40, units=3), Reached("warn", "Còn 1 đơn vị chưa báo")),
        (MEETINGS, told(3, None), Reached("warn", "Còn 1 hội nghị")),
        (MEETINGS, told(5, None, units=9), Reached("good", "Đạt")),
        (MODELS, told(1, None, units=3, told=1), Reached("warn", "Còn 2 mô hình")),
        (MODELS, told(3, None, units=3, told=3), Reached("good", "Đạt")),
    ],
)
def test_a_target_says_in_a_word_what_is_lacking(goal: Goal, what: Told, word: Reached) -> None:
    assert reached(goal, what, TODAY) == word


@pytest.mark.parametrize(
    ("what", "word"),
    [
        (Told(units=5), Reached("bad", "Quá hạn, chưa báo cáo")),
        (told(9, 10), Reached("bad", "Còn 1 người")),
        (told(10, 10), Reached("good", "Đạt")),
    ],
)
def test_after_the_last_day_what_is_lacking_is_late(what: Told, word: Reached) -> None:
    over = Goal("Phổ biến", Decimal(100), "%", "people", TODAY - timedelta(days=1))
    assert reached(over, what, TODAY) == word


def test_nobody_told_nothing_to_report_and_zero_are_three_things() -> None:
    assert [Told(units=2).absent, Told(units=2, with_nothing=2).absent, told(0, 10).absent] == [
        "missing",
        "nothing",
        "",
    ]


def test_only_shares_replace_what_was_told_before() -> None:
    assert (told_once("%"), told_once("hội nghị")) == (True, False)


figures = st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)).map(lambda pair: (min(pair), pair[1]))


@given(figures)
def test_a_share_is_cut_never_rounded_up_and_never_over_all(pair: tuple[int, int]) -> None:
    numerator, denominator = pair
    exact = share(told(numerator, denominator))
    assert exact == Fraction(numerator, denominator)
    words = rate(numerator, denominator).removesuffix("\u00a0%")
    shown = Fraction(words.replace(".", "").replace(",", ".")) / 100
    assert shown <= exact <= 1
    assert exact - shown < Fraction(1, 1000)
    assert (shown == 1) == (numerator == denominator)


@given(figures, st.integers(1, 100))
def test_what_is_lacking_is_the_least_that_reaches_the_goal(pair: tuple[int, int], value: int) -> None:
    numerator, denominator = pair
    goal = Goal("Phổ biến", Decimal(value), "%", "people")
    missing = lacking(goal, told(numerator, denominator))
    assert 100 * (numerator + missing) >= value * denominator
    assert missing == 0 or 100 * (numerator + missing - 1) < value * denominator
    assert (reached(goal, told(numerator, denominator), TODAY).kind == "good") == (missing == 0)


@pytest.mark.parametrize(
    ("state", "days", "standing"),
    [
        ("accepted", -9, "done"),
        ("sent", -9, "waiting"),
        ("open", -1, "late"),
        ("returned", -1, "late"),
        ("open", 0, "doing"),
        ("open", 30, "doing"),
        ("returned", 31, "not_due"),
        ("open", None, "doing"),
    ],
)
def test_where_a_task_stands(state: str, days: int | None, standing: str) -> None:
    due = None if days is None else TODAY + timedelta(days=days)
    assert task_standing(state, due, TODAY) == standing
