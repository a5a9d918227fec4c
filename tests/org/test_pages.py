"""Pages of the organisation show what the person may see, with as many queries for many rows as for one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nep.org.models import UnitKind
from tests.factories.province import Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_tree_starts_with_what_one_may_see(province: Province, signed_in: SignIn) -> None:
    page = signed_in("cd-officer").get("/to-chuc/").content.decode()
    assert "Công đoàn viên chức tỉnh Vân Lĩnh" in page
    assert "Ủy ban nhân dân tỉnh Vân Lĩnh" not in page


def test_search_finds_without_diacritics_and_only_within_sight(province: Province, signed_in: SignIn) -> None:
    found = signed_in("xa1-head").get("/to-chuc/?tim=truong").content.decode()
    assert "Trường Trung học cơ sở Mường Khe" in found
    assert "Trường Tiểu học Hải Ninh" not in found


def test_people_of_other_units_are_not_listed_nor_opened(province: Province, signed_in: SignIn) -> None:
    client = signed_in("xa1-focal")
    page = client.get("/to-chuc/nguoi/").content.decode()
    assert ("Nông Đức Kiên" in page, "Vũ Thị Ngọc Diệp" in page) == (True, False)
    assert client.get(f"/to-chuc/nguoi/{province.person('snv-staff').pk}/").status_code == 404
    other = client.get(f"/to-chuc/nguoi/?don-vi={province.units['SNV'].pk}").content.decode()
    assert ("Sở Nội vụ" in other, "Không thấy" in other) == (False, True)


def test_a_unit_out_of_sight_is_not_there(province: Province, signed_in: SignIn) -> None:
    client = signed_in("xa1-head")
    assert client.get(f"/to-chuc/{province.units['SNV'].pk}/").status_code == 404
    assert client.get(f"/to-chuc/{province.units['XA1'].pk}/").status_code == 200


def test_a_unit_out_of_sight_is_named_without_a_way_to_it(province: Province, signed_in: SignIn) -> None:
    host = province.units["UBND"]
    address = f"/to-chuc/{province.units['CD'].pk}/"
    link = f'<a href="/to-chuc/{host.pk}/">{host.name}</a>'
    own = signed_in("cd-officer").get(address).content.decode()
    assert (host.name in own, link in own) == (True, False)
    assert link in signed_in("ubnd-officer").get(address).content.decode()


@pytest.mark.parametrize("page", ["/to-chuc/", "/to-chuc/?tim=phong", "/to-chuc/nguoi/", "unit"])
def test_as_many_queries_for_many_rows_as_for_one(province: Province, signed_in: SignIn, page: str) -> None:
    client = signed_in("ubnd-officer")
    url = f"/to-chuc/{province.units['XA1'].pk}/" if page == "unit" else page
    province.open("P0", "Phòng Kinh tế", UnitKind.DIVISION, parent="XA1")
    few = queries(client, url)
    for number in range(1, 30):
        province.open(f"P{number}", f"Phòng số {number}", UnitKind.DIVISION, parent="XA1")
        province.staff(f"nv{number}", f"Nguyễn Văn {number}", "XA1")
    assert queries(client, url) == few
