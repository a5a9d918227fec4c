"""Forms of evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator

from nep.kernel.errors import RuleError
from nep.movements.domain.attachments import ACCEPTED, MOST_BYTES_AT_ONCE, Attachment, checked
from nep.movements.domain.evidence import FIGURES, MOST_FILES, PHOTO, Asked, Content, problems
from nep.platform.ui.fields import FigureField


class ManyFiles(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class Attachments(forms.FileField):
    """Several files, each known by its content."""

    widget = ManyFiles(attrs={"accept": ACCEPTED})

    def clean(self, data: Any, initial: Any = None) -> list[Attachment]:
        """The files, checked one by one; all refusals are told."""
        given: Sequence[UploadedFile[Any]] = data or []
        if len(given) > MOST_FILES:
            raise forms.ValidationError(f"Mỗi lần nộp nhiều nhất {MOST_FILES} tệp.")
        if sum(file.size or 0 for file in given) > MOST_BYTES_AT_ONCE:
            raise forms.ValidationError("Các tệp cộng lại lớn hơn 60 MB. Thu nhỏ ảnh hoặc nộp làm hai lần.")
        found, refused = [], []
        for file in given:
            try:
                found.append(_attachment(file))
            except RuleError as error:
                refused.append(error.reason)
        if refused:
            raise forms.ValidationError(refused)
        return found


def _attachment(file: UploadedFile[Any]) -> Attachment:
    return checked(file.name or "tep", file.read())


_MISSING = {
    "numerator": "Ghi số đã đạt được; đếm được 0 thì ghi 0.",
    "denominator": "Ghi tổng số để tính tỷ lệ.",
    "attached": "Việc này yêu cầu ảnh. Chọn ít nhất một ảnh.",
}


class WebAddress(forms.URLField):
    """An address of a web page, said wrong once and in words that everybody knows."""

    wrong = "Đường dẫn chưa đúng. Chép cả dòng bắt đầu bằng https:// trên trình duyệt."
    default_error_messages = {"invalid": wrong}
    default_validators = [URLValidator(schemes=["http", "https"], message=wrong)]


class EvidenceForm(forms.Form):
    """What was done, with files, a link and figures; or that nothing occurred."""

    use_required_attribute = False  # what is required depends on whether anything occurred
    ky = forms.ChoiceField(label="Nộp cho kỳ")
    happened_on = forms.DateField(label="Ngày thực hiện")
    text = forms.CharField(label="Đã làm gì", required=False, widget=forms.Textarea(attrs={"rows": 5}))
    attached = Attachments(
        label="Ảnh, tệp",
        required=False,
        help_text="Ảnh, PDF, Word, Excel, PowerPoint; nhiều nhất 12 tệp, cộng lại đến 60 MB.",
    )
    link = WebAddress(label="Đường dẫn", required=False, max_length=500, assume_scheme="https")
    numerator = FigureField(label="Số đạt được", required=False, max_digits=14, decimal_places=2)
    denominator = FigureField(label="Trong tổng số", required=False, max_digits=14, decimal_places=2)
    nothing = forms.BooleanField(label="Không phát sinh trong kỳ này", required=False)

    def __init__(
        self,
        *args: Any,
        asked: Asked,
        on: date,
        terms: Sequence[tuple[str, str]] = (),
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.on = asked, on
        self._offer(terms, chosen)
        self.fields["happened_on"].widget.attrs["max"] = on.isoformat()
        self.fields["happened_on"].initial = on
        if not self.wants_figures:
            del self.fields["numerator"], self.fields["denominator"]
        elif not asked.share:
            del self.fields["denominator"]
        if asked.counted_in:
            self.fields["numerator"].label = f"Số đạt được ({asked.counted_in})"
        self._demand()

    def _offer(self, terms: Sequence[tuple[str, str]], chosen: str) -> None:
        """The terms to choose from; one alone goes along unseen, so that nobody answers another unawares."""
        numbers = [number for number, _ in terms]
        if not terms:
            del self.fields["ky"]
            return
        field = self.fields["ky"]
        assert isinstance(field, forms.ChoiceField), "declared so"
        field.choices = terms
        field.initial = chosen if chosen in numbers else numbers[0]
        if len(terms) == 1:
            field.widget, field.required = forms.HiddenInput(), False

    @property
    def term(self) -> int | None:
        """The number of the term that is answered."""
        given = self.cleaned_data.get("ky")
        return int(given) if given else None

    def _demand(self) -> None:
        """Mark what is asked for; whoever says that nothing occurred owes only the explanation."""
        ticked = bool(self.data.get("nothing"))
        names = {"numerator", "denominator"} | ({"attached"} if self.asked.kind == PHOTO else set())
        for name in names & self.fields.keys():
            self.fields[name].required = not ticked
            self.fields[name].error_messages["required"] = _MISSING[name]
        self.fields["text"].required = ticked
        self.fields["text"].error_messages["required"] = "Giải thích vì sao không phát sinh trong kỳ này."

    @property
    def wants_figures(self) -> bool:
        """Whether figures are asked for."""
        return self.asked.share or bool(self.asked.counted_in) or self.asked.kind == FIGURES

    def clean(self) -> dict[str, Any]:
        """Everything that is asked for, told at its field."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return given
        for problem in problems(self.content, self.asked, on=self.on):
            self.add_error(problem.field if problem.field in self.fields else None, problem.sentence)
        return given

    @property
    def attachments(self) -> list[Attachment]:
        """The files."""
        files: list[Attachment] = self.cleaned_data.get("attached") or []
        return files

    @property
    def content(self) -> Content:
        """What was typed."""
        given = self.cleaned_data
        photos = sum(file.photo for file in self.attachments)
        return Content(
            happened_on=given["happened_on"],
            text=given["text"].strip(),
            link=given["link"],
            numerator=_exact(given.get("numerator")),
            denominator=_exact(given.get("denominator")),
            nothing=given["nothing"],
            photos=photos,
            files=len(self.attachments) - photos,
        )


def _exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
