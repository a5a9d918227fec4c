"""Pages on which roles are proposed, confirmed, declined, taken back, lent; and the page of rights."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.accounts import elevation
from nep.accounts.roles import ADMINISTRATOR, AUDITOR, HEAD
from nep.org.access import Actor
from nep.org.models import Grant
from nep.org.services.grants import grant_role, propose_role
from nep.platform.clock import now
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


def elevated(client: Client) -> Client:
    session = client.session
    session[elevation.KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    return client


@pytest.fixture
def admin(province: Province, signed_in: SignIn) -> Client:
    """An administrator of the province, in elevated mode."""
    province.staff("admin", "Giàng Seo Phử", "SYT", position="Quản trị viên")
    grant_role(
        province.users["admin"], ADMINISTRATOR, actor=None, unit=province.units["UBND"], on=OPENED, at=AT
    )
    return elevated(signed_in("admin"))


def send(client: Client, page: str, args: list[int], **fields: Any) -> HttpResponse:
    sent = {"once": str(uuid4()), "buoc": "ghi"} | fields
    answer: HttpResponse = client.post(reverse(page, args=args), sent)
    return answer


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def waiting(province: Province, login: str = "snv-staff") -> Grant:
    """A head proposed by the administrator."""
    return propose_role(
        province.users[login],
        HEAD,
        actor=Actor(province.users["admin"], TODAY, elevated=True),
        unit=province.units["SNV"],
        on=TODAY,
        at=AT,
        reason="Quyết định 7/QĐ",
    )


def test_a_weighty_role_goes_from_proposal_to_confirmation(
    province: Province, admin: Client, signed_in: SignIn
) -> None:
    person, unit = province.person("snv-staff"), province.units["SNV"]
    fields = {"role": "head", "unit": unit.pk, "line": "", "on": "2026-03-02", "reason": "Quyết định 7/QĐ"}
    assert send(admin, "grant_new", [person.pk], **fields).status_code == 302
    grant = Grant.objects.get(user=person.user)
    assert (grant.role, grant.confirmed_at) == ("head", None)
    assert "Chờ xác nhận" in words(admin.get(reverse("person", args=[person.pk])))
    own = words(admin.get(reverse("grant_confirm", args=[grant.pk])))
    assert "Người đề nghị và người nhận không tự xác nhận vai trò." in own
    assert "Rút đề nghị" in own
    assert send(admin, "grant_confirm", [grant.pk]).status_code == 403
    head = signed_in("snv-head")
    assert reverse("grant_confirm", args=[grant.pk]) in words(head.get(reverse("grants_waiting")))
    assert "Xác nhận vai trò</" in words(head.get(reverse("grant_confirm", args=[grant.pk])))
    assert send(head, "grant_confirm", [grant.pk]).status_code == 302
    assert Grant.objects.get(pk=grant.pk).confirmed_by_id == province.users["snv-head"].pk
    assert send(head, "grant_confirm", [grant.pk]).status_code == 409


def test_a_proposal_is_declined_with_a_reason(province: Province, admin: Client, signed_in: SignIn) -> None:
    grant, head = waiting(province), signed_in("snv-head")
    assert "Trường này là bắt buộc" not in words(head.get(reverse("grant_decline", args=[grant.pk])))
    assert send(head, "grant_decline", [grant.pk], reason="").status_code == 200
    assert send(head, "grant_decline", [grant.pk], reason="Chưa có quyết định").status_code == 302
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_who_proposed_takes_it_back_at_rest(province: Province, admin: Client, signed_in: SignIn) -> None:
    grant = waiting(province)
    assert send(signed_in("admin"), "grant_decline", [grant.pk], reason="Nhầm").status_code == 302
    assert not Grant.objects.filter(pk=grant.pk).exists()


def test_a_role_is_taken_back_by_an_administrator_alone(
    province: Province, admin: Client, signed_in: SignIn
) -> None:
    grant = Grant.objects.get(user=province.users["snv-focal"])
    fields = {"on": "2026-03-10", "reason": "Chuyển sang việc khác"}
    assert send(signed_in("snv-head"), "grant_revoke", [grant.pk], **fields).status_code == 403
    assert send(signed_in("xa1-head"), "grant_revoke", [grant.pk], **fields).status_code == 404
    assert send(admin, "grant_revoke", [grant.pk], **fields).status_code == 302
    assert Grant.objects.get(pk=grant.pk).during.upper == date(2026, 3, 10)


def test_nobody_is_offered_a_role_for_themselves(province: Province, admin: Client) -> None:
    person = province.person("admin")
    fields = {"role": "focal", "unit": province.units["SNV"].pk, "on": "2026-03-02", "reason": "Tự làm"}
    page = words(send(admin, "grant_new", [person.pk], **fields))
    assert "Không ai tự giao vai trò cho mình." in page
    assert Grant.objects.filter(user=person.user).count() == 1


def test_a_head_lends_authority_and_ends_it(province: Province, signed_in: SignIn) -> None:
    head, unit, deputy = signed_in("snv-head"), province.units["SNV"], province.person("snv-focal")
    fields = {"deputy": deputy.pk, "on": "2026-03-02", "last_day": "2026-03-31", "reason": "Đi công tác"}
    assert send(head, "acting_new", [unit.pk], **fields).status_code == 302
    grant = Grant.objects.get(acting_for__isnull=False)
    assert (grant.user, grant.during.upper) == (deputy.user, date(2026, 4, 1))
    page = words(signed_in("snv-focal").get(reverse("rights")))
    assert "Vai trò thủ trưởng, thay Lò Văn Thành: Sở Nội vụ" in page
    own = words(head.get(reverse("rights")))
    assert reverse("acting_new", args=[unit.pk]) in own
    assert reverse("grant_revoke", args=[grant.pk]) in own
    answer = send(head, "grant_revoke", [grant.pk], on="2026-03-10", reason="Đã về")
    assert answer.status_code == 302
    assert signed_in("ubnd-head").get(reverse("acting_new", args=[unit.pk])).status_code == 403
    assert signed_in("snv-focal").get(reverse("acting_new", args=[unit.pk])).status_code == 403


def test_only_people_of_the_unit_with_an_account_are_offered(province: Province, signed_in: SignIn) -> None:
    page = words(signed_in("snv-head").get(reverse("acting_new", args=[province.units["SNV"].pk])))
    shown = {name for name in ("Phan Tiến Dũng", "Vũ Thị Ngọc Diệp", "Ma Thị Nguyệt") if name in page}
    assert shown == {"Phan Tiến Dũng", "Vũ Thị Ngọc Diệp"}


def test_rights_of_others_are_read_by_who_gives_roles_and_who_audits(
    province: Province, admin: Client, signed_in: SignIn
) -> None:
    address = reverse("person_rights", args=[province.person("snv-focal").pk])
    province.staff("auditor", "Lù Văn Páo", "UBND", AUDITOR)
    assert signed_in("admin").get(address).status_code == 200
    page = words(signed_in("auditor").get(address))
    assert "Vai trò đầu mối của đơn vị: Sở Nội vụ (1 đơn vị, hệ thống chính quyền)" in page
    assert signed_in("snv-head").get(address).status_code == 403
    assert signed_in("xa1-head").get(address).status_code == 404


def test_my_rights_say_what_is_missing(province: Province, signed_in: SignIn) -> None:
    page = words(signed_in("snv-focal").get(reverse("rights")))
    assert "Chuyên viên (chính thức): Sở Nội vụ" in page
    assert "Việc này cần vai trò thủ trưởng của Sở Nội vụ." in page
    stranger = words(signed_in("stranger").get(reverse("rights")))
    assert "Tài khoản này chưa có vị trí công tác và chưa giữ vai trò nào." in stranger


@pytest.mark.parametrize("page", ["rights", "grants_waiting", "person"])
def test_as_many_queries_for_many_roles_as_for_one(
    province: Province, admin: Client, signed_in: SignIn, page: str
) -> None:
    person = province.person("snv-staff")
    address = reverse(page, args=[person.pk] if page == "person" else [])
    client = signed_in("snv-staff") if page == "rights" else admin

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    waiting(province)
    grant_role(province.users["snv-staff"], HEAD, actor=None, unit=province.units["SYT"], on=OPENED, at=AT)
    queries()  # what is read once in a process
    few = queries()
    for number in range(30):
        days = {"on": OPENED + timedelta(days=number), "until": OPENED + timedelta(days=600)}
        Grant.objects.create(
            user=province.users["snv-staff"],
            role="focal",
            unit=province.units["SNV"],
            line="authority",
            during=(days["on"], days["until"]),
            confirmed_at=None if page == "grants_waiting" else AT,
            granted_by_id=province.users["admin"].pk,
        )
    assert queries() == few
