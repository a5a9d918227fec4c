"""The list of positions, and who is due for rotation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from nep.accounts import elevation
from nep.accounts.roles import ADMINISTRATOR
from nep.kernel.errors import AccessDenied, RuleError
from nep.org.access import Actor
from nep.org.domain.spans import in_words, months_later
from nep.org.models import Position, Posting
from nep.org.queries.rotation import due_for_rotation
from nep.org.services.positions import keep_position
from nep.platform.audit.models import Event
from nep.platform.clock import now
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_the_same_day_some_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_spans_are_told_with_their_last_day() -> None:
    assert in_words(OPENED, None) == "từ ngày 01/07/2025"
    assert in_words(OPENED, TODAY) == "từ ngày 01/07/2025 đến hết ngày 01/03/2026"


def rotating(province: Province, months: int | None = 36) -> Position:
    """Plain officers rotate after some months."""
    Position.objects.filter(name="Chuyên viên").update(rotation_months=months)
    return Position.objects.get(name="Chuyên viên")


def test_who_is_due_within_the_asked_months_the_most_urgent_first(province: Province) -> None:
    position = rotating(province)
    since = {"snv-focal": date(2023, 1, 31), "snv-staff": date(2023, 8, 31), "xa1-focal": date(2023, 3, 2)}
    for login, first in since.items():
        Posting.objects.filter(person=province.person(login)).update(during=DateRange(first, None))
    actor = province.actor("ubnd-head")

    def due(months: int) -> list[tuple[str, date, int]]:
        rows = due_for_rotation(actor, months=months, page=1).rows
        return [(row.posting.person.name, row.due_on, row.days_left) for row in rows]

    overdue = ("Phan Tiến Dũng", date(2026, 1, 31), -30)
    today = ("Ma Thị Nguyệt", TODAY, 0)
    later = ("Vũ Thị Ngọc Diệp", date(2026, 8, 31), 182)
    assert due(0) == [overdue]
    assert due(3) == [overdue, today]
    assert due(6) == [overdue, today, later]
    assert [row.posting.position for row in due_for_rotation(actor, months=6, page=1).rows] == [position] * 3


def test_only_people_within_sight_are_listed(
    province: Province, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)
    rotating(province, 1)
    page = signed_in("xa1-head").get(f"{reverse('rotation')}?trong=6").content.decode()
    assert ("Ma Thị Nguyệt" in page, "Phan Tiến Dũng" in page) == (True, False)
    assert "cần xác nhận theo quy định của cơ quan" in page
    assert signed_in("snv-staff").get(reverse("rotation")).status_code == 403


def administrator(province: Province, login: str, unit: str, *, elevated: bool = True) -> Actor:
    province.staff(login, "Giàng Seo Phử", unit, ADMINISTRATOR, position="Quản trị viên")
    return Actor(province.users[login], TODAY, elevated=elevated)


def test_a_position_is_added_and_changed_by_the_topmost_administrator(province: Province) -> None:
    actor = administrator(province, "qt", "UBND")
    values = {"name": "Thủ quỹ", "rank": 40, "is_head": False, "rotation_months": 24}
    kept = keep_position(None, actor=actor, at=AT, **values)
    keep_position(kept, actor=actor, at=AT, **values | {"rotation_months": 36})
    last = Event.objects.filter(kind="org.position_kept").latest("pk")
    assert last.before is not None
    assert (last.before["rotation_months"], Position.objects.get(pk=kept.pk).rotation_months) == (24, 36)
    with pytest.raises(RuleError) as taken:
        keep_position(None, actor=actor, at=AT, **values | {"name": "thủ  quỹ"})
    assert taken.value.reason == "Chức vụ thủ quỹ đã có trong danh mục."


@pytest.mark.parametrize("unit", ["XA1", "CD"])
def test_who_administers_a_commune_or_a_union_does_not_change_what_all_share(
    province: Province, unit: str
) -> None:
    with pytest.raises(AccessDenied) as refused:
        keep_position(
            None,
            actor=administrator(province, "qtxa", unit),
            at=AT,
            name="Thủ quỹ",
            rank=40,
            is_head=False,
            rotation_months=None,
        )
    reason = "Danh mục chức vụ dùng chung, do người quản trị của cơ quan chính quyền cao nhất sửa."
    assert refused.value.reason == reason


def test_the_list_is_kept_on_a_page(province: Province, signed_in: SignIn) -> None:
    administrator(province, "qt", "UBND")
    client = signed_in("qt")
    assert "Bật chế độ quản trị" in client.get(reverse("positions")).content.decode()
    session = client.session
    session[elevation.KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    fields = {"once": str(uuid4()), "buoc": "ghi", "name": "Thủ quỹ", "rank": "40", "rotation_months": "24"}
    assert client.post(reverse("position_new"), fields).status_code == 302
    page = client.get(reverse("positions")).content.decode()
    assert "24 tháng" in page
    position = Position.objects.get(name="Thủ quỹ")
    again = fields | {"once": str(uuid4()), "rotation_months": ""}
    assert client.post(reverse("position_edit", args=[position.pk]), again).status_code == 302
    assert Position.objects.get(pk=position.pk).rotation_months is None
