"""The second factor: set up, asked for, never the same code twice, taken away only after a proof."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings

from nep.accounts.models import RecoveryCode, SignedInSession, TotpSecret, User
from nep.accounts.services import factors, sessions
from nep.platform.audit.models import Event
from nep.platform.clock import now
from tests.accounts.conftest import PASSWORD, code_of, with_totp
from tests.factories.province import Province

pytestmark = pytest.mark.django_db
SECOND = "/dang-nhap/buoc-hai/"


def first_step(user: User, **more: str) -> Client:
    """A browser after the password."""
    client = Client()
    answer = client.post("/dang-nhap/", {"login": user.login, "password": PASSWORD, **more})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, SECOND)
    return client


def inside(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_setting_up_shows_the_secret_once_and_gives_ten_codes(user: User, inside: Client) -> None:
    inside.post("/tai-khoan/hai-lop/")
    page = inside.get("/tai-khoan/hai-lop/").content.decode()
    assert ("<svg" in page, "style=" in page) == (True, False)
    secret = re.search(r'class="nep-code">([A-Z2-7 ]+)<', page)
    assert secret
    assert "no-store" in inside.post("/tai-khoan/hai-lop/", {"code": code_of(user)})["Cache-Control"]
    assert secret[1] not in inside.get("/tai-khoan/hai-lop/").content.decode()
    assert (factors.has_totp(user), factors.codes_left(user)) == (True, 10)
    assert kinds() == ["accounts.signed_in", "accounts.totp_added", "accounts.recovery_codes_made"]


def test_a_wrong_first_code_turns_nothing_on(user: User, inside: Client) -> None:
    inside.post("/tai-khoan/hai-lop/")
    page = inside.post("/tai-khoan/hai-lop/", {"code": "000000"}).content.decode()
    assert ("Mã chưa đúng." in page, factors.has_totp(user)) == (True, False)


def test_the_secret_is_not_readable_in_the_table(user: User) -> None:
    factors.start_totp(user, at=now())
    secret = factors.secret_to_show(user)
    assert secret
    assert secret not in str(TotpSecret.objects.values().get())


def test_the_password_alone_does_not_do(user: User) -> None:
    with_totp(user)
    client = first_step(user, next="/to-chuc/")
    assert not inside(client)
    answer = client.post(SECOND, {"code": code_of(user), "next": "/to-chuc/"})
    assert (answer.status_code, answer["Location"]) == (302, "/to-chuc/")
    assert inside(client)
    assert SignedInSession.objects.get().how == SignedInSession.How.TWO_FACTORS


def test_a_code_does_not_work_twice(user: User) -> None:
    with_totp(user)
    code = code_of(user)
    assert first_step(user).post(SECOND, {"code": code}).status_code == 302
    again = first_step(user)
    assert (again.post(SECOND, {"code": code}).status_code, inside(again)) == (200, False)
    assert kinds()[-1] == "accounts.second_factor_refused"


@pytest.mark.parametrize(("step", "status"), [(-3, 200), (1, 302), (3, 200)])
def test_a_clock_may_differ_by_half_a_minute(user: User, step: int, status: int) -> None:
    with_totp(user)
    assert first_step(user).post(SECOND, {"code": code_of(user, step)}).status_code == status


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "0" * 400])
def test_nonsense_is_refused(user: User, code: str) -> None:
    with_totp(user)
    assert first_step(user).post(SECOND, {"code": code}).status_code == 200


def test_a_recovery_code_works_once(user: User) -> None:
    code = with_totp(user)[3]
    assert first_step(user).post(SECOND, {"code": code.lower().replace("-", " ")}).status_code == 302
    assert first_step(user).post(SECOND, {"code": code}).status_code == 200
    assert Event.objects.get(kind="accounts.recovery_code_used").facts["left"] == 9
    assert code.replace("-", "") not in str(list(RecoveryCode.objects.values()))


def test_the_code_of_somebody_else_does_not_work(user: User) -> None:
    with_totp(user)
    codes = with_totp(User.objects.create_user("a", "Vàng A Dế", PASSWORD))
    assert first_step(user).post(SECOND, {"code": codes[0]}).status_code == 200


def test_half_way_ends_after_ten_minutes(user: User) -> None:
    with_totp(user)
    client = first_step(user)
    session = client.session
    session["half_way"] |= {"until": now().isoformat()}
    session.save()
    assert client.post(SECOND, {"code": code_of(user)})["Location"] == "/dang-nhap/"
    assert not inside(client)


def test_what_was_typed_goes_through_both_steps(user: User) -> None:
    with_totp(user)
    late = Client().post("/tai-khoan/", {"reason": "Lý do dài, gõ lâu."}).content.decode()
    client = Client()
    given = {"carried": hidden(late, "carried"), "next": "/tai-khoan/"}
    asked = client.post("/dang-nhap/", given | {"login": user.login, "password": PASSWORD}).content.decode()
    assert 'name="code"' in asked
    given = {"carried": hidden(asked, "carried"), "next": hidden(asked, "next")}
    resumed = client.post(SECOND, given | {"code": code_of(user)}).content.decode()
    assert hidden(resumed, "reason") == "Lý do dài, gõ lâu."


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


@pytest.mark.parametrize("path", ["hai-lop/", "hai-lop/tat/", "ma-du-phong/", "khoa/"])
def test_ways_to_sign_in_change_only_after_proving_who_one_is(user: User, inside: Client, path: str) -> None:
    session = inside.session
    session[sessions.PROVED] = (now() - timedelta(minutes=11)).isoformat()
    session.save()
    where = f"/tai-khoan/{path}"
    for answer in (inside.get(where), inside.post(where)):
        assert answer["Location"] == f"/tai-khoan/xac-nhan/?next=%2Ftai-khoan%2F{path.replace('/', '%2F')}"
    assert inside.post("/tai-khoan/xac-nhan/", {"proof": "sai", "next": where}).status_code == 200
    assert inside.get(where).status_code == 302
    assert inside.post("/tai-khoan/xac-nhan/", {"proof": PASSWORD, "next": where})["Location"] == where
    assert inside.get(where).status_code == 200


def test_turning_off_takes_the_codes_along(user: User, inside: Client) -> None:
    with_totp(user)
    assert inside.post("/tai-khoan/hai-lop/tat/")["Location"] == "/tai-khoan/"
    assert (factors.has_totp(user), user.recovery_codes.count()) == (False, 0)
    assert kinds()[-1] == "accounts.totp_removed"


def test_new_codes_replace_the_old_ones(user: User, inside: Client) -> None:
    old = with_totp(user)
    page = inside.post("/tai-khoan/ma-du-phong/").content.decode()
    assert len(re.findall(r'class="nep-code">[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}<', page)) == 10
    assert factors.takes_recovery_code(user, old[0], at=now()) is False


def test_a_role_may_ask_for_a_second_factor(province: Province, settings: Settings) -> None:
    settings.NEP_REQUIRE_SECOND_FACTOR = frozenset({"head"})
    for login, asked in (("snv-head", True), ("snv-focal", False)):
        user = province.users[login]
        user.set_password(PASSWORD)
        user.save()
        client = Client()
        client.post("/dang-nhap/", {"login": login, "password": PASSWORD})
        answer = client.get("/to-chuc/")
        assert (answer.status_code == 302 and answer["Location"] == "/tai-khoan/hai-lop/") is asked
    head = province.users["snv-head"]
    client.force_login(head)
    session = client.session
    session[sessions.OWES] = True
    session.save()
    assert client.get("/to-chuc/").status_code == 302
    assert client.post("/tai-khoan/hai-lop/").status_code == 302
    client.post("/tai-khoan/hai-lop/", {"code": code_of(head)})
    assert client.get("/to-chuc/").status_code == 200
