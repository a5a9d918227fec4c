"""Tables of activities: which cells stand in one row, and what the head of a column says of a cell."""

from __future__ import annotations

import re

from .text import Text

# A row is no longer and a table no taller; nothing farther is looked at, so that any text is read in time.
_WIDEST = 2000
_FARTHEST = 60
_LEAD = re.compile(r"chủ trì|chịu trách nhiệm chính|đầu mối", re.IGNORECASE)
_COOPERATE = re.compile(r"phối hợp|tham gia", re.IGNORECASE)


def row_at(text: Text, start: int) -> int | None:
    """Where the row of a table begins, in the original, that holds a place of the clean text; else None."""
    original, place = text.original, text.to_original(start, start + 1)[0]
    begin = original.rfind("\n", max(0, place - _WIDEST), place) + 1
    if place - begin > _WIDEST:
        return None
    end = original.find("\n", place, place + _WIDEST)
    return begin if original.count("|", begin, end if end >= 0 else place + _WIDEST) >= 2 else None


def role_in_column(text: Text, start: int) -> str | None:
    """The role of a cell's units: lead or cooperate by the column's head, else execute; None in the head."""
    place = text.to_original(start, start + 1)[0]
    begin = text.original.rfind("\n", max(0, place - _WIDEST), place) + 1
    head = _column_head(text.original, begin, text.original.count("|", begin, place))
    if head is None:
        return None
    if _COOPERATE.search(head):
        return "cooperate"
    return "lead" if _LEAD.search(head) else "execute"


def _column_head(original: str, begin: int, column: int) -> str | None:
    """The words at the top of a column over a row; None when the row is the top itself."""
    head = None
    for _ in range(_FARTHEST):
        if begin == 0:
            break
        above = original.rfind("\n", 0, begin - 1) + 1
        cells = original[above : begin - 1].split("|")
        if len(cells) < 3:
            break
        head, begin = cells[column] if column < len(cells) else "", above
    return head
