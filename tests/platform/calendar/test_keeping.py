"""Local days: added, followed, foreseen, taken back; what is over stays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from nep.kernel.decisions import ALLOWED, refuse
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.kernel.holidays import VIETNAM
from nep.platform.audit.models import Event
from nep.platform.audit.trail import tell
from nep.platform.calendar import current, exact, hook, reading
from nep.platform.calendar.hook import CalendarChanged, Effect, register_follower
from nep.platform.calendar.keeping import (
    Wish,
    add_days,
    foresee_adding,
    foresee_taking_back,
    take_back,
)
from nep.platform.calendar.models import LocalDay
from tests.factories.province import TODAY, Province

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # 9 in the morning of TODAY
MONDAY = TODAY + timedelta(days=7 - TODAY.weekday())
FLOOD = Wish(MONDAY, MONDAY, True, "nghỉ tránh lũ", "Công điện 05/CĐ-UBND")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[CalendarChanged]:
    """What one follower was told; it says that it moves three deadlines of two units."""
    heard: list[CalendarChanged] = []
    monkeypatch.setattr(hook, "_followers", [])

    def follow(changed: CalendarChanged) -> Effect:
        heard.append(changed)
        return Effect(deadlines=3, units=2)

    register_follower(follow)
    register_follower(follow)
    return heard


def test_without_local_days_the_calendar_is_the_countrys(db: None) -> None:
    assert current() == VIETNAM
    assert exact() == VIETNAM


def test_a_day_off_is_added_told_and_recorded(province: Province, told: list[CalendarChanged]) -> None:
    actor = province.actor("ubnd-head")
    assert current().is_working(MONDAY)
    assert add_days(FLOOD, allowed=ALLOWED, actor=actor, at=AT) == Effect(3, 2)
    assert not current().is_working(MONDAY)
    assert exact().why_off(MONDAY) == "nghỉ tránh lũ (Công điện 05/CĐ-UBND)"
    assert [(each.days, each.foreseen) for each in told] == [((MONDAY,), False)]
    assert (told[0].before, told[0].after) == (VIETNAM, exact())
    event = Event.objects.get(kind="calendar_days.added")
    assert tell(event).sentence == (
        f"{actor.name} ghi ngày {MONDAY:%d/%m/%Y} là ngày nghỉ, “nghỉ tránh lũ”; "
        "dời 3 hạn đang chạy của 2 đơn vị."
    )
    assert event.reason == "Công điện 05/CĐ-UBND"
    assert event.about == [f"calendar_days.localday:{LocalDay.objects.get().pk}"]


def test_a_span_takes_only_the_days_that_change(province: Province, told: list[CalendarChanged]) -> None:
    week = Wish(MONDAY, MONDAY + timedelta(days=6), True, "nghỉ tránh bão", "Công điện 06/CĐ-UBND")
    add_days(week, allowed=ALLOWED, actor=province.actor("ubnd-head"), at=AT)
    assert list(LocalDay.objects.values_list("day", flat=True)) == [
        MONDAY + timedelta(days=step) for step in range(5)
    ]


def test_a_day_is_taken_back_by_a_further_row(province: Province, told: list[CalendarChanged]) -> None:
    actor = province.actor("ubnd-head")
    add_days(FLOOD, allowed=ALLOWED, actor=actor, at=AT)
    take_back(MONDAY, reason=" bão đã tan ", allowed=ALLOWED, actor=actor, at=AT)
    assert exact() == VIETNAM
    assert list(LocalDay.objects.order_by("pk").values_list("says", "source")) == [
        ("off", "Công điện 05/CĐ-UBND"),
        ("taken_back", "bão đã tan"),
    ]
    assert (told[1].before.is_working(MONDAY), told[1].after.is_working(MONDAY)) == (False, True)
    assert tell(Event.objects.get(kind="calendar_days.taken_back")).sentence == (
        f"{actor.name} bỏ ngày nghỉ ngày {MONDAY:%d/%m/%Y}, “nghỉ tránh lũ”; "
        "dời 3 hạn đang chạy của 2 đơn vị."
    )
    with pytest.raises(RuleError) as refused:
        take_back(MONDAY, reason="lần nữa", allowed=ALLOWED, actor=actor, at=AT)
    assert refused.value.reason == f"Ngày {MONDAY:%d/%m/%Y} không được ghi riêng ở đây, hoặc đã bỏ rồi."


def test_a_day_taken_back_can_be_recorded_again(province: Province, told: list[CalendarChanged]) -> None:
    actor = province.actor("ubnd-head")
    add_days(FLOOD, allowed=ALLOWED, actor=actor, at=AT)
    take_back(MONDAY, reason="nhầm", allowed=ALLOWED, actor=actor, at=AT)
    add_days(FLOOD, allowed=ALLOWED, actor=actor, at=AT)
    assert not exact().is_working(MONDAY)


def test_a_weekend_day_may_be_worked(province: Province, told: list[CalendarChanged]) -> None:
    saturday = MONDAY + timedelta(days=5)
    wish = Wish(saturday, saturday, False, "làm bù", "Thông báo 12/TB-UBND")
    add_days(wish, allowed=ALLOWED, actor=province.actor("ubnd-head"), at=AT)
    assert exact().is_working(saturday)


def test_foreseeing_writes_nothing(province: Province, told: list[CalendarChanged]) -> None:
    actor = province.actor("ubnd-head")
    assert foresee_adding(FLOOD, actor=actor, at=AT) == ((MONDAY,), Effect(3, 2))
    assert told[0].foreseen
    assert not LocalDay.objects.exists()
    add_days(FLOOD, allowed=ALLOWED, actor=actor, at=AT)
    assert foresee_taking_back(MONDAY, actor=actor, at=AT) == Effect(3, 2)
    assert told[2].foreseen
    assert LocalDay.objects.count() == 1


YESTERDAY = TODAY - timedelta(days=1)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (
            Wish(YESTERDAY, MONDAY, True, "lũ", "CĐ 1"),
            f"Ngày {YESTERDAY:%d/%m/%Y} đã qua. Chỉ ghi từ {TODAY:%d/%m/%Y} trở đi; hạn đã qua giữ nguyên.",
        ),
        (Wish(MONDAY, TODAY, True, "lũ", "CĐ 1"), "Ngày cuối phải từ ngày đầu trở đi."),
        (
            Wish(MONDAY, MONDAY + timedelta(days=31), True, "lũ", "CĐ 1"),
            "Ghi nhiều nhất 31 ngày một lần.",
        ),
        (
            Wish(MONDAY, MONDAY, False, "làm bù", "TB 1"),
            f"Không có gì thay đổi: ngày {MONDAY:%d/%m/%Y} đã là ngày làm việc bình thường.",
        ),
        (
            Wish(MONDAY + timedelta(days=5), MONDAY + timedelta(days=5), True, "lũ", "CĐ 1"),
            f"Không có gì thay đổi: ngày {MONDAY + timedelta(days=5):%d/%m/%Y} đã là "
            "thứ Bảy, ngày nghỉ hằng tuần (Quyết định 188/1999/QĐ-TTg).",
        ),
        (Wish(MONDAY, MONDAY, True, " ", "CĐ 1"), "Ghi cả lý do và căn cứ của ngày này."),
        (Wish(MONDAY, MONDAY, True, "lũ", ""), "Ghi cả lý do và căn cứ của ngày này."),
    ],
)
def test_what_cannot_be_recorded_is_refused_in_one_sentence(
    province: Province, wish: Wish, sentence: str
) -> None:
    with pytest.raises(RuleError) as refused:
        add_days(wish, allowed=ALLOWED, actor=province.actor("ubnd-head"), at=AT)
    assert refused.value.reason == sentence
    assert not LocalDay.objects.exists()


def test_who_may_not_is_refused(province: Province) -> None:
    actor = province.actor("ubnd-head")
    with pytest.raises(AccessDenied):
        add_days(FLOOD, allowed=refuse("Không."), actor=actor, at=AT)
    with pytest.raises(AccessDenied):
        take_back(MONDAY, reason="x", allowed=refuse("Không."), actor=actor, at=AT)


def test_a_day_that_is_over_is_not_taken_back(province: Province, told: list[CalendarChanged]) -> None:
    actor = province.actor("ubnd-head")
    add_days(FLOOD, allowed=ALLOWED, actor=actor, at=AT)
    with pytest.raises(RuleError) as refused:
        take_back(MONDAY, reason="nhầm", allowed=ALLOWED, actor=actor, at=AT + timedelta(days=30))
    assert refused.value.reason == f"Ngày {MONDAY:%d/%m/%Y} đã qua nên giữ nguyên."


def test_a_refusal_of_a_follower_stops_the_change(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "_followers", [])

    def refusing(changed: CalendarChanged) -> Effect:
        raise RuleError("Đang khóa.")

    register_follower(refusing)
    with pytest.raises(RuleError):
        add_days(FLOOD, allowed=ALLOWED, actor=province.actor("ubnd-head"), at=AT)
    assert not LocalDay.objects.exists()
    assert current() == VIETNAM


def test_rows_are_only_added(province: Province, told: list[CalendarChanged]) -> None:
    add_days(FLOOD, allowed=ALLOWED, actor=province.actor("ubnd-head"), at=AT)
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        LocalDay.objects.update(day=date(2027, 1, 1))
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        LocalDay.objects.all().delete()


def test_pages_keep_the_calendar_for_some_seconds(
    province: Province,
    monkeypatch: pytest.MonkeyPatch,
    told: list[CalendarChanged],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    reading.forget()
    with django_assert_num_queries(1):
        assert current() is current()
    add_days(FLOOD, allowed=ALLOWED, actor=province.actor("ubnd-head"), at=AT)
    assert not current().is_working(MONDAY)
    monkeypatch.setattr(reading, "SECONDS", 0.0)
    with django_assert_num_queries(2):
        assert current() == current()


def test_no_date_is_fixed_while_the_calendar_is_being_changed(db: None) -> None:
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [reading.CALENDAR_LOCK])
        with pytest.raises(Conflict) as refused:
            exact()
        assert refused.value.reason == "Lịch ngày nghỉ đang được sửa. Chờ ít giây rồi làm lại."
    assert exact() == VIETNAM


def test_the_calendar_is_not_changed_while_a_date_is_being_fixed(db: None) -> None:
    assert exact() == VIETNAM
    with psycopg.connect(**connection.get_connection_params()) as other:
        row = other.execute("SELECT pg_try_advisory_xact_lock(%s)", [reading.CALENDAR_LOCK]).fetchone()
    assert row == (False,)
