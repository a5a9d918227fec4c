"""Forms of a unit's plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from nep.movements.models.content import EvidenceKind
from nep.movements.services.adopted_tasks import TaskWords


class TaskWordsForm(forms.Form):
    """By when, shown by what, with which note; `seen_*` is what the page showed."""

    due_on = forms.DateField(label="Hạn của đơn vị", required=False)
    evidence_kind = forms.ChoiceField(label="Minh chứng", choices=EvidenceKind.choices)
    note = forms.CharField(label="Ghi chú", required=False, max_length=1000)
    seen_due_on = forms.DateField(required=False, widget=forms.HiddenInput)
    seen_evidence_kind = forms.CharField(required=False, widget=forms.HiddenInput)
    seen_note = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        key: int,
        latest: date | None = None,
        showing: TaskWords | None = None,
        demanded: str = "",
    ) -> None:
        super().__init__(data, auto_id=f"viec-{key}-%s", initial=_initial(showing) if showing else None)
        self.key = key
        if demanded:
            field: Any = self.fields["evidence_kind"]
            field.choices = [(demanded, EvidenceKind(demanded).label)]
        if latest is not None:
            self.fields["due_on"].widget.attrs["max"] = latest.isoformat()

    def _words(self, prefix: str) -> TaskWords:
        given = self.cleaned_data
        return TaskWords(
            given[f"{prefix}due_on"], given[f"{prefix}evidence_kind"], given[f"{prefix}note"].strip()
        )

    @property
    def words(self) -> TaskWords:
        """What was typed."""
        return self._words("")

    @property
    def seen(self) -> TaskWords:
        """What the page showed before."""
        return self._words("seen_")


def _initial(words: TaskWords) -> dict[str, Any]:
    now = {"due_on": words.due_on, "evidence_kind": words.evidence_kind, "note": words.note}
    return now | {f"seen_{name}": value for name, value in now.items()}


class OwnTaskForm(forms.Form):
    """A task that the unit adds itself."""

    title = forms.CharField(label="Việc riêng của đơn vị", max_length=500)
    due_on = forms.DateField(label="Hạn", required=False)
    evidence_kind = forms.ChoiceField(label="Minh chứng", choices=EvidenceKind.choices)

    @property
    def words(self) -> TaskWords:
        """What was typed besides the name."""
        return TaskWords(self.cleaned_data["due_on"], self.cleaned_data["evidence_kind"])


class NoteForm(forms.Form):
    """A note in the plan."""

    note = forms.CharField(
        label="Ghi chú trong kế hoạch", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class SignedPlanForm(forms.Form):
    """The unit's own signed plan with its number and date."""

    file = forms.FileField(
        label="Kế hoạch đã ký",
        help_text="Tệp Word, PDF có lớp chữ, HTML hoặc văn bản thường.",
        error_messages={"empty": "Tệp rỗng, không có gì để đọc."},
    )
    number = forms.CharField(label="Số, ký hiệu", max_length=100, help_text="Ví dụ 05/KH-UBND.")
    issued_on = forms.DateField(label="Ngày ban hành")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_issued_on(self) -> date:
        """A signed plan is not dated in the future."""
        given: date = self.cleaned_data["issued_on"]
        if given > self.on:
            raise forms.ValidationError("Ngày ban hành chưa đến. Ghi ngày trên văn bản đã ký.")
        return given


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label


class IssueForm(forms.Form):
    """The last question before a plan is issued."""

    head_answers = forms.BooleanField(
        label="Việc chưa giao cho ai do thủ trưởng trực tiếp phụ trách", required=False
    )
