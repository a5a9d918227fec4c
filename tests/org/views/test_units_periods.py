"""The months of a unit: figures, locks, what late records changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.org.models import Line, LockedPeriod, UnitKind
from nep.org.services.units import NewUnit, open_unit
from tests.factories.province import AT, TODAY, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
LATER = AT.replace(month=3, day=2)


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)
    monkeypatch.setattr("nep.org.views.periods.now", lambda: LATER)


def months(client: Client, query: str = "") -> str:
    return unescape(client.get(reverse("periods") + query).content.decode())


def lock(province: Province, code: str = "XA1", month: tuple[int, int] = (2026, 1)) -> str:
    return reverse("period_lock", args=[province.units[code].pk, *month])


def test_the_months_of_the_own_unit_are_shown_first(province: Province, signed_in: SignIn) -> None:
    shown = months(signed_in("xa1-focal"))
    assert "Ủy ban nhân dân xã Mường Khe và cấp dưới" in shown
    assert shown.count('<th scope="row">') == 9  # July 2025 to March 2026
    assert ("Chưa hết tháng" in shown, "Đang mở" in shown) == (True, True)


def test_who_may_not_lock_is_told_why(province: Province, signed_in: SignIn) -> None:
    shown = months(signed_in("xa1-focal"))
    assert "Việc này cần vai trò thủ trưởng của Ủy ban nhân dân xã Mường Khe." in shown
    assert signed_in("xa1-focal").get(lock(province)).status_code == 403
    assert signed_in("xa1-focal").post(lock(province)).status_code == 403
    assert not LockedPeriod.objects.exists()


def test_units_out_of_sight_have_no_months(province: Province, signed_in: SignIn) -> None:
    client = signed_in("xa1-head")
    unit = province.units["SNV"].pk
    assert client.get(reverse("periods"), {"don-vi": unit}).status_code == 404
    assert client.get(lock(province, "SNV")).status_code == 404


def test_the_head_locks_a_month_and_later_records_leave_it(province: Province, signed_in: SignIn) -> None:
    client = signed_in("xa1-head")
    assert "<b>2 đơn vị</b> và <b>5 người</b>" in unescape(client.get(lock(province)).content.decode())
    answer = client.post(lock(province), {"once": str(uuid4())})
    assert answer["Location"] == f"{reverse('periods')}?don-vi={province.units['XA1'].pk}"
    new = NewUnit("PX1", "Phòng Kinh tế", UnitKind.DIVISION, Line.AUTHORITY)
    open_unit(new, actor=None, on=date(2026, 1, 10), at=LATER, parent=province.units["XA1"])
    shown = months(client)
    assert ("Đã khóa" in shown, "Giàng A Sử, 08:00 02/03/2026" in shown) == (True, True)
    assert "Số đơn vị: 2 → 3, giữ 2" in shown
    assert "Số đơn vị: 2 → 3, <a href=" in shown  # February was open and is counted again
    school = months(signed_in("th1-head"), f"?don-vi={province.units['TH1'].pk}")
    assert "cùng Ủy ban nhân dân xã Mường Khe" in school


@pytest.mark.parametrize(
    ("month", "reason"),
    [
        ((2026, 3), "Tháng 03/2026 chưa kết thúc; chỉ khóa được tháng đã qua."),
        ((2026, 1), "Tháng 01/2026 của Ủy ban nhân dân xã Mường Khe đã khóa."),
    ],
)
def test_a_month_that_cannot_be_locked_is_refused(
    province: Province, signed_in: SignIn, month: tuple[int, int], reason: str
) -> None:
    client = signed_in("xa1-head")
    client.post(lock(province), {"once": str(uuid4())})
    answer = client.post(lock(province, month=month), {"once": str(uuid4())})
    assert (answer.status_code, reason in unescape(answer.content.decode())) == (200, True)
    assert LockedPeriod.objects.count() == 1


def test_there_is_no_thirteenth_month(province: Province, signed_in: SignIn) -> None:
    client = signed_in("xa1-head")
    assert client.get(lock(province, month=(2026, 13))).status_code == 404


def test_as_many_queries_for_a_year_as_for_a_month(province: Province, signed_in: SignIn) -> None:
    client = signed_in("xa1-head")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            months(client)
        return len(captured)

    client.post(lock(province), {"once": str(uuid4())})
    few = queries()
    for month in (8, 9, 10, 11, 12):
        client.post(lock(province, month=(2025, month)), {"once": str(uuid4())})
    assert queries() == few
