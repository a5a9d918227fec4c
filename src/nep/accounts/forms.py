"""Signing in and changing one's password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.http import HttpRequest

from nep.accounts.models import User


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
        self.refused: User | None = None

    def clean(self) -> dict[str, Any]:
        """Find the account."""
        values = super().clean() or {}
        login, password = values.get("login"), values.get("password")
        if login and password:
            user = authenticate(self.request, username=login.strip().lower(), password=password)
            if not isinstance(user, User):
                # Only a name that exists is told to the trail: what else was typed may be a password.
                self.refused = User.objects.filter(login=login.strip().lower()).first()
                raise forms.ValidationError(
                    "Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock rồi thử lại."
                )
            self.user = user
        return values


class PasswordForm(forms.Form):
    """The old password and a new one."""

    current = forms.CharField(
        label="Mật khẩu hiện tại",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        help_text="Ít nhất 10 ký tự; một câu dễ nhớ là tốt nhất.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_current(self) -> str:
        """The old password must be right."""
        value: str = self.cleaned_data["current"]
        if not self.user.check_password(value):
            raise forms.ValidationError("Mật khẩu hiện tại chưa đúng.")
        return value

    def clean_new(self) -> str:
        """The new one must be hard to guess."""
        value: str = self.cleaned_data["new"]
        password_validation.validate_password(value, self.user)
        return value
