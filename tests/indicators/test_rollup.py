"""Sums along the tree equal a recount in plain Python, whatever happens to units and figures."""

from __future__ import annotations

from datetime import date

import pytest

from nep.indicators.models import Indicator, RollUp
from nep.indicators.queries.folding import fold
from tests.factories.figures import FigureHistory, Recount, said_now, sums_stored

pytestmark = pytest.mark.django_db


def some_indicators() -> list[Indicator]:
    return list(Indicator.objects.filter(code__in=["dvctt-toan-trinh", "co-quan-dat-chuan-van-hoa"]))


def check(history: FigureHistory, on: date | None = None) -> int:
    """Compare all sums with the recount; how many there are."""
    periods = {one for found in history.periods.values() for one in found}
    expected = Recount.of_now().sums(said_now(on))
    assert sums_stored(history.indicators, periods, on) == expected
    return len(expected)


@pytest.mark.parametrize("seed", range(6))
def test_sums_equal_a_recount_in_random_histories(seed: int) -> None:
    history = FigureHistory(seed)
    history.grow(25)
    history.begin(some_indicators())
    counts = []
    for _ in range(4):
        for _ in range(25):
            history.act()
        counts.append(check(history))
    assert counts[-1] > 50
    fold(least=2)
    assert check(history) == counts[-1]


def test_sums_of_past_days_equal_a_recount_of_what_held_then() -> None:
    history = FigureHistory(77)
    history.grow(20)
    history.begin(some_indicators())
    days = []
    for _ in range(6):
        for _ in range(15):
            history.act()
        days.append(history.today)
    fold(least=1)
    counts = [check(history, on) for on in days]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


def test_whatever_writes_leaves_right_sums() -> None:
    """Rows changed and deleted by hand, many in one statement."""
    history = FigureHistory(5)
    history.grow(15)
    history.begin(some_indicators())
    for _ in range(40):
        history.act()
    from nep.indicators.models import Figure  # noqa: PLC0415
    from nep.org.models import UnitClosure, UnitHost  # noqa: PLC0415

    Figure.objects.filter(numerator__gt=10).update(numerator=1)
    check(history)
    ids = list(Figure.objects.values_list("pk", flat=True)[::3])
    Figure.objects.filter(pk__in=ids).delete()
    check(history)
    rows = list(UnitClosure.objects.all())
    UnitClosure.objects.all().delete()
    UnitClosure.objects.bulk_create(rows)
    hosts = list(UnitHost.objects.all())
    UnitHost.objects.all().delete()
    check(history)
    UnitHost.objects.bulk_create(hosts)
    check(history)


def test_folding_keeps_one_row_a_day() -> None:
    history = FigureHistory(9)
    history.grow(10)
    history.begin(some_indicators()[:1])
    for _ in range(30):
        history.act()
    fold(least=1)
    keys = list(RollUp.objects.values_list("unit", "indicator", "starts_on", "line", "day"))
    assert len(keys) == len(set(keys))
    assert not RollUp.objects.filter(folded=False).exists()
