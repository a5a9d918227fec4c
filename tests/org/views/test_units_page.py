"""The page of a unit: what it is on a day, what became of it, what is ahead, and its figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.org.models import Restatement, UnitKind
from nep.org.services.changes import close_unit, rename_unit
from nep.org.services.changes_handover import Handover
from tests.factories.province import AT, TODAY, Province
from tests.factories.reorganised import reorganised

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


def page(client: Client, province: Province, code: str, query: str = "") -> str:
    answer = client.get(reverse("unit", args=[province.units[code].pk]) + query)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def status(client: Client, province: Province, code: str, query: str = "") -> int:
    return client.get(reverse("unit", args=[province.units[code].pk]) + query).status_code


def link(province: Province, code: str) -> str:
    return f'<a href="{reverse("unit", args=[province.units[code].pk])}">'


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("SNV", "Đang hoạt động"),
        ("HY", "Thôi hoạt động từ 01/02/2026"),
        ("PX", "Thành lập từ 01/04/2026"),
    ],
)
def test_the_state_of_a_unit_is_told(province: Province, signed_in: SignIn, code: str, state: str) -> None:
    reorganised(province)
    assert state in page(signed_in("ubnd-head"), province, code)


def test_a_unit_that_will_close_says_so(province: Province, signed_in: SignIn) -> None:
    handover = Handover(units_to=province.units["UBND"], people_to=province.units["UBND"])
    close_unit(province.units["SNV"], actor=None, on=date(2026, 6, 1), at=AT, handover=handover)
    shown = page(signed_in("ubnd-head"), province, "SNV")
    assert "Đang hoạt động, thôi hoạt động từ 01/06/2026" in shown
    assert "Biến động sắp tới" in shown


def test_predecessors_and_successors_are_links_with_day_and_decision(
    province: Province, signed_in: SignIn
) -> None:
    reorganised(province)
    client = signed_in("xa1-head")
    successor, closed = page(client, province, "XA1"), page(client, province, "HY")
    assert ("Kế thừa từ" in successor, link(province, "HY") in successor) == (True, True)
    assert ("Đơn vị kế thừa" in closed, link(province, "XA1") in closed) == (True, True)
    assert "Sáp nhập, hợp nhất từ 01/02/2026, 12/QĐ-UBND" in successor


def test_a_closed_unit_is_shown_as_it_was_on_its_last_day(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    shown = page(signed_in("ubnd-head"), province, "HY")
    assert "đơn vị không còn hoạt động; dưới đây là đơn vị vào ngày 31/01/2026." in shown
    assert ("Mùa A Chía" in shown, "Trường Tiểu học Yên Thủy" in shown) == (True, True)


def test_names_and_parents_over_time(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client = signed_in("ubnd-head")
    renamed, moved = page(client, province, "SYT"), page(client, province, "TH1")
    assert "từ 01/07/2025 đến trước 01/02/2026" in renamed
    assert "Tên qua các thời kỳ" in renamed
    assert "Cấp trên qua các thời kỳ" in moved
    assert (link(province, "XA1") in moved, link(province, "XA2") in moved) == (True, True)


def test_the_past_has_its_name_place_and_people(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client = signed_in("ubnd-head")
    then = page(client, province, "SYT", "?ngay=2026-01-15")
    assert "<h1>Sở Y tế</h1>" in then
    assert "<h1>Sở Y tế và Dân số</h1>" in page(client, province, "SYT")
    school = page(client, province, "TH1", "?ngay=2026-01-15")
    place = reverse("unit", args=[province.units["XA1"].pk]) + "?ngay=2026-01-15"
    assert f'<a href="{place}">' in school
    assert ("Đang xem quá khứ" in school, "Bế Thu Trang" in school) == (True, True)
    assert "đơn vị chưa thành lập; dưới đây là đơn vị vào ngày 01/07/2025." in page(
        client, province, "TH1", "?ngay=2025-06-30"
    )


def test_people_of_the_past_without_a_page_are_named_without_a_link(
    province: Province, signed_in: SignIn
) -> None:
    reorganised(province)
    then = page(signed_in("xa1-head"), province, "TH1", "?ngay=2026-01-15")
    person = reverse("person", args=[province.person("th1-head").pk])
    assert ("Bế Thu Trang" in then, person in then) == (True, False)


def test_what_is_out_of_sight_is_not_there_on_any_day(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client = signed_in("xa2-head")
    seen = [status(client, province, "HY", on) for on in ("", "?ngay=2026-01-15", "?ngay=2026-04-01")]
    assert seen == [404, 404, 404]
    head = signed_in("xa1-head")
    assert [status(head, province, "TH1", on) for on in ("", "?ngay=2026-01-15")] == [404, 200]
    assert [status(head, province, "PX"), status(client, province, "PX")] == [200, 404]


def test_figures_are_for_who_sees_the_people(province: Province, signed_in: SignIn) -> None:
    seen = page(signed_in("xa1-focal"), province, "XA1")
    assert ("2 đơn vị, 5 người" in seen, "Tháng 03/2026" in seen) == (True, True)
    assert "Xem các tháng" not in page(signed_in("th1-staff"), province, "XA1")


def test_a_restated_figure_is_told(province: Province, signed_in: SignIn) -> None:
    row = {"month": date(2026, 1, 1), "measure": "people", "before": 5, "after": 7, "recorded_at": AT}
    for kept in (True, False):
        Restatement.objects.create(unit=province.units["XA1"], kept=kept, **row)
    shown = page(signed_in("xa1-head"), province, "XA1")
    assert "Tháng 01/2026: số người 5 → 7" in shown
    assert ("Tháng đã khóa, giữ 5" in shown, "Đã tính lại" in shown) == (True, True)


def test_a_wrong_day_is_told(province: Province, signed_in: SignIn) -> None:
    assert "Nhập ngày như 30/06/2025." in page(signed_in("ubnd-head"), province, "SNV", "?ngay=31-31-31")


@pytest.mark.parametrize("query", ["", "?ngay=2026-01-15"])
def test_as_many_queries_for_thirty_rows_as_for_one(
    province: Province, signed_in: SignIn, query: str
) -> None:
    client, unit = signed_in("ubnd-head"), province.units["XA1"]

    def add(number: int) -> None:
        province.open(f"P{number}", f"Phòng {number}", UnitKind.DIVISION, parent="XA1")
        province.staff(f"nv{number}", f"Nguyễn Văn {number}", "XA1")
        on = date(2026, 3, 2).replace(day=1 + number % 28, month=4 + number // 28)
        rename_unit(unit, f"Ủy ban nhân dân xã Mường Khe {number}", actor=None, on=on, at=AT)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page(client, province, "XA1", query)
        return len(captured)

    add(1)
    few = queries()
    for number in range(2, 31):
        add(number)
    assert queries() == few
