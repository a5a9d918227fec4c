"""Signing in and out, and what the trail tells of it."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nep.accounts.models import User
from nep.platform.audit.models import Event

pytestmark = pytest.mark.django_db
WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock rồi thử lại."


@pytest.fixture
def user() -> User:
    return User.objects.create_user("Thu.Dang", "Đặng Thị Hoài Thu", "mot cau de nho 2026")


def send(client: Client, login: str, password: str, **more: str) -> tuple[int, str]:
    answer = client.post("/dang-nhap/", {"login": login, "password": password, **more})
    return answer.status_code, answer.get("Location", "")


def events() -> list[tuple[str, str]]:
    return list(Event.objects.order_by("pk").values_list("kind", "actor_name"))


def test_passwords_are_kept_as_argon2(user: User) -> None:
    assert user.password.startswith("argon2$argon2id$")


def test_signing_in_leads_to_the_page_that_was_asked_for(user: User, client: Client) -> None:
    assert send(client, " THU.DANG ", "mot cau de nho 2026", next="/tai-khoan/") == (302, "/tai-khoan/")
    assert events() == [("accounts.signed_in", "Đặng Thị Hoài Thu")]


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_host(user: User, client: Client, target: str) -> None:
    assert send(client, "thu.dang", "mot cau de nho 2026", next=target) == (302, "/")


@pytest.mark.parametrize(
    ("login", "told"),
    [("thu.dang", "accounts.sign_in_refused"), ("nobody", "accounts.unknown_sign_in_refused")],
)
def test_a_refusal_says_the_same_for_a_wrong_name_and_a_wrong_password(
    user: User, client: Client, login: str, told: str
) -> None:
    answer = client.post("/dang-nhap/", {"login": login, "password": "sai"})
    assert (answer.status_code, WRONG in answer.content.decode()) == (200, True)
    assert events() == [(told, "Nếp")]
    assert "nobody" not in json.dumps(list(Event.objects.values()), default=str)


def test_a_closed_account_cannot_sign_in(user: User, client: Client) -> None:
    User.objects.update(is_active=False)
    assert send(client, "thu.dang", "mot cau de nho 2026")[0] == 200


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return html.unescape(found[1])


def test_what_was_typed_before_the_session_ended_is_sent_after_the_sign_in(
    user: User, client: Client
) -> None:
    given = {"reason": 'Lý do dài, có "ngoặc" & <dấu>', "once": "x", "password": "không được giữ"}
    late = client.post("/tai-khoan/?a=1", given)
    page = late.content.decode()
    assert (late.status_code, "Phiên làm việc đã hết" in page) == (403, True)
    carried = {name: hidden(page, name) for name in ("next", "carried")}
    assert carried["next"] == "/tai-khoan/?a=1"
    assert json.loads(carried["carried"]) == {"fields": [["reason", given["reason"]]], "with_files": False}
    asked = client.post("/dang-nhap/", carried).content.decode()
    assert hidden(asked, "carried") == carried["carried"]
    wrong = client.post("/dang-nhap/", carried | {"login": "thu.dang", "password": "sai"}).content.decode()
    assert hidden(wrong, "carried") == carried["carried"]
    signed = {"login": "thu.dang", "password": "mot cau de nho 2026"}
    resumed = client.post("/dang-nhap/", carried | signed).content.decode()
    assert 'action="/tai-khoan/?a=1"' in resumed
    assert hidden(resumed, "reason") == given["reason"]
    assert client.get("/tai-khoan/").status_code == 200


def test_files_are_chosen_again_and_words_are_kept_for_copying(user: User, client: Client) -> None:
    given = {"text": "Đã làm xong, có ảnh.", "attached": SimpleUploadedFile("a.txt", b"x")}
    page = client.post("/tai-khoan/", given).content.decode()
    carried = {name: hidden(page, name) for name in ("next", "carried")}
    signed = {"login": "thu.dang", "password": "mot cau de nho 2026"}
    resumed = client.post("/dang-nhap/", carried | signed).content.decode()
    assert "Tệp đã chọn không giữ lại được." in resumed
    assert "Đã làm xong, có ảnh.</textarea>" in resumed
    assert 'action="/tai-khoan/"' not in resumed


@pytest.mark.parametrize("carried", ["", "[]", "{}", '{"fields": 1, "with_files": 0}', "không phải"])
def test_what_is_none_of_ours_is_not_carried(user: User, client: Client, carried: str) -> None:
    assert send(client, "thu.dang", "mot cau de nho 2026", carried=carried) == (302, "/")


def test_signing_out_asks_once_and_ends_the_session(user: User, client: Client) -> None:
    client.force_login(user)
    assert client.get("/dang-xuat/").status_code == 200
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 302


def test_a_new_password_needs_the_old_one_and_is_hard_to_guess(user: User, client: Client) -> None:
    client.force_login(user)
    for current, new in (("sai", "mot cau khac 2027"), ("mot cau de nho 2026", "ngan")):
        assert client.post("/tai-khoan/", {"current": current, "new": new}).status_code == 200
    assert (
        client.post("/tai-khoan/", {"current": "mot cau de nho 2026", "new": "mot cau khac 2027"}).status_code
        == 302
    )
    assert client.get("/tai-khoan/").status_code == 200
    assert User.objects.get().check_password("mot cau khac 2027")
    assert events() == [("accounts.password_changed", "Đặng Thị Hoài Thu")]
