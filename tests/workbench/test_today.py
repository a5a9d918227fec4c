"""Hôm nay: what one owes, what waits for one's decision, what one asked of others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nep.movements.models import AdoptedTask, Adoption, Occurrence
from nep.org.models import UnitKind
from nep.platform.jobs.models import JobRun
from nep.platform.notify.notices import mark_read, notify
from nep.workbench.queries import home
from tests.factories.drafts import launched, submitted
from tests.factories.province import AT, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


def test_somebody_without_work_is_told_so(province: Province, signed_in: SignIn) -> None:
    page = signed_in("stranger").get("/").content.decode()
    assert "Không còn việc nào chờ đồng chí." in page


def test_the_head_finds_what_waits_to_be_launched(province: Province) -> None:
    programme = submitted(province)
    shown = home(province.actor("ubnd-head"), AT)
    assert [(row.who, row.url) for row in shown.decisions] == [
        ("Ủy ban nhân dân tỉnh Vân Lĩnh", f"/phong-trao/{programme.pk}/")
    ]


def test_a_unit_in_scope_finds_the_programme_and_a_unit_outside_does_not(province: Province) -> None:
    programme = launched(province)
    of_commune = home(province.actor("xa1-head"), AT)
    assert [row.programme for row in of_commune.programmes] == [programme]
    assert [duty.url for duty in of_commune.duties] == [
        f"/phong-trao/don-vi/{programme.adoptions.get(unit__code='XA1').pk}/"
    ]
    of_union = home(province.actor("cd1-head"), AT)
    assert (of_union.programmes, of_union.duties) == ([], [])


def test_who_asked_sees_what_is_missing(province: Province) -> None:
    launched(province)
    assert [(row.unissued, row.late_units) for row in home(province.actor("ubnd-officer"), AT).asked] == [
        (4, 0)
    ]


def test_duties_that_are_months_away_are_counted_and_shown_when_asked_for(province: Province) -> None:
    adoption = launched(province).adoptions.get(unit__code="XA1")
    Adoption.objects.filter(pk=adoption.pk).update(state="issued", issued_on=AT.date(), issued_by_id=1)
    day = date(2026, 3, 2)
    for title, due_on in (
        ("Gần", date(2026, 4, 1)),
        ("Xa", date(2027, 6, 30)),
        ("Xa hơn", date(2028, 6, 30)),
        ("Không hạn", None),
    ):
        task = AdoptedTask.objects.create(adoption=adoption, position=1, title=title, due_on=due_on)
        Occurrence.objects.create(
            programme=adoption.programme,
            unit=adoption.unit,
            adoption=adoption,
            task=task,
            number=1,
            starts_on=day,
            ends_on=due_on or day,
            due_on=due_on,
        )
    shown = home(province.actor("xa1-focal", day), AT)
    assert [(row.duty.title, row.when) for row in shown.duty_rows] == [("Gần", "01/04"), ("Không hạn", "")]
    assert (len(shown.later), shown.first_later) == (2, date(2027, 6, 30))
    whole = home(province.actor("xa1-focal", day), AT, with_later=True)
    assert [row.when for row in whole.duty_rows] == ["01/04", "30/06/2027", "30/06/2028", ""]
    assert whole.later == []


def test_the_lead_says_only_what_there_is(province: Province) -> None:
    submitted(province)
    assert home(province.actor("ubnd-head"), AT).lead == "1 việc chờ quyết định"
    assert home(province.actor("xa1-focal"), AT).lead == ""


def test_background_work_comes_back_here(province: Province, signed_in: SignIn) -> None:
    run = JobRun.objects.create(
        title="Đọc kế hoạch", started_by_id=province.users["ubnd-officer"].pk, created_at=AT
    )
    assert home(province.actor("ubnd-officer"), AT).jobs == [run]
    assert home(province.actor("ubnd-head"), AT).jobs == []
    assert signed_in("ubnd-head").get(f"/viec-nen/{run.pk}/").status_code == 404


def test_as_many_queries_for_many_units_as_for_few(province: Province, signed_in: SignIn) -> None:
    for number in range(3):
        launched(province, title=f"Phong trào {number}")
    few = queries(signed_in("ubnd-officer"))
    for number in range(30):
        province.open(f"X{number}", f"Xã số {number}", UnitKind.COMMUNE, parent="UBND")
    launched(province, title="Phong trào lớn")
    assert queries(signed_in("ubnd-officer")) == few


def test_the_latest_unread_notices_stand_on_the_page_until_read(
    province: Province, signed_in: SignIn
) -> None:
    user = province.users["xa1-focal"].pk
    for number in range(1, 5):
        notify([user], key=f"n{number}", text=f"Tin số {number}", url="/", at=AT + timedelta(minutes=number))
    notify([user], key="digest-2026-03-02", text="Nhắc việc", url="/", at=AT + timedelta(hours=1))
    shown = home(province.actor("xa1-focal"), AT).notices
    assert [row.text for row in shown] == ["Tin số 4", "Tin số 3", "Tin số 2"]
    page = signed_in("xa1-focal").get("/").content.decode()
    assert ("Thông báo mới" in page, "Tin số 4" in page, "Tin số 1" in page) == (True, True, False)
    mark_read(user, AT)
    assert home(province.actor("xa1-focal"), AT).notices == []
    assert home(province.actor("xa1-head"), AT).notices == []


def test_who_signs_for_the_unit_is_led_from_late_units_to_letters(
    province: Province, signed_in: SignIn
) -> None:
    programme = launched(province)
    adoption = programme.adoptions.get(unit__code="XA1")
    Adoption.objects.filter(pk=adoption.pk).update(state="issued", issued_on=AT.date(), issued_by_id=1)
    Occurrence.objects.create(
        programme=programme,
        unit=adoption.unit,
        adoption=adoption,
        task=AdoptedTask.objects.create(adoption=adoption, position=1, title="Treo bảng quy tắc"),
        number=1,
        starts_on=AT.date(),
        ends_on=AT.date(),
        due_on=AT.date(),
    )
    later = AT.date() + timedelta(days=7)
    found = {
        login: home(province.actor(login, later), AT).asked[0] for login in ("ubnd-head", "ubnd-officer")
    }
    letters = f"/phong-trao/{programme.pk}/don-doc/"
    assert {login: row.urge_url for login, row in found.items()} == {"ubnd-head": letters, "ubnd-officer": ""}
    assert found["ubnd-head"].late_tasks == 1
    late = signed_in("ubnd-head").get(found["ubnd-head"].late_list_url).content.decode()
    assert ("Treo bảng quy tắc" in late, signed_in("ubnd-head").get(letters).status_code) == (True, 200)
