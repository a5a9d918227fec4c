"""Saved views and chosen columns: who keeps them, who sees them, who may change them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nep.org.lists import PEOPLE
from nep.platform.lists.changes import save_view
from nep.platform.lists.models import ListChoice, SavedView
from nep.platform.lists.saved import Place
from tests.factories.province import AT, Province

pytestmark = pytest.mark.django_db

SignIn = Callable[[str], Client]
VIEWS = "/danh-sach/nguoi/cach-xem/"


def opened(client: Client, query: str = "") -> Any:
    return client.get(f"{reverse('people')}{query}").context["people"]


def tabs(client: Client) -> list[str]:
    return [tab.label for tab in opened(client).tabs]


def keep(province: Province, login: str, name: str, unit: str = "", **kept: Any) -> SavedView:
    """A view kept by somebody, shared in a unit when one is named."""
    place = Place(province.units[unit].pk, province.units[unit].name) if unit else None
    given = {"query": "tim=dung", "columns": ()} | kept
    return save_view(PEOPLE, name, place=place, actor=province.actor(login), at=AT, **given)


def test_a_view_keeps_filters_order_and_columns(province: Province, signed_in: SignIn) -> None:
    client = signed_in("snv-focal")
    client.post(
        "/danh-sach/nguoi/cot/", {"cot": ["ma", "doi-tuong"], "thu-tu-ma": "2", "thu-tu-doi-tuong": "1"}
    )
    client.post(f"{VIEWS}?tim=dung&sap=-ten", {"name": "Anh Dũng", "place": ""})
    view = SavedView.objects.get()
    assert (view.query, view.columns) == ("tim=dung&sap=-ten", ["ten", "doi-tuong", "ma"])
    client.post("/danh-sach/nguoi/cot/", {"usual": "1"})
    page = opened(client, opened(client).tabs[1].url)
    assert [person.name for person in page.rows] == ["Phan Tiến Dũng"]
    assert [column.key for column in page.columns] == ["ten", "doi-tuong", "ma"]
    assert [tab.label for tab in page.tabs if tab.current] == ["Anh Dũng"]


def test_a_private_view_is_seen_by_its_maker_alone(province: Province, signed_in: SignIn) -> None:
    view = keep(province, "snv-focal", "Riêng")
    assert (tabs(signed_in("snv-focal")), tabs(signed_in("snv-head"))) == (["Tất cả", "Riêng"], [])
    assert signed_in("snv-head").get(f"{VIEWS}{view.pk}/").status_code == 404
    assert signed_in("ubnd-officer").post(f"{VIEWS}{view.pk}/bo/").status_code == 404


def test_a_shared_view_is_seen_by_who_works_there_or_has_a_role_over_it(
    province: Province, signed_in: SignIn
) -> None:
    keep(province, "snv-focal", "Của Sở", "SNV")
    sees = {
        login: tabs(signed_in(login))[1:] for login in ("snv-staff", "ubnd-officer", "xa1-head", "supervisor")
    }
    assert sees == {
        "snv-staff": ["Của Sở"],
        "ubnd-officer": ["Của Sở"],
        "xa1-head": [],
        "supervisor": ["Của Sở"],
    }


def test_only_its_maker_and_the_head_of_the_unit_change_a_shared_view(
    province: Province, signed_in: SignIn
) -> None:
    view = keep(province, "snv-focal", "Của Sở", "SNV")
    address = f"{VIEWS}{view.pk}/"
    for login in ("snv-staff", "ubnd-officer"):
        refused = signed_in(login).post(address, {"name": "Đổi", "place": ""})
        assert (
            refused.status_code,
            "chỉ người đó hoặc thủ trưởng của Sở Nội vụ" in refused.content.decode(),
        ) == (
            403,
            True,
        )
    assert (
        signed_in("snv-head").post(address, {"name": "Đã đổi", "place": str(view.place_id)}).status_code
        == 302
    )
    assert signed_in("snv-focal").post(address, {"name": "Của tôi", "place": ""}).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.place_id, view.owner_name) == ("Của tôi", None, "Phan Tiến Dũng")


def test_nobody_shares_where_they_neither_work_nor_have_a_role(province: Province, signed_in: SignIn) -> None:
    unit = province.units["XA1"]
    refused = signed_in("snv-staff").post(f"{VIEWS}?tim=an", {"name": "Lạ", "place": str(unit.pk)})
    assert (refused.status_code, SavedView.objects.count()) == (200, 0)


def test_the_same_name_again_takes_the_place_of_the_old_view(province: Province) -> None:
    keep(province, "snv-focal", "Một")
    keep(province, "snv-focal", "Một", query="tim=an")
    assert list(SavedView.objects.values_list("name", "query")) == [("Một", "tim=an")]


def test_a_list_opens_with_the_view_chosen_for_it(province: Province, signed_in: SignIn) -> None:
    client, view = signed_in("snv-focal"), keep(province, "snv-focal", "Anh Dũng")
    client.post(f"{VIEWS}mac-dinh/", {"view": str(view.pk)})
    assert [person.name for person in opened(client).rows] == ["Phan Tiến Dũng"]
    whole = opened(client).cleared
    assert len(opened(client, whole).rows) == 3
    assert len(opened(signed_in("snv-staff")).rows) == 3
    client.post(f"{VIEWS}mac-dinh/", {"view": "0"})
    assert len(opened(client).rows) == 3


def test_a_default_view_that_is_shared_no_more_opens_the_whole_list(
    province: Province, signed_in: SignIn
) -> None:
    view = keep(province, "snv-focal", "Của Sở", "SNV")
    client = signed_in("snv-staff")
    client.post(f"{VIEWS}mac-dinh/", {"view": str(view.pk)})
    assert len(opened(client).rows) == 1
    SavedView.objects.update(place_id=None)
    assert (len(opened(client).rows), tabs(client)) == (3, [])


def test_columns_are_chosen_by_each_for_themselves(province: Province, signed_in: SignIn) -> None:
    client = signed_in("snv-focal")
    client.post("/danh-sach/nguoi/cot/", {"cot": ["ma", "la", "ten"], "thu-tu-ma": "x"})
    assert ListChoice.objects.get().columns == ["ten", "ma"]
    heads = [
        [head.column.label for head in opened(signed_in(login)).heads] for login in ("snv-focal", "snv-staff")
    ]
    assert heads == [["Họ và tên", "Mã nhân sự"], ["Họ và tên", "Chức vụ", "Đơn vị", "Mã nhân sự"]]
    client.post("/danh-sach/nguoi/cot/", {"usual": "1"})
    assert len(opened(client).columns) == 4


def test_a_removed_view_leaves_the_list(province: Province, signed_in: SignIn) -> None:
    view = keep(province, "snv-focal", "Một")
    client = signed_in("snv-focal")
    assert client.get(f"{VIEWS}{view.pk}/bo/").status_code == 200
    assert client.post(f"{VIEWS}{view.pk}/bo/")["Location"] == VIEWS
    assert (SavedView.objects.count(), tabs(client)) == (0, [])
