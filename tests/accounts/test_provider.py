"""Signing in through an office's own provider, honest and dishonest."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from joserfc.jwk import RSAKey
from pytest_django import Settings

from nep.accounts.models import SignedInSession, User
from nep.platform.audit.models import Event
from tests.accounts.office import CLIENT, SECRET, Office, running

pytestmark = pytest.mark.django_db
START, BACK = "/dang-nhap/co-quan/", "/dang-nhap/co-quan/ve/"


@pytest.fixture
def office(settings: Settings) -> Iterator[Office]:
    """A provider that the settings name."""
    with running() as found:
        settings.NEP_OIDC_ISSUER = found.issuer
        settings.NEP_OIDC_CLIENT_ID, settings.NEP_OIDC_CLIENT_SECRET = CLIENT, SECRET
        yield found


def go(client: Client, office: Office, **changes: str) -> Any:
    """Leave for the provider, be let through, come back."""
    leaving = client.get(START, {"next": "/tai-khoan/"})
    return client.get(BACK, office.lets_through(leaving["Location"]) | changes)


def test_who_the_provider_names_comes_in(user: User, office: Office, client: Client) -> None:
    answer = go(client, office)
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/")
    assert client.get("/tai-khoan/").status_code == 200
    assert SignedInSession.objects.get().how == SignedInSession.How.PROVIDER
    assert Event.objects.get().kind == "accounts.signed_in"


def test_leaving_asks_with_state_nonce_and_a_challenge(office: Office, client: Client) -> None:
    address = client.get(START)["Location"]
    assert address.startswith(f"{office.issuer}/authorize?")
    named = ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "response_type=code")
    assert [part for part in named if part not in address] == []


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"aud": "another"},
        {"aud": ["another"]},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 300},
        {"iat": int(time.time()) + 3600},
        {"azp": "another"},
        {"preferred_username": "khong.co"},
        {"preferred_username": ""},
        {"preferred_username": None},
    ],
    ids=str,
)
def test_a_wrong_claim_opens_nothing(
    user: User, office: Office, client: Client, claims: dict[str, Any]
) -> None:
    office.claims = claims
    assert go(client, office).status_code == 403
    assert client.get("/tai-khoan/").status_code == 302
    assert (User.objects.count(), SignedInSession.objects.count(), Event.objects.count()) == (1, 0, 0)


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_token_that_others_could_sign_opens_nothing(
    user: User, office: Office, client: Client, algorithm: str
) -> None:
    office.algorithm = algorithm
    assert go(client, office).status_code == 403


def test_a_token_signed_with_another_key_opens_nothing(user: User, office: Office, client: Client) -> None:
    office.published = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    assert go(client, office).status_code == 403


def test_a_new_key_of_the_provider_is_fetched(user: User, office: Office, client: Client) -> None:
    go(client, office)
    office.key = RSAKey.generate_key(2048, {"kid": "two", "use": "sig"})
    assert go(Client(), office).status_code == 302


def test_a_way_back_works_once(user: User, office: Office, client: Client) -> None:
    way = office.lets_through(client.get(START)["Location"])
    assert client.get(BACK, way).status_code == 302
    client.post("/dang-xuat/")
    assert client.get(BACK, way).status_code == 403


def test_the_way_back_of_another_browser_opens_nothing(user: User, office: Office, client: Client) -> None:
    way = office.lets_through(client.get(START)["Location"])
    assert Client().get(BACK, way).status_code == 403


@pytest.mark.parametrize("changes", [{"state": "another"}, {"code": "another"}, {"error": "access_denied"}])
def test_a_changed_way_back_opens_nothing(
    user: User, office: Office, client: Client, changes: dict[str, str]
) -> None:
    assert go(client, office, **changes).status_code == 403


def test_a_closed_account_stays_closed(user: User, office: Office, client: Client) -> None:
    User.objects.update(is_active=False)
    assert go(client, office).status_code == 403


@pytest.mark.parametrize(("verified", "status"), [(True, 302), (False, 403)])
def test_an_address_counts_only_when_the_provider_has_verified_it(
    user: User, office: Office, client: Client, settings: Settings, verified: bool, status: int
) -> None:
    settings.NEP_OIDC_CLAIM = "email"
    office.claims = {"email": "Thu@vanlinh.example", "email_verified": verified}
    assert go(client, office).status_code == status


def test_a_provider_that_does_not_answer_is_told_so(client: Client, settings: Settings) -> None:
    settings.NEP_OIDC_ISSUER = "http://127.0.0.1:9"
    answer = client.get(START)
    assert (answer.status_code, "Chưa kết nối được" in answer.content.decode()) == (503, True)


def test_without_a_provider_the_pages_are_not_there(client: Client) -> None:
    assert [client.get(path).status_code for path in (START, BACK)] == [404, 404]
    assert "co-quan" not in client.get("/dang-nhap/").content.decode()


def test_the_way_back_cannot_be_asked_for_by_head(office: Office, client: Client) -> None:
    assert client.head(BACK).status_code == 405
