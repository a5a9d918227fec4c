"""Elevated mode: entered with a proof, left by a click or by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from nep.accounts import elevation
from nep.accounts.models import User
from nep.platform.audit.models import Event
from nep.platform.clock import now
from tests.accounts.conftest import PASSWORD, code_of, with_totp

pytestmark = pytest.mark.django_db
PATH = "/tai-khoan/quan-tri/"


def kinds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))[1:]


def is_on(client: Client) -> bool:
    return "Đang bật" in client.get(PATH).content.decode()


def test_the_password_turns_it_on_and_leads_back(inside: Client) -> None:
    assert inside.post(PATH, {"proof": "sai", "next": "/to-chuc/"}).status_code == 200
    assert is_on(inside) is False
    assert inside.post(PATH, {"proof": PASSWORD, "next": "/to-chuc/"})["Location"] == "/to-chuc/"
    assert is_on(inside) is True
    assert kinds() == ["accounts.elevated"]


def test_a_code_of_the_app_does_as_well_and_only_once(user: User, inside: Client) -> None:
    with_totp(user)
    code = code_of(user)
    assert [inside.post(PATH, {"proof": code}).status_code for _ in range(2)] == [302, 200]


def test_it_never_leads_to_another_host(inside: Client) -> None:
    assert inside.post(PATH, {"proof": PASSWORD, "next": "//evil.example/"})["Location"] == "/"


def test_it_ends_by_itself(inside: Client) -> None:
    inside.post(PATH, {"proof": PASSWORD})
    session = inside.session
    until = now() + elevation.LASTS
    assert abs((until - elevation.datetime.fromisoformat(session[elevation.KEY])).total_seconds()) < 60
    session[elevation.KEY] = (now() - timedelta(seconds=1)).isoformat()
    session.save()
    assert is_on(inside) is False


def test_it_is_left_with_a_click(inside: Client) -> None:
    inside.post(PATH, {"proof": PASSWORD})
    assert inside.post(f"{PATH}tat/").status_code == 302
    assert is_on(inside) is False
    assert kinds() == ["accounts.elevated", "accounts.elevation_left"]


def test_another_browser_of_the_same_person_stays_as_it_is(user: User, inside: Client) -> None:
    inside.post(PATH, {"proof": PASSWORD})
    other = Client()
    other.post("/dang-nhap/", {"login": user.login, "password": PASSWORD})
    assert (is_on(inside), is_on(other)) == (True, False)
