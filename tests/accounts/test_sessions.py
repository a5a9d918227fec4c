"""Sessions: listed, ended, idle, too long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from nep.accounts.models import SignedInSession, User
from nep.accounts.services import sessions
from nep.platform.audit.models import Event
from nep.platform.clock import now
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def is_inside(client: Client) -> bool:
    return client.get("/tai-khoan/").status_code == 200


def another(user: User, **more: str) -> Client:
    client = Client(**more)
    client.post("/dang-nhap/", {"login": user.login, "password": PASSWORD})
    return client


def shift(client: Client, key: str, back: timedelta) -> None:
    """Let a time of a session lie further back."""
    session = client.session
    session[key] = (now() - back).isoformat()
    session.save()


def test_the_list_tells_where_one_is_signed_in(user: User, inside: Client) -> None:
    another(user, HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0", REMOTE_ADDR="10.0.0.9")
    page = inside.get("/tai-khoan/").content.decode()
    assert [
        word for word in ("Firefox trên máy tính Windows", "10.0.0.9", "(đang dùng)") if word not in page
    ] == []


def test_one_other_browser_is_signed_out(user: User, inside: Client) -> None:
    other = another(user)
    row = sessions.others(user, inside.session)[0]
    assert inside.post(f"/tai-khoan/phien/{row.pk}/ket-thuc/").status_code == 302
    assert (is_inside(inside), is_inside(other)) == (True, False)
    assert (SignedInSession.objects.count(), Session.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="accounts.session_ended").count() == 1


def test_nobody_ends_the_session_of_somebody_else(user: User, inside: Client) -> None:
    stranger = User.objects.create_user("a", "Vàng A Dế", PASSWORD)
    theirs = another(stranger)
    row = SignedInSession.objects.get(user=stranger)
    assert inside.post(f"/tai-khoan/phien/{row.pk}/ket-thuc/").status_code == 404
    assert is_inside(theirs)


def test_all_others_are_signed_out(user: User, inside: Client) -> None:
    others = [another(user) for _ in range(3)]
    inside.post("/tai-khoan/phien/ket-thuc/")
    assert [is_inside(client) for client in (inside, *others)] == [True, False, False, False]
    assert Event.objects.get(kind="accounts.sessions_ended").facts["count"] == 3


def test_a_new_password_ends_all_others(user: User, inside: Client) -> None:
    other = another(user)
    inside.post("/tai-khoan/", {"current": PASSWORD, "new": "mot cau khac 2027"})
    assert (is_inside(inside), is_inside(other)) == (True, False)
    assert SignedInSession.objects.count() == 1
    assert sessions.devices(user, inside.session)[0].current is True


@pytest.mark.parametrize(("idle", "stays"), [(64, True), (66, False)])
def test_an_idle_session_ends(inside: Client, idle: int, stays: bool) -> None:
    shift(inside, sessions.SEEN, timedelta(minutes=idle))
    assert is_inside(inside) is stays
    assert SignedInSession.objects.count() == int(stays)


@pytest.mark.parametrize(("hours", "stays"), [(11, True), (13, False)])
def test_a_session_ends_after_the_working_day(inside: Client, hours: int, stays: bool) -> None:
    shift(inside, sessions.BEGAN, timedelta(hours=hours))
    assert is_inside(inside) is stays


def test_a_session_without_its_times_is_over(inside: Client) -> None:
    session = inside.session
    del session[sessions.BEGAN]
    session.save()
    assert is_inside(inside) is False


def test_what_was_typed_is_kept_when_the_session_was_idle(inside: Client) -> None:
    shift(inside, sessions.SEEN, timedelta(hours=2))
    answer = inside.post("/tai-khoan/", {"reason": "Lý do dài."})
    assert (answer.status_code, "Lý do dài." in answer.content.decode()) == (403, True)


def test_a_visit_is_counted_at_most_once_in_five_minutes(inside: Client) -> None:
    first = SignedInSession.objects.get().seen_at
    inside.get("/tai-khoan/")
    assert SignedInSession.objects.get().seen_at == first
    shift(inside, sessions.SEEN, timedelta(minutes=6))
    inside.get("/tai-khoan/")
    assert SignedInSession.objects.get().seen_at > first


def test_signing_out_leaves_nothing_behind(inside: Client) -> None:
    answer = inside.post("/dang-xuat/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert (SignedInSession.objects.count(), Session.objects.count()) == (0, 0)


def test_the_key_of_a_session_is_not_in_the_table(inside: Client) -> None:
    key = inside.session.session_key
    assert key
    assert key not in str(SignedInSession.objects.values().get())
