"""What the pages of units ask for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from nep.org.models import UnitChange
from nep.org.queries.histories import ChangeFilter

EARLIEST, LATEST = date(1945, 9, 2), date(2100, 12, 31)


class DayInput(forms.DateInput):
    """The browser's own field for a day; it takes and gives days in one way only."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day within the life of the state's agencies; typed as 30/06/2025 or as the browser sends it."""

    widget = DayInput
    default_error_messages = {"invalid": "Nhập ngày như 30/06/2025."}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **options)

    def clean(self, value: Any) -> date | None:
        """The day; one outside of what can be meant is refused."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(
                f"Nhập ngày từ {EARLIEST:%d/%m/%Y} đến {LATEST:%d/%m/%Y}.", code="invalid"
            )
        return day


class DayForm(forms.Form):
    """The day at which one looks; empty means today."""

    ngay = DayField(label="Tính đến ngày", required=False)

    def day_or(self, today: date) -> date:
        """The asked day, or today when none or a wrong one was asked."""
        return (self.cleaned_data.get("ngay") if self.is_valid() else None) or today


class ChangesForm(forms.Form):
    """Which changes one asks for."""

    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Mọi loại"), *UnitChange.Kind.choices]
    )
    tu = DayField(label="Từ ngày", required=False)
    den = DayField(label="Đến ngày", required=False)
    huy = forms.BooleanField(label="Cả biến động đã hủy ghi nhận", required=False)

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        first, last = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if first and last and last < first:
            self.add_error("den", "Chọn ngày bằng hoặc sau ngày bắt đầu.")
        return self.cleaned_data

    def asked(self) -> ChangeFilter:
        """What is asked for; a wrong value asks for nothing."""
        given = self.cleaned_data if self.is_bound and (self.is_valid() or self.cleaned_data) else {}
        return ChangeFilter(given.get("loai", ""), given.get("tu"), given.get("den"), bool(given.get("huy")))
