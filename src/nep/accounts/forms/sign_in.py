"""Signing in: name and password, then a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from nep.accounts.models import User
from nep.accounts.services import lockout
from nep.kernel.errors import RuleError

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock rồi thử lại."


class SignInForm(forms.Form):
    """Name and password; says only that the pair is wrong, never which half."""

    login = forms.CharField(
        label="Tên đăng nhập",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.compared = False  # whether the pair was compared at all, and so a refusal is an event

    def clean(self) -> dict[str, Any]:
        """Find the account."""
        values = super().clean() or {}
        login, password = values.get("login"), values.get("password")
        if login and password:
            self.user = self._account(login.strip().lower(), password)
        return values

    def _account(self, login: str, password: str) -> User:
        try:
            lockout.refuse_locked(self.request, login)
            user = authenticate(self.request, username=login, password=password)
            self.compared = True
            if not isinstance(user, User):
                lockout.refuse_locked(self.request, login)
                raise forms.ValidationError(WRONG)
        except RuleError as refused:
            raise forms.ValidationError(refused.reason) from refused
        return user

    @property
    def refused(self) -> User | None:
        """The account whose name was given with a wrong password.

        Only a name that exists is told to the trail: what else was typed may be a password.
        """
        return User.objects.filter(login=str(self.data.get("login", "")).strip().lower()).first()


class CodeForm(forms.Form):
    """A code of the authenticator app, or one from paper."""

    code = forms.CharField(
        label="Mã xác thực",
        max_length=40,
        help_text="6 số đang hiện trong ứng dụng xác thực, hoặc một mã dự phòng đã in.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
