"""The row of headings in a sheet: which column is what, in the many words that offices use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nep.kernel.legacy import Legacy, to_unicode
from nep.kernel.vietnamese import fold
from nep.platform.imports.book import Sheet, column_letter

SEARCHED_ROWS = 60
TALLEST = 3
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column one looks for: its name for people, and folded headings, the surest first.

    Values of several columns under one heading (family name, given name) belong together when it `joins`;
    otherwise the first that is filled counts (a day of birth under "Nam" or "Nữ").
    """

    key: str
    label: str
    names: tuple[str, ...]
    joins: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the headings stand (rows from 0) and which columns were recognised.

    `unknown` are headings that nothing was made of, by the letter of their column.
    """

    top: int
    height: int
    columns: Mapping[str, tuple[int, ...]]
    texts: Mapping[str, str]
    unknown: Mapping[str, str]

    @property
    def bottom(self) -> int:
        """The last row of the headings."""
        return self.top + self.height - 1

    def place(self, key: str) -> str:
        """The column as a person finds it in Excel: `C (Ngày sinh)`; empty when the sheet lacks it."""
        if key not in self.columns:
            return ""
        return f"{column_letter(self.columns[key][0])} ({self.texts[key]})"[:120]


def find_heading(sheet: Sheet, wanted: Sequence[Column]) -> Heading | None:
    """The heading with the most recognised columns within the first rows; None when none has two of them.

    Of several that are as good the lowest one counts, with all that is merged with it further down.
    """
    grid = _HeadingGrid(sheet)
    best: Heading | None = None
    for height in range(1, TALLEST + 1):
        for top in range(min(SEARCHED_ROWS, len(sheet.rows))):
            found = _recognised(grid, top, height, wanted)
            if len(found.columns) >= 2 and (best is None or len(found.columns) > len(best.columns)):
                best = found
    if best is None:
        return None
    merged = [merge.bottom for merge in sheet.merges if best.top <= merge.top <= best.bottom]
    lowest = min(max(merged, default=best.bottom), best.top + TALLEST - 1)
    return best if lowest <= best.bottom else _recognised(grid, best.top, lowest - best.top + 1, wanted)


class _HeadingGrid:
    """Cells of the first rows with merged ranges filled in all directions, as headings are read."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows: list[dict[int, str]] = []
        self.known: dict[str, tuple[str, int] | None] = {}
        for cells in sheet.rows[: SEARCHED_ROWS + TALLEST]:
            row = {at: " ".join(cell.split()) for at, cell in enumerate(cells) if isinstance(cell, str)}
            self.rows.append({at: unicodedata.normalize("NFC", text) for at, text in row.items() if text})
        for merge in sheet.merges:
            if merge.top < len(self.rows):
                self._fill(merge.top, merge.left, merge.bottom, min(merge.right, merge.left + 60))

    def _fill(self, top: int, left: int, bottom: int, right: int) -> None:
        text = self.rows[top].get(left)
        if text is None:
            return
        for row in range(top, min(bottom + 1, len(self.rows))):
            for column in range(left, right + 1):
                self.rows[row][column] = text

    def stacks(self, top: int, height: int) -> Iterator[tuple[int, list[str]]]:
        """Each column with its headings from top to bottom, each only once."""
        rows = self.rows[top : top + height]
        for column in sorted({column for row in rows for column in row}):
            texts = [row[column] for row in rows if column in row]
            yield column, list(dict.fromkeys(texts))


def _recognised(grid: _HeadingGrid, top: int, height: int, wanted: Sequence[Column]) -> Heading:
    rated: dict[str, tuple[int, str]] = {}
    columns: dict[str, list[int]] = {}
    unknown: dict[str, str] = {}
    for at, texts in grid.stacks(top, height):
        found = _best_match(texts, wanted, grid.known)
        if found is None:
            unknown[column_letter(at)] = " / ".join(texts)
            continue
        key, surety, text = found
        if key in rated and rated[key] != (surety, text):
            if rated[key][0] <= surety:
                unknown[column_letter(at)] = text
                continue
            unknown[column_letter(columns[key][0])] = rated[key][1]
            columns[key] = []
        rated[key] = (surety, text)
        columns.setdefault(key, []).append(at)
    return Heading(
        top,
        height,
        {key: tuple(found) for key, found in columns.items()},
        {key: text for key, (_, text) in rated.items()},
        unknown,
    )


def _best_match(
    texts: list[str], wanted: Sequence[Column], known: dict[str, tuple[str, int] | None]
) -> tuple[str, int, str] | None:
    """The column that a stack of headings names: the lowest heading first, then all of them together."""
    for text in [*reversed(texts), " ".join(texts)]:
        if text not in known:
            known[text] = _match(text, wanted) if len(text) <= 120 else None
        if found := known[text]:
            return (*found, text)
    return None


def _match(text: str, wanted: Sequence[Column]) -> tuple[str, int] | None:
    readings = [text] if text.isascii() else [text, *(to_unicode(text, legacy) for legacy in Legacy)]
    for reading in readings:
        folded = fold(_ASIDE.sub(" ", reading))
        for column in wanted:
            if folded in column.names:
                return column.key, column.names.index(folded)
        # A longer heading that begins with a known one: "Đơn vị công tác hiện nay".
        beginnings = [
            (len(name), column.key, column.names.index(name))
            for column in wanted
            for name in column.names
            if " " in name and folded.startswith(name + " ")
        ]
        if beginnings:
            _, key, index = max(beginnings)
            return key, 100 + index
    return None
