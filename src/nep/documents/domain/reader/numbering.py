"""Jumps in the numbering of an outline."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .sections import Section

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
# Administrative lists run a, b, c, d, đ, e, g, h …; some writers leave đ out or use f.
_LETTERS = "abcdđeghiklmnopqrstuvxy"
_SKIPPED = {("d", "e"), ("e", "f"), ("f", "g"), ("i", "j"), ("j", "k"), ("v", "w"), ("w", "x")}
_COUNTING = ("roman", "article", "number", "letter", "bracket", "chapter", "capital")


@dataclass(frozen=True)
class Gap:
    """A jump from marker `before` to `after`; `before` is None where a series does not begin at one."""

    before: str | None
    after: str
    section: int
    start: int
    end: int


def find_gaps(sections: tuple[Section, ...]) -> tuple[Gap, ...]:
    """Jumps between neighbouring sections of one kind under one parent."""
    last: dict[tuple[int | None, str], Section] = {}
    found: list[Gap] = []
    for index, section in enumerate(sections):
        if section.kind not in _COUNTING:
            continue
        # Articles count through all chapters.
        key = (None if section.kind == "article" else section.parent, section.kind)
        before = last.get(key)
        last[key] = section
        if _jumps(before, section):
            end = section.start + len(section.marker)
            found.append(Gap(before.marker if before else None, section.marker, index, section.start, end))
    return tuple(found)


def _jumps(before: Section | None, section: Section) -> bool:
    here = ordinal(section.marker)
    if here is None:
        return False
    if before is None:
        return here > 1 and section.kind in ("roman", "chapter")
    there = ordinal(before.marker)
    if (before.marker, section.marker) in _SKIPPED:
        return False
    return there is not None and here > there + 1


def ordinal(marker: str) -> int | None:
    """The place of a marker in its series: "III" and "c" are 3, "Điều 12" is 12."""
    last = marker.split()[-1]
    if digits := re.match(r"\d+$", last):
        return int(digits.group())
    if len(last) == 1 and last in _LETTERS:
        return _LETTERS.index(last) + 1
    if re.match(r"[IVXLC]+$", last):
        values = [_ROMAN[letter] for letter in last]
        return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))
    if len(last) == 1 and last in "ABCDEFGH":
        return "ABCDEFGH".index(last) + 1
    return None
