"""What the pages of the organisation must not tell to who may only see that a unit is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from nep.accounts.roles import Permission
from nep.documents.domain.intake import open_pasted
from nep.documents.services.intake import Arrival, receive_document
from nep.org.models import Unit
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


def page_of(client: Client, unit: Unit) -> str:
    return client.get(reverse("unit", args=[unit.pk])).content.decode()


def test_the_page_of_a_unit_above_names_neither_its_people_nor_its_other_units(
    province: Province, signed_in: Browser
) -> None:
    province.open("TH3", "Trường Mầm non Mường Khe", province.units["TH1"].kind, parent="XA1")
    page = page_of(signed_in("th1-staff"), province.units["XA1"])
    assert "Ma Thị Nguyệt" not in page
    assert "Đầu mối của đơn vị" not in page
    assert "Trường Mầm non Mường Khe" not in page


def test_who_works_there_reads_its_time_line(province: Province, signed_in: Browser) -> None:
    assert "Đầu mối của đơn vị" in page_of(signed_in("xa1-staff"), province.units["XA1"])


@pytest.mark.parametrize("login", ["th1-staff", "xa1-staff", "xa1-head"])
def test_the_page_of_a_unit_tells_nothing_of_its_documents(
    province: Province, signed_in: Browser, login: str
) -> None:
    """A document is seen in the store, by who may see it; an administrator sees the unit and no document."""
    text = "Tờ trình về nhân sự"
    arrival = Arrival("to-trinh-nhan-su.txt", text.encode(), open_pasted(text))
    receive_document(arrival, actor=province.actor("xa1-focal"), unit=province.units["XA1"], at=AT)
    assert "to-trinh-nhan-su" not in page_of(signed_in(login), province.units["XA1"])


def test_nobody_acts_for_a_closed_unit(province: Province) -> None:
    unit = province.units["XA1"]
    Unit.objects.filter(pk=unit.pk).update(during=DateRange(OPENED, TODAY))
    head = province.actor("xa1-head")
    assert head.unit_ids_at(Permission.ISSUE_ADOPTIONS) == ()
    assert not head.may_at(Permission.ISSUE_ADOPTIONS, unit)
