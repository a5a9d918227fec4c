"""Notices: told once, read by their owner alone; digests by mail in working hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.kernel.holidays import VIETNAM
from nep.platform.notify.digests import Letter, Line, send_digest, wants_mail
from nep.platform.notify.hours import Hours
from nep.platform.notify.models import Notice
from nep.platform.notify.notices import mark_read, notify, unread_count
from tests.factories.province import AT, Province

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def test_the_same_key_tells_once_and_counts_until_read(province: Province) -> None:
    user = province.users["xa1-head"].pk
    for _ in range(2):
        notify([user, user], key="a", text="Có việc mới", url="/", at=AT)
    assert (Notice.objects.count(), unread_count(user)) == (1, 1)
    assert (mark_read(user, AT), mark_read(user, AT), unread_count(user)) == (1, 0, 0)


def test_opening_a_notice_reads_it_and_leads_there(province: Province, signed_in: SignIn) -> None:
    owner, other = province.users["xa1-head"].pk, signed_in("xa1-focal")
    notify([owner], key="a", text="Có việc mới", url="/phong-trao/", at=AT)
    notify([owner], key="b", text="Lạ", url="https://elsewhere.example/", at=AT)
    inside, outside = Notice.objects.order_by("key")
    assert other.post(reverse("notice_open", args=[inside.pk])).status_code == 404
    client = signed_in("xa1-head")
    assert client.post(reverse("notice_open", args=[inside.pk])).url == "/phong-trao/"
    assert client.post(reverse("notice_open", args=[outside.pk])).url == reverse("notices")
    assert unread_count(owner) == 0


def test_the_page_lists_and_reads_all(province: Province, signed_in: SignIn) -> None:
    user = province.users["xa1-head"].pk
    client = signed_in("xa1-head")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("notices")).status_code == 200
        return len(captured)

    notify([user], key="0", text="Có việc mới", url="/", at=AT)
    one = queries()
    for number in range(1, 19):
        notify([user], key=str(number), text=f"Việc {number}", url="/", at=AT)
    assert queries() == one
    assert client.post(reverse("notices_read")).status_code == 302
    assert unread_count(user) == 0


def test_a_digest_is_read_by_its_owner_alone(province: Province, signed_in: SignIn) -> None:
    user, day = province.users["xa1-head"].pk, date(2026, 3, 19)
    line = Line("Hạn hôm nay: chụp ảnh", "/phong-trao/viec/1/")
    assert send_digest(user, day, [line], Letter("", "đồng chí A", "Nếp: 1 việc"), at=AT)
    address = reverse("digest", args=[str(day)])
    assert "Hạn hôm nay: chụp ảnh" in signed_in("xa1-head").get(address).content.decode()
    assert signed_in("xa1-focal").get(address).status_code == 404
    assert signed_in("xa1-head").get(reverse("digest", args=["hom-nay"])).status_code == 404


def test_mail_is_a_wish_of_each(province: Province, signed_in: SignIn) -> None:
    user = province.users["xa1-head"].pk
    assert wants_mail(user) is True
    signed_in("xa1-head").post(reverse("mail_wish"), {"thu": "khong"})
    assert wants_mail(user) is False


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ((2026, 3, 19, 9, 30), (2026, 3, 19, 9, 30)),
        ((2026, 3, 19, 5, 0), (2026, 3, 19, 7, 0)),
        ((2026, 3, 19, 18, 0), (2026, 3, 20, 7, 0)),
        ((2026, 3, 20, 19, 0), (2026, 3, 23, 7, 0)),  # Friday evening
        ((2026, 2, 13, 20, 0), (2026, 2, 23, 7, 0)),  # the evening before Tết
    ],
)
def test_letters_leave_in_working_hours(at: tuple[int, ...], opens: tuple[int, ...]) -> None:
    instant = datetime(*at, tzinfo=HERE)  # type: ignore[misc,arg-type]  # five numbers
    assert Hours().next_open(instant, VIETNAM) == datetime(*opens, tzinfo=HERE)  # type: ignore[misc,arg-type]  # the same


def test_hours_end_after_they_begin() -> None:
    with pytest.raises(ValueError, match="end after"):
        Hours(time(9), time(9))
