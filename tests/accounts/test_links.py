"""Links that set a password: once, within three days, the same answer to everybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from nep.accounts.models import SignedInSession, SignInLink, User
from nep.accounts.services import links
from nep.platform.audit.models import Event
from nep.platform.clock import now
from nep.platform.notify.models import Message
from nep.platform.notify.outbox import text_of
from tests.accounts.conftest import PASSWORD, with_totp

pytestmark = pytest.mark.django_db
NEW = "mot cau khac 2027"


def made(user: User) -> str:
    return links.make_link(user, actor=None, at=now(), way=links.ON_PAPER)[1]


def path(code: str) -> str:
    return f"/dang-nhap/dat-mat-khau/{code}/"


def forget(login: str, address: str = "10.0.0.1") -> tuple[int, str]:
    answer = Client(REMOTE_ADDR=address).post("/dang-nhap/quen/", {"login": login})
    return answer.status_code, answer.get("Location", "")


def test_a_forgotten_password_comes_by_mail(user: User, client: Client, run_jobs: Callable[[], None]) -> None:
    assert forget(" Thu.Dang ") == (302, "/dang-nhap/quen/da-gui/")
    run_jobs()
    letter = Message.objects.get()
    address = re.search(r"http://testserver(\S+)", text_of(letter))
    assert (letter.to, letter.state) == ("thu@vanlinh.example", "sent")
    assert letter.subject == "Nếp: đặt lại mật khẩu"
    assert address
    assert client.get(address[1]).status_code == 200  # looking uses nothing up
    assert client.post(address[1], {"new": NEW})["Location"] == "/dang-nhap/"
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert client.post(address[1], {"new": PASSWORD}).status_code == 410
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["accounts.link_made", "accounts.password_set"]


def test_the_answer_is_the_same_whoever_it_is(user: User, run_jobs: Callable[[], None]) -> None:
    without = User.objects.create_user("khong.thu", "Vàng A Dế", PASSWORD)
    closed = User.objects.create_user("da.khoa", "Lý Sùng Páo", PASSWORD, email="pao@vanlinh.example")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    answers = {forget(login) for login in ("thu.dang", "khong.co", without.login, closed.login)}
    assert answers == {(302, "/dang-nhap/quen/da-gui/")}
    run_jobs()
    assert [letter.to for letter in Message.objects.all()] == ["thu@vanlinh.example"]


def test_the_page_does_the_same_work_whoever_it_is(user: User) -> None:
    done = []
    for login in ("thu.dang", "khong.co"):
        with CaptureQueriesContext(connection) as captured:
            forget(login)
        done.append([query["sql"].split('"')[0] for query in captured.captured_queries])
    assert done[0] == done[1]


def test_an_account_gets_three_links_an_hour(user: User, run_jobs: Callable[[], None]) -> None:
    for number in range(5):
        forget("thu.dang", address=f"10.0.0.{number}")
    run_jobs()
    assert Message.objects.count() == 3


def test_an_address_asks_twenty_times_an_hour(user: User) -> None:
    at = now()
    for number in range(20):
        links.note_request("10.0.0.1", at=at - timedelta(minutes=number))
    page = Client(REMOTE_ADDR="10.0.0.1").post("/dang-nhap/quen/", {"login": "thu.dang"}).content.decode()
    assert "Thử lại sau 41 phút" in page
    assert forget("thu.dang", address="10.0.0.2")[0] == 302


def test_a_new_link_kills_the_old_one(user: User, client: Client) -> None:
    first, second = made(user), made(user)
    assert [client.get(path(code)).status_code for code in (first, second)] == [410, 200]


def test_a_link_ends_after_three_days(user: User, client: Client) -> None:
    code = made(user)
    SignInLink.objects.update(expires_at=now() - timedelta(seconds=1))
    assert client.post(path(code), {"new": NEW}).status_code == 410
    assert timedelta(hours=72) == links.HOLDS


def test_only_a_digest_is_kept(user: User) -> None:
    code = made(user)
    assert [part for part in code.split("-") if part in str(SignInLink.objects.values().get())] == []


@pytest.mark.parametrize("new", ["ngan", "1234567890", "thu.dang12"])
def test_the_password_must_be_hard_to_guess(user: User, client: Client, new: str) -> None:
    code = made(user)
    assert client.post(path(code), {"new": new}).status_code == 200
    assert client.get(path(code)).status_code == 200  # and the link still works


def test_a_new_password_signs_everybody_out_and_unlocks(user: User, inside: Client) -> None:
    for _ in range(5):
        Client().post("/dang-nhap/", {"login": user.login, "password": "sai"})
    Client().post(path(made(user)), {"new": NEW})
    assert inside.get("/tai-khoan/").status_code == 302
    assert SignedInSession.objects.count() == 0
    assert Client().post("/dang-nhap/", {"login": user.login, "password": NEW})["Location"] == "/"


def test_a_link_does_not_get_around_the_second_factor(user: User) -> None:
    with_totp(user)
    Client().post(path(made(user)), {"new": NEW})
    answer = Client().post("/dang-nhap/", {"login": user.login, "password": NEW})
    assert answer["Location"] == "/dang-nhap/buoc-hai/?next=%2F"


def test_the_code_of_a_slip_is_typed_in(user: User, client: Client) -> None:
    code = made(user)
    typed = code.lower().replace("-", " ")
    answer = client.post("/dang-nhap/phieu/", {"code": typed})
    assert client.get(answer["Location"]).status_code == 200
    wrong = client.post("/dang-nhap/phieu/", {"code": "AAAA-AAAA-AAAA-AAAA"}).content.decode()
    assert "Mã chưa đúng" in wrong


def test_without_mail_the_page_says_what_to_do(user: User, client: Client, settings: Settings) -> None:
    settings.NEP_MAIL_SET_UP = False
    assert "cấp phiếu đặt mật khẩu" in client.get("/dang-nhap/quen/").content.decode()
    client.post("/dang-nhap/quen/", {"login": "thu.dang"})
    assert Message.objects.count() == 0


def test_the_address_of_a_link_is_told_to_nobody(user: User, client: Client) -> None:
    assert client.get(path(made(user)))["Referrer-Policy"] == "no-referrer"
