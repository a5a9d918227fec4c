"""Values as a draft and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nep.documents.domain.review import (
    Draft,
    DraftActor,
    DraftCitation,
    DraftHeader,
    DraftTarget,
    DraftTask,
    draft_from,
)
from nep.documents.domain.review.additions import first_value, guessed_field
from nep.documents.domain.review.words import amount, difference, header_words, row_words


@dataclass
class Item:
    """A review item without a database."""

    pk: int
    field: str
    value: Any


TASK = {
    "title": "Dọn kho",
    "text": "Tổ Một dọn kho",
    "line": "Nếp sạch",
    "rule": "quarterly",
    "evidence": "photo",
    "actors": [{"name": "Tổ Một", "role": "lead"}],
}
TARGET = {
    "name": "Tổ viên đọc nội quy",
    "value": "92.5",
    "unit": "%",
    "subject": "people",
    "rule": "in:2026-02-30",
    "source": "sổ ký nhận",
}
CITED = {"number": "3/KH-UB", "name": "Kế hoạch số 3/KH-UB", "date": "2026-01-05", "relation": "carries_out"}


def test_a_draft_holds_typed_values() -> None:
    draft = draft_from(
        [
            Item(1, "header", {"key": "issued_on", "is": "2026-02-09"}),
            Item(2, "header", {"key": "period", "is": ""}),
            Item(3, "header", {"key": "kind", "is": "plan"}),
            Item(4, "task", TASK),
            Item(5, "target", TARGET),
            Item(6, "citation", CITED),
            Item(7, "task", {**TASK, "line": ""}),
        ]
    )
    task = DraftTask(
        4, "Dọn kho", "Tổ Một dọn kho", "Nếp sạch", (DraftActor("Tổ Một", "lead"),), "quarterly", "photo"
    )
    assert draft.header == DraftHeader(kind="plan", issued_on=date(2026, 2, 9))
    assert draft.tasks[0] == task
    assert draft.lines_of_work == ("Nếp sạch",)
    assert draft.targets == (
        DraftTarget(5, "Tổ viên đọc nội quy", Decimal("92.5"), "%", "people", "", "sổ ký nhận"),
    )
    assert draft.parents == (
        DraftCitation(6, "3/KH-UB", "Kế hoạch số 3/KH-UB", date(2026, 1, 5), "carries_out"),
    )


def test_nothing_reviewed_is_an_empty_draft() -> None:
    assert draft_from([]) == Draft()


def test_rows_in_words() -> None:
    told = [row_words(*row) for row in (("task", TASK), ("target", TARGET), ("citation", CITED))]
    assert [(row.what, row.under, row.value) for row in told] == [
        ("Dọn kho", "Tổ Một chủ trì", "hằng quý, minh chứng: ảnh"),
        ("Tổ viên đọc nội quy", "tính trên người, lấy từ sổ ký nhận", "92,5\u00a0%"),
        ("3/KH-UB", "Kế hoạch số 3/KH-UB", "Thực hiện văn bản này, 05/01/2026"),
    ]


def test_read_and_held_are_told_where_they_differ() -> None:
    assert difference("task", TASK, {**TASK, "rule": "monthly", "line": ""}) == (
        "hằng quý · Nếp sạch",
        "hằng tháng · để trống",
    )
    assert difference("header", {"key": "number", "is": ""}, {"key": "number", "is": "9/KH"}) == (
        "chưa có",
        "9/KH",
    )


def test_figures_and_heads_in_words() -> None:
    assert [amount(*pair) for pair in (("1200", "lượt"), ("95.50", "%"), ("3", ""))] == [
        "1.200\u00a0lượt",
        "95,5\u00a0%",
        "3",
    ]
    assert [header_words("period", {"from": 2026, "to": last}) for last in (2026, 2030)] == [
        "2026",
        "2026–2030",
    ]


def test_selected_words_begin_an_item() -> None:
    words = [
        "Có 80% tổ viên đọc nội quy",
        "Không được hút thuốc trong kho",
        "Công văn số 15/CV-TH",
        "Quét sân mỗi sáng",
    ]
    assert [guessed_field(text) for text in words] == ["target", "rule", "citation", "task"]
    assert first_value("target", words[0])["value"] == "80"
    assert first_value("rule", words[1])["kind"] == "must_not"
    assert first_value("citation", words[2])["number"] == "15/CV-TH"
    assert first_value("task", words[3])["title"] == "Quét sân mỗi sáng"
