"""What an amendment changes: forwards, backwards, for one unit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.errors import Conflict
from nep.movements.domain.amendments import (
    Change,
    FieldChange,
    applied,
    diff,
    effect,
    fields_changed,
    own_day,
    undone,
    with_change,
)

ITEMS = st.tuples(st.sampled_from(["nhiem-vu", "chi-tieu"]), st.integers(1, 6))
VALUES = st.dictionaries(st.sampled_from(["title", "rule", "value"]), st.text(max_size=3), max_size=3)
CONTENTS = st.dictionaries(ITEMS, VALUES, max_size=6)


@given(CONTENTS, CONTENTS)
def test_a_diff_leads_there_and_back(before: dict, after: dict) -> None:  # type: ignore[type-arg]  # drawn
    changes = diff(before, after)
    assert applied(before, changes) == after
    assert undone(after, changes) == before


@given(CONTENTS)
def test_the_same_content_differs_in_nothing(content: dict) -> None:  # type: ignore[type-arg]  # drawn
    assert diff(content, content) == ()


@given(CONTENTS, CONTENTS, CONTENTS)
def test_amendments_are_undone_one_after_the_other(first: dict, second: dict, third: dict) -> None:  # type: ignore[type-arg]  # drawn
    one, two = diff(first, second), diff(second, third)
    assert undone(undone(third, two), one) == first


@given(CONTENTS, CONTENTS)
def test_a_change_survives_being_kept(before: dict, after: dict) -> None:  # type: ignore[type-arg]  # drawn
    changes = diff(before, after)
    assert tuple(Change(**change.as_told()) for change in changes) == changes


@given(CONTENTS, CONTENTS)
def test_every_item_is_told_once_with_what_differs(before: dict, after: dict) -> None:  # type: ignore[type-arg]  # drawn
    changes = diff(before, after)
    assert len({(change.kind, change.key) for change in changes}) == len(changes)
    kept = [change for change in changes if change.act == "change"]
    assert all(fields_changed(change) for change in kept)


def test_a_change_on_other_ground_is_refused() -> None:
    change = Change("nhiem-vu", 1, {"title": "Cũ"}, {"title": "Mới"})
    with pytest.raises(Conflict):
        applied({("nhiem-vu", 1): {"title": "Khác"}}, [change])


def test_a_second_change_of_an_item_replaces_the_first() -> None:
    first = Change("nhiem-vu", 1, {"title": "Cũ"}, {"title": "Mới"})
    second = Change("nhiem-vu", 1, {"title": "Cũ"}, {"title": "Mới hơn"})
    same = Change("nhiem-vu", 1, {"title": "Cũ"}, {"title": "Cũ"})
    assert with_change([first], second) == (second,)
    assert with_change([first], same) == ()


def test_a_new_item_that_is_dropped_again_is_no_change() -> None:
    added = Change("nhiem-vu", -1, None, {"title": "Mới"})
    assert with_change([added], Change("nhiem-vu", -1, None, None)) == ()


def test_only_what_differs_is_told() -> None:
    change = Change("chi-tieu", 1, {"name": "Người", "value": "100.00"}, {"name": "Người", "value": "95.00"})
    assert fields_changed(change) == (FieldChange("value", "100.00", "95.00"),)


ADDED = Change("nhiem-vu", 1, None, {"title": "Mới"})
CHANGED = Change("nhiem-vu", 1, {"title": "Cũ"}, {"title": "Mới"})
DROPPED = Change("nhiem-vu", 1, {"title": "Cũ"}, None)


@pytest.mark.parametrize(
    ("change", "bound_before", "binds_after", "has", "act"),
    [
        (ADDED, False, True, False, "add"),
        (ADDED, False, False, False, "none"),
        (CHANGED, True, True, True, "change"),
        (CHANGED, True, False, True, "drop"),  # the actors changed
        (CHANGED, False, True, False, "add"),
        (CHANGED, False, False, True, "change"),  # taken of the unit's own will
        (CHANGED, False, False, False, "none"),
        (DROPPED, True, False, True, "drop"),
        (DROPPED, False, False, True, "drop"),
        (DROPPED, True, False, False, "none"),
    ],
)
def test_what_a_change_does_to_one_plan(
    change: Change, bound_before: bool, binds_after: bool, has: bool, act: str
) -> None:
    assert effect(change, bound_before=bound_before, binds_after=binds_after, has=has) == act


def test_who_is_told_late_is_bound_later() -> None:
    assert own_day(date(2026, 3, 16), date(2026, 3, 5)) == date(2026, 3, 16)
    assert own_day(date(2026, 3, 16), date(2026, 3, 19)) == date(2026, 3, 19)
