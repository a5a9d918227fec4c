"""Review items in words: what stands in a row of the draft, and how read and edited differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nep.documents.domain.review.relations import RELATIONS
from nep.documents.domain.review.titles import shortened
from nep.documents.domain.review.values import day_of
from nep.documents.domain.review.when import in_words

KINDS = {"plan": "Kế hoạch", "decision": "Quyết định", "dispatch": "Công văn", "report": "Báo cáo",
         "news": "Bài viết", "other": "Văn bản khác"}  # fmt: skip
HEADER_LABELS = {"kind": "Loại văn bản", "title": "Trích yếu", "issuer": "Cơ quan ban hành",
                 "number": "Số, ký hiệu", "issued_on": "Ngày ban hành",
                 "period": "Giai đoạn"}  # fmt: skip
ROLES = {"lead": "chủ trì", "cooperate": "phối hợp", "advise": "tham mưu", "execute": "thực hiện",
         "report_to": "nhận báo cáo"}  # fmt: skip
EVIDENCE = {"any": "Minh chứng bất kỳ", "report": "Báo cáo", "document": "Văn bản đã ban hành",
            "photo": "Ảnh", "figures": "Số liệu"}  # fmt: skip
SUBJECTS = {"people": "Người", "units": "Đơn vị", "other": "Đối tượng khác"}
RULE_KINDS = {"must": "Phải", "must_not": "Không được"}
BINDS = {"everyone": "mọi người", "leaders": "lãnh đạo, quản lý", "units": "cơ quan, đơn vị"}
NOTHING = "chưa có"

Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowWords:
    """A row of the draft: what, whose it is under it, the value at right."""

    what: str
    under: str = ""
    value: str = ""


def row_words(field: str, v: Value) -> RowWords:
    """An item as its row of the draft says it."""
    match field:
        case "header":
            return RowWords(HEADER_LABELS[v["key"]], "", header_words(v["key"], v["is"]))
        case "citation":
            name, day = shortened(v["name"], 160), day_of(v["date"])
            value = _joined(dict(RELATIONS).get(v["relation"], ""), f"{day:%d/%m/%Y}" if day else "")
            return RowWords(v["number"], name, value) if v["number"] else RowWords(name, "", value)
        case "target":
            return RowWords(
                shortened(v["name"], 160),
                _about_target(v),
                _joined(amount(v["value"], v["unit"]), in_words(v["rule"])),
            )
        case "task":
            return RowWords(
                v["title"],
                actors_in_words(v["actors"]),
                _joined(in_words(v["rule"]), _evidence(v["evidence"])),
            )
        case "deadline":
            return RowWords(shortened(v["text"], 160), "", in_words(v["rule"]))
        case "rule":
            under = " · ".join(filter(None, [v["topic"], f"áp dụng với {BINDS.get(v['binds'], v['binds'])}"]))
            return RowWords(shortened(v["text"], 200), under, RULE_KINDS.get(v["kind"], ""))
        case "rule_set":
            return RowWords(v["name"], ", ".join(v["items"]), f"{len(v['items'])} điều")
        case "aim":
            return RowWords(shortened(v["text"], 240))
        case _:
            return RowWords(v["name"])


def header_words(key: str, value: Any) -> str:
    """A part of the document's head in words."""
    if not value:
        return NOTHING
    if key == "kind":
        return KINDS.get(value, str(value))
    if key == "issued_on":
        day = day_of(value)
        return f"{day:%d/%m/%Y}" if day else NOTHING
    if key == "period":
        first, last = value.get("from"), value.get("to")
        return f"{first}–{last}" if last and last != first else str(first or NOTHING)
    return str(value)


def amount(value: str, unit: str) -> str:
    """A figure with its unit as Vietnamese readers write it: "95,6 %", "11 phường"."""
    whole, _, rest = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if whole.lstrip("-").isdigit() else whole
    rest = rest.rstrip("0")
    return f"{grouped}{',' + rest if rest else ''}\u00a0{unit}".rstrip()


def actors_in_words(actors: list[Value]) -> str:
    """Who does what: "Sở Nội vụ chủ trì; Sở Y tế phối hợp"."""
    return "; ".join(f"{actor['name']} {ROLES.get(actor['role'], '')}".strip() for actor in actors)


def difference(field: str, read: Value, held: Value) -> tuple[str, str]:
    """What was read and what holds now, only where they differ."""
    before, after = _parts(field, read), _parts(field, held)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    return _told([old for old, _ in changed]), _told([new for _, new in changed])


def _told(parts: list[str]) -> str:
    return " · ".join(part or "để trống" for part in parts)


def _parts(field: str, v: Value) -> list[str]:
    """The parts of an item that can be changed, each in words."""
    words = row_words(field, v)
    match field:
        case "task":
            more = [v["title"], actors_in_words(v["actors"]), in_words(v["rule"]), v["line"], v["text"]]
            more.append(EVIDENCE.get(v["evidence"], ""))
        case "target":
            subject = SUBJECTS.get(v["subject"], "")
            more = [v["name"], amount(v["value"], v["unit"]), in_words(v["rule"]), subject, v["source"]]
        case "header":
            more = [words.value]
        case "aim" | "deadline" | "rule":
            more = [v["text"], words.under, words.value]
        case _:
            more = [words.what, words.under, words.value]
    return more


def whole_words(field: str, v: Value) -> str:
    """Everything of an item in one sentence, to set what was read against what it was changed to."""
    words = row_words(field, v)
    parts = [words.what, words.value, words.under, v.get("line", "") if field == "task" else ""]
    return " · ".join(part for part in parts if part)


def _about_target(v: Value) -> str:
    subject = {"people": "tính trên người", "units": "tính trên đơn vị"}.get(v["subject"], "")
    return _joined(subject, f"lấy từ {v['source']}" if v["source"] else "")


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _evidence(kind: str) -> str:
    return "" if kind == "any" else f"minh chứng: {EVIDENCE.get(kind, kind).lower()}"
