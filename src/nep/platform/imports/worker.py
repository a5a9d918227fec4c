"""The child process in which a workbook is opened: whatever it does there, it does to itself only.

Reads the file from standard input and writes one line of JSON. Run as `python -m …`, see `reading`.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from datetime import date, datetime
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from nep.kernel.confined import limit_itself

MEMORY = 1_500_000_000
"""Most address space, in bytes: 200,000 rows of 12 columns take half of it."""
CPU_SECONDS = 30
MAX_ROWS = 200_000
MAX_COLUMNS = 100
MAX_CELLS = 4_000_000
MAX_SHEETS = 40
MAX_TEXT = 2_000
"""Longest text of a cell: what is longer is cut, no name is that long."""
MAX_MERGES = 50_000
MAX_MEMBERS = 4_000
MAX_DECLARED = 800_000_000
"""Most bytes that all members of the zip may claim together."""


class Refused(Exception):
    """A workbook that is not read; the code names the sentence."""


def main() -> int:
    """Read the workbook on standard input and report its sheets, or report why not."""
    limit_itself(memory=MEMORY, cpu_seconds=CPU_SECONDS)
    try:
        report: dict[str, Any] = {"sheets": sheets_of(sys.stdin.buffer.read())}
    except Refused as refused:
        report = {"refused": str(refused)}
    except PasswordError:
        report = {"refused": "encrypted"}
    except MemoryError:
        report = {"refused": "too-heavy"}
    except (CalamineError, ValueError, OSError, zipfile.BadZipFile):
        report = {"refused": "damaged"}
    sys.stdout.write(json.dumps(report, ensure_ascii=False, separators=(",", ":")))
    sys.stdout.flush()
    return 0


def sheets_of(data: bytes) -> list[dict[str, Any]]:
    """The visible sheets of a workbook that hold anything.

    Raises: Refused with the code of a limit.
    """
    if data.startswith(b"PK"):
        _check_zip(data)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    seen = [
        sheet
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if len(seen) > MAX_SHEETS:
        raise Refused("too-many-sheets")
    found, left = [], MAX_CELLS
    for sheet in seen:
        told = _sheet(book.get_sheet_by_name(sheet.name))
        left -= sum(len(row) for row in told["rows"])
        if left < 0:
            raise Refused("too-many-cells")
        if told["rows"]:
            found.append(told)
    return found


def _check_zip(data: bytes) -> None:
    members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_DECLARED:
        raise Refused("too-heavy")
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused("encrypted")


def _sheet(sheet: CalamineSheet) -> dict[str, Any]:
    if sheet.end is not None and sheet.end[0] >= MAX_ROWS:
        raise Refused("too-many-rows")
    rows = [_row(row[:MAX_COLUMNS]) for row in sheet.to_python(skip_empty_area=False)]
    while rows and not rows[-1]:
        rows.pop()
    merges = sheet.merged_cell_ranges or []
    if len(merges) > MAX_MERGES:
        raise Refused("too-heavy")
    return {"name": sheet.name, "rows": rows, "merges": [[*start, *end] for start, end in merges]}


def _row(cells: list[Any]) -> list[Any]:
    told = [_plain(cell) for cell in cells]
    while told and told[-1] is None:
        told.pop()
    return told


def _plain(cell: Any) -> Any:
    """A value that JSON can carry; a day as a list, for no cell is a list."""
    if isinstance(cell, str):
        return cell[:MAX_TEXT] or None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, datetime):
        return [cell.date().isoformat()]
    if isinstance(cell, date):
        return [cell.isoformat()]
    return cell if isinstance(cell, bool | int | float) else str(cell)


if __name__ == "__main__":
    raise SystemExit(main())
