"""Last days, term by term."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM
from nep.kernel.rhythm import Rule
from nep.movements.domain.terms import (
    Span,
    as_it_occurs,
    check_own_day,
    comes_again,
    due_at_issue,
    first_due,
    latest_own_day,
    next_due,
    reckoned,
    term_end,
)

SPAN = Span(date(2026, 1, 1), date(2030, 12, 31))
RHYTHMS = st.one_of(
    st.sampled_from(["yearly", "half-yearly", "quarterly", "monthly", "weekly"]),
    st.integers(1, 31).map(lambda day: f"monthly:before:{day:02d}"),
    st.integers(1, 31).map(lambda day: f"quarterly:before:{day:02d}"),
    st.tuples(st.integers(1, 12), st.integers(1, 28)).map(lambda d: f"yearly:before:{d[0]:02d}-{d[1]:02d}"),
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


def test_a_span_ends_after_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Span(date(2026, 2, 1), date(2026, 1, 31))


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("yearly:before:12-15", date(2026, 12, 14)),
        ("yearly:by:12-15", date(2026, 12, 15)),
        ("monthly:before:20", date(2026, 3, 19)),
        ("monthly:before:02", date(2026, 4, 1)),
        ("monthly", date(2026, 3, 31)),
        ("month:working-day:5", date(2026, 3, 6)),
        ("in:2026-Q2", date(2026, 6, 30)),
        ("before:2031-05-01", date(2030, 12, 31)),
        ("before:2026-02-01", date(2026, 1, 31)),
        ("by:2026-02-01", date(2026, 2, 2)),
        ("prompt", None),
        ("periodic", None),
        ("", None),
    ],
)
def test_the_first_term_runs_on_the_day_of_issue_within_the_programme(rule: str, due: date | None) -> None:
    assert first_due(rule, on=date(2026, 3, 2), span=SPAN) == due


def test_a_programme_that_starts_later_counts_from_its_start() -> None:
    span = Span(date(2027, 1, 1), date(2028, 12, 31))
    assert first_due("yearly:before:12-15", on=date(2026, 3, 2), span=span) == date(2027, 12, 14)


@pytest.mark.parametrize(
    ("rule", "due", "following"),
    [
        ("yearly:before:12-15", date(2026, 12, 14), date(2027, 12, 14)),
        ("yearly:before:12-15", date(2026, 12, 10), date(2027, 12, 10)),
        ("yearly:before:12-15", date(2030, 12, 14), None),
        ("yearly:by:12-15", date(2028, 12, 15), date(2029, 12, 17)),
        ("yearly:by:12-15", date(2029, 12, 17), date(2030, 12, 16)),
        ("monthly", date(2026, 2, 2), date(2026, 3, 2)),
        ("monthly", date(2026, 1, 1), date(2026, 2, 3)),
        ("weekly", date(2026, 2, 13), date(2026, 2, 27)),
        ("quarterly:before:20", date(2026, 3, 15), date(2026, 6, 15)),
        ("in:2026", date(2026, 12, 31), None),
        ("prompt", date(2026, 4, 1), None),
    ],
)
def test_an_accepted_term_leads_to_the_next_with_the_same_lead(
    rule: str, due: date, following: date | None
) -> None:
    assert next_due(rule, due, span=SPAN) == following


@given(RHYTHMS, DAYS)
def test_terms_go_on_one_by_one_and_stay_within_the_programme(rule: str, due: date) -> None:
    following = next_due(rule, due, span=SPAN)
    if following is None:
        return
    end, next_end = term_end(rule, due), term_end(rule, following)
    assert due < following
    assert next_end <= SPAN.last
    assert next_end == Rule(rule).next_day(end + timedelta(days=1), VIETNAM)
    assert _last(rule, next_end) - following <= _last(rule, end) - due


def _last(rule: str, named: date) -> date:
    return Rule(rule).last_day(named, VIETNAM)


@given(RHYTHMS, DAYS, DAYS)
def test_a_unit_never_ends_a_term_after_the_unit_above(rule: str, on: date, above: date) -> None:
    latest = latest_own_day(rule, on=on, span=SPAN, above=above)
    first = first_due(rule, on=on, span=SPAN)
    assert first is not None
    assert on <= latest <= first
    lead = _last(rule, term_end(rule, above)) - above
    assert latest == on or _last(rule, term_end(rule, first)) - latest >= lead or first == SPAN.last


@pytest.mark.parametrize(
    ("rule", "above", "latest"),
    [
        ("yearly:before:12-15", None, date(2026, 12, 14)),
        ("yearly:before:12-15", date(2026, 12, 10), date(2026, 12, 10)),
        ("yearly:before:12-15", date(2027, 12, 5), date(2026, 12, 5)),
        ("in:2026", date(2026, 6, 30), date(2026, 6, 30)),
        ("prompt", None, date(2030, 12, 31)),
        ("", date(2026, 8, 1), date(2026, 8, 1)),
    ],
)
def test_the_latest_day_is_that_of_the_unit_above(rule: str, above: date | None, latest: date) -> None:
    assert latest_own_day(rule, on=date(2026, 3, 2), span=SPAN, above=above) == latest


def test_without_a_day_of_its_own_a_unit_gets_the_day_of_the_rule_or_of_the_unit_above() -> None:
    on = date(2026, 3, 2)
    assert due_at_issue("prompt", on=on, span=SPAN, above=None) is None
    assert due_at_issue("prompt", on=on, span=SPAN, above=date(2026, 5, 1)) == date(2026, 5, 1)
    assert due_at_issue("in:2026", on=on, span=SPAN, above=date(2026, 9, 1)) == date(2026, 9, 1)
    assert due_at_issue("in:2026", on=on, span=SPAN, above=None) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "latest", "sentence"),
    [
        (
            date(2026, 12, 16),
            date(2026, 12, 15),
            "Hạn của đơn vị không được muộn hơn 15/12/2026, hạn của cấp trên.",
        ),
        (date(2026, 3, 1), date(2026, 12, 15), "Ngày 01/03/2026 đã qua. Chọn từ 02/03/2026 đến 15/12/2026."),
        (
            date(2026, 3, 5),
            date(2026, 2, 15),
            "Hạn của cấp trên là 15/02/2026, đã qua; không đặt hạn riêng được nữa.",
        ),
    ],
)
def test_a_day_too_late_or_past_is_refused_with_the_sentence(day: date, latest: date, sentence: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_own_day(day, latest=latest, on=date(2026, 3, 2))
    assert refused.value.reason == sentence


def test_the_last_possible_day_is_allowed() -> None:
    check_own_day(date(2026, 12, 15), latest=date(2026, 12, 15), on=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("rule", "due_on", "last", "says"),
    [
        ("yearly:before:12-15", date(2026, 12, 14), date(2026, 12, 14), "thứ Ba ngày 15/12/2026"),
        ("yearly:before:12-15", date(2026, 12, 1), date(2026, 12, 14), "thứ Ba ngày 15/12/2026"),
        ("by:2026-10-10", date(2026, 10, 12), date(2026, 10, 12), "dời qua 2 ngày cuối tuần"),
        ("monthly", date(2026, 2, 2), date(2026, 2, 2), "thứ Bảy ngày 31/01/2026"),
        ("weekly", date(2026, 2, 27), date(2026, 2, 27), "ngày làm việc cuối của tuần"),
    ],
)
def test_a_last_day_explains_how_it_was_reckoned(rule: str, due_on: date, last: date, says: str) -> None:
    told = reckoned(rule, due_on)
    assert told is not None
    assert told.last_day == last
    assert says in told.explanation
    assert "đã qua" not in told.explanation
    assert "tính từ ngày" not in told.explanation


@pytest.mark.parametrize(
    ("rule", "due_on"), [("prompt", date(2026, 5, 1)), ("", date(2026, 5, 1)), ("yearly", None)]
)
def test_without_a_named_day_there_is_nothing_to_reckon(rule: str, due_on: date | None) -> None:
    assert reckoned(rule, due_on) is None


def test_rhythm_and_occasion() -> None:
    assert [comes_again(rule) for rule in ("yearly", "monthly:before:20", "in:2026", "prompt", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [as_it_occurs(rule) for rule in ("prompt", "periodic", "yearly", "")] == [True, True, False, False]
