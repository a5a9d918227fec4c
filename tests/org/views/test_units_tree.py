"""The tree opens level by level on any day; units are found by any of their names."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nep.accounts.roles import HEAD
from nep.org.models import UnitKind
from tests.factories.province import TODAY, Province
from tests.factories.reorganised import BEFORE, reorganised

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
TREE = "/to-chuc/"


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


def page(client: Client, query: str = "", **headers: str) -> str:
    answer = client.get(TREE + query, headers=headers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def queries(client: Client, query: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        page(client, query)
    return len(captured)


def test_no_more_than_the_topmost_units_are_loaded_at_first(province: Province, signed_in: SignIn) -> None:
    closed = page(signed_in("ubnd-head"))
    assert ("Ủy ban nhân dân tỉnh Vân Lĩnh" in closed, "Sở Nội vụ" in closed) == (True, False)
    assert f'href="{TREE}?mo={province.units["UBND"].pk}#' in closed


def test_a_link_opens_one_level(province: Province, signed_in: SignIn) -> None:
    opened = page(signed_in("ubnd-head"), f"?mo={province.units['UBND'].pk}")
    assert ("Sở Nội vụ" in opened, "Lò Văn Thành" in opened) == (True, True)
    assert "Trường Trung học cơ sở Mường Khe" not in opened


def test_the_way_down_to_an_opened_unit_is_open(province: Province, signed_in: SignIn) -> None:
    opened = page(signed_in("ubnd-head"), f"?mo={province.units['XA1'].pk}")
    assert ("Sở Nội vụ" in opened, "Trường Trung học cơ sở Mường Khe" in opened) == (True, True)
    assert "Trường Tiểu học Hải Ninh" not in opened


def test_a_script_gets_the_level_alone(province: Province, signed_in: SignIn) -> None:
    level = page(signed_in("ubnd-head"), f"?mo={province.units['XA1'].pk}", **{"HX-Request": "true"})
    assert level.startswith(f'<li id="don-vi-{province.units["TH1"].pk}">')
    assert ("<html" in level, "Sở Nội vụ" in level) == (False, False)


def test_a_long_level_comes_in_parts(
    province: Province, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nep.org.queries.tree.LEVEL_SIZE", 2)
    client, top = signed_in("ubnd-head"), province.units["UBND"].pk
    first, rest = page(client, f"?mo={top}"), page(client, f"?mo={top}&tu=2")
    assert ("Sở Nội vụ" in first, "Sở Y tế" in first, "xã Mường Khe" in first) == (True, True, False)
    assert "Xem thêm, còn 2 đơn vị" in first
    assert ("Sở Nội vụ" in rest, "phường Hải Ninh" in rest, "xã Mường Khe" in rest) == (False, True, True)
    assert "Xem thêm" not in rest
    assert page(client, f"?mo={top}&tu=2", **{"HX-Request": "true"}).count("<li id") == 2


def test_the_unit_on_the_way_is_there_however_long_its_level(
    province: Province, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nep.org.queries.tree.LEVEL_SIZE", 1)
    opened = page(signed_in("ubnd-head"), f"?mo={province.units['XA1'].pk}")
    assert ("Ủy ban nhân dân xã Mường Khe" in opened, "phường Hải Ninh" in opened) == (True, False)


def test_units_out_of_sight_are_counted_and_not_named(province: Province, signed_in: SignIn) -> None:
    opened = page(signed_in("xa1-head"), f"?mo={province.units['UBND'].pk}")
    assert "3 đơn vị khác ngoài phạm vi được xem." in opened
    assert "Sở Nội vụ" not in opened
    assert "Trường Tiểu học Hải Ninh" not in page(
        signed_in("xa1-head"), f"?mo={province.units['XA2'].pk}", **{"HX-Request": "true"}
    )


def test_numbers_in_names_are_counted(province: Province, signed_in: SignIn) -> None:
    for number in (10, 2, 1):
        province.open(f"T{number}", f"Tổ {number}", UnitKind.DIVISION, parent="XA1")
    level = page(signed_in("xa1-head"), f"?mo={province.units['XA1'].pk}", **{"HX-Request": "true"})
    places = [level.index(f">Tổ {number}<") for number in (1, 2, 10)]
    assert places == sorted(places)


def test_the_past_has_its_own_names_parents_and_heads(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client, day = signed_in("ubnd-head"), f"{BEFORE:%Y-%m-%d}"
    now, then = (page(client, f"?mo={province.units['UBND'].pk}{on}") for on in ("", f"&ngay={day}"))
    assert ("Sở Y tế và Dân số" in now, "Sở Y tế và Dân số" in then) == (True, False)
    assert ("huyện Yên Thủy" in now, "huyện Yên Thủy" in then) == (False, True)
    school = "Trường Trung học cơ sở Mường Khe"
    below = [page(client, f"?mo={province.units[code].pk}&ngay={day}") for code in ("XA1", "XA2")]
    assert [school in level for level in below] == [True, False]
    assert ("Đang xem quá khứ" in then, "15/01/2026" in then) == (True, True)
    assert '<a href="/to-chuc/">Về hôm nay</a>' in then


def test_the_day_to_come_shows_what_is_planned(province: Province, signed_in: SignIn) -> None:
    reorganised(province)
    client, opened = signed_in("ubnd-head"), f"?mo={province.units['XA1'].pk}"
    assert "Phòng Kinh tế Mường Khe" not in page(client, opened)
    ahead = page(client, f"{opened}&ngay=2026-04-01")
    assert ("Phòng Kinh tế Mường Khe" in ahead, "Đang xem trước ngày" in ahead) == (True, True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("hom-qua", "Nhập ngày như 30/06/2025."),
        ("2026-02-30", "Nhập ngày như 30/06/2025."),
        ("1800-01-01", "Nhập ngày từ 02/09/1945 đến 31/12/2100."),
    ],
)
def test_a_wrong_day_is_told_and_today_shown(
    province: Province, signed_in: SignIn, typed: str, told: str
) -> None:
    shown = page(signed_in("ubnd-head"), f"?ngay={typed}")
    assert (told in shown, "tính đến 02/03/2026" in shown, "Đang xem" in shown) == (True, True, False)


def test_a_day_may_be_typed_as_it_is_written(province: Province, signed_in: SignIn) -> None:
    assert "tính đến 15/01/2026" in page(signed_in("ubnd-head"), "?ngay=15/01/2026")


def test_units_are_found_by_code_and_former_name_with_their_place(
    province: Province, signed_in: SignIn
) -> None:
    reorganised(province)
    client = signed_in("ubnd-head")
    renamed = page(client, "?tim=so+y+te")
    assert ("Sở Y tế và Dân số" in renamed, "Tên khác: Sở Y tế, từ 01/07/2025" in renamed) == (True, True)
    by_code = page(client, "?tim=th3")
    assert "Ủy ban nhân dân tỉnh Vân Lĩnh › Ủy ban nhân dân xã Mường Khe" in by_code
    closed = page(client, "?tim=huyen+yen")
    assert ("Thôi hoạt động từ 01/02/2026" in closed, "Ủy ban nhân dân tỉnh Vân Lĩnh" in closed) == (
        True,
        True,
    )
    assert "Thành lập từ 01/04/2026" in page(client, "?tim=kinh+te")
    assert "Không có đơn vị nào khớp" in page(signed_in("xa2-head"), "?tim=huyen+yen")


def test_a_head_of_another_day_is_not_named_today(province: Province, signed_in: SignIn) -> None:
    province.staff("syt-head", "Đinh Xuân Lâm", "SYT", HEAD, position="Thủ trưởng")
    client, top = signed_in("ubnd-head"), province.units["UBND"].pk
    assert "Đinh Xuân Lâm" in page(client, f"?mo={top}")
    assert "Đinh Xuân Lâm" not in page(client, f"?mo={top}&ngay=2025-06-30")


@pytest.mark.parametrize(
    "query", ["?mo={XA1}", "?tim=phong", "?mo={XA1}&ngay=2026-01-15", "?tim=p&ngay=2026-01-15"]
)
def test_as_many_queries_for_many_units_as_for_one(province: Province, signed_in: SignIn, query: str) -> None:
    client, asked = signed_in("ubnd-head"), query.format(XA1=province.units["XA1"].pk)
    province.open("P0", "Phòng Kinh tế", UnitKind.DIVISION, parent="XA1")
    few = queries(client, asked)
    for number in range(1, 30):
        province.open(f"P{number}", f"Phòng số {number}", UnitKind.DIVISION, parent="XA1")
    assert queries(client, asked) == few
