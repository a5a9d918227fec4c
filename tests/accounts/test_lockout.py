"""Who guesses is locked out, who does not is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from pytest_django import Settings

from nep.accounts.models import User
from nep.accounts.services.lockout import count_failure, is_locked_anywhere, lift_lock
from nep.platform.audit.models import Event
from nep.platform.clock import now
from tests.accounts.conftest import PASSWORD, code_of, with_totp

pytestmark = pytest.mark.django_db
LOCKED = "Đã thử sai nhiều lần. Thử lại sau 15 phút"


def guess(login: str, password: str = "sai", address: str = "10.0.0.1", **more: str) -> str:
    """One try from an address; the page, or where it leads."""
    answer = Client(REMOTE_ADDR=address).post("/dang-nhap/", {"login": login, "password": password}, **more)
    return answer.get("Location", "") or answer.content.decode()


def wrong(times: int) -> None:
    """So many wrong tries for as many names from the address of `guess`, without the work of comparing."""
    for number in range(times):
        count_failure(RequestFactory(REMOTE_ADDR="10.0.0.1").post("/dang-nhap/"), f"nguoi{times}.{number}")


@pytest.mark.parametrize("login", ["thu.dang", "khong.co"])
def test_after_five_wrong_tries_the_right_password_waits_too(user: User, login: str) -> None:
    assert [LOCKED in guess(login) for _ in range(5)] == [False, False, False, False, True]
    assert LOCKED in guess(login, PASSWORD)
    assert guess("thu.dang", PASSWORD, address="10.0.0.2") == "/"
    assert Event.objects.filter(kind__endswith="sign_in_refused").count() == 5  # none while it is locked


def test_the_lock_ends_by_itself_and_later_tries_do_not_lengthen_it(user: User) -> None:
    for _ in range(7):
        guess("thu.dang")
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=14))
    assert "Thử lại sau 1 phút" in guess("thu.dang", PASSWORD)
    AccessAttempt.objects.update(attempt_time=now() - timedelta(minutes=16))
    assert guess("thu.dang", PASSWORD) == "/"


def test_a_right_password_clears_what_was_wrong_before(user: User) -> None:
    for _ in range(4):
        guess("thu.dang")
    assert guess("thu.dang", PASSWORD) == "/"
    assert [LOCKED in guess("thu.dang") for _ in range(4)] == [False] * 4


def test_an_office_behind_one_address_is_locked_only_after_fifty(user: User) -> None:
    wrong(48)
    assert [LOCKED in guess("khac") for _ in range(2)] == [False, True]
    assert LOCKED in guess("thu.dang", PASSWORD)
    assert guess("thu.dang", PASSWORD, address="10.0.0.2") == "/"


def test_an_own_account_does_not_clear_the_address(user: User) -> None:
    wrong(45)
    assert guess("thu.dang", PASSWORD) == "/"
    wrong(5)
    assert LOCKED in guess("thu.dang", PASSWORD)


def test_the_address_is_what_our_own_proxy_says(user: User, settings: Settings) -> None:
    settings.NEP_PROXIES = 1
    for number in range(6):
        guess("thu.dang", HTTP_X_FORWARDED_FOR=f"1.2.3.{number}, 198.51.100.7")
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"198.51.100.7"}
    assert LOCKED in guess("thu.dang", PASSWORD, HTTP_X_FORWARDED_FOR="9.9.9.9, 198.51.100.7")


def test_without_a_proxy_the_header_is_not_believed(user: User) -> None:
    guess("thu.dang", HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert AccessAttempt.objects.get().ip_address == "10.0.0.1"


def test_nothing_of_what_was_typed_is_kept(user: User) -> None:
    Client().post("/dang-nhap/", {"login": "Mật-khẩu-gõ-nhầm", "password": "bí mật", "next": "/tai-khoan/"})
    kept = str(AccessAttempt.objects.values().get())
    assert [word for word in ("gõ-nhầm", "bí mật", "tai-khoan") if word in kept.lower()] == []


def test_codes_of_the_second_step_cannot_be_guessed_either(user: User) -> None:
    with_totp(user)
    client = Client()
    client.post("/dang-nhap/", {"login": user.login, "password": PASSWORD})
    pages = [client.post("/dang-nhap/buoc-hai/", {"code": "000000"}).content.decode() for _ in range(6)]
    assert [LOCKED in page for page in pages] == [False] * 5 + [True]
    assert LOCKED in client.post("/dang-nhap/buoc-hai/", {"code": code_of(user)}).content.decode()


def test_an_administrator_lifts_the_lock(user: User) -> None:
    for _ in range(5):
        guess("thu.dang")
    assert is_locked_anywhere(user) is True
    lift_lock(user, actor=None, at=now())
    assert is_locked_anywhere(user) is False
    assert guess("thu.dang", PASSWORD) == "/"
    assert Event.objects.filter(kind="accounts.lock_lifted").count() == 1


def test_a_wrong_old_password_counts_as_well(user: User, inside: Client) -> None:
    for _ in range(5):
        page = inside.post("/tai-khoan/", {"current": "sai", "new": "mot cau khac 2027"}).content.decode()
    page = inside.post("/tai-khoan/", {"current": PASSWORD, "new": "mot cau khac 2027"}).content.decode()
    assert LOCKED in page
