"""Who is told what on which day: over a month with Tết, rung by rung."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.holidays import VIETNAM
from nep.movements.domain.urging import (
    USUAL,
    Item,
    Level,
    Policy,
    days_told,
    in_order,
    levels,
    subject,
    waits_too_long,
)

DUE = date(2026, 2, 12)  # a Thursday; Tết is from the 14th to the 22nd


def told(day: date, policy: Policy = USUAL) -> frozenset[Level]:
    return levels(DUE, day, policy, VIETNAM)


def test_a_month_with_tet_rung_by_rung() -> None:
    spoken = {}
    for step in range(-10, 30):
        day = DUE + timedelta(days=step)
        if found := told(day):
            spoken[day.isoformat()] = sorted(found)
    assert spoken == {
        "2026-02-05": ["before"],
        "2026-02-11": ["before"],
        "2026-02-12": ["due"],
        "2026-02-13": ["after"],
        "2026-02-24": ["head"],
        "2026-02-25": ["after"],
        "2026-02-27": ["head"],
        "2026-03-02": ["after"],
        "2026-03-04": ["head"],
        "2026-03-05": ["above", "after"],
        "2026-03-09": ["head"],
        "2026-03-10": ["above", "after"],
        "2026-03-12": ["head"],
        "2026-03-13": ["above", "after"],
    }


@pytest.mark.parametrize("day", [date(2026, 2, 14), date(2026, 2, 17), date(2026, 3, 1)])
def test_nobody_is_told_on_a_day_off(day: date) -> None:
    assert told(day) == frozenset()


def test_a_last_day_on_a_day_off_is_told_on_the_working_day_before() -> None:
    assert levels(date(2026, 2, 15), date(2026, 2, 13), USUAL, VIETNAM) == {Level.DUE}


@given(st.integers(-60, 60), st.integers(1, 6), st.integers(1, 9), st.integers(0, 20))
def test_what_is_told_by_day_is_what_is_told_of_each_term(
    step: int, every: int, head: int, later: int
) -> None:
    policy = Policy((5, 1), every, head, head + later, 3)
    day = DUE + timedelta(days=step)
    assert days_told(day, policy, VIETNAM).get(DUE, frozenset()) == levels(DUE, day, policy, VIETNAM)


@given(st.integers(0, 200))
def test_who_is_done_in_time_hears_of_it_at_most_three_times(start: int) -> None:
    due = date(2026, 1, 1) + timedelta(days=start)
    before = [levels(due, due - timedelta(days=step), USUAL, VIETNAM) for step in range(40)]
    assert sum(bool(spoken) for spoken in before) <= 3


@pytest.mark.parametrize(
    ("policy", "wrong"),
    [
        (Policy(before=(0,)), "Nhắc trước từ 1 đến 20 ngày làm việc, mỗi số ngày một lần."),
        (Policy(before=(5, 5)), "Nhắc trước từ 1 đến 20 ngày làm việc, mỗi số ngày một lần."),
        (Policy(every=0), "Nhắc lại sau từ 1 đến 20 ngày làm việc."),
        (
            Policy(head_after=11, above_after=10),
            "Báo thủ trưởng sau ít nhất 1 ngày trễ, báo cấp trên không sớm hơn báo thủ trưởng.",
        ),
        (Policy(decide_after=21), "Minh chứng chờ xét được nhắc sau từ 1 đến 20 ngày làm việc."),
    ],
)
def test_a_ladder_that_cannot_be_followed_is_refused(policy: Policy, wrong: str) -> None:
    assert policy.problems() == (wrong,)
    assert USUAL.problems() == ()


def test_evidence_that_waits_is_told_again_and_again() -> None:
    sent = date(2026, 3, 2)
    days = [sent + timedelta(days=step) for step in range(15)]
    assert [f"{day:%d/%m}" for day in days if waits_too_long(sent, day, USUAL, VIETNAM)] == [
        "05/03",
        "10/03",
        "13/03",
    ]


def test_a_digest_counts_its_kinds_and_puts_first_what_one_does_oneself() -> None:
    items = [
        Item(Level.ABOVE, "ba đơn vị", "/a/", 3),
        Item(Level.AFTER, "trễ ít", "/b/", 1),
        Item(Level.AFTER, "trễ lâu", "/c/", 9),
        Item(Level.DUE, "hôm nay", "/d/"),
        Item(None, "chờ xét", "/e/", 4),
    ]
    assert [item.text for item in in_order(items)] == ["hôm nay", "trễ lâu", "trễ ít", "chờ xét", "ba đơn vị"]
    assert subject(items) == (
        "1 việc đến hạn hôm nay, 2 việc đã trễ hạn, 1 mục chờ quyết định, 1 phong trào có đơn vị trễ"
    )
