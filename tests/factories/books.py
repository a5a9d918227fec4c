"""Workbooks made in memory, as awkward as those that offices send."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Rows = Sequence[Sequence[Any]]


def workbook(
    rows: Rows, *, merges: Sequence[str] = (), name: str = "Trang 1", also: dict[str, Rows] | None = None
) -> bytes:
    """An .xlsx with these rows from A1 on; None leaves a cell out, a merge keeps the value at its corner."""
    return drawn({name: lambda sheet, day: _write(sheet, rows, merges, day)} | _others(also or {}))


def drawn(sheets: dict[str, Callable[[Worksheet, Any], None]]) -> bytes:
    """An .xlsx whose sheets are written by these functions; they get the sheet and a format of days."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, write in sheets.items():
        write(book.add_worksheet(name), day)
    book.close()
    return content.getvalue()


def _others(also: dict[str, Rows]) -> dict[str, Callable[[Worksheet, Any], None]]:
    def writer(rows: Rows) -> Callable[[Worksheet, Any], None]:
        return lambda sheet, day: _write(sheet, rows, (), day)

    return {name: writer(rows) for name, rows in also.items()}


def _write(sheet: Worksheet, rows: Rows, merges: Sequence[str], day: Any) -> None:
    for merge in merges:
        sheet.merge_range(merge, "")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(row, column, cell, day)
            elif cell is not None:
                sheet.write(row, column, cell)
