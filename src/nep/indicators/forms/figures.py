"""Entering figures: one by one, or from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nep.indicators.domain.figures import Said, problems
from nep.indicators.domain.periods import Period, read_period
from nep.indicators.models import Figure, Indicator
from nep.indicators.services.imports import Upload
from nep.platform.imports.reading import MAX_BYTES
from nep.platform.ui.fields import FigureField

SOURCE_HELP = "Ví dụ: Báo cáo 118/BC-UBND ngày 05/10/2026, Hệ thống thông tin giải quyết thủ tục hành chính."


class PeriodField(forms.ChoiceField):
    """A period of an indicator's grain."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Kỳ", **options)


class FigureForm(forms.Form):
    """One figure with its source, or that there was nothing to count."""

    use_required_attribute = False  # what is required depends on whether anything occurred
    period = PeriodField()
    numerator = FigureField(
        label="Số đạt được",
        max_digits=14,
        decimal_places=2,
        error_messages={"required": "Ghi số đạt được; đếm được 0 thì ghi 0."},
    )
    denominator = FigureField(
        label="Trong tổng số",
        max_digits=14,
        decimal_places=2,
        error_messages={"required": "Ghi tổng số để tính tỷ lệ."},
    )
    nothing = forms.BooleanField(
        label="Không phát sinh trong kỳ này",
        required=False,
        help_text="Chọn khi không có gì để đếm. Đếm được 0 thì ghi 0.",
    )
    source = forms.CharField(
        label="Nguồn số liệu",
        max_length=500,
        help_text=SOURCE_HELP,
        error_messages={"required": "Ghi số liệu lấy từ đâu."},
    )

    def __init__(
        self, indicator: Indicator, periods: Sequence[Period], *args: Any, chosen: Period, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        _offer(self.fields["period"], periods, chosen)
        self.fields["numerator"].help_text = indicator.numerator_words
        self.fields["denominator"].help_text = indicator.denominator_words
        if not indicator.is_share:
            del self.fields["denominator"]
        occurred = not (self.is_bound and self.data.get("nothing"))
        for name in {"numerator", "denominator"} & self.fields.keys():
            self.fields[name].required = occurred

    def clean(self) -> dict[str, Any]:
        """The figure as a whole, each problem at its field."""
        values = super().clean() or {}
        if not {"numerator", "denominator"} & self.errors.keys():
            for problem in problems(self.said, share=self.indicator.is_share):
                self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        return values

    @property
    def said(self) -> Said:
        """What was filled in."""
        values = self.cleaned_data
        return Said(values.get("numerator"), values.get("denominator"), nothing=bool(values.get("nothing")))

    @property
    def chosen(self) -> Period:
        """The period that was chosen."""
        return read_period(self.indicator.grain, self.cleaned_data["period"])


def initial_of(row: Figure | None) -> dict[str, Any]:
    """What stands, to be corrected."""
    if row is None or row.state == Figure.State.MISSING:
        return {}
    return {
        "numerator": row.numerator,
        "denominator": row.denominator,
        "nothing": row.state == Figure.State.NOTHING,
        "source": row.source,
    }


class ImportForm(forms.Form):
    """A file of figures of several units for one period."""

    period = PeriodField()
    source = forms.CharField(
        label="Nguồn số liệu",
        max_length=500,
        help_text=SOURCE_HELP,
        error_messages={"required": "Ghi số liệu lấy từ đâu."},
    )
    file = forms.FileField(
        label="Tệp Excel",
        help_text=f".xlsx, .xls hoặc .ods, đến {MAX_BYTES // 1_000_000} MB. Chưa ghi gì cho đến khi xem lại.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.xlsm,.ods"}),
        error_messages={"empty": "Tệp rỗng, không có gì để đọc.", "required": "Chọn tệp cần nhập."},
    )

    def __init__(
        self, indicator: Indicator, periods: Sequence[Period], *args: Any, chosen: Period, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        _offer(self.fields["period"], periods, chosen)

    @property
    def upload(self) -> Upload:
        """The file as the service takes it."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return Upload(sent.name or "so-lieu.xlsx", sent.chunks())

    @property
    def chosen(self) -> Period:
        """The period that was chosen."""
        return read_period(self.indicator.grain, self.cleaned_data["period"])


class TakeBackForm(forms.Form):
    """Why a figure is taken back."""

    reason = forms.CharField(
        label="Lý do rút số liệu",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do rút số liệu."},
    )


def _offer(field: Any, periods: Sequence[Period], chosen: Period) -> None:
    field.choices = [(one.key, one.name) for one in reversed(periods)]
    field.initial = chosen.key
