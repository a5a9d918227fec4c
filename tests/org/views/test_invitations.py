"""Inviting people and helping them back in: who may, what is made, what is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from nep.accounts import elevation
from nep.accounts.models import User
from nep.accounts.roles import ADMINISTRATOR
from nep.accounts.services import factors
from nep.org.models import Person, Position
from nep.org.services.grants import grant_role
from nep.org.services.people import post_person, register_person
from nep.platform.audit.models import Event
from nep.platform.clock import now
from nep.platform.notify.models import Message
from tests.factories.province import AT, OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
PASSWORD = "mot cau de nho 2026"


@pytest.fixture(autouse=True)
def _its_own_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


@pytest.fixture
def admin(province: Province, signed_in: Callable[[str], Client]) -> Client:
    """An administrator of the commune Mường Khe, in elevated mode."""
    province.staff("admin", "Giàng Seo Phử", "XA1", position="Quản trị viên")
    grant_role(
        province.users["admin"], ADMINISTRATOR, actor=None, unit=province.units["XA1"], on=OPENED, at=AT
    )
    return elevated(signed_in("admin"))


def elevated(client: Client) -> Client:
    session = client.session
    session[elevation.KEY] = (now() + timedelta(minutes=20)).isoformat()
    session.save()
    return client


def newcomer(province: Province, unit: str, name: str = "Sùng Thị Dín", email: str = "") -> Person:
    """Somebody without an account."""
    person = register_person(f"NV-{name}", name, actor=None, at=AT)
    Person.objects.filter(pk=person.pk).update(email=email)
    post = Position.objects.get(name="Chuyên viên")
    post_person(person, actor=None, unit=province.units[unit], position=post, on=OPENED, at=AT)
    person.refresh_from_db()
    return person


def invite(client: Client, person: Person, **fields: Any) -> HttpResponse:
    answer: HttpResponse = client.post(f"/to-chuc/nguoi/{person.pk}/moi/", fields)
    return answer


def kinds() -> list[str]:
    return [
        kind for kind in Event.objects.order_by("pk").values_list("kind", flat=True) if "accounts." in kind
    ]


def test_somebody_is_invited_by_mail(province: Province, admin: Client, run_jobs: Callable[[], None]) -> None:
    person = newcomer(province, "XA1", email="din@vanlinh.example")
    page = admin.get(f"/to-chuc/nguoi/{person.pk}/moi/").content.decode()
    assert ('value="din.st"' in page, 'value="din@vanlinh.example"' in page) == (True, True)
    answer = invite(admin, person, login="din.st", email="din@vanlinh.example", way="mail")
    assert answer.status_code == 302
    run_jobs()
    person.refresh_from_db()
    assert person.user
    assert (person.user.login, person.user.has_usable_password()) == ("din.st", False)
    assert Message.objects.get().to == "din@vanlinh.example"
    assert kinds() == ["accounts.opened", "accounts.link_made"]


def test_somebody_without_mail_gets_a_slip_whose_code_works(province: Province, admin: Client) -> None:
    person = newcomer(province, "XA1")
    answer = invite(admin, person, login="din.st", email="", way="paper")
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    code = re.search(r"<b>((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})</b>", page)
    assert code
    where = Client().post("/dang-nhap/phieu/", {"code": code[1]})["Location"]
    Client().post(where, {"new": PASSWORD})
    assert Client().post("/dang-nhap/", {"login": "din.st", "password": PASSWORD})["Location"] == "/"
    assert Message.objects.count() == 0


def test_who_has_a_password_gets_a_new_link_only_with_a_reason(province: Province, admin: Client) -> None:
    person = province.person("xa1-staff")
    user = province.users["xa1-staff"]
    user.set_password(PASSWORD)
    user.save()
    assert invite(admin, person, email="", way="paper").status_code == 200
    assert kinds() == []
    invite(admin, person, email="", way="paper", reason="Quên mật khẩu, đã gặp trực tiếp.")
    assert Event.objects.get(kind="accounts.link_made").reason == "Quên mật khẩu, đã gặp trực tiếp."


def test_another_address_is_told_to_the_old_one(
    province: Province, admin: Client, run_jobs: Callable[[], None]
) -> None:
    person = newcomer(province, "XA1", email="cu@vanlinh.example")
    invite(admin, person, login="din.st", email="cu@vanlinh.example", way="mail")
    invite(admin, person, email="moi@vanlinh.example", way="mail")
    run_jobs()
    sent = list(Message.objects.order_by("pk").values_list("to", "subject"))
    assert sent == [
        ("cu@vanlinh.example", "Nếp: kích hoạt tài khoản"),
        ("cu@vanlinh.example", "Nếp: đổi thư điện tử của tài khoản"),
        ("moi@vanlinh.example", "Nếp: kích hoạt tài khoản"),
    ]


@pytest.mark.parametrize(
    ("login", "words"), [("xa1-staff", "đã có người dùng"), ("có dấu", "Chỉ dùng chữ không dấu")]
)
def test_a_login_must_be_free_and_plain(province: Province, admin: Client, login: str, words: str) -> None:
    person = newcomer(province, "XA1")
    assert words in invite(admin, person, login=login, email="", way="paper").content.decode()
    assert kinds() == []


def test_who_is_not_elevated_sees_the_reason_and_cannot(
    province: Province, admin: Client, signed_in: Callable[[str], Client]
) -> None:
    person, plain = newcomer(province, "XA1"), signed_in("admin")
    assert "Bật chế độ quản trị" in plain.get(f"/to-chuc/nguoi/{person.pk}/moi/").content.decode()
    assert invite(plain, person, login="din.st", email="", way="paper").status_code == 403
    assert User.objects.filter(login="din.st").count() == 0


@pytest.mark.parametrize(("unit", "status"), [("XA2", 404), ("UBND", 404), ("TH1", 200)])
def test_the_reach_is_the_unit_and_below(province: Province, admin: Client, unit: str, status: int) -> None:
    person = newcomer(province, unit)
    assert invite(admin, person, login="din.st", email="", way="paper").status_code == status
    assert User.objects.filter(login="din.st").count() == int(status == 200)


def test_a_whole_unit_is_invited_with_those_below(
    province: Province, admin: Client, run_jobs: Callable[[], None]
) -> None:
    newcomer(province, "XA1", "Sùng Thị Dín", email="din@vanlinh.example")
    newcomer(province, "TH1", "Sùng Thị Dín 2")
    newcomer(province, "XA2", "Vừ Mí Và")
    answer = admin.post(f"/to-chuc/{province.units['XA1'].pk}/moi/")
    run_jobs()
    assert (answer.status_code, "Đã gửi thư mời cho 1 người" in answer.content.decode()) == (200, True)
    assert Message.objects.get().to == "din@vanlinh.example"
    without = Person.objects.filter(user__isnull=True).values_list("name", flat=True)
    assert list(without) == ["Vừ Mí Và"]


def test_without_mail_everybody_gets_a_slip(province: Province, admin: Client, settings: Settings) -> None:
    settings.NEP_MAIL_SET_UP = False
    newcomer(province, "XA1", email="din@vanlinh.example")
    page = admin.post(f"/to-chuc/{province.units['XA1'].pk}/moi/").content.decode()
    assert len(re.findall(r"(?:[A-Z2-9]{4}-){3}[A-Z2-9]{4}</b>", page)) == 1


def test_an_administrator_ends_sessions_lifts_locks_and_removes_factors(
    province: Province, admin: Client
) -> None:
    person, user = province.person("xa1-staff"), province.users["xa1-staff"]
    user.set_password(PASSWORD)
    user.save()
    inside = Client()
    inside.post("/dang-nhap/", {"login": user.login, "password": PASSWORD})
    base = f"/to-chuc/nguoi/{person.pk}"
    admin.post(f"{base}/ket-thuc-phien/")
    assert inside.get("/tai-khoan/").status_code == 302
    admin.post(f"{base}/mo-khoa/")
    factors.make_recovery_codes(user, actor=None, at=now())
    assert admin.post(f"{base}/go-hai-lop/", {"reason": ""}).status_code == 200
    assert admin.post(f"{base}/go-hai-lop/", {"reason": "Mất điện thoại."}).status_code == 302
    assert user.recovery_codes.count() == 0
    ended = ["accounts.sessions_ended", "accounts.lock_lifted"]
    assert [kind for kind in kinds() if kind in {*ended, "accounts.factors_removed"}] == [
        *ended,
        "accounts.factors_removed",
    ]


def test_nobody_takes_the_own_second_factor_away_there(province: Province, admin: Client) -> None:
    own = province.person("admin")
    page = admin.post(f"/to-chuc/nguoi/{own.pk}/go-hai-lop/", {"reason": "Mất điện thoại."})
    assert "Không tự gỡ cho mình" in page.content.decode()
    assert "accounts.factors_removed" not in kinds()
