"""One text, whatever it is wrapped in, reads the same."""

import unicodedata
from collections.abc import Callable
from html import escape
from typing import Any

import pytest

from nep.documents.domain.intake import open_bytes
from nep.documents.domain.reader import read
from tests.documents.domain.intake.legacy import to_windows_1258
from tests.documents.domain.intake.makers import docx_of_lines, pdf_of_lines
from tests.documents.domain.intake.test_intake_command import PLAN

PLACES = frozenset(("start", "end", "places", "items_at", "quote"))


def page_of_lines(text: str) -> bytes:
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in text.split("\n"))
    return f"<!DOCTYPE html><meta charset=utf-8><body>{lines}".encode()


def without_places(value: Any) -> Any:
    """A reading with everything left out that counts or repeats characters of its own text."""
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key not in PLACES}
    if isinstance(value, list):
        return [without_places(one) for one in value]
    return unicodedata.normalize("NFC", " ".join(value.split())) if isinstance(value, str) else value


def reading_of(data: bytes, name: str) -> Any:
    return without_places(read(open_bytes(data, name=name).original).as_json())


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (docx_of_lines, "a.docx"),
        (pdf_of_lines, "a.pdf"),
        (page_of_lines, "a.html"),
        (lambda text: text.encode("utf-8-sig"), "a.txt"),
        (lambda text: text.encode("utf-16"), "a.txt"),
        (lambda text: text.replace("\n", "\r\n").encode("utf-16-be"), "a.txt"),
        (lambda text: unicodedata.normalize("NFD", text).encode(), "a.txt"),
        (to_windows_1258, "a.txt"),
    ],
    ids=["docx", "pdf", "html", "utf-8 with mark", "utf-16", "utf-16 big endian CRLF", "NFD", "windows-1258"],
)
def test_the_same_text_gives_the_same_reading(make: Callable[[str], bytes], name: str) -> None:
    plain = reading_of(PLAN.encode(), "a.txt")
    assert plain["number"] == "12/KH-SNV"
    assert reading_of(make(PLAN), name) == plain
