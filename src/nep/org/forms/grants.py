"""What is asked when a role is given, lent or taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from nep.accounts.roles import OFFICIAL, ROLES, WEIGHTY, Permission
from nep.org.access import Actor
from nep.org.forms.choosing import UnitForm, not_ended
from nep.org.forms.units import DayField
from nep.org.models import Line, Person, Posting, Unit


def _label(code: str) -> str:
    role = ROLES[code]
    waits = " Cần người thứ hai xác nhận." if code in WEIGHTY else ""
    return f"{role.label}: {role.description}{waits}"


class GrantForm(UnitForm):
    """Which role over which unit, in which line, in which days, on which ground."""

    def __init__(self, actor: Actor, typed: dict[str, Any] | None = None, *, check: bool = False) -> None:
        super().__init__(typed, day=actor.on, check=check)
        given = [(code, _label(code)) for code in ROLES if code != OFFICIAL.code]
        self.fields["role"] = forms.ChoiceField(label="Vai trò", choices=given, widget=forms.RadioSelect)
        units = not_ended(actor.elevated_self.units_with(Permission.MANAGE_ROLES), actor.on)
        self.add_unit("unit", "Đơn vị", units)
        self.fields["line"] = forms.ChoiceField(
            label="Hệ thống",
            required=False,
            choices=[("", "Hệ thống của chính đơn vị"), *Line.choices],
            help_text="Chọn hệ thống khác thì vai trò bao gồm các tổ chức của hệ thống ấy gắn với đơn vị.",
        )
        self.fields["on"] = DayField(label="Từ ngày", initial=actor.on)
        self.fields["last_day"] = DayField(
            label="Đến hết ngày", required=False, help_text="Để trống nếu không định ngày kết thúc."
        )
        self.fields["reason"] = forms.CharField(
            label="Căn cứ", max_length=300, help_text="Quyết định phân công hoặc lý do giao vai trò."
        )

    @property
    def days(self) -> dict[str, Any]:
        """First day and the first day without."""
        return _days(self.cleaned_data)

    @property
    def line(self) -> Line | None:
        """The line, when another one than the unit's own."""
        return Line(self.cleaned_data["line"]) if self.cleaned_data["line"] else None


def _days(given: dict[str, Any]) -> dict[str, Any]:
    last: date | None = given["last_day"]
    return {"on": given["on"], "until": last + timedelta(days=1) if last else None}


class ActingForm(forms.Form):
    """To whom a head lends the own authority, and for which days."""

    deputy = forms.ModelChoiceField(Person.objects.none(), label="Giao cho", empty_label="Chọn người")
    on = DayField(label="Từ ngày", help_text="Từ hôm nay trở đi.")
    last_day = DayField(label="Đến hết ngày", help_text="Hết ngày này ủy quyền tự kết thúc.")
    reason = forms.CharField(
        label="Căn cứ, lý do", max_length=300, help_text="Ví dụ: Giấy ủy quyền số 3/GUQ-SNV, đi công tác."
    )

    def __init__(self, unit: Unit, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = Posting.objects.filter(unit=unit, during__contains=actor.on)
        people = Person.objects.filter(pk__in=seats.values("person_id"), user__isnull=False)
        field: Any = self.fields["deputy"]
        field.queryset = people.exclude(user=actor.user)
        self.initial.setdefault("on", actor.on)

    @property
    def days(self) -> dict[str, Any]:
        """First day and the first day without."""
        return _days(self.cleaned_data)


class RevokeForm(forms.Form):
    """From which day a role ends, and why."""

    on = DayField(label="Kết thúc từ ngày", help_text="Ngày đầu tiên không còn vai trò.")
    reason = forms.CharField(label="Lý do thu hồi", max_length=300)
