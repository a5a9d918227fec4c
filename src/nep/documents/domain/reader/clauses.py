"""Sentences and clauses of a document, each with its line and section."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from .mending import UPPER
from .sections import Section
from .text import Text

# A stop ends a sentence where a capital, a quote or nothing follows; not after "TP." or "đ/c.".
_SENTENCE_END = re.compile(rf"(?:\./\.?|(?<![.!?…])[.!?…]++)[”\")\]]*(?=\s+[“\"(]?[{UPPER}\d-]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:tp|tx|tt|ts|ths|pgs|gs|bs|kt|tm|tl|q|tq|st|mr|đ/c|[a-z])$", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:^|\s)\d{1,2}$")


@dataclass(frozen=True)
class Sentence:
    """One sentence without its list marker; `section` is an index into the outline or None."""

    start: int
    end: int
    line: int
    section: int | None


@dataclass(frozen=True)
class Clause:
    """A part of a sentence between semicolons; `sentence` is an index into the sentences."""

    start: int
    end: int
    sentence: int
    line: int
    section: int | None


def split_sentences(text: Text, sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """All sentences of the document outside page furniture, in order."""
    opened = [section.start for section in sections]
    found: list[Sentence] = []
    for line in text.lines:
        if line.furniture:
            continue
        place = bisect_right(opened, line.start) - 1
        section = _holding(sections, place, line.start)
        for start, end in _spans(text.clean, line.body, line.end):
            found.append(Sentence(start, end, line.index, section))
    return tuple(found)


def split_clauses(text: Text, sentences: tuple[Sentence, ...]) -> tuple[Clause, ...]:
    """Sentences parted at semicolons outside quotes and brackets."""
    found: list[Clause] = []
    for index, sentence in enumerate(sentences):
        for start, end in _semicolon_parts(text.clean, sentence.start, sentence.end):
            found.append(Clause(start, end, index, sentence.line, sentence.section))
    return tuple(found)


def _holding(sections: tuple[Section, ...], place: int, offset: int) -> int | None:
    """The innermost section that holds an offset, from the last one opened before it."""
    index: int | None = place if place >= 0 else None
    while index is not None and sections[index].end <= offset:
        index = sections[index].parent
    return index


def _spans(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in _SENTENCE_END.finditer(clean, start, end):
        before = clean[max(start, match.start() - 6) : match.start()]
        if (
            match.end() < end
            and match.group() == "."
            and (
                _ABBREVIATION.search(before)
                or (_NUMBERED.search(before) and clean[at : match.start()].strip().isdigit())
            )
        ):
            continue
        _add(clean, at, match.end(), spans)
        at = match.end()
    _add(clean, at, end, spans)
    return spans


def _add(clean: str, start: int, end: int, spans: list[tuple[int, int]]) -> None:
    """Append a span without outer blanks, when anything is left."""
    while start < end and clean[start].isspace():
        start += 1
    while end > start and clean[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _semicolon_parts(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    depth, at = 0, start
    for index in range(start, end):
        char = clean[index]
        if char in "(“[":
            depth += 1
        elif char in ")”]":
            depth = max(0, depth - 1)
        elif char == ";" and depth == 0:
            _add(clean, at, index, spans)
            at = index + 1
    _add(clean, at, end, spans)
    return spans
