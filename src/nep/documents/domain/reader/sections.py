"""The outline of a document: parts, numbered headings and items, as a flattened tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .text import Line, Text

# How deep a kind of marker stands; a marker closes every open one of the same or a deeper rank.
_RANKS = {
    "chapter": 1,
    "capital": 2,
    "roman": 3,
    "article": 3,
    "number": 4,
    "decimal": 4,
    "heading": 6,
    "letter": 7,
    "bracket": 8,
}
_PART = re.compile(r"phần|phụ lục", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """A part of the outline: `label` is the path of markers ("III.2.a"), `title` a heading's words or ""."""

    label: str
    level: int
    kind: str
    marker: str
    title: str
    start: int
    end: int
    line: int
    parent: int | None


@dataclass
class _Open:
    rank: int
    index: int
    label: str
    children: int = 0


def find_sections(text: Text) -> tuple[Section, ...]:
    """The outline in reading order; `end` is where the next part of the same or a higher rank begins."""
    rows: list[tuple[Line, int, str, str, int | None, int]] = []
    ends: list[int] = []
    stack: list[_Open] = []
    roots = 0
    for line in text.lines:
        if line.furniture or _RECIPIENTS.match(line.text):
            if line.furniture:
                continue
            break
        rank = _rank(line, stack)
        if rank is None:
            continue
        while stack and stack[-1].rank >= rank:
            ends[stack.pop().index] = line.start
        parent = stack[-1] if stack else None
        if parent:
            parent.children += 1
        else:
            roots += 1
        label = _label(line, parent, parent.children if parent else roots)
        rows.append(
            (line, len(stack) + 1, label, line.kind or "heading", parent.index if parent else None, rank)
        )
        stack.append(_Open(rank, len(ends), label))
        ends.append(len(text.clean))
    return tuple(
        Section(
            label,
            level,
            kind,
            line.marker,
            text.clean[line.body : line.end].rstrip(" :") if line.heading else "",
            line.start,
            end,
            line.index,
            parent,
        )
        for (line, level, label, kind, parent, _), end in zip(rows, ends, strict=True)
    )


def _rank(line: Line, stack: list[_Open]) -> int | None:
    """The rank of the section a line opens, or None for a line inside a section."""
    if line.kind in ("", "bullet"):
        inside = bool(stack)
        return (
            _RANKS["heading"]
            if inside and line.heading and not line.text.isupper() and not line.kind
            else None
        )
    if line.kind == "chapter" and _PART.match(line.marker):
        return 0
    if line.kind == "decimal":
        return _RANKS["number"] + line.marker.count(".")
    if line.kind == "capital" and line.marker in "IVX":
        return _RANKS["roman"]
    return _RANKS[line.kind]


def _label(line: Line, parent: _Open | None, nth: int) -> str:
    """The path of a section; a decimal marker already holds the number above it."""
    own = line.marker if line.kind else f"({nth})"
    if parent is None:
        return own
    above = parent.label
    if line.kind == "decimal":
        head = own.rsplit(".", 1)[0]
        if above == head or above.endswith("." + head):
            above = above[: len(above) - len(head)].rstrip(".")
    return f"{above}.{own}" if above else own
