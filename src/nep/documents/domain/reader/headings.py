"""Headings that give what follows to units: "1. Sở Nội vụ", "Đối với các phường", "Giao Công an tỉnh:"."""

from __future__ import annotations

from dataclasses import dataclass

from . import lexicon as lex
from .context import Context
from .tables import row_at
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


@dataclass(frozen=True)
class UnitHeading:
    """A heading made of units (start, end, kind, head): its line, its end and up to where it governs.

    A cell of a table governs nothing; `row` is where its row begins in the original.
    """

    line: int
    end: int
    scope: int
    units: tuple[tuple[int, int, str, str], ...]
    row: int | None = None


def find_unit_headings(text: Text, ctx: Context) -> tuple[UnitHeading, ...]:
    """All headings that name units, in reading order."""
    ends = {section.line: section.end for section in ctx.sections}
    found = []
    for line in text.lines:
        if line.furniture or (line.text.isupper() and not line.kind):
            continue
        words = Words.of(text.clean, text.fold, line.body, line.end)
        row = row_at(text, line.start) if len(words) else None
        units = heading_units(words, line, row is not None)
        if units:
            spans = tuple((words.starts[u.first], words.ends[u.last - 1], u.kind, u.head) for u in units)
            scope = _scope(text, line, ends) if row is None else line.end
            found.append(UnitHeading(line.index, line.end, scope, spans, row))
    return tuple(found)


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
