"""Doubts of the reader as questions with answers, and what an answer changes in the draft."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from nep.documents.domain.review.items import Json, NewItem, Span
from nep.documents.domain.review.when import valid_rule

KEEP, DROP, MISSING, MANUAL = "keep", "drop", "missing", "manual"

_BY_HAND = {MANUAL: "đã sửa tay", DROP: "đã bỏ mục"}

# Questions of these kinds come on one card when there are several: each still has its own answer.
TOGETHER = {
    "unknown_unit": "Những tên sau không có trong danh sách đơn vị",
    "vague_actor": "Những tên sau không chỉ rõ đơn vị nào",
    "citation_without_date": "Những văn bản được dẫn sau không ghi ngày ban hành",
    "citation_without_number": "Những văn bản được dẫn sau còn để trống số",
    "lost_letters": "Những chỗ sau có vẻ mất chữ",
    "numbering_gap": "Những chỗ sau đánh số nhảy",
    "percent_without_what": "Những tỷ lệ sau chưa rõ của nội dung gì",
}  # fmt: skip
# Answers where the reader offers none, the guess first.
CHOICES: dict[str, tuple[tuple[str, str], ...]] = {
    "number_blank": ((KEEP, "Chưa có số, để trống"),),
    "issue_date_blank": ((KEEP, "Chưa có ngày, để trống"),),
    "numbering_gap": (
        (KEEP, "Không thiếu, bản gốc đánh số như vậy"),
        (MISSING, "Có thiếu, sẽ thêm mục bị sót"),
    ),
    "impossible_date": ((KEEP, "Không lấy mốc này"),),
    "citation_without_number": ((KEEP, "Giữ như văn bản ghi"), (DROP, "Bỏ căn cứ này")),
    "citation_without_date": ((KEEP, "Giữ như văn bản ghi"), (DROP, "Bỏ căn cứ này")),
    "percent_without_what": ((KEEP, "Giữ như đã đọc"), (DROP, "Bỏ chỉ tiêu này")),
    "vague_actor": ((KEEP, "Giữ cách gọi của văn bản"), (DROP, "Không giao cho tên này")),
    "unknown_unit": ((KEEP, "Giữ tên, chọn đơn vị sau"), (DROP, "Không giao cho tên này")),
    "rule_count": ((KEEP, "Danh sách đã đọc là đúng"), (DROP, "Bỏ bộ quy tắc này")),
    "lost_letters": ((KEEP, "Vẫn rõ nghĩa, giữ nguyên"),),
    "cut_text": ((KEEP, "Đủ nội dung cần dùng"), (MISSING, "Có thiếu, sẽ thêm mục bị sót")),
}
_PLAIN = ((KEEP, "Giữ như đã đọc"),)
# How much depends on the answer: what binds units and days first.
_WEIGHT = ("year_missing", "impossible_date", "percent_without_what", "unknown_unit", "vague_actor",
           "rule_count", "cut_text", "numbering_gap", "kind_unclear")  # fmt: skip
_TASK_FIELDS = {"actors", "deadlines"}


def doubts_of(reading: Json, items: Sequence[NewItem]) -> tuple[NewItem, ...]:
    """The doubts of a reading as items, most weighty first; numbers go on from those of the items.

    A doubt's value has `parts`, each {question, quote, choices, about (number of an item or null), entry,
    start, end}, and `answers`, one for each part, null until given.
    """
    grouped: dict[str, list[Json]] = defaultdict(list)
    for position, doubt in enumerate(reading.get("doubts") or ()):
        grouped[doubt["code"] if doubt["code"] in TOGETHER else f"{doubt['code']}:{position}"].append(doubt)
    ordered = sorted(grouped.values(), key=_weight)
    first = len(items) + 1
    return tuple(_card(group, items, number) for number, group in enumerate(ordered, start=first))


def _weight(group: Sequence[Json]) -> tuple[int, int]:
    code = group[0]["code"]
    return _WEIGHT.index(code) if code in _WEIGHT else len(_WEIGHT), group[0].get("start") or 0


def _card(group: Sequence[Json], items: Sequence[NewItem], number: int) -> NewItem:
    code = group[0]["code"]
    parts = _once([_part(doubt, items) for doubt in group])
    spans = tuple(Span(part["start"], part["end"], "doubt") for part in parts if part["start"] is not None)
    question = TOGETHER[code] if len(parts) > 1 else parts[0]["question"]
    value = {"code": code, "question": question, "parts": parts, "answers": [None] * len(parts)}
    return NewItem("doubt", value, spans, number=number)


def _part(doubt: Json, items: Sequence[NewItem]) -> dict[str, Any]:
    choices = doubt.get("choices") or CHOICES.get(doubt["code"], _PLAIN)
    return {
        "question": doubt["question"], "quote": " ".join((doubt.get("quote") or "").split()),
        "choices": [[c["value"], c["label"]] if isinstance(c, Mapping) else list(c) for c in choices],
        "about": _about(doubt, items),
        "start": doubt.get("start"), "end": doubt.get("end"),
    }  # fmt: skip


def _once(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same name asked about in several places is one question."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    for part in parts:
        seen.setdefault((part["question"].casefold(), part["quote"].casefold()), part)
    return list(seen.values())


def _about(doubt: Json, items: Sequence[NewItem]) -> int | None:
    """The number of the item that a doubt concerns: the one read from its entry, or the one that uses it."""
    field, index = doubt.get("field"), doubt.get("index")
    start, end = doubt.get("start"), doubt.get("end")
    for item in items:
        if item.source == (field, index) or (item.field == "header" and item.value["key"] == field):
            return item.number
    if field in _TASK_FIELDS:
        for item in items:
            if any(span.start == start and span.end == end for span in item.spans[1:]):
                return item.number
    return None


def changed_by(code: str, part: Json, answer: str, value: Mapping[str, Any]) -> dict[str, Any] | None:
    """The value of an item that a doubt is about, after an answer; None when the answer changes nothing."""
    new = dict(value)
    if code == "kind_unclear":
        new["is"] = answer
    elif code == "year_missing" and re.fullmatch(r"\d{4}", answer):
        new["rule"] = valid_rule(re.sub(r"\d{4}", answer, new.get("rule", "")))
    elif concerns_every_task(code) and answer == DROP and "actors" in new:
        gone = part["quote"].casefold()
        new["actors"] = [actor for actor in new["actors"] if actor["name"].casefold() != gone]
    return new if new != value else None


def concerns_every_task(code: str) -> bool:
    """Whether an answer holds for every task in which the name stands, not only for one item."""
    return code in {"vague_actor", "unknown_unit"}


def drops_item(code: str, answer: str) -> bool:
    """Whether an answer drops the whole item that the doubt is about."""
    return answer == DROP and not concerns_every_task(code)


def in_words(value: Mapping[str, Any]) -> str:
    """The answers given to a doubt, in the words in which they were offered, each with what it is for."""
    named: dict[str, list[str]] = defaultdict(list)
    for part, answer in zip(value["parts"], value["answers"], strict=True):
        label = dict(part["choices"]).get(answer) or _BY_HAND.get(answer, "chưa trả lời")
        named[label].append(part["quote"])
    if len(value["parts"]) == 1:
        return next(iter(named))
    return "; ".join(f"{label}: {', '.join(quotes)}" for label, quotes in named.items())
