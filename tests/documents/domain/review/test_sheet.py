"""Marks in the sheet."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nep.documents.domain.review.sheet import Mark, Piece, layout_of, place_of, sheet_of

TEXT = "Sở Nội vụ in sổ tay trước ngày 31/3/2026."
WHOLE = [{"start": 0, "end": len(TEXT), "kind": "plain"}]


def test_the_inner_mark_has_the_words() -> None:
    marks = [Mark(1, 0, len(TEXT) - 1, "quiet"), Mark(1, 0, 9, "actor"), Mark(2, 20, 40, "time")]
    (line,) = sheet_of(TEXT, WHOLE, marks)
    assert line.pieces == (
        Piece("Sở Nội vụ", 1, "actor", 0, True, True),
        Piece(" in sổ tay ", 1, "quiet"),
        Piece("trước ngày 31/3/2026", 2, "time", 0, True, True),
        Piece("."),
    )


def test_an_open_doubt_is_carried_by_the_words_it_asks_about() -> None:
    marks = [Mark(1, 0, 9, "actor"), Mark(7, 0, 9, "quiet", doubt=True)]
    (line,) = sheet_of(TEXT, WHOLE, marks)
    assert line.pieces[0] == Piece("Sở Nội vụ", 1, "actor", 7, True, True)


@given(
    st.text(alphabet="ab \n", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_no_letter_is_lost_whatever_overlaps(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(number, *sorted(span), "quiet") for number, span in enumerate(spans, start=1)]
    layout = [{"start": 0, "end": len(text), "kind": "plain"}] if text else []
    told = "".join(piece.text for line in sheet_of(text, layout, marks) for piece in line.pieces)
    assert told == text


def test_lines_know_what_they_are() -> None:
    text = "KẾ HOẠCH\nTrồng cây\n\nI. MỤC TIÊU\nMỗi cơ quan trồng mười cây quanh trụ sở trong mùa xuân.\n"
    title = {"start": text.index("Trồng"), "end": text.index("\n\n")}
    kinds = [
        (line["kind"], text[line["start"] : line["end"]][:9]) for line in layout_of(text, {"title": title})
    ]
    assert kinds == [
        ("heading", "KẾ HOẠCH"),
        ("title", "Trồng cây"),
        ("heading", "I. MỤC TI"),
        ("plain", "Mỗi cơ qu"),
    ]


def test_a_quote_is_found_whatever_its_blanks() -> None:
    text = "Phát sổ\ntay. Phát sổ tay."
    assert place_of(text, "sổ  tay") == (5, 11)
    assert place_of(text, "Phát sổ tay", near=8) == (13, 24)
    assert place_of(text, "Phát sổ tay", near=20) == (0, 11)
    assert (place_of(text, "không có"), place_of(text, "  ")) == (None, None)


@given(st.text(alphabet="aB1 .-_*\n\r\t\ufeffđ", max_size=120))
def test_every_sign_of_a_text_is_shown_once(text: str) -> None:
    shown = "".join(text[line["start"] : line["end"]] for line in layout_of(text, {}))
    assert "".join(shown.split()) == "".join(text.split())
