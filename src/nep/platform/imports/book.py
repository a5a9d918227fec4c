"""A workbook as plain values: what every other part here speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# An empty cell is None. Whole numbers are int; a moment of Excel is its day.
Value = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet from its cell A1 on; rows may be of different lengths."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()

    def at(self, row: int, column: int) -> Value:
        """The value of a cell; None outside of what is written."""
        if not 0 <= row < len(self.rows):
            return None
        cells = self.rows[row]
        return cells[column] if 0 <= column < len(cells) else None


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets in their order."""

    sheets: tuple[Sheet, ...]


def column_letter(column: int) -> str:
    """The letters that Excel shows above a column, counted from 0.

    >>> column_letter(0), column_letter(26)
    ('A', 'AA')
    """
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(65 + letter) + letters
        column -= 1
    return letters
