"""An item that an officer adds from words of the text: of which kind it probably is, and its first values."""

from __future__ import annotations

import re
from typing import Any

from nep.documents.domain.review.items import subject_of
from nep.documents.domain.review.titles import sentence_case, shortened, target_name, task_title

_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s?%")
_CITED = re.compile(r"\b\d+(?:/\d{4})?[/-][A-ZĐ]{1,6}(?:-[A-ZĐ]+)*", re.UNICODE)
_MUST_NOT = re.compile(r"không (?:được|gây|lợi dụng|né tránh|hút|uống|sử dụng)|nghiêm cấm", re.IGNORECASE)
_MUST = re.compile(r"^\W*phải ", re.IGNORECASE)


def guessed_field(words: str) -> str:
    """The kind of item that words of a plan most likely are; a task where nothing says otherwise."""
    if _PERCENT.search(words):
        return "target"
    if _MUST_NOT.search(words) or _MUST.search(words):
        return "rule"
    if _CITED.search(words) and len(words) < 200:
        return "citation"
    return "task"


def first_value(field: str, words: str) -> dict[str, Any]:
    """The value with which the form of a new item begins."""
    words = " ".join(words.split())
    percent, number = _PERCENT.search(words), _CITED.search(words)
    values: dict[str, dict[str, Any]] = {
        "citation": {"number": number[0] if number else "", "name": words, "date": "", "relation": "cites"},
        "aim": {"text": words},
        "target": {
            "name": target_name(words) if words else "",
            "value": percent[1].replace(",", ".") if percent else "", "unit": "%",
            "subject": subject_of(words), "rule": "", "source": "",
        },
        "task": {"title": task_title(words, ()) if words else "", "text": words, "line": "", "actors": [],
                 "rule": "", "evidence": "any"},
        "deadline": {"rule": "", "text": words},
        "rule": {"kind": "must_not" if _MUST_NOT.search(words) else "must", "binds": "everyone", "topic": "",
                 "text": sentence_case(words)},
        "rule_set": {"name": "", "items": [item for item in re.split(r"\s*[,;]\s*", words) if item]},
        "model": {"name": shortened(words, 480)},
        "recipient": {"name": shortened(words, 480)},
    }  # fmt: skip
    return values[field]
