"""Setting an indicator, and asking units for its figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from nep.indicators.domain.periods import Period, read_period
from nep.indicators.models import Indicator
from nep.indicators.services.registry import Definition
from nep.org.models import Line, Unit, UnitKind

SHARE, COUNT = "share", "count"


class IndicatorForm(forms.Form):
    """What is counted, how, how often, on which ground."""

    name = forms.CharField(label="Tên chỉ số", max_length=300)
    owner = forms.ModelChoiceField(
        label="Đơn vị đặt chỉ số",
        queryset=Unit.objects.none(),
        empty_label=None,
        help_text="Dùng cho đơn vị này và các đơn vị trực thuộc.",
    )
    definition = forms.CharField(label="Cách tính", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label="Dạng số",
        choices=[(SHARE, "Tỷ lệ: số đạt được trong tổng số"), (COUNT, "Số đếm")],
        widget=forms.RadioSelect,
        initial=SHARE,
    )
    unit_of_count = forms.CharField(
        label="Đơn vị tính", max_length=60, help_text="Ví dụ: người, hồ sơ, hội nghị."
    )
    numerator_words = forms.CharField(label="Số đạt được đếm gì", max_length=300)
    denominator_words = forms.CharField(
        label="Tổng số đếm gì", max_length=300, required=False, help_text="Chỉ với tỷ lệ."
    )
    direction = forms.ChoiceField(
        label="Chiều tốt", choices=Indicator.Direction.choices, widget=forms.RadioSelect, initial="up"
    )
    grain = forms.ChoiceField(label="Kỳ", choices=Indicator.Grain.choices, initial="month")
    lines = forms.MultipleChoiceField(
        label="Hệ thống", choices=Line.choices, widget=forms.CheckboxSelectMultiple, initial=["authority"]
    )
    source = forms.CharField(
        label="Căn cứ của định nghĩa",
        max_length=500,
        help_text="Văn bản, bộ tiêu chí nơi chỉ số được quy định.",
    )
    needs_confirmation = forms.CharField(
        label="Cần xác nhận",
        max_length=500,
        required=False,
        help_text="Điều phải hỏi lại trước khi dùng, nếu có.",
    )

    def __init__(self, owners: Sequence[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = Unit.objects.filter(pk__in=owners)
        if len(owners) == 1:
            field.initial = owners[0]

    def clean(self) -> dict[str, Any]:
        """A share says what the whole is."""
        values = super().clean() or {}
        if values.get("kind") == SHARE and not values.get("denominator_words"):
            self.add_error("denominator_words", "Ghi tổng số đếm gì, hoặc chọn số đếm.")
        return values

    @property
    def told(self) -> Definition:
        """The definition that was filled in."""
        given = self.cleaned_data
        return Definition(
            name=given["name"],
            definition=given["definition"],
            unit_of_count=given["unit_of_count"],
            numerator_words=given["numerator_words"],
            denominator_words=given["denominator_words"] if given["kind"] == SHARE else "",
            direction=given["direction"],
            grain=given["grain"],
            lines=tuple(given["lines"]),
            source=given["source"],
            needs_confirmation=given["needs_confirmation"],
        )


def initial_of(indicator: Indicator) -> dict[str, Any]:
    """A definition as it stands."""
    names = [name for name in IndicatorForm.base_fields if name not in {"kind", "owner"}]
    stands = {name: getattr(indicator, name) for name in names}
    return stands | {"kind": SHARE if indicator.is_share else COUNT, "owner": indicator.owner_id}


class AskForm(forms.Form):
    """Which kinds of units owe figures, from which period on."""

    kinds = forms.MultipleChoiceField(
        label="Loại đơn vị phải báo cáo",
        choices=UnitKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Chọn ít nhất một loại đơn vị."},
    )
    since = forms.ChoiceField(label="Từ kỳ")

    def __init__(self, indicator: Indicator, periods: Sequence[Period], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        field: Any = self.fields["since"]
        field.choices = [(one.key, one.name) for one in reversed(periods)]

    @property
    def chosen(self) -> Period:
        """The period that was chosen."""
        return read_period(self.indicator.grain, self.cleaned_data["since"])
