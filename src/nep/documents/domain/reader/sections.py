"""The outline of a document: parts, numbered headings and items, as a flattened tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .text import Line, Text

# How deep a kind of marker stands; a marker closes every open one of the same or a deeper rank.
_RANKS = {
    "capital": 3,
    "roman": 4,
    "article": 4,
    "number": 5,
    "decimal": 5,
    "heading": 8,
    "letter": 9,
    "bracket": 10,
}
_CHAPTER_RANKS = (("phần", 0), ("phụ lục", 0), ("chương", 1), ("mục", 2))
_RECIPIENTS = re.compile(r"nơi nhận", re.IGNORECASE)


@dataclass(frozen=True)
class Section:
    """A part of the outline: `label` is the path of markers ("III.2.a"), `title` a heading's words or "".

    `end` is where the next part of the same or a higher rank begins, `parent` an index into the outline.
    """

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
    """A section that still goes on."""

    rank: int
    index: int
    label: str
    children: int = 0


def find_sections(text: Text) -> tuple[Section, ...]:
    """The outline in reading order, up to the list of recipients."""
    found: list[Section] = []
    stack: list[_Open] = []
    root = _Open(-1, -1, "")
    for line in text.lines:
        if line.furniture:
            continue
        if _RECIPIENTS.match(line.text):
            break
        rank = _rank(line, bool(stack))
        if rank is None:
            continue
        while stack and stack[-1].rank >= rank:
            closed = stack.pop().index
            found[closed] = replace(found[closed], end=line.start)
        above = stack[-1] if stack else root
        above.children += 1
        section = _section(text, line, above, level=len(stack) + 1)
        stack.append(_Open(rank, len(found), section.label))
        found.append(section)
    return tuple(found)


def _section(text: Text, line: Line, above: _Open, level: int) -> Section:
    """The section a line opens; how far it goes is not known yet."""
    parent = above.index if above.index >= 0 else None
    label = _label(line, above)
    return Section(
        label, level, line.kind or "heading", line.marker, _title(text, line), line.start, len(text.clean),
        line.index, parent,
    )  # fmt: skip


def _title(text: Text, line: Line) -> str:
    """The words of a heading; a chapter has them on the next line."""
    words = text.clean[line.body : line.end].rstrip(" :")
    if line.kind == "chapter" and not words and line.index + 1 < len(text.lines):
        following = text.lines[line.index + 1]
        return following.text if following.heading and not following.kind else ""
    return words if line.heading else ""


def _rank(line: Line, inside: bool) -> int | None:
    """The rank of the section a line opens, or None for a line inside a section."""
    if line.kind in ("", "bullet"):
        names = inside and line.heading and not line.text.isupper() and not line.kind
        return _RANKS["heading"] if names else None
    if line.kind == "chapter":
        return next(rank for word, rank in _CHAPTER_RANKS if line.marker.lower().startswith(word))
    if line.kind == "decimal":
        return _RANKS["number"] + line.marker.count(".")
    if line.kind == "capital" and line.marker in "IVX":
        return _RANKS["roman"]
    return _RANKS[line.kind]


def _label(line: Line, above: _Open) -> str:
    """The path of a section; a decimal marker already holds the number above it."""
    own = line.marker if line.kind else f"({above.children})"
    path = above.label
    if line.kind == "decimal":
        head = own.rsplit(".", 1)[0]
        if path == head or path.endswith("." + head):
            path = path[: len(path) - len(head)].rstrip(".")
    return f"{path}.{own}" if path else own
