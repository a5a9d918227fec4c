"""Working days: properties that hold for every calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.calendar import Calendar, SpecialDay
from nep.kernel.holidays import VIETNAM

DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))
ONE = timedelta(days=1)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """The country's calendar with some local days."""
    rows = draw(st.lists(st.tuples(DAYS, st.booleans()), max_size=12))
    return VIETNAM.with_days(SpecialDay(day, off, "ngày ghi riêng", "Thông báo 1") for day, off in rows)


@given(calendars(), DAYS)
def test_the_next_and_previous_working_day_are_the_nearest(calendar: Calendar, day: date) -> None:
    following, before = calendar.next_working(day), calendar.previous_working(day)
    assert before <= day <= following
    assert calendar.is_working(following)
    assert calendar.is_working(before)
    assert (following == day) == (before == day) == calendar.is_working(day)
    assert calendar.working_days(day, following) == (0 if following == day else 1)


@given(calendars(), DAYS, st.integers(0, 60))
def test_adding_and_counting_working_days_agree(calendar: Calendar, day: date, number: int) -> None:
    end = calendar.add_working(day, number)
    assert calendar.working_days(day, end) == number
    assert number == 0 or calendar.is_working(end)


@given(calendars(), DAYS, st.integers(-20, 500))
def test_counting_is_the_sum_over_the_days(calendar: Calendar, day: date, span: int) -> None:
    until = day + timedelta(days=span)
    counted = sum(calendar.is_working(day + timedelta(days=step)) for step in range(1, span + 1))
    assert calendar.working_days(day, until) == counted


@given(calendars(), DAYS, st.integers(1, 30))
def test_going_back_leaves_as_many_working_days(calendar: Calendar, day: date, number: int) -> None:
    start = calendar.before_working(calendar.next_working(day), number)
    assert calendar.is_working(start)
    assert calendar.working_days(start, calendar.next_working(day)) == number


@given(calendars(), DAYS, DAYS)
def test_a_further_day_off_never_makes_more_working_days(calendar: Calendar, off: date, day: date) -> None:
    more = calendar.with_days([SpecialDay(off, True, "nghỉ", "Thông báo 2")])
    until = day + timedelta(days=90)
    was, now = calendar.working_days(day, until), more.working_days(day, until)
    inside = day < off <= until and calendar.is_working(off)
    assert now == was - int(inside)


@given(calendars(), DAYS)
def test_a_day_off_says_why_with_its_source(calendar: Calendar, day: date) -> None:
    why = calendar.why_off(day)
    assert bool(why) == (not calendar.is_working(day))
    assert not why or why.endswith(")")


def test_a_later_word_on_the_same_day_wins() -> None:
    day = date(2026, 11, 23)
    calendar = Calendar().with_days([SpecialDay(day, True, "nghỉ", "A")])
    again = calendar.with_days([SpecialDay(day, False, "làm", "B")])
    assert (calendar.is_working(day), again.is_working(day)) == (False, True)
    assert calendar.special_days(day - ONE, day) == (SpecialDay(day, True, "nghỉ", "A"),)


def test_years_without_data_are_known_to_be_unknown() -> None:
    assert [VIETNAM.knows(date(year, 6, 1)) for year in (2017, 2018, 2050, 2051)] == [
        False,
        True,
        True,
        False,
    ]
    assert not Calendar().knows(date(2026, 6, 1))
