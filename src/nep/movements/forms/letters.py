"""The form of an act of letters: to whom, what they say, what stands at their head and foot."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from nep.documents.domain.letterheads import LetterheadWords
from nep.kernel.errors import RuleError
from nep.movements.domain.letters import Wording, checked
from nep.movements.services.letters import LetterOrder
from nep.platform.requests.asked import numbers

ALL, SOME = "tat-ca", "chon"
PICKED = "don-vi"
SEEN = "da-xem"


class LetterForm(forms.Form):
    """What the signer fills in; `PICKED` holds the plans of the units that were ticked."""

    whom = forms.ChoiceField(
        label="Gửi tới",
        choices=((ALL, "Tất cả đơn vị đang trễ hạn"), (SOME, "Chỉ đơn vị được đánh dấu")),
        widget=forms.RadioSelect,
    )
    subject = forms.CharField(label="Trích yếu, sau “V/v”", max_length=300)
    opening = forms.CharField(label="Phần đầu", widget=forms.Textarea(attrs={"rows": 4}))
    closing = forms.CharField(label="Phần cuối", widget=forms.Textarea(attrs={"rows": 5}))
    answer_by = forms.DateField(label="Hạn trả lời")
    organ = forms.CharField(label="Cơ quan ban hành", max_length=250)
    parent = forms.CharField(label="Cơ quan chủ quản", max_length=250, required=False)
    symbol = forms.CharField(label="Ký hiệu sau số", max_length=40, help_text="Ví dụ UBND-VX, SNV-XDCQ.")
    place = forms.CharField(label="Địa danh", max_length=120)
    authority = forms.CharField(
        label="Ký thay mặt, ký thay", max_length=120, required=False, help_text="Ví dụ TM. hoặc KT."
    )
    signer_title = forms.CharField(label="Chức vụ người ký", max_length=120)
    archive = forms.CharField(label="Nơi lưu", max_length=60)
    numbers_given = forms.IntegerField(
        label="Văn thư đã cấp ngoài Nếp đến số",
        required=False,
        min_value=1,
        help_text="Chỉ ghi khi sổ công văn năm nay còn số cấp bằng tay; Nếp cấp tiếp sau số này.",
    )

    def __init__(self, data: QueryDict | None = None, *, on: date, **options: Any) -> None:
        super().__init__(data, **options)
        self.on = on

    def clean_answer_by(self) -> date:
        """Answers are asked for after the day of signing."""
        given: date = self.cleaned_data["answer_by"]
        if given <= self.on:
            raise forms.ValidationError("Hạn trả lời phải sau ngày ký.")
        return given

    def clean(self) -> dict[str, Any]:
        """The wording names fields that there are; somebody is written to."""
        given: dict[str, Any] = super().clean() or {}
        if {"subject", "opening", "closing"} <= given.keys():
            try:
                checked(Wording(given["subject"], given["opening"], given["closing"]))
            except RuleError as refused:
                self.add_error("opening", refused.reason)
        if given.get("whom") == SOME and not self.picked:
            self.add_error("whom", "Đánh dấu ít nhất một đơn vị.")
        return given

    @property
    def picked(self) -> frozenset[int]:
        """The plans of the units that were ticked."""
        ticked = self.data.getlist(PICKED) if isinstance(self.data, QueryDict) else ()
        return frozenset(numbers(ticked))

    @property
    def wording(self) -> Wording:
        """What the letters say."""
        given = self.cleaned_data
        return Wording(given["subject"], given["opening"], given["closing"])

    @property
    def words(self) -> LetterheadWords:
        """What stands at their head and foot."""
        given = self.cleaned_data
        return LetterheadWords(
            organ=given["organ"],
            symbol=given["symbol"],
            place=given["place"],
            signer_title=given["signer_title"],
            archive=given["archive"],
            parent=given["parent"],
            authority=given["authority"],
        )

    @property
    def chosen(self) -> frozenset[int] | None:
        """The plans that are written to; None: all that are late."""
        return self.picked if self.cleaned_data["whom"] == SOME else None

    def order(self, seen: int) -> LetterOrder:
        """What was decided."""
        given = self.cleaned_data
        return LetterOrder(
            wording=self.wording,
            words=self.words,
            answer_by=given["answer_by"],
            seen=seen,
            adoptions=self.chosen,
            numbers_given=given["numbers_given"],
        )

    def stamp(self, adoptions: Collection[int]) -> str:
        """What a preview showed, so that nothing else is signed than what was seen."""
        shown = sorted((name, str(value)) for name, value in self.cleaned_data.items())
        return hashlib.sha256(repr((shown, sorted(adoptions))).encode()).hexdigest()[:32]


def starting_words(words: LetterheadWords, wording: Wording, answer_by: date, whom: str) -> dict[str, Any]:
    """What the form shows before anything is typed."""
    return {
        "whom": whom,
        "subject": wording.subject,
        "opening": wording.opening,
        "closing": wording.closing,
        "answer_by": answer_by,
        "organ": words.organ,
        "parent": words.parent,
        "symbol": words.symbol,
        "place": words.place,
        "authority": words.authority,
        "signer_title": words.signer_title,
        "archive": words.archive,
    }
