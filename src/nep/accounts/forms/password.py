"""A new password: with the old one, or behind a link."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest

from nep.accounts.models import User
from nep.accounts.services.proofs import right_password
from nep.kernel.errors import RuleError


def new_password_field() -> forms.CharField:
    """A password that is being chosen."""
    return forms.CharField(
        label="Mật khẩu mới",
        max_length=200,
        strip=False,
        help_text="Ít nhất 10 ký tự; một câu dễ nhớ là tốt nhất.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(forms.Form):
    """A password for the account behind a link."""

    new = new_password_field()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        """It must be hard to guess."""
        value: str = self.cleaned_data["new"]
        password_validation.validate_password(value, self.user)
        return value


class PasswordForm(NewPasswordForm):
    """The old password and a new one."""

    current = forms.CharField(
        label="Mật khẩu hiện tại",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "new")

    def __init__(self, request: HttpRequest, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request

    def clean_current(self) -> str:
        """The old password must be right; trying counts as in the sign-in."""
        value: str = self.cleaned_data["current"]
        try:
            right = right_password(self.request, self.user, value)
        except RuleError as refused:
            raise forms.ValidationError(refused.reason) from refused
        if not right:
            raise forms.ValidationError("Mật khẩu hiện tại chưa đúng.")
        return value
