"""The terms of a duty within its programme, and those that a unit owes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.calendar import WEEKDAYS, Calendar, SpecialDay
from nep.kernel.holidays import VIETNAM
from nep.movements.domain.occurrences import LEAST_DAYS, Duty, Term, following, lead_of, owed_from, terms
from nep.movements.domain.terms import Span

SPAN = Span(date(2026, 1, 1), date(2027, 12, 31))
RHYTHMS = st.one_of(
    st.sampled_from(["yearly", "half-yearly", "quarterly", "monthly", "weekly"]),
    st.integers(1, 31).map(lambda day: f"monthly:before:{day:02d}"),
    st.integers(1, 20).map(lambda number: f"month:working-day:{number}"),
    st.integers(1, 31).map(lambda day: f"quarterly:by:{day:02d}"),
    st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda d: f"yearly:before:{d[0]:02d}-{d[1]:02d}"),
)
DAYS = st.dates(SPAN.first, SPAN.last)
OFF = st.lists(st.dates(SPAN.first, SPAN.last), max_size=30)


def off_on(days: list[date]) -> Calendar:
    """A calendar with further holidays."""
    return VIETNAM.with_days(SpecialDay(day, True, "Nghỉ", "Quyết định") for day in days)


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        (
            "monthly:before:20",
            (date(2026, 1, 1), date(2026, 1, 20), date(2026, 1, 19)),
            (date(2026, 1, 21), date(2026, 2, 20), date(2026, 2, 19)),
        ),
        (
            "quarterly",
            (date(2026, 1, 1), date(2026, 3, 31), date(2026, 3, 31)),
            (date(2026, 4, 1), date(2026, 6, 30), date(2026, 6, 30)),
        ),
        (
            "yearly:before:12-15",
            (date(2026, 1, 1), date(2026, 12, 15), date(2026, 12, 14)),
            (date(2026, 12, 16), date(2027, 12, 15), date(2027, 12, 14)),
        ),
        (
            "month:working-day:5",
            (date(2026, 1, 1), date(2026, 1, 7), date(2026, 1, 9)),
            (date(2026, 1, 8), date(2026, 2, 6), date(2026, 2, 6)),
        ),
    ],
)
def test_terms_follow_one_another(
    rule: str, first: tuple[date, date, date], second: tuple[date, date, date]
) -> None:
    found = list(terms(Duty(rule, SPAN), VIETNAM))[:2]
    assert [(term.starts_on, term.ends_on, term.due_on) for term in found] == [first, second]


@pytest.mark.parametrize(
    ("rule", "day", "term"),
    [
        ("in:2026-Q2", None, Term(SPAN.first, date(2026, 6, 30), date(2026, 6, 30), date(2026, 6, 30))),
        ("before:2029-05-01", None, Term(SPAN.first, SPAN.last, SPAN.last, SPAN.last)),
        (
            "before:2025-05-01",
            None,
            Term(date(2025, 5, 1), date(2025, 5, 1), date(2025, 5, 1), date(2025, 4, 30)),
        ),
        ("prompt", None, Term(SPAN.first, SPAN.last)),
        ("", date(2026, 8, 1), Term(SPAN.first, SPAN.last, date(2026, 8, 1), date(2026, 8, 1))),
    ],
)
def test_what_is_done_once_has_one_term(rule: str, day: date | None, term: Term) -> None:
    duty = Duty(rule, SPAN, day=day)
    assert list(terms(duty, VIETNAM)) == [term]
    assert owed_from(duty, date(2026, 3, 2), VIETNAM) == term


def test_a_rhythm_that_names_no_day_within_the_programme_ends_with_it() -> None:
    short = Span(date(2026, 2, 1), date(2026, 10, 31))
    (only,) = terms(Duty("yearly:before:12-15", short), VIETNAM)
    assert (only.starts_on, only.ends_on, only.due_on) == (short.first, short.last, short.last)


@given(RHYTHMS, OFF)
def test_the_terms_fill_the_days_up_to_the_last_day_named_without_gap(rule: str, days: list[date]) -> None:
    found = list(terms(Duty(rule, SPAN), off_on(days)))
    assert found[0].starts_on == SPAN.first
    assert [after.starts_on for _, after in pairwise(found)] == [
        before.ends_on + timedelta(days=1) for before, _ in pairwise(found)
    ]
    assert found[-1].ends_on <= SPAN.last


@given(RHYTHMS, OFF)
def test_bounds_do_not_depend_on_holidays(rule: str, days: list[date]) -> None:
    plain, with_holidays = (list(terms(Duty(rule, SPAN), one)) for one in (WEEKDAYS, off_on(days)))
    assert [(term.starts_on, term.ends_on) for term in plain] == [
        (term.starts_on, term.ends_on) for term in with_holidays
    ]


@given(RHYTHMS, DAYS)
def test_who_joins_has_time_for_the_first_term(rule: str, joined: date) -> None:
    duty = Duty(rule, SPAN)
    first = owed_from(duty, joined, VIETNAM)
    assert first.due_on is not None
    known = [term for term in terms(duty, VIETNAM) if term.due_on]
    with_time = [
        term for term in known if term.due_on and VIETNAM.working_days(joined, term.due_on) >= LEAST_DAYS
    ]
    assert first == (with_time[0] if with_time else Term(joined, SPAN.last, SPAN.last, SPAN.last))


@given(RHYTHMS, DAYS)
def test_each_term_leads_to_the_next_and_the_last_to_none(rule: str, joined: date) -> None:
    duty = Duty(rule, SPAN)
    term: Term | None = owed_from(duty, joined, VIETNAM)
    known = list(terms(duty, VIETNAM))
    while term is not None and term in known:
        place = known.index(term)
        after = following(duty, term.ends_on, VIETNAM)
        assert after == (known[place + 1] if place + 1 < len(known) else None)
        term = after


@given(RHYTHMS, DAYS, st.integers(0, 60))
def test_a_lead_keeps_a_term_within_itself_and_never_makes_it_later(
    rule: str, joined: date, lead: int
) -> None:
    plain, led = (owed_from(Duty(rule, SPAN, days), joined, VIETNAM) for days in (0, lead))
    assert plain.due_on is not None
    assert led.due_on is not None
    assert (led.starts_on, led.ends_on, led.named_on) == (plain.starts_on, plain.ends_on, plain.named_on)
    assert min(plain.due_on, max(plain.starts_on, joined)) <= led.due_on <= plain.due_on


@given(RHYTHMS, DAYS)
def test_the_lead_of_an_own_day_gives_that_day_back(rule: str, own: date) -> None:
    duty = Duty(rule, SPAN)
    lead = lead_of(duty, own, VIETNAM)
    containing = [term for term in terms(duty, VIETNAM) if term.starts_on <= own <= term.ends_on]
    for term in containing:
        assert term.due_on is not None
        assert term.led_by(lead).due_on == min(own, term.due_on)


def test_what_occurs_is_open_again_without_a_day() -> None:
    duty = Duty("prompt", SPAN, day=date(2026, 5, 4))
    first = owed_from(duty, date(2026, 3, 2), VIETNAM)
    assert (first.due_on, following(duty, first.ends_on, VIETNAM)) == (
        date(2026, 5, 4),
        Term(SPAN.first, SPAN.last),
    )


def test_a_day_before_a_holiday_moves_only_what_may_move() -> None:
    swapped = off_on([date(2026, 3, 31), date(2026, 4, 1)])
    by_month_end = list(terms(Duty("monthly", SPAN), swapped))[2]
    before_a_day = list(terms(Duty("monthly:before:01", SPAN), swapped))[2]
    assert (by_month_end.due_on, before_a_day.due_on) == (date(2026, 4, 2), date(2026, 3, 31))
