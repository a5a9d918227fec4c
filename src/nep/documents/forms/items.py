"""Small forms of the review: one for each kind of item, the deadline chosen by its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms

from nep.documents.domain.review import when, words
from nep.documents.domain.review.relations import RELATIONS
from nep.documents.domain.review.values import day_of, number_of
from nep.documents.models import DocumentKind, Field
from nep.platform.ui.fields import FigureField

Value = Mapping[str, Any]
_MONTHS = [("", "Tháng"), *((str(month), f"Tháng {month}") for month in range(1, 13))]
_QUARTERS = [("", "Quý"), ("1", "Quý I"), ("2", "Quý II"), ("3", "Quý III"), ("4", "Quý IV")]
_WHEN_PARTS = ("day", "day_of_month", "month", "quarter", "year", "last_year")
_WHEN = ("when_kind", *(f"when_{name}" for name in _WHEN_PARTS))
SPARE_ACTORS = 2


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ItemForm(forms.Form):
    """What an officer changes of an item: filled from a value, gives a value back."""

    def __init__(self, value: Value, data: Any = None) -> None:
        super().__init__(data, initial=self.shown(value), prefix="muc")
        self.old = dict(value)

    def shown(self, value: Value) -> dict[str, Any]:
        """The value as initial data."""
        return dict(value)

    def value(self) -> dict[str, Any]:
        """The value as typed."""
        typed = {name: _tidy(self.cleaned_data[name]) for name in self.fields if name in self.old}
        return {**self.old, **typed}


def _tidy(typed: Any) -> Any:
    return " ".join(typed.split()) if isinstance(typed, str) else typed


class TextForm(ItemForm):
    """An aim."""

    text = forms.CharField(label="Nội dung", widget=_area(4))


class NameForm(ItemForm):
    """A model or a recipient."""

    name = forms.CharField(label="Tên", max_length=500)


class CitationForm(ItemForm):
    """Another document that is named."""

    number = forms.CharField(label="Số, ký hiệu", max_length=100, required=False)
    name = forms.CharField(label="Tên văn bản", max_length=500, widget=_area(2))
    date = forms.DateField(label="Ngày ban hành", required=False)
    relation = forms.ChoiceField(label="Quan hệ", choices=RELATIONS)

    def shown(self, value: Value) -> dict[str, Any]:
        return {**value, "date": day_of(value["date"])}

    def value(self) -> dict[str, Any]:
        day = self.cleaned_data["date"]
        return {**super().value(), "date": day.isoformat() if day else ""}


class WhenForm(ItemForm):
    """A form with a deadline: its kind and the parts that this kind asks for."""

    needs_rule: ClassVar[bool] = False

    when_kind = forms.ChoiceField(label="Thời hạn", choices=when.KINDS, required=False)
    when_day = forms.DateField(label="Ngày", required=False)
    when_day_of_month = forms.IntegerField(
        label="Ngày trong tháng", min_value=1, max_value=31, required=False
    )
    when_month = forms.TypedChoiceField(
        label="Tháng", choices=_MONTHS, coerce=int, empty_value=None, required=False
    )
    when_quarter = forms.TypedChoiceField(
        label="Quý", choices=_QUARTERS, coerce=int, empty_value=None, required=False
    )
    when_year = forms.IntegerField(label="Năm", min_value=1990, max_value=2100, required=False)
    when_last_year = forms.IntegerField(label="Đến năm", min_value=1990, max_value=2100, required=False)

    def shown(self, value: Value) -> dict[str, Any]:
        parts = when.when_of(value["rule"])
        shown = {f"when_{name}": getattr(parts, name) for name in _WHEN_PARTS}
        return {**value, "when_kind": parts.kind, **shown}

    def clean(self) -> dict[str, Any]:
        """Put the parts together to a rule."""
        values = super().clean() or {}
        if any(name.startswith("when_") for name in self.errors):
            return values
        parts = {name: values.get(f"when_{name}") for name in _WHEN_PARTS}
        try:
            values["rule"] = when.rule_of(when.When(values.get("when_kind") or "", **parts))
        except when.MissingPart as missing:
            self.add_error(f"when_{missing.field}", missing.sentence)
        else:
            if self.needs_rule and not values["rule"]:
                self.add_error("when_kind", "Chọn thời hạn, hoặc bỏ mục này.")
        return values

    def value(self) -> dict[str, Any]:
        return {**super().value(), "rule": self.cleaned_data["rule"]}

    @property
    def when_fields(self) -> list[forms.BoundField]:
        """The parts of the deadline after its kind."""
        return [self[f"when_{name}"] for name in _WHEN_PARTS]


class MilestoneForm(WhenForm):
    """A time that belongs to no task."""

    field_order = ("text", *_WHEN)

    needs_rule = True
    text = forms.CharField(label="Nội dung", widget=_area(3))


class TargetForm(WhenForm):
    """A target."""

    field_order = ("name", "value_", "unit", *_WHEN, "subject", "source")

    name = forms.CharField(label="Chỉ tiêu", widget=_area(3), max_length=1000)
    value_ = FigureField(label="Mức", max_digits=12, decimal_places=2, min_value=0)
    unit = forms.CharField(label="Đơn vị tính", max_length=60, help_text="%, lượt, hội nghị, …")
    subject = forms.ChoiceField(label="Tính trên", choices=list(words.SUBJECTS.items()))
    source = forms.CharField(
        label="Lấy từ",
        max_length=300,
        required=False,
        help_text="Nguồn để biết kết quả, ví dụ: danh sách ký cam kết.",
    )

    def shown(self, value: Value) -> dict[str, Any]:
        return {**super().shown(value), "value_": number_of(value["value"]) if value["value"] else None}

    def value(self) -> dict[str, Any]:
        number = self.cleaned_data["value_"]
        return {**super().value(), "value": f"{number.normalize():f}"}


class TaskForm(WhenForm):
    """A duty, who has which part in it, by when, shown by what."""

    title = forms.CharField(label="Nhiệm vụ", max_length=500, widget=_area(2))
    text = forms.CharField(label="Nội dung đầy đủ", required=False, widget=_area(4))
    line = forms.CharField(label="Nhóm giải pháp", max_length=300, required=False)
    evidence = forms.ChoiceField(label="Minh chứng", choices=list(words.EVIDENCE.items()))

    def __init__(self, value: Value, data: Any = None) -> None:
        self.count = len(value["actors"]) + SPARE_ACTORS
        super().__init__(value, data)
        roles = list(words.ROLES.items())
        for index in range(self.count):
            name, role = f"Đơn vị {index + 1}", f"Phần việc của đơn vị {index + 1}"
            self.fields[f"actor_{index}"] = forms.CharField(label=name, max_length=300, required=False)
            self.fields[f"role_{index}"] = forms.ChoiceField(label=role, choices=roles)
        actors = [f"{part}_{index}" for index in range(self.count) for part in ("actor", "role")]
        self.order_fields(["title", *actors, *_WHEN, "evidence", "line", "text"])

    def shown(self, value: Value) -> dict[str, Any]:
        shown = super().shown(value)
        for index, actor in enumerate(value["actors"]):
            shown |= {f"actor_{index}": actor["name"], f"role_{index}": actor["role"]}
        return {"role_" + str(index): "execute" for index in range(self.count)} | shown

    def value(self) -> dict[str, Any]:
        typed = self.cleaned_data
        actors = [
            {"name": name, "role": typed[f"role_{index}"]}
            for index in range(self.count)
            if (name := " ".join(typed[f"actor_{index}"].split()))
        ]
        return {**super().value(), "actors": actors}

    @property
    def actor_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Name and part of each unit, with spare places at the end."""
        return [(self[f"actor_{index}"], self[f"role_{index}"]) for index in range(self.count)]


class RuleForm(ItemForm):
    """A must or a must-not."""

    kind = forms.ChoiceField(label="Loại", choices=list(words.RULE_KINDS.items()))
    text = forms.CharField(label="Nội dung", widget=_area(3))
    binds = forms.ChoiceField(label="Áp dụng với", choices=list(words.BINDS.items()))
    topic = forms.CharField(label="Chủ đề", max_length=300, required=False)


class RuleSetForm(ItemForm):
    """A named set of short rules, one a line."""

    name = forms.CharField(label="Tên bộ quy tắc", max_length=200)
    items = forms.CharField(label="Các điều", help_text="Mỗi điều một dòng.", widget=_area(8))

    def shown(self, value: Value) -> dict[str, Any]:
        return {**value, "items": "\n".join(value["items"])}

    def clean_items(self) -> list[str]:
        """The lines that say something."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["items"].splitlines() if line.strip()]
        if any(len(line) > 300 for line in lines):
            raise forms.ValidationError("Mỗi điều dài nhất 300 ký tự.")
        return lines


class HeaderForm(ItemForm):
    """One part of the head of the document."""

    def __init__(self, value: Value, data: Any = None) -> None:
        super().__init__(value, data)
        self.fields.update(_head_fields(value["key"]))

    def shown(self, value: Value) -> dict[str, Any]:
        if value["key"] == "period":
            return dict(value["is"] or {})
        return {"is": day_of(value["is"]) if value["key"] == "issued_on" else value["is"]}

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        values = super().clean() or {}
        first, last = values.get("from"), values.get("to")
        if first and last and last < first:
            self.add_error("to", "Năm cuối phải từ năm đầu trở đi.")
        return values

    def value(self) -> dict[str, Any]:
        key, typed = self.old["key"], self.cleaned_data
        if key == "period":
            first = typed["from"] or typed["to"]
            return {"key": key, "is": {"from": first, "to": typed["to"] or first} if first else ""}
        if key == "issued_on":
            return {"key": key, "is": typed["is"].isoformat() if typed["is"] else ""}
        return {"key": key, "is": " ".join(typed["is"].split())}


def _head_fields(key: str) -> dict[str, forms.Field]:
    label = words.HEADER_LABELS[key]
    if key == "period":
        return {
            name: forms.IntegerField(label=shown, min_value=1990, max_value=2100, required=False)
            for name, shown in (("from", "Từ năm"), ("to", "Đến năm"))
        }
    if key == "kind":
        return {"is": forms.ChoiceField(label=label, choices=DocumentKind.choices)}
    if key == "issued_on":
        return {"is": forms.DateField(label=label, required=False)}
    if key == "title":
        return {"is": forms.CharField(label=label, required=False, widget=_area(3))}
    longest = {"number": 100, "issuer": 300}[key]
    return {"is": forms.CharField(label=label, max_length=longest, required=False)}


FORMS: dict[str, type[ItemForm]] = {
    Field.HEADER: HeaderForm,
    Field.CITATION: CitationForm,
    Field.AIM: TextForm,
    Field.TARGET: TargetForm,
    Field.TASK: TaskForm,
    Field.DEADLINE: MilestoneForm,
    Field.RULE: RuleForm,
    Field.RULE_SET: RuleSetForm,
    Field.MODEL: NameForm,
    Field.RECIPIENT: NameForm,
}


class AddForm(forms.Form):
    """Where an added item stands: its kind, the quoted words, and near which place they are."""

    trich = forms.CharField(
        label="Đoạn trích từ văn bản",
        required=False,
        widget=_area(3),
        max_length=4000,
        help_text="Chọn chữ trong văn bản rồi nhấn A, hoặc dán đoạn trích vào đây.",
    )
    tu = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds = [(field.value, field.label) for field in Field if field.value in FORMS]
        kinds.remove((Field.HEADER.value, Field.HEADER.label))
        self.fields["them"] = forms.ChoiceField(label="Loại mục", choices=kinds)
