"""Headings that give what follows to units: "1. Sở Nội vụ", "Đối với các phường", "Giao Công an tỉnh:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import lexicon as lex
from .context import Context
from .tables import WHO
from .text import Line, Text
from .units import UnitGrammar
from .words import Unit, Words

_LEADS = lex.Phrases(
    "đối với|giao|đề nghị|yêu cầu|trách nhiệm của|nhiệm vụ của|phân công|về phía|tại|ở|trách nhiệm"
    "|nhiệm vụ|kính đề nghị|giao nhiệm vụ cho|giao cho|công tác của|trách nhiệm thực hiện của"
    "|phân công nhiệm vụ cho|cấp|tổ chức"
)
_CLOSERS = lex.Phrases(
    "có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|thực hiện|cần|phải|như sau|sau|các nhiệm vụ|nội dung"
    "|các nội dung|một số|tập trung|những|thực hiện các nhiệm vụ sau|cụ thể"
)


_LONGEST = 700
_PIECE = re.compile(r"[^\W\d_][^;,+\n]{2,78}[^\s;,.+\n]")


@dataclass(frozen=True)
class UnitHeading:
    """A heading made of units (start, end, kind, head): its line, its end and up to where it governs.

    A cell of a table governs nothing; `column` is the role its column gives.
    """

    line: int
    end: int
    scope: int
    units: tuple[tuple[int, int, str, str], ...]
    column: str | None = None


def find_unit_headings(text: Text, ctx: Context) -> tuple[UnitHeading, ...]:
    """All headings that name units, in reading order."""
    ends = {section.line: section.end for section in ctx.sections}
    found = []
    for line in text.lines:
        if line.furniture or (line.text.isupper() and not line.kind):
            continue
        column = text.column_at(line.start)
        may_name = line.kind or line.heading or column or line.text.endswith(":")
        if not may_name or len(line.text) > _LONGEST:
            continue
        words = Words.of(text.clean, text.fold, line.body, line.end)
        if column is not None and column not in WHO:
            continue
        units = heading_units(words, line, column is not None)
        spans = tuple((words.starts[u.first], words.ends[u.last - 1], u.kind, u.head) for u in units)
        if not spans and column is not None:
            spans = _pieces(text, line)
        if spans:
            scope = _scope(text, line, ends) if column is None else line.end
            found.append(UnitHeading(line.index, line.end, scope, spans, column))
    return tuple(found)


def _pieces(text: Text, line: Line) -> tuple[tuple[int, int, str, str], ...]:
    """The names in a cell of those who act, as they stand, where the grammar does not know them."""
    names = [match.span() for match in _PIECE.finditer(text.clean, line.body, line.end)]
    return tuple((start, end, "body", "") for start, end in names if text.clean[start].isupper())


def heading_units(words: Words, line: Line, is_cell: bool = False) -> tuple[Unit, ...]:
    """The units a line consists of, or nothing when it says more than a heading may."""
    if (
        not len(words)
        or len(words) > 70
        or not (line.kind or line.heading or is_cell or words.text[-1] == ":")
    ):
        return ()
    grammar = UnitGrammar(words)
    at = _LEADS.match(words.low, 0)
    while at < len(words) and words.low[at] == ":":
        at += 1
    units = grammar.units(at) or (grammar.units(0) if at else ())
    if not units:
        return ()
    rest = grammar.skip_bracket(units[-1].last)
    if rest == len(words) or all(not word[0].isalnum() for word in words.low[rest:]):
        bullet_item = line.kind in ("bullet", "letter") and words.text[-1] in (";", ".", ",")
        return () if bullet_item else units
    closed = words.text[-1] == ":" and len(words) - rest <= 14 and _leads_over(words, rest)
    return units if closed else ()


def _leads_over(words: Words, at: int) -> bool:
    """Whether the rest of a heading line only leads over to the list below ("có trách nhiệm:")."""
    return bool(_CLOSERS.match(words.low, at))


def _scope(text: Text, line: Line, ends: dict[int, int]) -> int:
    """Where the duties under a heading end: at the next part, of a bullet at the next line of its kind."""
    if line.index in ends:
        return ends[line.index]
    for following in text.lines[line.index + 1 :]:
        if following.furniture:
            continue
        if following.index in ends or (following.marker == line.marker and line.marker) or following.heading:
            return following.start
    return len(text.clean)
