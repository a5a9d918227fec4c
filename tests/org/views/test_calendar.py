"""The calendar of days off: everybody reads it, who administers the whole records local days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from nep.accounts import elevation
from nep.accounts.roles import ADMINISTRATOR
from nep.kernel.holidays import VIETNAM
from nep.org.access import Actor, may_manage_calendar
from nep.org.queries.calendar import year_of
from nep.platform.calendar import current, hook
from nep.platform.calendar.hook import CalendarChanged, Effect, register_follower
from nep.platform.calendar.models import LocalDay
from nep.platform.clock import now, today
from tests.factories.province import TODAY, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def day() -> date:
    """A working day to come."""
    return VIETNAM.next_working(today() + timedelta(days=7))


@pytest.fixture(autouse=True)
def _moves_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """One follower, which says that it moves three deadlines of two units."""
    monkeypatch.setattr(hook, "_followers", [])

    def follow(changed: CalendarChanged) -> Effect:
        return Effect(3, 2)

    register_follower(follow)


def administrator(province: Province, unit: str = "UBND", *, elevated: bool = True) -> Actor:
    province.staff("qt", "Giàng Seo Phử", unit, ADMINISTRATOR, position="Quản trị viên")
    return Actor(province.users["qt"], TODAY, elevated=elevated)


@pytest.fixture
def client(province: Province, signed_in: SignIn) -> Client:
    """The administrator of the province, in elevated mode."""
    administrator(province)
    browser = signed_in("qt")
    session = browser.session
    session[elevation.KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    return browser


def send(client: Client, step: str, day: date, **more: Any) -> HttpResponse:
    fields = {"first": f"{day:%Y-%m-%d}", "kind": "nghi", "name": "nghỉ tránh lũ", "source": "Công điện 05"}
    return client.post(reverse("calendar_add"), {"once": str(uuid4()), "buoc": step} | fields | more)  # type: ignore[return-value]  # the test client's own type


def test_everybody_reads_a_year_with_sources(province: Province, signed_in: SignIn) -> None:
    page = signed_in("xa1-staff").get(f"{reverse('calendar')}?nam=2026").content.decode()
    for words in (
        "16/02–20/02",
        "Công văn 12729/VPCP-KGVX ngày 25/12/2025",
        "Nghỉ bù Giỗ Tổ Hùng Vương",
        "Cần xác nhận",
        "Làm bù cho ngày 31/08/2026",
    ):
        assert words in page
    assert reverse("calendar_add") not in page


@pytest.mark.parametrize("asked", ["", "abc", "1990", "2999"])
def test_a_year_that_cannot_be_shown_is_this_year(asked: str, province: Province, signed_in: SignIn) -> None:
    page = signed_in("xa1-staff").get(f"{reverse('calendar')}?nam={asked}").content.decode()
    assert f"Lịch nghỉ {today().year}" in page


def test_days_in_a_row_are_one_line(db: None) -> None:
    told = [(row.days, row.name) for row in year_of(2026, TODAY).stretches]
    assert told[:5] == [
        ("01/01", "Tết Dương lịch"),
        ("02/01", "Nghỉ hoán đổi với ngày làm bù 10/01/2026"),
        ("10/01", "Làm bù cho ngày 02/01/2026"),
        ("16/02–20/02", "Tết Nguyên đán"),
        ("26/04", "Giỗ Tổ Hùng Vương"),
    ]


def test_months_show_each_day_once(db: None) -> None:
    year = year_of(2028, TODAY)
    cells = [cell for month in year.months for week in month.weeks for cell in week if cell]
    assert [cell.day for cell in cells] == [date(2028, 1, 1) + timedelta(days=step) for step in range(366)]
    assert all(len(week) == 7 for month in year.months for week in month.weeks)
    weeks = [week for month in year.months for week in month.weeks]
    assert all(week[cell.day.weekday()] == cell for week in weeks for cell in week if cell)
    assert {cell.day for cell in cells if cell.kind == "off"} == {
        day for day, special in VIETNAM.days.items() if day.year == 2028 and special.off
    }


def test_a_year_costs_one_question_of_its_own(
    province: Province, client: Client, day: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        year_of(day.year, TODAY)
    send(client, "ghi", day, until=f"{day + timedelta(days=20):%Y-%m-%d}")
    current()
    with django_assert_num_queries(1):
        year_of(day.year, TODAY)


def test_what_would_move_is_shown_before_anything_is_written(client: Client, day: date) -> None:
    page = send(client, "xem", day).content.decode()
    assert f"ngày {day:%d/%m/%Y}" in page
    assert "Dời 3 hạn đang chạy của 2 đơn vị; hạn đã qua giữ nguyên." in page
    assert not LocalDay.objects.exists()


def test_a_day_is_recorded_and_taken_back(client: Client, day: date) -> None:
    answer = send(client, "ghi", day)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('calendar')}?nam={day.year}")
    page = client.get(answer["Location"]).content.decode()
    assert "Đã ghi ngày. Đã dời 3 hạn đang chạy của 2 đơn vị." in page
    assert "Nghỉ tránh lũ" in page
    address = reverse("calendar_take_back", args=[day.year, day.month, day.day])
    assert address in page
    assert "Dời 3 hạn đang chạy của 2 đơn vị" in client.get(address).content.decode()
    assert client.post(address, {"once": str(uuid4()), "reason": ""}).status_code == 200
    assert LocalDay.objects.count() == 1
    answer = client.post(address, {"once": str(uuid4()), "reason": "bão đã tan"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "bão đã tan" in page
    assert list(LocalDay.objects.order_by("pk").values_list("says", flat=True)) == ["off", "taken_back"]
    answer = client.get(address)
    assert f"Ngày {day:%d/%m/%Y} không được ghi riêng ở đây, hoặc đã bỏ rồi." in answer.content.decode()


def test_what_the_rules_refuse_stands_on_the_form_with_what_was_typed(client: Client) -> None:
    page = send(client, "ghi", today() - timedelta(days=1)).content.decode()
    assert "đã qua. Chỉ ghi từ" in page
    assert "nghỉ tránh lũ" in page
    assert not LocalDay.objects.exists()


def test_without_elevated_mode_the_button_says_why(province: Province, signed_in: SignIn, day: date) -> None:
    administrator(province)
    browser = signed_in("qt")
    assert "Bật chế độ quản trị" in browser.get(reverse("calendar")).content.decode()
    assert "Bật chế độ quản trị" in browser.get(reverse("calendar_add")).content.decode()
    assert send(browser, "ghi", day).status_code == 403
    assert not LocalDay.objects.exists()


@pytest.mark.parametrize("unit", ["XA1", "CD"])
def test_only_who_administers_the_whole_records_days(province: Province, unit: str) -> None:
    decision = may_manage_calendar(administrator(province, unit))
    assert decision.reason == "Lịch nghỉ dùng chung, do người quản trị của cơ quan chính quyền cao nhất ghi."


def test_who_administers_nothing_is_told_which_role_would_do(province: Province) -> None:
    assert may_manage_calendar(province.actor("ubnd-head")).reason == (
        "Việc này cần vai trò quản trị tổ chức."
    )


@pytest.mark.parametrize("parts", [(2026, 13, 1), (2026, 2, 30)])
def test_a_day_that_does_not_exist_is_not_found(client: Client, parts: tuple[int, int, int]) -> None:
    assert client.get(reverse("calendar_take_back", args=parts)).status_code == 404
