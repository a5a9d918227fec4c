"""Proving again who one is: the password, or a code of the authenticator app."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest

from nep.accounts.models import User
from nep.accounts.services import factors, lockout
from nep.kernel.errors import RuleError
from nep.platform.clock import now

DIGITS = 6
WRONG = "Mật khẩu hoặc mã chưa đúng."


def prove(request: HttpRequest, user: User, given: str) -> None:
    """Let through who gives the password of the account, or the code that the app shows now.

    Raises: RuleError when it is wrong, or was wrong too often.
    """
    code = given.replace(" ", "")
    if len(code) == DIGITS and code.isdecimal() and factors.has_totp(user):
        if not right_code(request, user, code):
            raise RuleError(WRONG)
    elif not right_password(request, user, given):
        raise RuleError(WRONG)


def right_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether it is the account's password; a wrong one counts towards the lockout.

    Raises: RuleError when it was wrong too often.
    """
    lockout.refuse_locked(request, user.login)
    if authenticate(request, username=user.login, password=password) != user:
        return False
    lockout.forget_failures(request, user.login)
    return True


def right_code(request: HttpRequest, user: User, code: str) -> bool:
    """Whether it is a code of the app or from paper; a wrong one counts towards the lockout.

    Raises: RuleError when it was wrong too often.
    """
    name = user.login + lockout.SECOND_STEP
    lockout.refuse_locked(request, name)
    at = now()
    if factors.takes_totp(user, code, at=at) or factors.takes_recovery_code(user, code, at=at):
        lockout.forget_failures(request, name)
        return True
    lockout.count_failure(request, name)
    return False
