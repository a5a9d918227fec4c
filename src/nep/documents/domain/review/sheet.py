"""The text of a document as a sheet: lines with the words that were read marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from nep.documents.domain.reader.text import Text
from nep.documents.domain.review.items import QUIET

TITLE, HEADING, FURNITURE, PLAIN = "title", "heading", "furniture", "plain"
_LONGEST_DOUBT = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the text that belong to item `number`; `doubt` marks an open question about them."""

    number: int
    start: int
    end: int
    tint: str
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text with one mark or none; `doubt` is the number of the open question about it, 0 for none.

    `first` where the number of the mark stands, `anchor` at the first of these.
    """

    text: str
    number: int = 0
    tint: str = ""
    doubt: int = 0
    first: bool = False
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet; `start` is its place in the original text."""

    kind: str
    start: int
    pieces: tuple[Piece, ...]


def layout_of(original: str, places: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The logical lines of a text with their kind, as plain data to be kept with the reading.

    Hard-wrapped lines come as one; lines that hold the document's kind or title are its title.
    """
    text = Text.of(original)
    titled = [place for key in ("kind", "title") if (place := places.get(key))]
    found: list[dict[str, Any]] = []
    shown = 0
    for line in text.lines:
        start, end = text.to_original(line.start, line.end)
        short = end - start < 400
        is_title = short and any(place["start"] < end and start < place["end"] for place in titled)
        kind = FURNITURE if line.furniture else TITLE if is_title else HEADING if line.heading else PLAIN
        # What the reader passes over (drawn lines, stray signs) is shown all the same.
        found.append({"start": shown, "end": start, "kind": FURNITURE})
        found.append({"start": start, "end": end, "kind": kind})
        shown = max(shown, end)
    found.append({"start": shown, "end": len(original), "kind": FURNITURE})
    return [line for line in found if original[line["start"] : line["end"]].strip()]


def sheet_of(
    original: str, layout: Sequence[Mapping[str, Any]], marks: Sequence[Mark]
) -> tuple[SheetLine, ...]:
    """The sheet; where marks overlap, the innermost has the words and the outer goes on around it."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    numbered: set[tuple[int, int, int]] = set()
    found: list[SheetLine] = []
    at = 0
    for line in layout:
        start, end = line["start"], line["end"]
        while at < len(ordered) and ordered[at].end <= start:
            at += 1
        near = [mark for mark in _until(ordered[at:], end) if mark.end > start]
        found.append(SheetLine(line["kind"], start, tuple(_pieces(original, start, end, near, numbered))))
    return tuple(found)


def _until(marks: Sequence[Mark], end: int) -> Iterator[Mark]:
    for mark in marks:
        if mark.start >= end:
            return
        yield mark


def _pieces(
    original: str, start: int, end: int, marks: Sequence[Mark], numbered: set[tuple[int, int, int]]
) -> Iterator[Piece]:
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    for left, right in pairwise(sorted({start, end, *edges})):
        over = [mark for mark in marks if mark.start <= left and right <= mark.end]
        words = original[left:right]
        if not over or not words.strip():
            yield Piece(words)
            continue
        inner = min(over, key=lambda mark: (mark.doubt, mark.end - mark.start))
        short = (mark.number for mark in over if mark.doubt and mark.end - mark.start <= _LONGEST_DOUBT)
        doubt = next(short, 0)
        key, whole = (inner.number, inner.start, inner.end), (inner.number, 0, 0)
        anchor = whole not in numbered
        # A clause bears its number once; the units and days within it bear it too, to be found by it.
        first = anchor or (inner.tint != QUIET and key not in numbered)
        yield Piece(words, inner.number, inner.tint, doubt, first, anchor)
        numbered |= {key, whole}


def place_of(original: str, quote: str, near: int = 0) -> tuple[int, int] | None:
    """Where quoted words stand in the text, the occurrence at or after `near` first; blanks may differ.

    None when the words are not in the text.
    """
    words = quote.split()
    if not words:
        return None
    plain, places = _without_blanks(original)
    wanted = "".join(words)
    begin = next((index for index, place in enumerate(places) if place >= near), 0)
    found = plain.find(wanted, begin)
    if found < 0:
        found = plain.find(wanted)
    if found < 0:
        return None
    return places[found], places[found + len(wanted) - 1] + 1


def _without_blanks(original: str) -> tuple[str, list[int]]:
    places = [index for index, char in enumerate(original) if not char.isspace()]
    return "".join(original[index] for index in places), places
