"""Workbooks to take away: templates to fill in, and the rows of a file that have findings."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from nep.org.models import ExcelImport, Line, StaffKind, Unit, UnitKind

ROWS_WITH_LISTS = 2000
_STAFF = (
    ("Mã nhân sự", 16, "Bắt buộc. Mỗi người một mã, không đổi khi chuyển đơn vị. Để ô dạng văn bản."),
    ("Họ và tên", 28, "Bắt buộc. Chữ hoa toàn bộ cũng được, Nếp viết lại theo chữ hoa đầu từ."),
    ("Ngày sinh", 14, "Ngày/tháng/năm, ví dụ 02/05/1980. Chỉ biết năm thì ghi năm."),
    ("Chức vụ", 24, "Bắt buộc với người mới. Chức vụ chưa có trong danh mục sẽ được thêm."),
    ("Mã đơn vị", 16, "Chọn trong danh sách. Có thể thay bằng tên ở cột bên cạnh."),
    ("Đơn vị", 36, "Tên đơn vị, nếu không ghi mã."),
    ("Đối tượng", 24, "Chọn trong danh sách."),
    ("Thư điện tử", 28, "Thư công vụ của người đó, nếu có."),
)
_UNITS = (
    ("Mã đơn vị", 16, "Bắt buộc. Mã của đơn vị đã có thì đơn vị ấy được cập nhật."),
    ("Tên đơn vị", 44, "Bắt buộc. Đổi tên đúng cách là ghi một biến động kèm quyết định."),
    ("Tên ngắn", 24, "Tên dùng trong bảng và danh sách; để trống thì lấy tên đơn vị."),
    ("Loại", 26, "Bắt buộc với đơn vị mới. Chọn trong danh sách."),
    ("Mã đơn vị cấp trên", 20, "Mã đã có hoặc mã ở dòng khác trong tệp; thứ tự dòng tùy ý."),
    ("Hệ thống", 16, "Chính quyền, Công đoàn hoặc Đảng; để trống thì theo đơn vị cấp trên."),
    ("Mã cơ quan gắn với", 20, "Chỉ cho tổ chức công đoàn, tổ chức đảng: cơ quan mà tổ chức ấy gắn với."),
)
_STEPS = (
    "1. Điền vào trang “Danh sách”, mỗi dòng một mục. Không cần giữ nguyên thứ tự cột.",
    "2. Tải tệp lên. Nếp kiểm tra từng dòng và nói rõ sẽ thêm, đổi những gì; lúc này chưa ghi gì.",
    "3. Xem lại, trả lời câu hỏi nếu có, rồi ghi. Tệp được ghi trọn vẹn hoặc không ghi gì.",
    "Người hoặc đơn vị không có trong tệp được giữ nguyên, không bị xóa.",
)


def template(kind: str, root: Unit, day: date) -> bytes:
    """A workbook to fill in for a unit and all below it, with lists of what may be chosen."""
    staff = kind == ExcelImport.Kind.STAFF
    columns = _STAFF if staff else _UNITS
    units = list(Unit.objects.below([root.pk], day).order_by("sort_key", "pk").values_list("code", "name"))
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet("Danh sách")
    for column, (title, width, _) in enumerate(columns):
        sheet.set_column(column, column, width, text if title.startswith("Mã") else None)
        sheet.write(0, column, title, bold)
    sheet.freeze_panes(1, 0)
    _guide(book.add_worksheet("Hướng dẫn"), columns, root, day, bold)
    _choices(book.add_worksheet("Đơn vị có sẵn"), units, bold)
    lists = _staff_lists(len(units)) if staff else _unit_lists(len(units))
    for title, source in lists.items():
        _offer(sheet, [column[0] for column in columns].index(title), source)
    book.close()
    return content.getvalue()


def _staff_lists(units: int) -> dict[str, Any]:
    return {"Mã đơn vị": _codes(units), "Đối tượng": StaffKind.labels}


def _unit_lists(units: int) -> dict[str, Any]:
    return {"Mã đơn vị cấp trên": _codes(units), "Loại": UnitKind.labels, "Hệ thống": Line.labels}


def _codes(units: int) -> str:
    return f"='Đơn vị có sẵn'!$A$2:$A${units + 1}"


def _offer(sheet: Worksheet, column: int, source: str | Sequence[str]) -> None:
    # A warning only: codes of units that the same file opens are not in the list yet.
    # The words of a kind hold commas ("Sở, ban, ngành"), so lists stand in cells rather than in the rule.
    if not isinstance(source, str):
        source = _hidden_list(sheet, column, source)
    sheet.data_validation(
        1,
        column,
        ROWS_WITH_LISTS,
        column,
        {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "Không có trong danh sách",
            "error_message": "Giá trị này không có trong danh sách. Vẫn giữ?",
        },
    )


def _hidden_list(sheet: Worksheet, column: int, words: Sequence[str]) -> str:
    """Write the words far to the right, in hidden columns, and name the cells."""
    at = 40 + column
    sheet.write_column(1, at, words)
    sheet.set_column(at, at, None, None, {"hidden": True})
    letter = xlsxwriter.utility.xl_col_to_name(at)
    return f"=${letter}$2:${letter}${len(words) + 1}"


def _guide(
    sheet: Worksheet, columns: Sequence[tuple[str, int, str]], root: Unit, day: date, bold: Format
) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write(0, 0, "Phạm vi", bold)
    sheet.write(0, 1, f"{root.name} và các đơn vị trực thuộc, tính đến {day:%d/%m/%Y}")
    for row, words in enumerate(_STEPS, start=2):
        sheet.write(row, 0, words)
    first = len(_STEPS) + 3
    sheet.write_row(first, 0, ("Cột", "Cách điền"), bold)
    for row, (title, _, words) in enumerate(columns, start=first + 1):
        sheet.write_row(row, 0, (title, words))


def _choices(sheet: Worksheet, units: Iterable[tuple[str, str]], bold: Format) -> None:
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 60)
    sheet.write_row(0, 0, ("Mã", "Tên đơn vị"), bold)
    for row, (code, name) in enumerate(units, start=1):
        sheet.write_string(row, 0, code)
        sheet.write_string(row, 1, name)


def findings_book(excel_import: ExcelImport) -> bytes:
    """Every finding of a file in a sheet, for who has to put the file right."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Ghi nhận")
    for column, (title, width) in enumerate((("Dòng", 8), ("Cột", 24), ("Mức", 14), ("Ghi nhận", 90))):
        sheet.set_column(column, column, width, wrapped)
        sheet.write(0, column, title, bold)
    rows = excel_import.findings.order_by("row", "pk").iterator()
    for number, finding in enumerate(rows, start=1):
        sheet.write(number, 0, finding.row or "")
        sheet.write_string(number, 1, finding.column)
        sheet.write_string(number, 2, finding.get_weight_display())
        sheet.write_string(number, 3, finding.says)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, excel_import.findings.count()), 3)
    book.close()
    return content.getvalue()
