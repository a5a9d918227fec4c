"""From a reading to numbered items and doubts."""

from __future__ import annotations

from typing import Any

from nep.documents.domain.review.doubts import changed_by, doubts_of, drops_item, in_words
from nep.documents.domain.review.items import Span, items_of, line_of_work, subject_of

TEXT = (
    "KẾ HOẠCH Dọn kho\nThực hiện Kế hoạch số 3/KH-UB.\nII. VIỆC LÀM\n"
    "1. Tổ Một và Tổ Hai dọn kho trước ngày 1/5.\n"
    "Có 80% tổ viên đọc nội quy, xong trong quý II. Hằng tháng họp tổ.\n"
)


def at(words: str) -> dict[str, Any]:
    """The place of some words."""
    start = TEXT.index(words)
    return {"text": words, "start": start, "end": start + len(words)}


def reading(**more: Any) -> dict[str, Any]:
    """What a reader finds in the text."""
    return {
        "kind": "plan",
        "title": "KẾ HOẠCH Dọn kho",
        "issuer": None,
        "number": None,
        "issued_on": None,
        "period": {"from": 2026, "to": 2028},
        "citations": [{"number": "3/KH-UB", "name": None, "date": None, **at("Kế hoạch số 3/KH-UB")}],
        "targets": [{"value": 80, **at("80% tổ viên đọc nội quy")}],
        "quantities": [],
        "aims": [],
        "rules": [],
        "rule_sets": [],
        "models": [],
        "recipients": ["Tổ Ba"],
        "deadlines": [
            {"rule": "before:2026-05-01", **at("trước ngày 1/5")},
            {"rule": "in:2026-Q2", **at("trong quý II")},
            {"rule": "monthly", **at("Hằng tháng")},
            {"rule": "before:2026-02-30", **at("họp tổ")},
            {"rule": "period:2026..2028", **at("Dọn kho")},
        ],
        "actors": [
            {"name": "Tổ Một", "role": "lead", **at("Tổ Một")},
            {"name": "Tổ Hai", "role": "execute", **at("Tổ Hai")},
        ],
        "tasks": [
            {
                "section": "II.1",
                "actors": [0, 1],
                "deadlines": [0],
                "recurrence": None,
                "evidence": "photo",
                **at("Tổ Một và Tổ Hai dọn kho trước ngày 1/5"),
            }
        ],
        "sections": [{"label": "II", "title": "VIỆC LÀM"}, {"label": "II.1", "title": None}],
        "places": {"title": at("KẾ HOẠCH Dọn kho"), "recipients": []},
        "doubts": [],
        **more,
    }


def test_items_are_numbered_as_they_stand() -> None:
    items = items_of(reading(), TEXT)
    assert [(item.number, item.field, item.value.get("key", "")) for item in items] == [
        (1, "header", "kind"),
        (2, "header", "issuer"),
        (3, "header", "number"),
        (4, "header", "issued_on"),
        (5, "header", "period"),
        (6, "header", "title"),
        (7, "citation", ""),
        (8, "task", ""),
        (9, "target", ""),
        (10, "deadline", ""),
        (11, "recipient", ""),
    ]


def test_a_task_takes_its_actors_its_time_and_its_line_of_work() -> None:
    task = next(item for item in items_of(reading(), TEXT) if item.field == "task")
    assert task.value == {
        "title": "Dọn kho",
        "text": "Tổ Một và Tổ Hai dọn kho trước ngày 1/5",
        "line": "Việc làm",
        "actors": [{"name": "Tổ Một", "role": "lead"}, {"name": "Tổ Hai", "role": "execute"}],
        "rule": "before:2026-05-01",
        "evidence": "photo",
    }
    clause, day = at("Tổ Một và Tổ Hai dọn kho trước ngày 1/5"), at("trước ngày 1/5")
    assert (task.spans[0], task.spans[-1]) == (
        Span(clause["start"], clause["end"], "quiet"),
        Span(day["start"], day["end"], "time"),
    )


def test_a_target_takes_the_time_of_its_sentence_and_the_rest_stand_alone() -> None:
    items = items_of(reading(), TEXT)
    assert [
        (item.value["rule"], item.value.get("text", ""))
        for item in items
        if item.field in {"target", "deadline"}
    ] == [
        ("in:2026-Q2", ""),
        ("monthly", "Hằng tháng họp tổ"),
    ]


def test_duties_of_somebody_are_no_line_of_work() -> None:
    titles = {"III": "TỔ CHỨC", "III.1": "Tổ Một có trách nhiệm:", "III.1.a": ""}
    assert (line_of_work("III.1.a", titles), line_of_work("IV", titles)) == ("Tổ chức", "")


def test_whom_a_target_is_told_of() -> None:
    told = [
        subject_of(words)
        for words in ("100% viên chức của các đơn vị", "100% đơn vị có viên chức", "90% hồ sơ")
    ]
    assert told == ["people", "units", "other"]


def doubt(code: str, quote: str, field: str, index: int, **more: Any) -> dict[str, Any]:
    """A doubt as the reader gives it."""
    place = at(quote)
    return {
        "code": code,
        "question": f"“{quote}”?",
        "quote": quote,
        "start": place["start"],
        "end": place["end"],
        "field": field,
        "index": index,
        **more,
    }


def test_doubts_of_one_kind_share_a_card_with_an_answer_each() -> None:
    found = reading(
        doubts=[
            doubt("citation_without_date", "Kế hoạch số 3/KH-UB", "citations", 0),
            doubt("unknown_unit", "Tổ Một", "actors", 0),
            doubt("unknown_unit", "Tổ Hai", "actors", 1),
            doubt("unknown_unit", "Tổ Một", "actors", 0),
            doubt(
                "year_missing",
                "trước ngày 1/5",
                "deadlines",
                0,
                choices=[["2026", "Năm 2026"], ["2027", "Năm 2027"]],
            ),
        ]
    )
    cards = doubts_of(found, items_of(found, TEXT))
    assert [
        (card.number, card.value["code"], [(part["quote"], part["about"]) for part in card.value["parts"]])
        for card in cards
    ] == [
        (12, "year_missing", [("trước ngày 1/5", 8)]),
        (13, "unknown_unit", [("Tổ Một", 8), ("Tổ Hai", 8)]),
        (14, "citation_without_date", [("Kế hoạch số 3/KH-UB", 7)]),
    ]
    assert cards[1].value["question"] == "Những tên sau không có trong danh sách đơn vị"
    assert cards[1].value["answers"] == [None, None]


def test_what_an_answer_changes() -> None:
    task = {"rule": "before:2026-05-01", "actors": [{"name": "Tổ Một", "role": "lead"}]}
    assert changed_by("year_missing", {}, "2027", task) == {**task, "rule": "before:2027-05-01"}
    assert changed_by("unknown_unit", {"quote": "tổ một"}, "drop", task) == {**task, "actors": []}
    assert changed_by("unknown_unit", {"quote": "Tổ Một"}, "keep", task) is None
    assert changed_by("kind_unclear", {}, "plan", {"key": "kind", "is": "other"}) == {
        "key": "kind",
        "is": "plan",
    }
    assert (drops_item("percent_without_what", "drop"), drops_item("unknown_unit", "drop")) == (True, False)


def test_answers_in_words() -> None:
    part = {"choices": [["keep", "Giữ"], ["drop", "Bỏ"]]}
    value = {
        "parts": [{**part, "quote": name} for name in ("A", "B", "C")],
        "answers": ["keep", "keep", "manual"],
    }
    assert in_words(value) == "Giữ: A, B; đã sửa tay: C"
    assert in_words({"parts": [{**part, "quote": "A"}], "answers": ["drop"]}) == "Bỏ"
