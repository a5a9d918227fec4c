"""Forms of special dates and of closed periods that are opened again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from nep.movements.domain.exceptions import MOST_REOPENED, Later
from nep.movements.models import Target, Task
from nep.movements.services.special_dates import Asked

ALL, TASK, TARGET = "tat-ca", "viec", "chi-tieu"
ONE_DAY, EACH_YEAR = "ngay", "nam"


class SpecialDateForm(forms.Form):
    """For which duty, until when or on which day of each year, why, how long it holds."""

    duty = forms.ChoiceField(label="Cho việc, chỉ tiêu nào")
    kind = forms.ChoiceField(
        label="Hạn riêng là",
        choices=[(ONE_DAY, "Một ngày"), (EACH_YEAR, "Một ngày của mỗi năm, ví dụ ngày kết thúc năm học")],
        widget=forms.RadioSelect,
        initial=ONE_DAY,
    )
    day = forms.DateField(label="Ngày", help_text="Với ngày của mỗi năm, chọn ngày của năm tới.")
    starts_on = forms.DateField(label="Áp dụng cho các hạn từ ngày")
    expires_on = forms.DateField(label="Hết hiệu lực sau ngày")
    below = forms.BooleanField(label="Cả các đơn vị bên dưới", required=False)
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, tasks: list[Task], targets: list[Target], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tasks, self.targets = {row.pk: row for row in tasks}, {row.pk: row for row in targets}
        duty: Any = self.fields["duty"]
        duty.choices = [
            (ALL, "Mọi việc và chỉ tiêu của chương trình"),
            *((f"{TASK}-{row.pk}", row.title) for row in tasks),
            *((f"{TARGET}-{row.pk}", f"Chỉ tiêu: {row.name}") for row in targets),
        ]
        self.fields["starts_on"].initial = on

    @property
    def asked(self) -> Asked:
        """What was typed."""
        given = self.cleaned_data
        day: date = given["day"]
        yearly = given["kind"] == EACH_YEAR
        later = Later(
            given["starts_on"],
            given["expires_on"],
            due_on=None if yearly else day,
            rule=f"yearly:by:{day:%m-%d}" if yearly else "",
        )
        part, _, number = given["duty"].rpartition("-")
        return Asked(
            later,
            given["reason"],
            task=self.tasks[int(number)] if part == TASK else None,
            target=self.targets[int(number)] if part == TARGET else None,
            below=given["below"],
        )


class ReopeningForm(forms.Form):
    """Which days of which period, until when, why."""

    first = forms.DateField(label="Kỳ từ ngày")
    last = forms.DateField(label="Kỳ đến ngày")
    until = forms.DateField(label="Tự đóng lại sau ngày")
    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = on + timedelta(days=MOST_REOPENED)
        self.fields["until"].help_text = f"Nhiều nhất {MOST_REOPENED} ngày: đến {latest:%d/%m/%Y}."
        self.fields["until"].widget.attrs |= {"min": on.isoformat(), "max": latest.isoformat()}
