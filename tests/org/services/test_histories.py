"""Random histories: what Nếp stores and counts equals what a book beside it counts."""

from datetime import date, timedelta

import pytest

from nep.org.domain.closure import closure, recount
from nep.org.domain.months import last_day, month_of
from nep.org.models import Restatement, UnitClosure
from nep.org.queries.denominators import denominators
from nep.org.services.changes_ledger import span_of
from tests.factories.histories import History, tree_as_stored


def stored_closure() -> set[tuple[int, int, int, object]]:
    """The closure as the database holds it."""
    rows = UnitClosure.objects.all()
    return {(row.ancestor_id, row.descendant_id, row.depth, span_of(row.during)) for row in rows}


def told(day: date, units: list[int]) -> dict[int, tuple[int, int]]:
    """The denominators of all units that exist on a day."""
    found = denominators(units, day)
    return {unit: (one.units, one.people) for unit, one in found.items() if one.units}


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_histories_are_told_as_they_were_made(seed: int) -> None:
    history = History(seed)
    history.grow(12)
    history.run(40)
    tree, posts = tree_as_stored()
    assert stored_closure() == closure(tree)
    book = history.book
    for _ in range(25):
        day = history.any_day()
        expected = book.counted(day)
        assert recount(tree, posts, day) == expected
        assert told(day, list(book.opened)) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [11, 12])
def test_figures_told_at_the_end_of_a_month_follow_through_restatements(seed: int) -> None:
    history = History(seed)
    history.grow(10)
    figures: dict[tuple[int, date, str], int] = {}
    months: list[date] = []
    for _ in range(5):
        history.run(10)
        months.append(month_of(history.today))
        history.today = last_day(month_of(history.today)) + timedelta(days=4)
        # Everything recorded so far is known; the month that has just ended is told for the first time.
        for unit, (units, people) in history.book.counted(last_day(months[-1])).items():
            figures |= {(unit, months[-1], "units"): units, (unit, months[-1], "people"): people}
    for row in Restatement.objects.order_by("pk"):
        key = (row.unit_id, row.month, row.measure)
        if row.recorded_at.date() > last_day(row.month):
            assert figures.get(key, 0) == row.before or row.recorded_at.date() < history.today
            figures[key] = row.after
    for month in months:
        counted = history.book.counted(last_day(month))
        now = {key[0]: value for key, value in figures.items() if key[1:] == (month, "units") and value}
        assert now == {unit: units for unit, (units, _) in counted.items()}
