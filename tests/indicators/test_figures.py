"""Figures are entered, replaced and taken back; what was told before stays."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from nep.indicators.domain.figures import Said
from nep.indicators.domain.periods import Period
from nep.indicators.domain.sums import Sum
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.sums import live_sums, sums
from nep.indicators.services.figures import Telling, enter_figure, expect, expect_no_more, put, take_back
from nep.kernel.errors import AccessDenied, RuleError
from nep.org.services.periods import lock_period
from nep.platform.audit.models import Event
from tests.factories.province import TODAY, Province
from tests.indicators.conftest import AT

SOURCE = "Báo cáo 12/BC-UBND ngày 27/02/2026"


def enter(province: Province, online: Indicator, period: Period, said: Said, **given: object) -> None:
    unit, login = str(given.pop("unit", "XA1")), str(given.pop("login", "xa1-focal"))
    values: dict[str, object] = {"source": SOURCE, "at": AT} | given
    enter_figure(
        online,
        province.units[unit],
        period,
        said,
        str(values["source"]),
        actor=province.actor(login),
        at=values["at"],  # type: ignore[arg-type]
    )


def figures(*, on: object = None) -> list[tuple[str, str, Decimal | None, Decimal | None]]:
    rows = Figure.objects.current() if on is None else Figure.objects.as_of(on)  # type: ignore[arg-type]
    columns = ("unit__code", "state", "numerator", "denominator")
    return list(rows.order_by("unit__code").values_list(*columns))


def test_an_entered_figure_keeps_who_when_and_from_where(
    province: Province, online: Indicator, february: Period
) -> None:
    enter(province, online, february, Said(Decimal(45), Decimal(50)))
    row = Figure.objects.get()
    assert (row.state, row.numerator, row.denominator, row.origin) == ("told", 45, 50, "entered")
    assert (row.source, row.told_by_name, row.told_at, row.told_on) == (SOURCE, "Ma Thị Nguyệt", AT, TODAY)
    assert (row.starts_on, row.ends_on, row.counted_on, row.line) == (
        february.starts_on,
        february.ends_on,
        february.ends_on,
        "authority",
    )
    event = Event.objects.latest("pk")
    assert (event.kind, event.facts["figure"], event.facts["source"]) == (
        "indicators.figure_entered",
        "45/50",
        SOURCE,
    )


def test_a_later_figure_takes_the_place_of_the_earlier_and_leaves_it_to_past_days(
    province: Province, online: Indicator, february: Period
) -> None:
    enter(province, online, february, Said(Decimal(45), Decimal(50)))
    later = AT + timedelta(days=3)
    enter(province, online, february, Said(Decimal(48), Decimal(50)), at=later)
    assert figures() == [("XA1", "told", 48, 50)]
    assert figures(on=TODAY) == [("XA1", "told", 45, 50)]
    assert figures(on=TODAY - timedelta(days=1)) == []
    root, key = province.units["UBND"].pk, february.starts_on
    found = [sums([online], [root], [key], on=day).get((online.pk, root, key)) for day in (TODAY, None)]
    assert found == [Sum(1, 1, 0, Decimal(45), Decimal(50)), Sum(1, 1, 0, Decimal(48), Decimal(50))]


def test_the_same_figure_again_changes_nothing(
    province: Province, online: Indicator, february: Period
) -> None:
    enter(province, online, february, Said(Decimal(45), Decimal(50)))
    events = Event.objects.count()
    enter(province, online, february, Said(Decimal(45), Decimal(50)), at=AT + timedelta(days=1))
    assert (Figure.objects.count(), Event.objects.count()) == (1, events)


def test_nothing_to_report_is_an_answer_of_its_own(
    province: Province, online: Indicator, february: Period
) -> None:
    expect(online, [province.units["XA1"].pk, province.units["XA2"].pk], february, at=AT)
    enter(province, online, february, Said(nothing=True))
    assert figures() == [("XA1", "nothing", None, None), ("XA2", "missing", None, None)]
    assert Event.objects.latest("pk").kind == "indicators.nothing_entered"
    root = province.units["UBND"].pk
    total = sums([online], [root], [february.starts_on])[online.pk, root, february.starts_on]
    assert (total.state, total.expected, total.nothing, total.missing) == ("nothing", 2, 1, 1)


def test_a_figure_taken_back_leaves_silence_and_its_past(
    province: Province, online: Indicator, february: Period
) -> None:
    enter(province, online, february, Said(Decimal(45), Decimal(50)))
    actor, unit = province.actor("xa1-focal"), province.units["XA1"]
    later = AT + timedelta(days=2)
    take_back(online, unit, february, "Nhầm sang số của tháng trước.", actor=actor, at=later)
    assert figures() == [("XA1", "missing", None, None)]
    assert figures(on=TODAY) == [("XA1", "told", 45, 50)]
    assert Event.objects.latest("pk").kind == "indicators.figure_taken_back"
    with pytest.raises(RuleError, match="không có gì để rút"):
        take_back(online, unit, february, "Lần nữa.", actor=actor, at=later)


def test_who_owes_no_more_is_not_counted_as_silent(
    province: Province, online: Indicator, february: Period
) -> None:
    ids = [province.units[code].pk for code in ("XA1", "XA2")]
    expect(online, ids, february, at=AT)
    enter(province, online, february, Said(Decimal(1), Decimal(2)))
    expect_no_more([(online.pk, unit, february) for unit in ids], at=AT)
    assert figures() == [("XA1", "told", 1, 2)]


def test_a_unit_that_closed_within_the_period_counts_on_its_last_day(
    province: Province, online: Indicator, february: Period
) -> None:
    unit = province.units["XA1"]
    enter(province, online, february, Said(Decimal(45), Decimal(50)))
    during = unit.during
    unit.during = type(during)(during.lower, february.starts_on + timedelta(days=10))
    unit.save()
    assert Figure.objects.get().counted_on == february.starts_on + timedelta(days=9)
    unit.during = type(during)(during.lower, february.starts_on)
    unit.save()
    assert Figure.objects.get().counted_on is None
    root = province.units["UBND"].pk
    assert sums([online], [root, unit.pk], [february.starts_on]) == {}


@pytest.mark.parametrize(
    ("said", "source", "why"),
    [
        (Said(Decimal(51), Decimal(50)), SOURCE, "không thể lớn hơn tổng số"),
        (Said(Decimal(5)), SOURCE, "tổng số"),
        (Said(Decimal(5), Decimal(10)), " ", "lấy từ văn bản"),
    ],
)
def test_what_is_no_figure_is_refused(
    province: Province, online: Indicator, february: Period, said: Said, source: str, why: str
) -> None:
    with pytest.raises(RuleError, match=why):
        enter(province, online, february, said, source=source)
    assert not Figure.objects.exists()


def test_periods_that_take_no_figures_are_refused(province: Province, online: Indicator) -> None:
    from nep.indicators.domain.periods import read_period  # noqa: PLC0415

    said = Said(Decimal(1), Decimal(2))
    for grain, key, why in (
        ("month", "2026-04", "chưa bắt đầu"),
        ("year", "2026", "hằng tháng"),
        ("month", "2025-06", "không hoạt động"),
    ):
        with pytest.raises(RuleError, match=why):
            enter(province, online, read_period(grain, key), said)


@pytest.mark.parametrize("login", ["xa1-staff", "xa2-head", "ubnd-officer", "supervisor"])
def test_only_who_enters_for_the_unit_may(
    province: Province, online: Indicator, february: Period, login: str
) -> None:
    with pytest.raises(AccessDenied):
        enter(province, online, february, Said(Decimal(1), Decimal(2)), login=login)


def test_computed_figures_are_not_entered(province: Province, february: Period) -> None:
    computed = Indicator.objects.get(code="viec-dung-han")
    with pytest.raises(AccessDenied, match="Nếp tự tính"):
        enter(province, computed, february, Said(Decimal(1), Decimal(2)))


def test_a_locked_month_keeps_its_sums_and_takes_no_figures(
    province: Province, online: Indicator, february: Period
) -> None:
    enter(province, online, february, Said(Decimal(45), Decimal(50)))
    root, actor = province.units["UBND"], province.actor("ubnd-head")
    lock_period(root, february.starts_on, actor=actor, at=AT)
    with pytest.raises(RuleError, match="đã khóa"):
        enter(province, online, february, Said(Decimal(48), Decimal(50)))
    late = Telling(
        online.pk, province.units["XA2"].pk, february, "told", Decimal(5), Decimal(10), origin="evidence"
    )
    put([late], by=None, at=AT + timedelta(hours=1))
    key = (online.pk, root.pk, february.starts_on)
    kept, live = (read([online], [root.pk], [february.starts_on])[key] for read in (sums, live_sums))
    assert kept == Sum(1, 1, 0, Decimal(45), Decimal(50), locked=True)
    assert live == Sum(2, 2, 0, Decimal(50), Decimal(60))
    before = sums([online], [root.pk], [february.starts_on], on=TODAY - timedelta(days=1))
    assert before == {}


def test_a_quarter_is_locked_with_its_last_month(province: Province, february: Period) -> None:
    from nep.indicators.domain.periods import read_period  # noqa: PLC0415

    yearly = Indicator.objects.get(code="co-quan-dat-chuan-van-hoa")
    year = read_period("year", "2025")
    unit = province.units["XA1"].pk
    put([Telling(yearly.pk, unit, year, "told", Decimal(1), Decimal(1))], by=None, at=AT)
    root, actor = province.units["UBND"], province.actor("ubnd-head")
    lock_period(root, february.starts_on.replace(year=2025, month=12), actor=actor, at=AT)
    found = sums([yearly], [root.pk, unit], [year.starts_on])
    assert [total.locked for total in found.values()] == [True, True]


def test_many_figures_are_written_in_few_statements(
    province: Province, online: Indicator, february: Period, django_assert_num_queries: object
) -> None:
    units = [unit for unit in province.units.values() if unit.line == "authority"]
    tellings = [Telling(online.pk, unit.pk, february, "told", Decimal(1), Decimal(2)) for unit in units]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert put(tellings, by=None, at=AT) == len(units)
    again = [Telling(online.pk, unit.pk, february, "nothing") for unit in units]
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert put(again, by=None, at=AT + timedelta(days=1)) == len(units)


@pytest.mark.parametrize(
    "wrong",
    [
        {"numerator": Decimal(3), "denominator": Decimal(2)},
        {"numerator": None},
        {"state": "nothing"},
        {"numerator": Decimal(-1)},
    ],
)
def test_the_database_refuses_impossible_figures(
    province: Province, online: Indicator, february: Period, wrong: dict[str, object]
) -> None:
    telling = Telling(online.pk, province.units["XA1"].pk, february, "told", Decimal(1), Decimal(2))
    put([telling], by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Figure.objects.update(**wrong)
