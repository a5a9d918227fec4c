"""Lists as Excel sheets, written row by row so that the largest needs no more memory than the smallest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nep.platform.lists.cells import plain
from nep.platform.lists.spec import Column

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_CELL = 32_767
NAME_FORBIDS = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def harmless(words: str) -> str:
    """Words that a spreadsheet program never takes for a formula, not even after saving them as CSV."""
    kept = words[: LONGEST_CELL - 1]
    return f"'{kept}" if kept.startswith(FORMULA_STARTS) else kept


def write_sheet(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Any]) -> int:
    """Write a sheet with one line for each row; how many there were."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(title.translate(NAME_FORBIDS)[:31].strip() or "Danh sách")
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "dd/mm/yyyy"})
        instants = book.add_format({"num_format": "hh:mm dd/mm/yyyy"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.label, bold)
        sheet.freeze_panes(1, 1)
        for count, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _write(sheet, count, place, plain(column.value(row)), days, instants)
    return count


def _write(
    sheet: Worksheet,
    line: int,
    place: int,
    value: str | int | date | datetime,
    days: Format,
    instants: Format,
) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(line, place, value, instants)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value, days)
    elif isinstance(value, int):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, harmless(value))
