"""The form of a programme's ladder of reminders."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import QueryDict

from nep.movements.domain.urging import Policy

_DAYS: dict[str, Any] = {
    "min_value": 1,
    "max_value": 60,
    "widget": forms.NumberInput(attrs={"inputmode": "numeric"}),
}


class UrgingForm(forms.Form):
    """When whom to remind, in working days; `seen` is what the page showed before."""

    before = forms.CharField(
        label="Nhắc trước hạn, số ngày làm việc",
        max_length=20,
        required=False,
        help_text="Nhiều lần thì cách nhau bằng dấu phẩy, ví dụ 5, 1. Để trống là không nhắc trước.",
    )
    every = forms.IntegerField(label="Khi đã trễ, nhắc lại sau mỗi (ngày làm việc)", **_DAYS)
    head_after = forms.IntegerField(label="Báo thủ trưởng đơn vị từ ngày trễ thứ", **_DAYS)
    above_after = forms.IntegerField(label="Báo đơn vị giao việc từ ngày trễ thứ", **_DAYS)
    decide_after = forms.IntegerField(label="Nhắc người xét khi minh chứng chờ quá (ngày làm việc)", **_DAYS)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, policy: Policy) -> None:
        shown: dict[str, Any] = asdict(policy) | {"seen": json.dumps(asdict(policy))}
        shown["before"] = ", ".join(str(days) for days in policy.before)
        super().__init__(data, initial=shown)

    def clean_before(self) -> tuple[int, ...]:
        """The numbers, the greatest first."""
        typed = [part.strip() for part in self.cleaned_data["before"].split(",") if part.strip()]
        if not all(part.isdecimal() for part in typed):
            raise forms.ValidationError("Ghi số ngày, cách nhau bằng dấu phẩy, ví dụ 5, 1.")
        return tuple(sorted((int(part) for part in typed), reverse=True))

    def clean_seen(self) -> Policy:
        """The ladder that the page showed."""
        try:
            told = json.loads(self.cleaned_data["seen"])
            return Policy(tuple(told.pop("before")), **told)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise forms.ValidationError("Mở lại trang rồi sửa tiếp.") from error

    @property
    def policy(self) -> Policy:
        """What was asked for; only of a valid form."""
        return Policy(**{name: self.cleaned_data[name] for name in asdict(Policy())})
