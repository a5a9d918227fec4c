"""What is asked when a day off, or a day worked, is recorded or taken back."""

from __future__ import annotations

from django import forms

from nep.org.forms.units import DayField
from nep.platform.calendar.keeping import Wish

OFF, WORKED = "nghi", "lam"


class DaysForm(forms.Form):
    """Which days, off or worked, why, by which document."""

    first = DayField(label="Từ ngày")
    until = DayField(
        label="Đến hết ngày",
        required=False,
        help_text="Để trống nếu chỉ một ngày. Ngày đã nghỉ sẵn được bỏ qua.",
    )
    kind = forms.ChoiceField(
        label="Loại ngày",
        choices=[(OFF, "Ngày nghỉ"), (WORKED, "Ngày làm việc (làm bù)")],
        widget=forms.RadioSelect,
        initial=OFF,
    )
    name = forms.CharField(label="Lý do", max_length=200, help_text="Ví dụ: nghỉ Tết theo quyết định.")
    source = forms.CharField(label="Căn cứ", max_length=300, help_text="Số, ký hiệu và ngày của văn bản.")

    @property
    def wish(self) -> Wish:
        """What was asked for."""
        given = self.cleaned_data
        return Wish(
            first=given["first"],
            until=given["until"] or given["first"],
            off=given["kind"] == OFF,
            name=given["name"],
            source=given["source"],
        )


class TakeBackForm(forms.Form):
    """Why a day is taken back."""

    reason = forms.CharField(label="Lý do bỏ", max_length=300)
