"""What tests of accounts share."""

from __future__ import annotations

import time

import pyotp
import pytest
from django.test import Client

from nep.accounts.models import User
from nep.accounts.services import factors
from nep.platform.clock import now
from nep.platform.keys import unlocked

PASSWORD = "mot cau de nho 2026"


@pytest.fixture
def user(db: None) -> User:
    """Somebody with a password."""
    return User.objects.create_user("thu.dang", "Đặng Thị Hoài Thu", PASSWORD, email="thu@vanlinh.example")


@pytest.fixture
def inside(user: User) -> Client:
    """A browser that signed in with the password, as people do."""
    client = Client()
    assert client.post("/dang-nhap/", {"login": user.login, "password": PASSWORD}).status_code == 302
    return client


def code_of(user: User, step: int = 0) -> str:
    """What the app of an account shows, so many half minutes from now."""
    secret = unlocked(user.totp.locked_secret, factors.TOTP)
    assert secret
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * step)


def with_totp(user: User) -> list[str]:
    """Set up an app, with the code of the half minute before, so that the present one is unused."""
    factors.start_totp(user, at=now())
    user.refresh_from_db()
    return factors.confirm_totp(user, code_of(user, -1), actor=None, at=now())
