"""What was read in a document, in Vietnamese lines for a terminal."""

import re
from bisect import bisect_right
from typing import Any

from nep.documents.domain.intake.model import Intake

_KINDS = {
    "plan": "kế hoạch",
    "decision": "quyết định",
    "dispatch": "công văn",
    "news": "tin bài",
    "report": "báo cáo",
    "other": "văn bản khác",
}
_COUNTS = (
    ("sections", "mục"),
    ("citations", "văn bản được dẫn"),
    ("aims", "mục đích"),
    ("targets", "chỉ tiêu phần trăm"),
    ("quantities", "số lượng"),
    ("deadlines", "thời hạn"),
    ("actors", "đơn vị có việc"),
    ("rules", "điều phải làm và không được làm"),
    ("rule_sets", "bộ quy tắc"),
    ("models", "mô hình"),
    ("recipients", "nơi nhận"),
)
_LONGEST = 150
_LINE_END = re.compile(r"\r\n|\r|\n")


def summary(reading: dict[str, Any], intake: Intake) -> str:
    """Put a reading into lines a person can check against the document; places are numbers of its lines."""
    lines = _Lines(intake.original)
    parts = [
        _head(reading, intake),
        _list("Đọc được", [f"{len(reading[key])} {words}" for key, words in _COUNTS if reading[key]]),
        _list("Việc được giao", [_task(task, reading, lines) for task in reading["tasks"]]),
        _list("Điều chưa chắc", [_doubt(doubt, lines) for doubt in reading["doubts"]]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Lines:
    """Numbers of lines in the decoded text, counted as an editor counts them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def of(self, item: dict[str, Any]) -> str:
        return f"dòng {bisect_right(self._starts, item['start'])}"


def _head(reading: dict[str, Any], intake: Intake) -> str:
    rows = (
        ("Tệp", reading["source"]),
        ("Loại", _KINDS.get(reading["kind"], reading["kind"])),
        ("Tên", reading["title"]),
        ("Cơ quan", reading["issuer"]),
        ("Số", reading["number"]),
        ("Ngày", _day(reading["issued_on"])),
        ("Thời gian", _period(reading["period"])),
        ("Số trang", intake.pages),
    )
    return "\n".join(f"{label + ':':<11}{_short(str(value))}" for label, value in rows if value)


def _list(heading: str, rows: list[str]) -> str:
    return "\n".join([f"{heading}:", *(f"  - {row}" for row in rows)]) if rows else ""


def _task(task: dict[str, Any], reading: dict[str, Any], lines: _Lines) -> str:
    who = ", ".join(dict.fromkeys(reading["actors"][index]["name"] for index in task["actors"]))
    when = ", ".join(dict.fromkeys(reading["deadlines"][index]["text"] for index in task["deadlines"]))
    notes = "; ".join(_short(note) for note in (who, when) if note)
    place = f"{lines.of(task)}, mục {task['section']}" if task["section"] else lines.of(task)
    return f"{_short(task['text'])} ({place}{'; ' + notes if notes else ''})"


def _doubt(doubt: dict[str, Any], lines: _Lines) -> str:
    quote = f" “{_short(doubt['quote'])}”" if doubt["quote"] else ""
    return f"{_short(doubt['question'])}{quote} ({lines.of(doubt)})"


def _day(written: str | None) -> str | None:
    return "/".join(reversed(written.split("-"))) if written else None


def _period(period: dict[str, int] | None) -> str | None:
    if period is None:
        return None
    first, last = period["from"], period["to"]
    return f"năm {first}" if first == last else f"{first}–{last}"


def _short(text: str) -> str:
    """Put text on one line of bearable length."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"
