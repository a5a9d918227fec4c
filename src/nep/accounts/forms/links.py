"""Asking for a link, and typing the code from a paper slip."""

from __future__ import annotations

from django import forms


class ForgottenForm(forms.Form):
    """Whose password is forgotten."""

    login = forms.CharField(
        label="Tên đăng nhập",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )


class SlipForm(forms.Form):
    """The code on the slip."""

    code = forms.CharField(
        label="Mã trên phiếu",
        max_length=40,
        help_text="16 chữ và số, ví dụ ABCD-EFGH-JKMN-PQRS; viết hoa hay thường đều được.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
