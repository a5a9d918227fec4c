"""How somebody is invited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from nep.accounts.services.accounts import suggested_login
from nep.org.models import Person
from nep.org.services.invitations import MAIL, PAPER, Wishes


class InvitationForm(forms.Form):
    """The login for who has no account yet, the address for links, the reason for who has a password."""

    login = forms.RegexField(
        r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$",
        label="Tên đăng nhập",
        max_length=80,
        error_messages={"invalid": "Chỉ dùng chữ không dấu, số, dấu chấm, gạch nối."},
    )
    email = forms.EmailField(label="Thư điện tử nhận liên kết", required=False)
    reason = forms.CharField(label="Lý do cấp lại", max_length=300)
    way = forms.ChoiceField(
        label="Cách trao",
        choices=[(MAIL, "Gửi thư"), (PAPER, "In phiếu giấy")],
        widget=forms.RadioSelect,
    )

    def __init__(self, person: Person, sent: QueryDict | None, *, by_mail: bool) -> None:
        user = person.user
        email = user.email if user else person.email
        way = MAIL if by_mail and email else PAPER
        given = {"email": email, "way": way, "login": "" if user else suggested_login(person.name)}
        super().__init__(sent, initial=given)
        if user is not None:
            del self.fields["login"]
        if user is None or not user.has_usable_password():
            del self.fields["reason"]
        if not by_mail:
            del self.fields["way"]

    def clean(self) -> dict[str, Any]:
        """A letter needs an address."""
        values = super().clean() or {}
        if values.get("way") == MAIL and not values.get("email") and "email" not in self.errors:
            self.add_error("email", "Ghi thư điện tử, hoặc chọn in phiếu giấy.")
        return values

    @property
    def wishes(self) -> Wishes:
        """What was asked for."""
        values = self.cleaned_data
        return Wishes(
            way=values.get("way", PAPER),
            login=values.get("login", ""),
            email=values["email"],
            reason=values.get("reason", ""),
        )


class FactorsForm(forms.Form):
    """Why somebody's second factor is taken away."""

    reason = forms.CharField(
        label="Lý do", max_length=300, help_text="Ví dụ: mất điện thoại, đã gặp trực tiếp và xem giấy tờ."
    )
