"""Deadlines: what holds for every rule, every day, every calendar; what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.calendar import Calendar, SpecialDay
from nep.kernel.deadlines import due, months_later
from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM
from nep.kernel.rhythm import Rule

ONE = timedelta(days=1)
DAYS = st.dates(date(2018, 1, 1), date(2045, 12, 31))
COUNTED = st.one_of(
    st.integers(1, 400).map(lambda number: f"days:{number}"),
    st.integers(1, 120).map(lambda number: f"working-days:{number}"),
    st.integers(1, 36).map(lambda number: f"months:{number}"),
)
OF_A_MONTH = st.builds(
    "{}:{}:{:02d}".format,
    st.sampled_from(["monthly", "quarterly"]),
    st.sampled_from(["before", "by"]),
    st.integers(1, 31),
)
OF_A_YEAR = st.builds(
    lambda head, word, day: f"{head}:{word}:{day:%m-%d}",
    st.sampled_from(["yearly", "half-yearly"]),
    st.sampled_from(["before", "by", "on"]),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)),
)
RHYTHMS = st.one_of(
    st.sampled_from(["yearly", "half-yearly", "quarterly", "monthly", "weekly"]),
    st.integers(1, 23).map(lambda number: f"month:working-day:{number}"),
    OF_A_MONTH,
    OF_A_YEAR,
)
FIXED = st.one_of(
    st.builds(lambda word, day: f"{word}:{day}", st.sampled_from(["before", "by", "on", "effective"]), DAYS),
    st.builds(lambda word, day: f"{word}:{day:%Y-%m}", st.sampled_from(["before", "in"]), DAYS),
    DAYS.map(lambda day: f"in:{day.year}"),
    DAYS.map(lambda day: f"in:{day.year}-Q{(day.month + 2) // 3}"),
    DAYS.map(lambda day: f"period:{day.year - 4}..{day.year}"),
)
ANY = st.one_of(COUNTED, RHYTHMS, FIXED)


def _never_moves(rule: str) -> bool:
    return (":before:" in f":{rule}" and len(rule) != len("before:2026-10")) or rule.startswith("effective:")


def _with(day: date, *, off: bool = True) -> Calendar:
    return VIETNAM.with_days([SpecialDay(day, off, "nghỉ tránh lũ", "Công điện 05")])


@given(ANY, DAYS)
def test_the_last_day_is_a_working_day_unless_it_never_moves(rule: str, after: date) -> None:
    found = due(rule, after, VIETNAM)
    if not _never_moves(rule):
        assert VIETNAM.is_working(found.last_day)
        assert found.last_day >= found.named_on
        assert VIETNAM.working_days(found.named_on - ONE, found.last_day) == 1
    elif rule.startswith("effective:"):
        assert found.last_day == found.named_on
    else:
        assert found.last_day == found.named_on - ONE


@given(st.one_of(COUNTED, RHYTHMS), DAYS)
def test_what_comes_next_is_not_over(rule: str, after: date) -> None:
    assert due(rule, after, VIETNAM).named_on >= after


@given(RHYTHMS, DAYS)
def test_the_next_one_is_the_same_from_its_own_day(rule: str, after: date) -> None:
    found = due(rule, after, VIETNAM)
    again = due(rule, found.named_on, VIETNAM)
    assert (again.named_on, again.last_day) == (found.named_on, found.last_day)


@given(st.one_of(COUNTED, RHYTHMS), DAYS, st.integers(0, 60))
def test_who_starts_later_is_never_due_earlier(rule: str, after: date, later: int) -> None:
    first, second = due(rule, after, VIETNAM), due(rule, after + timedelta(days=later), VIETNAM)
    assert first.named_on <= second.named_on
    assert first.last_day <= second.last_day


@given(st.sampled_from(["days", "working-days", "months"]), st.integers(1, 60), DAYS)
def test_a_longer_term_never_ends_earlier(unit: str, number: int, after: date) -> None:
    shorter = due(f"{unit}:{number}", after, VIETNAM)
    longer = due(f"{unit}:{number + 1}", after, VIETNAM)
    assert shorter.last_day <= longer.last_day


@given(COUNTED, DAYS, st.integers(0, 500))
def test_a_further_day_off_never_ends_a_counted_term_earlier(rule: str, after: date, step: int) -> None:
    was = due(rule, after, VIETNAM)
    now = due(rule, after, _with(after + timedelta(days=step)))
    assert was.last_day <= now.last_day


@given(st.one_of(OF_A_MONTH, OF_A_YEAR, FIXED), DAYS, st.integers(-3, 10))
def test_a_further_day_off_never_brings_a_named_day_earlier(rule: str, after: date, step: int) -> None:
    was = due(rule, after, VIETNAM)
    now = due(rule, after, _with(was.named_on + timedelta(days=step)))
    assert was.named_on == now.named_on
    assert was.last_day <= now.last_day
    if _never_moves(rule):
        assert was.last_day == now.last_day


@given(COUNTED, DAYS)
def test_a_day_off_where_the_term_ends_moves_it_and_is_told(rule: str, after: date) -> None:
    was = due(rule, after, VIETNAM)
    now = due(rule, after, _with(was.last_day))
    assert now.last_day > was.last_day
    assert "nghỉ tránh lũ" in now.explanation
    assert now.source.count("Công điện 05") == 1


@given(COUNTED, DAYS, st.integers(1, 60))
def test_a_day_off_after_the_end_changes_nothing(rule: str, after: date, step: int) -> None:
    was = due(rule, after, VIETNAM)
    assert due(rule, after, _with(was.last_day + timedelta(days=step))) == was


@given(st.integers(1, 120), DAYS)
def test_working_days_are_those_between(number: int, after: date) -> None:
    found = due(f"working-days:{number}", after, VIETNAM)
    assert VIETNAM.working_days(after, found.last_day) == number


@given(st.integers(1, 20), DAYS)
def test_the_nth_working_day_is_the_nth_of_its_month(number: int, after: date) -> None:
    found = due(f"month:working-day:{number}", after, VIETNAM)
    before = found.named_on.replace(day=1) - ONE
    count = VIETNAM.working_days(before, found.named_on)
    end = months_later(before + ONE, 1) - ONE
    assert count == min(number, VIETNAM.working_days(before, end))


@given(DAYS)
def test_a_week_ends_with_its_last_working_day(after: date) -> None:
    found = due("weekly", after, VIETNAM).named_on
    sunday = found + timedelta(days=6 - found.weekday())
    assert VIETNAM.working_days(found, sunday) == 0
    assert not any(
        VIETNAM.is_working(day)
        for day in (after + timedelta(days=step) for step in range((found - after).days))
        if day.isocalendar()[:2] != found.isocalendar()[:2]
    )


@given(DAYS, st.integers(1, 600))
def test_months_later_keeps_the_day_or_takes_the_end(start: date, number: int) -> None:
    end = months_later(start, number)
    assert (end.year - start.year) * 12 + end.month - start.month == number
    assert end.day == start.day or (end.day < start.day and (end + ONE).day == 1)


@given(ANY, DAYS)
def test_every_result_is_one_sentence_with_its_rule_and_source(rule: str, after: date) -> None:
    found = due(rule, after, VIETNAM)
    assert found.explanation.endswith(".")
    assert ". " not in found.explanation
    assert f"{found.last_day:%d/%m/%Y}" in found.explanation
    assert found.source.startswith("Bộ luật Dân sự 2015, Điều 14")
    unit, _, number = rule.partition(":")
    if unit in {"days", "working-days", "months"}:
        assert found.explanation.startswith(f"{number} ")
    else:
        assert Rule(rule).in_words() in found.explanation


@given(st.integers(2018, 2045), st.integers(1, 7))
def test_who_steps_over_tet_says_so(year: int, before: int) -> None:
    days = VIETNAM.special_days(date(year, 1, 2), date(year, 3, 31))
    first = next(special.day for special in days if special.name == "Tết Nguyên đán")
    found = due("working-days:10", first - before * ONE, VIETNAM)
    assert "5 ngày Tết Nguyên đán" in found.explanation
    assert "điểm b" in found.source


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (
            "prompt",
            "Thời hạn “kịp thời, ngay khi phát sinh” không nêu ngày nào nên không tính được ngày đến hạn.",
        ),
        ("periodic", "Thời hạn “định kỳ, chưa rõ nhịp” không nêu ngày nào nên không tính được ngày đến hạn."),
        ("days:9999999", ""),
        ("working-days:2501", "Thời hạn “working-days:2501” quá dài; nhiều nhất là working-days:2500."),
    ],
)
def test_a_rule_without_a_day_is_refused_in_one_sentence(rule: str, sentence: str) -> None:
    with pytest.raises(RuleError) as refused:
        due(rule, date(2026, 3, 2), VIETNAM)
    assert sentence in refused.value.reason


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "days",
        "days:0",
        "days:-1",
        "days:1.5",
        "days:٣",
        "days:3\n",
        "hours:3",
        "month:working-day:0",
        "month:working-day:24",
        "month:working-day:5x",
        "yearly:before:02-30",
        "yearly:by:13-01",
        "quarterly:by:32",
        "monthly:by:00",
        "by:2026-02-30",
        "by:2026-10",
        "before:2026-13",
        "in:2026-Q5",
        "in:9999",
        "period:2025..2021",
        "weekly:friday",
    ],
)
def test_a_form_that_is_none_is_refused_with_an_example(rule: str) -> None:
    with pytest.raises(RuleError) as refused:
        due(rule, date(2026, 3, 2), VIETNAM)
    assert refused.value.reason == (
        f"Không hiểu thời hạn “{rule}”; viết theo mẫu days:30, working-days:7, months:2, "
        "month:working-day:5 hoặc một mẫu như yearly:before:12-15, by:2026-12-15."
    )


@pytest.mark.parametrize("day", [date(1899, 12, 31), date(2201, 1, 1)])
def test_a_day_out_of_reach_is_refused(day: date) -> None:
    with pytest.raises(RuleError) as refused:
        due("days:3", day, VIETNAM)
    assert refused.value.reason == "Ngày phải từ 01/01/1900 đến 31/12/2200."


def test_years_without_holidays_say_so() -> None:
    found = due("days:30", date(2051, 1, 2), VIETNAM)
    assert "chưa có dữ liệu ngày nghỉ lễ năm 2051" in found.explanation


def test_each_source_is_named_once() -> None:
    found = due("before:2026-08", date(2026, 1, 1), VIETNAM).source.split("; ")
    assert len(found) == len(set(found))
