"""What people fill in about a programme as a whole."""

from __future__ import annotations

from typing import Any

from django import forms

from nep.accounts.roles import Permission
from nep.documents.access import visible_documents
from nep.documents.models import Document
from nep.kernel.states import Transition
from nep.movements.access import visible_programmes
from nep.movements.models import Programme, ProgrammeScope
from nep.movements.queries.parts import fingerprint
from nep.movements.queries.scopes import count_reached, possible_roots
from nep.movements.services.programmes import ProgrammeHead, head_said
from nep.movements.services.scopes import NewScope
from nep.org.access import Actor
from nep.org.models import Line, Unit

OFFERED = 30  # the latest; more are found by their words
NOBODY = "khong"


class HeadForm(forms.Form):
    """Kind, name and days of a programme."""

    kind = forms.ChoiceField(label="Loại", choices=Programme.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label="Tên chương trình", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    starts_on = forms.DateField(label="Từ ngày")
    ends_on = forms.DateField(label="Đến hết ngày")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, programme: Programme, data: Any = None) -> HeadForm:
        """The head of a draft, as it stands."""
        fields = ("kind", "title", "starts_on", "ends_on")
        initial = {name: getattr(programme, name) for name in fields}
        return cls(data, initial=initial | {"seen": fingerprint(head_said(programme))})

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        values = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Chọn ngày bằng hoặc sau ngày bắt đầu.")
        return values

    def head(self, lead: Unit) -> ProgrammeHead:
        """What was filled in."""
        given = self.cleaned_data
        return ProgrammeHead(given["kind"], given["title"], lead, given["starts_on"], given["ends_on"])


class NewProgrammeForm(HeadForm):
    """A programme by hand, for one of the units for which the person drafts."""

    lead_unit = forms.ModelChoiceField(label="Đơn vị chủ trì", queryset=Unit.objects.none(), empty_label=None)
    document = forms.ModelChoiceField(
        label="Văn bản của chương trình",
        queryset=Document.objects.none(),
        required=False,
        empty_label="Chưa có văn bản",
        help_text="Nếu kế hoạch có nội dung chi tiết, lập từ văn bản nhanh hơn: Nếp đọc sẵn các mục.",
    )
    field_order = ("lead_unit", "kind", "title", "starts_on", "ends_on", "document")

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=actor.unit_ids_at(Permission.DRAFT_PROGRAMMES))
        latest = visible_documents(actor).filter(owner_unit__in=units, programmes__isnull=True)[:OFFERED]
        fields: dict[str, Any] = self.fields
        fields["lead_unit"].queryset = units.order_by("sort_key")
        fields["document"].queryset = Document.objects.filter(pk__in=[row.pk for row in latest.only("pk")])


class ParentsForm(forms.Form):
    """What a programme carries out: other programmes and documents."""

    programmes = forms.ModelMultipleChoiceField(
        label="Chương trình cấp trên",
        queryset=Programme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    documents = forms.ModelMultipleChoiceField(
        label="Văn bản", queryset=Document.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, actor: Actor, programme: Programme, words: str, data: Any = None) -> None:
        rows = list(programme.parents.values_list("parent", "document"))
        chosen: list[int] = [parent for parent, _ in rows if parent]
        chosen_documents: list[int] = [document for _, document in rows if document]
        super().__init__(data, initial={"programmes": chosen, "documents": chosen_documents})
        fields: dict[str, Any] = self.fields
        others = visible_programmes(actor).exclude(pk=programme.pk)
        found = [row.pk for row in others.matching(words).only("pk")[:OFFERED]]
        fields["programmes"].queryset = others.filter(pk__in=[*chosen, *found])
        stored = visible_documents(actor).exclude(pk=programme.document_id or 0)
        found_documents = [row.pk for row in stored.matching(words).only("pk")[:OFFERED]]
        fields["documents"].queryset = stored.filter(pk__in=[*chosen_documents, *found_documents])


class ScopeForm(forms.Form):
    """Whom a programme reaches, line by line; an empty root leaves a line out."""

    def __init__(self, actor: Actor, programme: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = actor.on
        self.roots: dict[str, dict[str, Unit]] = {}
        scopes = {scope.line: scope for scope in programme.scopes.all()}
        for line in Line:
            roots = possible_roots(programme.lead_unit, line, actor.on)
            if roots:
                self.roots[line] = {str(unit.pk): unit for unit in roots}
                self._add(line, scopes.get(line))

    def _add(self, line: Line, scope: ProgrammeScope | None) -> None:
        choices = [(NOBODY, "Không giao cho hệ thống này")]
        choices += [(pk, unit.name) for pk, unit in self.roots[line].items()]
        self.fields[f"root_{line}"] = forms.ChoiceField(
            label=f"{line.label}: các đơn vị dưới",
            choices=choices,
            initial=str(scope.root_id) if scope else NOBODY,
        )
        self.fields[f"reach_{line}"] = forms.ChoiceField(
            label="Giao đến",
            choices=ProgrammeScope.Reach.choices,
            widget=forms.RadioSelect,
            initial=scope.reach if scope else ProgrammeScope.Reach.DIRECT,
        )

    @property
    def lines(self) -> list[tuple[Line, forms.BoundField, forms.BoundField, int]]:
        """Per line: its two fields and how many units they reach as they stand."""
        return [
            (Line(line), self[f"root_{line}"], self[f"reach_{line}"], self._count(line))
            for line in self.roots
        ]

    def _count(self, line: str) -> int:
        root = self.roots[line].get(str(self[f"root_{line}"].value() or ""))
        reach = str(self[f"reach_{line}"].value() or ProgrammeScope.Reach.DIRECT)
        return count_reached(root.pk, line, reach, self.on) if root else 0

    def scopes(self) -> list[NewScope]:
        """What was chosen."""
        found = []
        for line, roots in self.roots.items():
            root = roots.get(self.cleaned_data[f"root_{line}"])
            if root:
                found.append(NewScope(line, root, self.cleaned_data[f"reach_{line}"]))
        return found


class StepForm(forms.Form):
    """What a step in the life of a programme asks for."""

    reason = forms.CharField(label="Lý do", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    document = forms.ModelChoiceField(
        label="Văn bản làm căn cứ",
        queryset=Document.objects.none(),
        required=False,
        empty_label="Chưa có văn bản",
    )
    state = forms.CharField(widget=forms.HiddenInput)

    LABELS = {
        "return": "Lý do trả lại",
        "close_interim": "Kết luận sơ kết",
        "close": "Kết luận tổng kết",
        "launch": "Ý kiến khi phát động",
        "submit": "Lời trình",
    }

    def __init__(self, actor: Actor, programme: Programme, step: Transition, data: Any = None) -> None:
        super().__init__(data, initial={"state": programme.state})
        fields: dict[str, Any] = self.fields
        fields["reason"].label = self.LABELS.get(step.name, "Ghi chú")
        fields["reason"].required = step.needs_reason
        if step.name == "return":
            del fields["document"]
            return
        latest = visible_documents(actor).filter(owner_unit=programme.lead_unit).only("pk")[:OFFERED]
        fields["document"].queryset = Document.objects.filter(pk__in=[row.pk for row in latest])
        fields["document"].required = step.needs_document
