"""Forms of amendments and of the answers of units."""

from __future__ import annotations

from typing import Any

from django import forms

from nep.documents.access import visible_documents
from nep.documents.models import Document
from nep.movements.forms.actors import rows_of
from nep.movements.forms.parts import FORMS, PartForm
from nep.movements.models import Amendment, Programme, Task
from nep.movements.queries.contents import actors_of, part_of
from nep.movements.queries.parts import PartKind
from nep.movements.services.amendments import AmendmentHead
from nep.org.access import Actor

OFFERED = 30


class AmendmentForm(forms.Form):
    """Why a programme changes, on which document, from which day."""

    because = forms.CharField(
        label="Lý do sửa đổi", max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    effective_on = forms.DateField(
        label="Có hiệu lực từ ngày", help_text="Đơn vị cần ít nhất 3 ngày làm việc để xem và trả lời."
    )
    document = forms.ModelChoiceField(
        label="Văn bản làm căn cứ",
        queryset=Document.objects.none(),
        required=False,
        empty_label="Không có văn bản",
    )

    def __init__(
        self, actor: Actor, programme: Programme, data: Any = None, *, of: Amendment | None = None
    ) -> None:
        said = ("because", "effective_on", "document")
        super().__init__(data, initial={name: getattr(of, name) for name in said} if of else None)
        latest = visible_documents(actor).filter(owner_unit=programme.lead_unit).only("pk")[:OFFERED]
        known = {row.pk for row in latest} | ({of.document_id} if of and of.document_id else set())
        field: Any = self.fields["document"]
        field.queryset = Document.objects.filter(pk__in=known)

    @property
    def head(self) -> AmendmentHead:
        """What was filled in."""
        given = self.cleaned_data
        return AmendmentHead(given["because"], given["effective_on"], given["document"])


class ProgrammeLineForm(forms.Form):
    """What the programme will be called, and until which day it runs."""

    title = forms.CharField(
        label="Tên chương trình", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    ends_on = forms.DateField(label="Thực hiện đến hết ngày")


class StepReasonForm(forms.Form):
    """What a step of an amendment asks for; `state` is what the page showed."""

    reason = forms.CharField(label="Ý kiến", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    state = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, amendment: Amendment, data: Any = None, *, needs_reason: bool) -> None:
        super().__init__(data, initial={"state": amendment.state})
        self.fields["reason"].required = needs_reason
        if needs_reason:
            self.fields["reason"].label = "Lý do trả lại"


class ObjectionForm(forms.Form):
    """Why an amendment does not fit a unit."""

    reason = forms.CharField(
        label="Vì sao chưa phù hợp với đơn vị",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Nêu việc cụ thể và điều kiện của đơn vị để cấp trên quyết định.",
    )


class RulingForm(forms.Form):
    """What the unit above decides on an objection."""

    KEEP, EXEMPT = "giu", "mien"
    decision = forms.ChoiceField(
        label="Quyết định",
        choices=[(KEEP, "Giữ nguyên sửa đổi đối với đơn vị"), (EXEMPT, "Miễn áp dụng cho đơn vị")],
        widget=forms.RadioSelect,
    )
    ruling = forms.CharField(label="Lý do", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


def item_form(
    kind: PartKind, programme: Programme, values: Any, actor: Actor, data: Any = None
) -> tuple[PartForm, Any]:
    """The form of one item as it would be, and the rows of actors of a task."""
    form_class = FORMS[kind.model]
    initial = form_class.initial_of(part_of(kind.slug, values, programme)) if values else None
    form = form_class(data, initial=initial)
    form.fit(programme)
    rows = rows_of(actor, programme, actors_of(values or {}), data) if kind.model is Task else None
    return form, rows
