"""The whole reading: its form, its places, and that no text breaks it."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nep.documents.domain.reader import read
from tests.documents.domain.reader.samples import ARTICLE, DISPATCH, PLAN

HEAD = {"source", "kind", "issuer", "number", "issued_on", "period", "title", "places"}
LISTS = {"citations", "targets", "quantities", "deadlines", "actors", "rule_sets", "models", "recipients"}
DRAFTS = {"sections", "rules", "tasks", "aims", "doubts"}
WORDS = st.sampled_from(
    [
        "Sở Nội vụ", "chủ trì", "phối hợp với", "UBND xã", "trước ngày", "15/12", "hằng quý", "100%",
        "“4 xin”", ":", ";", ".", "(", ")", "“", "”", "-", "\n", "\n\n", "\r\n", "1.", "a)", "IV.", "Điều 3",
        "Nơi nhận:", "Lưu: VT", "Số:", "|", "*", "27/KH-UBND", "ngày 31/4/2024", "Luật",
        "Cán bộ, công chức", "mô hình",
        "KẾ HOẠCH", "Căn cứ", "3 lớp", "\ufeff", "e\u0323\u0302", "#", "năm 2024", "giai đoạn 2021 - 2025",
        "Kính gửi", "theo đó,", "ban hành", "…", "\u00ad", "",
    ]
)  # fmt: skip
PROSE = st.lists(WORDS, max_size=60).map(" ".join)


def spans(answer: Any) -> Iterator[dict[str, Any]]:
    if isinstance(answer, dict):
        if "start" in answer:
            yield answer
        for value in answer.values():
            yield from spans(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from spans(value)


def content(answer: Any) -> Any:
    """An answer without places and in one normal form, to compare readings of one text in two forms."""
    if isinstance(answer, dict):
        places = ("start", "end", "items_at", "places")
        return {key: content(value) for key, value in answer.items() if key not in places}
    if isinstance(answer, list):
        return [content(value) for value in answer]
    return " ".join(unicodedata.normalize("NFC", answer).split()) if isinstance(answer, str) else answer


@pytest.mark.parametrize("original", ["", PLAN, ARTICLE, DISPATCH])
def test_keys(original: str) -> None:
    assert set(read(original).as_json()) == HEAD | LISTS | DRAFTS


def test_lists_of_the_plan() -> None:
    answer = read(PLAN).as_json()
    assert [t["value"] for t in answer["targets"]] == [98.5, 100]
    assert [(q["value"], q["what"]) for q in answer["quantities"]] == [
        (3, "lớp tập huấn"),
        (120, "công chức"),
    ]
    assert answer["models"] == ["Một cửa không chờ"]
    assert answer["recipients"] == ["Thường trực Tỉnh ủy", "Các sở, ban, ngành"]
    assert [s["name"] for s in answer["rule_sets"]] == ["3 biết"]
    assert [(c["number"], c["name"]) for c in answer["citations"]] == [
        ("418/QĐ-UBND", None),
        (None, "Luật Cán bộ, công chức"),
    ]


@pytest.mark.parametrize("original", [PLAN, ARTICLE, DISPATCH])
def test_places_hold_the_words(original: str) -> None:
    answer = read(original).as_json()
    for item in spans(answer):
        assert original[item["start"] : item["end"]] == item.get(
            "text", original[item["start"] : item["end"]]
        )
    places = answer["places"]
    found = [" ".join(original[p["start"] : p["end"]].split()) for p in places["recipients"]]
    assert found == answer["recipients"]


@pytest.mark.parametrize("original", [PLAN, ARTICLE, DISPATCH])
@pytest.mark.parametrize(
    "changed",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.encode("utf-16").decode("utf-16"),
        lambda text: text.replace("hòa", "hoà").replace("Hòa", "Hoà"),
    ],
)
def test_form_of_the_text_does_not_matter(original: str, changed: Any) -> None:
    assert content(read(changed(original)).as_json()) == content(read(original).as_json())


@given(st.one_of(st.text(max_size=300), PROSE))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reader(original: str) -> None:
    answer = read(original).as_json()
    for item in spans(answer):
        assert 0 <= item["start"] <= item["end"] <= len(original)
        assert item.get("text", "") in original[item["start"] : item["end"]]


@given(PROSE)
@settings(max_examples=60, deadline=None)
def test_normal_form_and_line_ends_do_not_matter(original: str) -> None:
    original = unicodedata.normalize("NFC", original).replace("\r", "")
    other = unicodedata.normalize("NFD", original).replace("\n", "\r\n")
    assert content(read(other).as_json()) == content(read(original).as_json())


@pytest.mark.parametrize("original", [PLAN, ARTICLE, DISPATCH, "Sở Nội vụ, “4 xin, ngày 1 tháng 2; " * 20])
@pytest.mark.parametrize("shape", ["lines", "one line"])
def test_work_grows_with_the_text(original: str, shape: str) -> None:
    base = original if shape == "lines" else " ".join(original.split())
    assert work(base * 16) <= 5 * work(base * 4)


def work(original: str) -> int:
    """Function calls and calls into C made by a reading: work, not seconds."""
    calls = 0

    def count(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read(original).as_json()
    finally:
        sys.setprofile(None)
    return calls
