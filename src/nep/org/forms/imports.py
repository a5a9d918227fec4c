"""Sending a file of units or staff, and answering what its check asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from nep.org.access import Actor
from nep.org.forms.units import DayField
from nep.org.models import ExcelImport, Unit
from nep.org.models.units import UnitQuerySet
from nep.org.queries.imports import may_import_in
from nep.org.services.imports import Upload
from nep.platform.imports.reading import MAX_BYTES

MOST_OFFERED = 200


class ImportForm(forms.Form):
    """Which list, for which unit, from which day on, in which file."""

    kind = forms.ChoiceField(
        label="Danh sách", choices=ExcelImport.Kind.choices, widget=forms.RadioSelect, initial="staff"
    )
    root = forms.ModelChoiceField(
        label="Phạm vi",
        queryset=Unit.objects.none(),
        empty_label=None,
        help_text="Đơn vị này và các đơn vị trực thuộc.",
    )
    on = DayField(
        label="Tính từ ngày",
        help_text="Vị trí công tác, đơn vị mới có hiệu lực từ ngày này; vị trí cũ hết từ hôm trước.",
    )
    file = forms.FileField(
        label="Tệp Excel",
        help_text=f".xlsx, .xls hoặc .ods, đến {MAX_BYTES // 1_000_000} MB. Chưa ghi gì cho đến khi xem lại.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.xlsb,.xlsm,.ods"}),
        error_messages={"empty": "Tệp rỗng, không có gì để đọc.", "required": "Chọn tệp cần nhập."},
    )

    def __init__(self, actor: Actor, chosen: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["root"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = roots_offered(actor, chosen)
        field.initial = chosen.pk
        self.fields["on"].initial = actor.on

    @property
    def upload(self) -> Upload:
        """The file as the service takes it."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        return Upload(sent.name or "tep.xlsx", sent.chunks())


def roots_offered(actor: Actor, chosen: Unit) -> UnitQuerySet:
    """The unit from which one came, those over which a role was given, and those directly below them."""
    given = [grant.unit_id for grant in actor.grants]
    below = Unit.objects.filter(parent_links__parent__in=given, parent_links__during__contains=actor.on)
    near = list(below.order_by("sort_key").values_list("pk", flat=True)[:MOST_OFFERED])
    return Unit.objects.filter(pk__in=may_import_in(actor).values("pk")).filter(
        pk__in={chosen.pk, *given, *near}
    )


class AnswersForm(forms.Form):
    """One choice for each question of a check; what is left open is asked again."""

    use_required_attribute = False

    def __init__(self, questions: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {f"cau-{number}": question["key"] for number, question in enumerate(questions, start=1)}
        self.examples: dict[str, list[list[str]]] = {}
        for (name, _), question in zip(self.keys.items(), questions, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=question["asks"],
                choices=[(option["value"], option["label"]) for option in question["options"]],
                initial=question["answer"],
                required=not self.is_bound,
                widget=forms.RadioSelect,
            )
            self.examples[name] = question["examples"]

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by the key of the question."""
        return {key: given for name, key in self.keys.items() if (given := self.cleaned_data.get(name))}

    @property
    def asked(self) -> list[dict[str, Any]]:
        """Each field with its examples, for the page."""
        return [{"field": self[name], "examples": self.examples[name]} for name in self.keys]
