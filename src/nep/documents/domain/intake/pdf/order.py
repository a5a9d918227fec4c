"""Pieces of a page to lines in reading order: letterheads and signatures in two columns, tables, text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from nep.documents.domain.intake.extract import RowOfCells
from nep.documents.domain.intake.pdf.pieces import Piece

Span = tuple[float, float]
"""From left to right, in points."""

# Pieces of one line closer than this (in heights of a letter) are one stretch of text: if drawn one after the
# other, else only at the distance of a blank, for cells drawn at different times may stand close.
_NEAR = 0.6
_BLANK = 0.28
# A list mark stands before its text with a tab between them.
_MARK = re.compile(r"[-–+*•o]|\(?(?:\d{1,3}|[IVX]{1,5}|[ivx]{1,5}|[a-zđ])[.)]|\d{1,2}(?:\.\d{1,2}){1,4}\.?")
_MARK_TAB = 4.0
# A line of one column still belongs to the block above it at up to this distance (in pitches of a line).
_BLOCK_PITCH = 1.45
# Rows of a table at up to this.
_ROW_PITCH = 3.2
_PARAGRAPH_PITCH = 1.7


@dataclass(slots=True)
class Row:
    """What stands at one height of the page, from left to right."""

    pieces: list[Piece]

    @property
    def middle(self) -> float:
        return self.pieces[0].middle

    @property
    def height(self) -> float:
        return max(piece.height for piece in self.pieces)


@dataclass(slots=True)
class _Band:
    """Consecutive rows in which the same vertical strips stay empty."""

    rows: list[Row]
    columns: list[Span] = field(default_factory=list)

    def column_of(self, piece: Piece) -> int:
        return next(index for index, (_, right) in enumerate(self.columns) if piece.left <= right)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page and the height it stands at, in points from below."""

    text: str
    middle: float


def lines_in_order(pieces: list[Piece]) -> list[Line]:
    """Give the lines of a page in reading order; a blank line stands where the page leaves a wider gap."""
    rows = _rows(pieces)
    pitch = _pitch(rows)
    lines: list[Line] = []
    at = 0
    while at < len(rows):
        if at and pitch and rows[at - 1].middle - rows[at].middle > _PARAGRAPH_PITCH * pitch:
            lines.append(Line("", rows[at].middle))
        band = _band_from(rows, at, pitch)
        lines.extend(_band_lines(band))
        at += len(band.rows)
    return lines


def _rows(pieces: list[Piece]) -> list[Row]:
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda one: -one.middle):
        last = rows[-1].pieces[0] if rows else None
        if last is not None and last.middle - piece.middle < 0.45 * min(last.height, piece.height):
            rows[-1].pieces.append(piece)
        else:
            rows.append(Row([piece]))
    for row in rows:
        row.pieces = _joined(sorted(row.pieces, key=lambda one: (one.left, one.order)))
    return rows


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Join neighbours of one row that are one stretch of text, and a list mark with its text."""
    joined = pieces[:1]
    for piece in pieces[1:]:
        last = joined[-1]
        gap = (piece.left - last.right) / min(last.height, piece.height)
        near = _NEAR if piece.order == last.last + 1 else _BLANK
        if gap < near or (gap < _MARK_TAB and _MARK.fullmatch(last.text)):
            glue = "" if gap < 0.12 or last.text.endswith(" ") else " "
            joined[-1] = Piece(
                last.text + glue + piece.text,
                last.left,
                min(last.bottom, piece.bottom),
                max(last.right, piece.right),
                max(last.top, piece.top),
                min(last.order, piece.order),
                max(last.last, piece.last),
            )
        else:
            joined.append(piece)
    return joined


def _pitch(rows: list[Row]) -> float:
    distances = [upper.middle - lower.middle for upper, lower in pairwise(rows)]
    close = [distance for distance, row in zip(distances, rows, strict=False) if distance < 3 * row.height]
    return median(close) if close else 0.0


def _band_from(rows: list[Row], at: int, pitch: float) -> _Band:
    band = _Band([rows[at]], _columns(rows[at].pieces))
    if len(band.columns) < 2:
        return band
    for row in rows[at + 1 :]:
        distance = band.rows[-1].middle - row.middle
        if pitch and distance > (_BLOCK_PITCH if len(row.pieces) < 2 else _ROW_PITCH) * pitch:
            break
        # A line across several columns is the text going on, or a heading within the table.
        if any(_crossed(piece, band.columns) > 1 for piece in row.pieces):
            break
        band.rows.append(row)
        band.columns = _columns(row.pieces, band.columns)
    return band


def _crossed(piece: Piece, columns: list[Span]) -> int:
    return sum(piece.left < right and left < piece.right for left, right in columns)


def _columns(pieces: list[Piece], before: Iterable[Span] = ()) -> list[Span]:
    """Give the stretches of the page's width that are covered, from left to right."""
    spans = sorted([*((piece.left, piece.right) for piece in pieces), *before])
    columns: list[Span] = []
    for left, right in spans:
        if columns and left <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _band_lines(band: _Band) -> list[Line]:
    pieces = [piece for row in band.rows for piece in row.pieces]
    if len(band.columns) < 2:
        return [_line(piece) for piece in pieces]
    if len(band.columns) == 2:
        return [_line(piece) for piece in _two_columns(band, pieces)]
    return _table_lines(band, pieces)


def _two_columns(band: _Band, pieces: list[Piece]) -> list[Piece]:
    """Order two columns: as the file draws them, unless it draws line by line across both."""
    drawn = sorted(pieces, key=lambda piece: piece.order)
    sides = [band.column_of(piece) for piece in drawn]
    switches = sum(side != other for side, other in pairwise(sides))
    shared = sum(len(row.pieces) > 1 for row in band.rows)
    if switches < 2 * shared - 1 or shared == 1:
        return drawn
    return sorted(pieces, key=lambda piece: (band.column_of(piece), -piece.middle))


def _line(piece: Piece) -> Line:
    return Line(piece.text.strip(), piece.middle)


def _table_lines(band: _Band, pieces: list[Piece]) -> list[Line]:
    """Put a table together as it was drawn, cell after cell: going back to the left begins a new row."""
    lines: list[str] = []
    row, cell, last = RowOfCells(), "", -1
    for piece in sorted(pieces, key=lambda piece: piece.order):
        column = band.column_of(piece)
        if column == last:
            cell += " " + piece.text.strip()
            continue
        _close_cell(row, cell)
        if column < last:
            lines.extend(row.lines())
            row = RowOfCells()
        cell, last = piece.text.strip(), column
    _close_cell(row, cell)
    lines.extend(row.lines())
    return [Line(line, band.rows[0].middle) for line in lines]


def _close_cell(row: RowOfCells, cell: str) -> None:
    if cell:
        row.start_cell()
        row.add(cell)
