"""Bytes of a spreadsheet file to its sheets, or one sentence why not."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import date
from typing import Any

from nep.kernel.confined import Death, Died, run_confined
from nep.kernel.errors import RuleError
from nep.platform.imports.book import Book, Merge, Sheet, Value

MAX_BYTES = 20_000_000
WALL_SECONDS = 60
_WORKER = "nep.platform.imports.worker"
_SAVE_AS = "Mở bằng Excel, chọn Lưu thành (Save As) tệp .xlsx rồi tải lên lại."
_SENTENCES = {
    "empty": "Tệp rỗng, không có nội dung. Kiểm tra rồi tải lên lại.",
    "too-big": f"Tệp lớn hơn {MAX_BYTES // 1_000_000} MB. Bỏ hình ảnh và trang tính thừa rồi tải lên lại.",
    "too-many-rows": "Trang tính có hơn 200.000 dòng. Xóa các dòng trống ở cuối hoặc tách thành nhiều tệp.",
    "too-many-cells": "Tệp có quá nhiều ô. Chỉ giữ trang tính cần nhập rồi tải lên lại.",
    "too-many-sheets": "Tệp có hơn 40 trang tính. Chỉ giữ trang tính cần nhập rồi tải lên lại.",
    "too-heavy": f"Tệp phình quá lớn khi mở nên không được nhận. {_SAVE_AS}",
    "too-slow": f"Tệp quá phức tạp, đọc mãi không xong nên đã dừng. {_SAVE_AS}",
    "busy": "Máy đang thiếu tài nguyên nên chưa đọc được tệp. Thử lại sau ít phút.",
    "encrypted": "Tệp có mật khẩu mở. Bỏ mật khẩu trong Excel rồi tải lên lại.",
    "damaged": f"Tệp hỏng hoặc không đúng dạng bảng tính. {_SAVE_AS}",
    "web": f"Tệp là trang web hoặc XML đặt tên như tệp Excel. {_SAVE_AS}",
    "text": f"Tệp là văn bản thuần (.csv, .txt), không phải bảng tính. {_SAVE_AS}",
    "word": "Tệp là văn bản Word, không phải bảng tính. Chép bảng sang Excel, lưu thành .xlsx rồi tải lên.",
    "pdf": "Tệp là PDF, không phải bảng tính. Xin tệp Excel gốc, hoặc điền vào tệp mẫu rồi tải lên.",
    "other": "Tệp không phải bảng tính. Gửi tệp Excel (.xlsx, .xls) hoặc OpenDocument (.ods).",
    "blank": "Tệp không có trang tính nào có dữ liệu. Kiểm tra rồi tải lên lại.",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "word"), ("Workbook", ""), ("Book", ""))
_ZIP_PARTS = ((b"xl/workbook", ""), (b"opendocument.spreadsheet", ""), (b"word/document", "word"))
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:[!?a-z])", re.IGNORECASE)


def read_book(data: bytes) -> Book:
    """The visible sheets of an Excel (.xlsx, .xls, .xlsb) or OpenDocument (.ods) file.

    The file is opened in a process of its own with little memory and time.

    Raises: RuleError with one sentence that says what is wrong with the file and what to do.
    """
    if code := _refusal_by_content(data):
        raise RuleError(_SENTENCES[code])
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        try:
            report: dict[str, Any] = json.loads(run_confined(_WORKER, (), file, seconds=WALL_SECONDS))
        except Died as died:
            raise RuleError(_SENTENCES[died.death.value]) from died
        except ValueError as error:
            raise RuleError(_SENTENCES[Death.DAMAGED.value]) from error
    if "refused" in report:
        raise RuleError(_SENTENCES[report["refused"]])
    if not report["sheets"]:
        raise RuleError(_SENTENCES["blank"])
    return Book(tuple(_sheet(sheet) for sheet in report["sheets"]))


def _refusal_by_content(data: bytes) -> str:
    """The code of what speaks against a file at first sight, empty when nothing does."""
    if not data:
        return "empty"
    if len(data) > MAX_BYTES:
        return "too-big"
    if data.startswith(b"PK\x03\x04"):
        return next((code for part, code in _ZIP_PARTS if part in data), "other")
    if data.startswith(_OLE):
        streams = ((name.encode("utf-16-le"), code) for name, code in _OLE_STREAMS)
        return next((code for name, code in streams if name in data), "other")
    if data.startswith(b"%PDF-"):
        return "pdf"
    if _MARKUP.match(data[:200]):
        return "web"
    return "other" if b"\0" in data[:4096] else "text"


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = tuple(tuple(_value(cell) for cell in row) for row in told["rows"])
    return Sheet(told["name"], rows, tuple(Merge(*merge) for merge in told["merges"]))


def _value(cell: Any) -> Value:
    if isinstance(cell, list):
        return date.fromisoformat(cell[0])
    known: Value = cell
    return known
