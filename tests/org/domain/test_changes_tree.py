"""Spans of days: what holds when, and what a late record leaves alone."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.org.domain.closure import Link, Post, Tree, closure, recount
from nep.org.domain.tree import Held, Span, overlay, window

FIRST = date(2026, 1, 1)
LENGTH = 40
DAYS = [FIRST + timedelta(days=number) for number in range(LENGTH)]


def day(number: int) -> date:
    """So many days after the first."""
    return FIRST + timedelta(days=number)


@st.composite
def histories(draw: st.DrawFn) -> list[Held]:
    """Rows that never overlap, some days without any."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), min_size=2, max_size=8)))
    pieces = [(cut, end) for cut, end in pairwise(cuts) if draw(st.booleans())]
    return [Held(key, (f"v{key}",), Span(day(a), day(b))) for key, (a, b) in enumerate(pieces, start=1)]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A span within the days, or without an end."""
    since = draw(st.integers(0, LENGTH - 1))
    until = draw(st.none() | st.integers(since + 1, LENGTH))
    return Span(day(since), None if until is None else day(until))


def told(rows: list[Held] | tuple[Held, ...], on: date) -> list[object]:
    """What holds on a day."""
    return [row.value for row in rows if on in row.span]


@given(histories(), spans(), st.none() | st.just(("new",)))
def test_a_value_laid_over_a_span_holds_there_and_nothing_else_changes(
    rows: list[Held], span: Span, value: tuple[str] | None
) -> None:
    after = overlay(rows, span, value)
    for on in DAYS:
        expected = ([value] if value else []) if on in span else told(rows, on)
        assert told(after, on) == expected
    kept = [row.key for row in after if row.key is not None]
    assert sorted(kept) == sorted(set(kept))
    before = {row.key: row.span for row in rows}
    assert all(before[row.key].covers(row.span) for row in after if row.key is not None)


@given(histories(), st.integers(0, LENGTH - 1))
def test_what_is_recorded_late_lasts_until_the_next_record(rows: list[Held], number: int) -> None:
    on = day(number)
    found = window(rows, Span(FIRST), on)
    begins = [row.span.since for row in rows if row.span.since > on]
    holding = [row.span.until for row in rows if on in row.span]
    assert (found.since, found.until) == (on, min([*begins, *holding], default=None))


def test_a_window_ends_with_the_life_and_where_it_is_told_to() -> None:
    life = Span(day(0), day(30))
    assert window([], life, day(3)) == Span(day(3), day(30))
    assert window([], life, day(3), day(9)) == Span(day(3), day(9))


def test_a_span_without_a_day_is_none() -> None:
    with pytest.raises(ValueError, match="no day between 2026-01-05 and 2026-01-05"):
        Span(day(4), day(4))


def tree() -> Tree:
    """1 above 2 above 3; on day 10 the unit 2 goes below 4, where it stays; 4 is below 1 all the time."""
    links = (
        Link(2, 1, Span(day(0), day(10))),
        Link(2, 4, Span(day(10))),
        Link(3, 2, Span(day(0))),
        Link(4, 1, Span(day(0))),
    )
    return Tree({unit: Span(day(0)) for unit in (1, 2, 3, 4)}, links)


def test_the_closure_is_told_in_the_longest_spans() -> None:
    early, late, always = Span(day(0), day(10)), Span(day(10)), Span(day(0))
    itself = {(unit, unit, 0, always) for unit in (1, 2, 3, 4)}
    stays = {(2, 3, 1, always), (1, 4, 1, always)}
    before = {(1, 2, 1, early), (1, 3, 2, early)}
    after = {(4, 2, 1, late), (1, 2, 2, late), (4, 3, 2, late), (1, 3, 3, late)}
    assert closure(tree()) == itself | stays | before | after


def test_people_are_counted_once_in_each_unit_above() -> None:
    posts = [Post(7, 2, Span(day(0))), Post(7, 3, Span(day(0))), Post(8, 4, Span(day(5), day(12)))]
    assert recount(tree(), posts, day(4)) == {1: (4, 1), 2: (2, 1), 3: (1, 1), 4: (1, 0)}
    assert recount(tree(), posts, day(11)) == {1: (4, 2), 2: (2, 1), 3: (1, 1), 4: (3, 2)}


def test_a_circle_is_named() -> None:
    circle = Tree({1: Span(day(0)), 2: Span(day(0))}, (Link(1, 2, Span(day(3))), Link(2, 1, Span(day(3)))))
    assert circle.above_on(day(2)) == {1: [1], 2: [2]}
    with pytest.raises(ValueError, match="stands below itself on 2026-01-04"):
        closure(circle)
