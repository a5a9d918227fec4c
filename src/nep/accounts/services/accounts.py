"""Accounts are opened for people, and changed by who administers them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nep.accounts import events
from nep.accounts.domain.logins import login_for
from nep.accounts.models import User
from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.notify import outbox


@transaction.atomic
def open_account(name: str, *, email: str, actor: Actor | None, at: datetime, login: str = "") -> User:
    """An account without a password; its owner sets one through a link. The login is made from the name.

    Raises: RuleError when the wanted login is taken.
    """
    login = login.strip().lower() or suggested_login(name)
    if User.objects.filter(login=login).exists():
        raise RuleError(f"Tên đăng nhập {login} đã có người dùng.")
    user = User.objects.create_user(login, name, email=email)
    record(events.ACCOUNT_OPENED, actor=actor, about=[user], at=at, login=login, user=name)
    return user


@transaction.atomic
def change_email(user: User, email: str, *, actor: Actor | None, at: datetime) -> None:
    """Links go to another address from now on; the old address is told, so that nobody is moved unseen."""
    before = user.email
    if email == before:
        return
    user.email = email
    user.save(update_fields=["email"])
    event = record(
        events.EMAIL_CHANGED,
        actor=actor,
        about=[user],
        at=at,
        before={"email": before},
        after={"email": email},
        user=user.name,
    )
    if before:
        outbox.post(
            before,
            "Nếp: đổi thư điện tử của tài khoản",
            f"Kính gửi {user.name},\n\nTừ nay liên kết đặt mật khẩu của tài khoản {user.login} không gửi tới "
            "địa chỉ này nữa. Nếu không biết việc này, báo ngay người quản trị của cơ quan.\n",
            key=f"email-changed-{event.pk}",
        )


def suggested_login(name: str) -> str:
    """A login for a name that no account has yet."""
    first = login_for(name, ())
    return login_for(name, set(User.objects.filter(login__startswith=first).values_list("login", flat=True)))
