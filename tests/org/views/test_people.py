"""Pages on which people are entered, corrected, posted, moved, and on which postings end."""

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
from nep.accounts.roles import ADMINISTRATOR
from nep.org.models import Person, Position, Posting
from nep.org.services.grants import grant_role
from nep.org.services.people import post_person
from nep.platform.clock import now
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


def elevated(client: Client) -> Client:
    """The same browser in elevated mode."""
    session = client.session
    session[elevation.KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    return client


@pytest.fixture
def admin(province: Province, signed_in: SignIn) -> Client:
    """An administrator of the province, in elevated mode."""
    province.staff("admin", "Giàng Seo Phử", "SNV", position="Quản trị viên")
    grant_role(
        province.users["admin"], ADMINISTRATOR, actor=None, unit=province.units["UBND"], on=OPENED, at=AT
    )
    return elevated(signed_in("admin"))


def send(client: Client, page: str, args: list[int], step: str = "ghi", **fields: Any) -> HttpResponse:
    """A form as a browser sends it."""
    sent = {"once": str(uuid4()), "buoc": step} | fields
    answer: HttpResponse = client.post(reverse(page, args=args), sent)
    return answer


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


def posting_fields(province: Province, unit: str = "SYT", **more: Any) -> dict[str, Any]:
    position = Position.objects.get(name="Chuyên viên")
    given = {"unit": province.units[unit].pk, "position": position.pk, "on": "01/04/2026", "decision": "9/QĐ"}
    return given | more


def test_somebody_new_is_entered_with_the_first_posting(province: Province, admin: Client) -> None:
    entry = {"staff_code": "M9", "name": "Sùng Thị Dợ", "kind": "vien_chuc", "born_on": "1999-02-03"}
    answer = send(admin, "person_new", [], **entry, **posting_fields(province))
    assert (answer.status_code, answer["Location"]) == (302, reverse("people"))
    made = Person.objects.get(staff_code="M9")
    posting = made.postings.get()
    assert (made.kind, made.born_on) == ("vien_chuc", date(1999, 2, 3))
    assert (posting.unit, posting.kind, posting.decision) == (province.units["SYT"], "main", "9/QĐ")


def test_a_posting_that_is_refused_enters_nobody_and_loses_nothing(province: Province, admin: Client) -> None:
    entry = {"staff_code": "M9", "name": "Sùng Thị Dợ", "kind": "vien_chuc", "born_on": "2015-02-03"}
    answer = send(admin, "person_new", [], **entry, **posting_fields(province))
    assert answer.status_code == 200
    assert "quá gần ngày sinh 03/02/2015" in words(answer)
    assert "Sùng Thị Dợ" in words(answer)
    assert not Person.objects.filter(staff_code="M9").exists()


def test_searching_for_the_unit_judges_nothing(province: Province, admin: Client) -> None:
    answer = send(admin, "person_new", [], step="tim", name="Sùng Thị Dợ", unit_tim="y te")
    assert "Sở Y tế" in words(answer)
    assert "Sùng Thị Dợ" in words(answer)
    assert 'class="nep-errors"' not in words(answer)


def test_a_person_is_corrected(province: Province, admin: Client) -> None:
    person = province.person("snv-staff")
    fields = {"staff_code": "NV-snv-staff", "name": "Vũ Ngọc Diệp", "kind": "cong_chuc"}
    answer = send(admin, "person_edit", [person.pk], **fields)
    assert answer["Location"] == reverse("person", args=[person.pk])
    assert Person.objects.get(pk=person.pk).name == "Vũ Ngọc Diệp"
    taken = send(admin, "person_edit", [person.pk], **fields | {"staff_code": "NV-snv-head"})
    assert "Mã nhân sự NV-snv-head đã có." in words(taken)


def test_a_transfer_is_written_and_told(province: Province, admin: Client) -> None:
    person = province.person("snv-staff")
    answer = send(admin, "person_transfer", [person.pk], **posting_fields(province), end_roles="on")
    page = words(admin.get(answer["Location"]))
    assert "Điều động đến Sở Y tế" in page
    assert "chuyển từ Sở Nội vụ đến Sở Y tế" in page
    assert "từ ngày 01/07/2025 đến hết ngày 31/03/2026" in page


def test_a_secondment_asks_for_its_end(province: Province, admin: Client) -> None:
    person = province.person("snv-staff")
    open_end = send(admin, "posting_new", [person.pk], kind="secondment", **posting_fields(province))
    assert "Biệt phái phải có ngày kết thúc" in words(open_end)
    fields = posting_fields(province, last_day="30/09/2026")
    assert send(admin, "posting_new", [person.pk], kind="secondment", **fields).status_code == 302
    during = Posting.objects.get(person=person, kind="secondment").during
    assert during.upper == date(2026, 10, 1)


def test_a_posting_ends_and_one_ahead_is_taken_away(province: Province, admin: Client) -> None:
    person = province.person("snv-staff")
    send(admin, "posting_new", [person.pk], kind="concurrent", **posting_fields(province))
    ahead, main = person.postings.get(kind="concurrent"), person.postings.get(kind="main")
    page = words(admin.get(reverse("person", args=[person.pk])))
    assert reverse("posting_cancel", args=[ahead.pk]) in page
    assert reverse("posting_end", args=[main.pk]) in page
    assert send(admin, "posting_cancel", [ahead.pk], reason="Ghi nhầm").status_code == 302
    assert send(admin, "posting_end", [main.pk], on="2026-03-02", reason="Nghỉ hưu").status_code == 302
    assert [row.during.upper for row in person.postings.all()] == [TODAY]
    # Who has left is found by who administered them there, and by nobody else.
    address = reverse("person", args=[person.pk])
    assert admin.get(address).status_code == 200


def test_who_has_left_is_not_seen_by_colleagues(province: Province, admin: Client, signed_in: SignIn) -> None:
    person = province.person("snv-staff")
    send(admin, "posting_end", [person.postings.get().pk], on="2026-03-02", reason="Nghỉ hưu")
    assert signed_in("snv-head").get(reverse("person", args=[person.pk])).status_code == 404
    province.staff("qtxa", "Tráng A Pao", "XA1", ADMINISTRATOR)
    assert signed_in("qtxa").get(reverse("person", args=[person.pk])).status_code == 404


@pytest.mark.parametrize("name", ["person_edit", "posting_new", "person_transfer", "grant_new"])
def test_an_administrator_at_rest_reads_why_and_where_to_go(
    province: Province, admin: Client, signed_in: SignIn, name: str
) -> None:
    person, resting = province.person("snv-staff"), signed_in("admin")
    page = words(resting.get(reverse(name, args=[person.pk])))
    assert "Việc này chỉ làm được trong chế độ quản trị." in page
    assert f"{reverse('elevate')}?next={reverse(name, args=[person.pk])}" in page
    assert "Bật chế độ quản trị" in words(resting.get(reverse("person", args=[person.pk])))
    assert send(resting, name, [person.pk]).status_code == 403
    assert signed_in("snv-head").get(reverse(name, args=[person.pk])).status_code == 403


def test_the_frame_shows_elevated_mode_and_how_to_leave_it(
    province: Province, admin: Client, signed_in: SignIn
) -> None:
    assert "Chế độ quản trị</b> đến" in words(admin.get(reverse("people")))
    assert "Chế độ quản trị</b> đến" not in words(signed_in("admin").get(reverse("people")))


def test_the_address_and_the_day_of_birth_are_shown_to_whom_they_concern(
    province: Province, admin: Client, signed_in: SignIn
) -> None:
    person = province.person("snv-staff")
    Person.objects.filter(pk=person.pk).update(email="diep@vanlinh.example", born_on=date(1990, 5, 2))
    province.staff("snv-colleague", "Má A Say", "SNV")

    def shown(client: Client) -> tuple[bool, bool]:
        page = words(client.get(reverse("person", args=[person.pk])))
        return "diep@vanlinh.example" in page, "02/05/1990" in page

    assert shown(admin) == (True, True)
    assert shown(signed_in("snv-staff")) == (True, True)
    assert shown(signed_in("snv-head")) == (True, False)
    assert shown(signed_in("snv-colleague")) == (False, False)


def test_no_list_shows_or_sorts_by_the_day_of_birth(province: Province, admin: Client) -> None:
    Person.objects.filter(pk=province.person("snv-staff").pk).update(born_on=date(1990, 5, 2))
    page = words(admin.get(reverse("people"), {"cot": "sinh", "sap": "sinh"}))
    assert "Ngày sinh" not in page
    assert "02/05/1990" not in page


def test_the_page_of_a_person_asks_as_much_for_many_postings_as_for_one(
    province: Province, admin: Client
) -> None:
    person, position = province.person("snv-staff"), Position.objects.get(name="Chuyên viên")
    address = reverse("person", args=[person.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert admin.get(address).status_code == 200
        return len(captured)

    queries()  # what is read once in a process
    few = queries()
    for month in range(30):
        post_person(
            person,
            actor=None,
            unit=province.units["SYT"],
            position=position,
            kind="concurrent",
            on=OPENED + timedelta(days=30 * month),
            until=OPENED + timedelta(days=30 * month + 20),
            at=AT,
        )
    assert queries() == few
