"""A new installation begins with one unit and two people, and only once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from nep.accounts.models import User
from nep.org.access import Actor
from nep.org.models import Grant, Unit
from nep.platform.clock import today

pytestmark = pytest.mark.django_db

WISHES = {
    "code": "VL",
    "name": "Ủy ban nhân dân tỉnh Vân Lĩnh",
    "kind": "province",
    "head_code": "NV1",
    "head_name": "Hà Đức Thuận",
    "head_position": "Chủ tịch Ủy ban nhân dân",
    "admin_code": "NV2",
    "admin_name": "Giàng Seo Phử",
    "admin_position": "Chuyên viên",
}
PASSWORD = "mot cau de nho 2026"


def start(**changed: str) -> str:
    """What the command prints."""
    told = StringIO()
    call_command("start_organisation", stdout=told, **(WISHES | changed))
    return told.getvalue()


def test_the_two_founders_set_their_passwords_with_the_printed_codes(client: Client) -> None:
    lines = start().splitlines()
    assert [line.split(",")[0] for line in lines[:2]] == [
        "Thủ trưởng: Hà Đức Thuận",
        "Quản trị tổ chức: Giàng Seo Phử",
    ]
    code = lines[1].rsplit(" ", 1)[1]
    answer = client.post("/dang-nhap/phieu/", {"code": code})
    page = answer["Location"]
    answer = client.post(page, {"new": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 302
    user = User.objects.get(name="Giàng Seo Phử")
    assert user.check_password(PASSWORD)
    assert Actor(user, today(), elevated=True).units_with("import_staff").get() == Unit.objects.get()
    assert Grant.objects.filter(confirmed_at=None).count() == 0


def test_it_begins_only_once() -> None:
    start()
    with pytest.raises(CommandError, match="Tổ chức đã được lập"):
        start(code="VL2")
    assert Unit.objects.count() == 1


def test_one_person_is_not_both() -> None:
    with pytest.raises(CommandError, match="hai người khác nhau"):
        start(admin_code="NV1")
    assert (Unit.objects.count(), User.objects.count()) == (0, 0)
