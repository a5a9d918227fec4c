"""Bringing a document in, correcting its head, asking for documents in the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from nep.documents.domain.intake import MAX_BYTES, Refused, open_bytes, open_pasted
from nep.documents.domain.review import DraftHeader
from nep.documents.domain.review.values import header_of
from nep.documents.models import DocumentKind
from nep.documents.services.intake import PASTED_NAME, Arrival
from nep.org.models import Unit


class IntakeForm(forms.Form):
    """A file or pasted text, and the unit in whose store it is kept; what cannot be opened is refused."""

    file = forms.FileField(
        label="Tệp văn bản",
        required=False,
        help_text="Word (.docx), PDF có lớp chữ, .txt hoặc .html, đến 40 MB.",
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt,.html,.htm"}),
        error_messages={"empty": "Tệp rỗng, không có gì để đọc."},
    )
    pasted = forms.CharField(
        label="Hoặc dán nội dung",
        required=False,
        strip=False,
        help_text="Chép cả văn bản từ Word, trang web hoặc thư điện tử rồi dán vào đây.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    unit = forms.ModelChoiceField(label="Đưa vào kho của", queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, units: QuerySet[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arrival: Arrival | None = None
        choice = self.fields["unit"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = units
        choice.initial = units.first()
        if units.count() == 1:
            choice.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Open what came."""
        values = super().clean() or {}
        upload, pasted = values.get("file"), values.get("pasted") or ""
        if self.errors:
            return values
        if not upload and not pasted.strip():
            raise forms.ValidationError("Chọn một tệp hoặc dán nội dung văn bản.")
        if upload and pasted.strip():
            raise forms.ValidationError("Chỉ chọn một cách: gửi tệp, hoặc dán nội dung.")
        try:
            self.arrival = _opened_file(upload) if upload else _opened_text(pasted)
        except Refused as refused:
            self.add_error("file" if upload else "pasted", refused.sentence)
        return values


def _opened_file(upload: UploadedFile[bytes]) -> Arrival:
    if (upload.size or 0) > MAX_BYTES:
        raise Refused("too-big", megabytes=f"{(upload.size or 0) / 1_000_000:.1f}".replace(".", ","))
    content, name = upload.read(), upload.name or "van-ban"
    return Arrival(name, content, open_bytes(content, name=name))


def _opened_text(pasted: str) -> Arrival:
    return Arrival(PASTED_NAME, pasted.encode("utf-8", "surrogatepass"), open_pasted(pasted))


class HeadForm(forms.Form):
    """The head data of a document, with the reason of a correction and what was seen before it."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=DocumentKind.choices)
    number = forms.CharField(label="Số, ký hiệu", max_length=100, required=False)
    issued_on = forms.DateField(label="Ngày ban hành", required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=300, required=False)
    title = forms.CharField(label="Trích yếu", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(
        label="Lý do sửa", max_length=500, help_text="Ví dụ: đối chiếu với bản giấy đã ký."
    )
    seen = forms.JSONField(widget=forms.HiddenInput())

    @classmethod
    def showing(cls, head: DraftHeader) -> HeadForm:
        """The form filled with the head as it stands."""
        values = head_values(head)
        return cls(initial={**values, "issued_on": head.issued_on, "seen": values})

    def head(self) -> DraftHeader:
        """The head as typed."""
        names = ("kind", "title", "issuer", "number", "issued_on")
        values = {name: self.cleaned_data[name] for name in names}
        return DraftHeader(**{**values, "title": " ".join(values["title"].split())})

    def seen_head(self) -> DraftHeader:
        """The head as it was when the form was opened."""
        seen = self.cleaned_data["seen"]
        return header_of(seen if isinstance(seen, dict) else {})


def head_values(head: DraftHeader) -> dict[str, str]:
    """The head as plain text, to notice that it has changed."""
    day = head.issued_on.isoformat() if head.issued_on else ""
    return {
        "kind": head.kind,
        "title": head.title,
        "issuer": head.issuer,
        "number": head.number,
        "issued_on": day,
    }
