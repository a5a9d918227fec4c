"""What people fill in about one part of a programme's content."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from nep.indicators.models import Indicator
from nep.kernel.errors import RuleError
from nep.movements.domain import deadline_forms
from nep.movements.models import (
    Aim,
    ConductRule,
    GoodModel,
    LineOfWork,
    Milestone,
    Programme,
    RuleSet,
    Target,
    Task,
)
from nep.movements.models.content import EvidenceKind, Part
from nep.movements.queries.indicators import indicators_for
from nep.movements.queries.parts import fingerprint, snapshot
from nep.platform.clock import today
from nep.platform.ui.fields import FigureField

MOST_RULES = 40


class PartForm(forms.Form):
    """A form of one part; `seen` marks what the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, part: Part) -> dict[str, Any]:
        """What the fields show for a part."""
        return {name: getattr(part, name) for name in cls.base_fields if hasattr(part, name)}

    def fit(self, programme: Programme) -> None:
        """Offer what belongs to the programme."""

    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the part's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


class DeadlineForm(PartForm):
    """A part with a deadline: how often, and when."""

    deadline = forms.ChoiceField(
        label="Thời hạn", choices=[(kind.code, kind.label) for kind in deadline_forms.KINDS]
    )
    when = forms.CharField(
        label="Ngày, tháng, quý hoặc năm",
        required=False,
        max_length=40,
        help_text="Ví dụ: 30/11/2026 · 11/2026 · quý II/2026 · 2026 · với việc hằng năm ghi 15/12.",
    )

    @classmethod
    def initial_of(cls, part: Part) -> dict[str, Any]:
        """The rule stands as two controls."""
        deadline, when = deadline_forms.to_controls(str(getattr(part, "rule", "")))
        return super().initial_of(part) | {"deadline": deadline, "when": when}

    def clean(self) -> dict[str, Any]:
        """The two controls make one rule."""
        values = super().clean() or {}
        try:
            values["rule"] = deadline_forms.to_rule(values.get("deadline") or "none", values.get("when", ""))
        except RuleError as error:
            self.add_error("when", error.reason)
        return values

    def values(self) -> dict[str, Any]:
        """The rule in place of its controls."""
        return {name: value for name, value in super().values().items() if name not in {"deadline", "when"}}


class AimForm(PartForm):
    """One aim."""

    text = forms.CharField(label="Mục đích, yêu cầu", widget=forms.Textarea(attrs={"rows": 3}))


class TargetForm(DeadlineForm):
    """How much of what, by when, for whom, known from where."""

    name = forms.CharField(
        label="Chỉ tiêu",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Công chức được phổ biến quy tắc ứng xử.",
    )
    value = FigureField(label="Mức", min_value=Decimal(0), max_digits=12, decimal_places=2)
    unit = forms.CharField(
        label="Đơn vị tính",
        max_length=60,
        initial="%",
        help_text="Ghi % nếu tính trên tổng số; ghi “hội nghị”, “mô hình” … nếu đếm.",
    )
    subject = forms.ChoiceField(
        label="Tính trên", choices=Target.Subject.choices, initial=Target.Subject.PEOPLE
    )
    source_of_figures = forms.CharField(
        label="Lấy số từ đâu",
        max_length=300,
        required=False,
        help_text="Ví dụ: danh sách ký nhận, biên bản hội nghị.",
    )
    indicator = forms.ModelChoiceField(
        label="Chỉ số",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label="Chỉ số riêng của chỉ tiêu này",
        help_text="Chọn chỉ số có sẵn để so sánh được với các năm, các chương trình khác.",
    )
    field_order = ("name", "value", "unit", "subject", "deadline", "when", "source_of_figures", "indicator")

    def fit(self, programme: Programme) -> None:
        """Offer the indicators that the leading unit may use."""
        field: Any = self.fields["indicator"]
        field.queryset = indicators_for(programme.lead_unit, today())
        field.label_from_instance = lambda one: f"{one.name} ({'%' if one.is_share else one.unit_of_count})"


class LineOfWorkForm(PartForm):
    """A group of tasks."""

    name = forms.CharField(label="Nhóm giải pháp", max_length=500)


class TaskForm(DeadlineForm):
    """One duty; its actors have a form each."""

    title = forms.CharField(label="Nhiệm vụ", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(label="Nội dung", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    line_of_work = forms.ModelChoiceField(
        label="Nhóm giải pháp",
        queryset=LineOfWork.objects.none(),
        required=False,
        empty_label="Không thuộc nhóm nào",
    )
    evidence_kind = forms.ChoiceField(
        label="Minh chứng cần nộp", choices=EvidenceKind.choices, initial=EvidenceKind.ANY
    )
    field_order = ("title", "text", "line_of_work", "deadline", "when", "evidence_kind")

    def fit(self, programme: Programme) -> None:
        """Offer the lines of work of the programme."""
        field: Any = self.fields["line_of_work"]
        field.queryset = LineOfWork.objects.filter(programme=programme)
        field.label_from_instance = lambda line: line.name


class MilestoneForm(DeadlineForm):
    """A time that belongs to no single task."""

    text = forms.CharField(label="Việc diễn ra vào mốc này", widget=forms.Textarea(attrs={"rows": 2}))
    field_order = ("text", "deadline", "when")

    def clean(self) -> dict[str, Any]:
        """A milestone without a time is none."""
        values = super().clean()
        if "rule" in values and not values["rule"]:
            self.add_error("deadline", "Chọn thời hạn của mốc.")
        return values


class ConductRuleForm(PartForm):
    """A must or a must-not."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=ConductRule.Kind.choices,
        widget=forms.RadioSelect,
        initial=ConductRule.Kind.MUST,
    )
    text = forms.CharField(label="Quy tắc", widget=forms.Textarea(attrs={"rows": 2}))
    binds = forms.ChoiceField(
        label="Áp dụng cho", choices=[("everyone", "Mọi người"), ("leaders", "Người đứng đầu, lãnh đạo")]
    )
    topic = forms.CharField(
        label="Chủ đề", max_length=300, required=False, help_text="Ví dụ: Giao tiếp với người dân."
    )

    def fit(self, programme: Programme) -> None:
        """Words of the plan for others than these two stay as they were read."""
        field: Any = self.fields["binds"]
        read = self.initial.get("binds")
        if read and read not in dict(field.choices):
            field.choices = [*field.choices, (read, read)]


class RuleSetForm(PartForm):
    """A named set of short rules, one a line."""

    name = forms.CharField(label="Tên bộ quy tắc", max_length=200, help_text="Ví dụ: 4 xin, 4 luôn.")
    items = forms.CharField(label="Các điều, mỗi dòng một điều", widget=forms.Textarea(attrs={"rows": 8}))

    @classmethod
    def initial_of(cls, part: Part) -> dict[str, Any]:
        """One rule a line."""
        assert isinstance(part, RuleSet)
        return {"name": part.name, "items": "\n".join(part.items)}

    def clean_items(self) -> list[str]:
        """Lines with words, none too long."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["items"].splitlines()]
        found = [line for line in lines if line]
        if len(found) > MOST_RULES:
            raise forms.ValidationError(f"Nhiều nhất {MOST_RULES} điều.")
        if any(len(line) > 300 for line in found):
            raise forms.ValidationError("Mỗi điều nhiều nhất 300 chữ.")
        return found


class GoodModelForm(PartForm):
    """A model to build and spread."""

    name = forms.CharField(label="Tên mô hình", max_length=500)


FORMS: dict[type[Part], type[PartForm]] = {
    Aim: AimForm,
    Target: TargetForm,
    LineOfWork: LineOfWorkForm,
    Task: TaskForm,
    Milestone: MilestoneForm,
    ConductRule: ConductRuleForm,
    RuleSet: RuleSetForm,
    GoodModel: GoodModelForm,
}


def form_of(model: type[Part], programme: Programme, part: Part | None, data: Any = None) -> PartForm:
    """The form of a part, or of a new one."""
    kind = FORMS[model]
    initial = kind.initial_of(part) | {"seen": fingerprint(snapshot(part))} if part else None
    form = kind(data, initial=initial)
    form.fit(programme)
    return form
