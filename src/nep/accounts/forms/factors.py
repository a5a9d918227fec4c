"""Second factor, passkeys, proving who one is."""

from __future__ import annotations

from django import forms


class TotpForm(forms.Form):
    """The first code of the app."""

    code = forms.CharField(
        label="Mã 6 số trong ứng dụng",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(forms.Form):
    """A name for the key; the browser fills in its answer."""

    name = forms.CharField(label="Tên gợi nhớ", max_length=60, help_text="Ví dụ: Điện thoại của tôi.")
    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class ProofForm(forms.Form):
    """The password, or a code of the app."""

    proof = forms.CharField(
        label="Mật khẩu",
        max_length=200,
        strip=False,
        help_text="Hoặc mã 6 số của ứng dụng xác thực, nếu đã bật.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
