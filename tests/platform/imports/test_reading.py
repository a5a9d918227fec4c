"""Files that are no workbook, or a hostile one, get one sentence each."""

import io
import zipfile

import pytest

from nep.kernel.errors import RuleError
from nep.platform.imports import reading
from nep.platform.imports.reading import read_book
from tests.factories.books import workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            # OpenDocument files hold their type uncompressed, so that it can be told from the first bytes.
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, how)
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "begins"),
    [
        (b"", "Tệp rỗng"),
        (b"x" * (reading.MAX_BYTES + 1), "Tệp lớn hơn 20 MB"),
        ("Mã;Tên\n1;An\n".encode(), "Tệp là văn bản thuần (.csv, .txt)"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "Tệp là trang web hoặc XML"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "Tệp là trang web hoặc XML"),
        (b"%PDF-1.7", "Tệp là PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "Tệp không phải bảng tính"),
        (zipped({"word/document.xml": b"<w/>"}), "Tệp là văn bản Word"),
        (zipped({"anh.png": b"x"}), "Tệp không phải bảng tính"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Tệp có mật khẩu mở"),
        (OLE + "WordDocument".encode("utf-16-le"), "Tệp là văn bản Word"),
        (OLE + "Workbook".encode("utf-16-le"), "Tệp hỏng"),
        (zipped({"xl/workbook.xml": b"<x"}), "Tệp hỏng"),
        (workbook([["a"]])[:-300], "Tệp hỏng"),
        (workbook([]), "Tệp không có trang tính nào có dữ liệu"),
    ],
)
def test_what_is_no_workbook_is_told_in_one_sentence(data: bytes, begins: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_book(data)
    assert refused.value.reason.startswith(begins)


def swapped(book: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one part replaced."""
    source = zipfile.ZipFile(io.BytesIO(book))
    return zipped({name: source.read(name) for name in source.namelist()} | {part: content})


def test_a_zip_bomb_ends_in_a_sentence() -> None:
    bomb = swapped(workbook([["a"]]), "xl/worksheets/sheet1.xml", b" " * 900_000_000)
    with pytest.raises(RuleError) as refused:
        read_book(bomb)
    assert refused.value.reason.startswith("Tệp phình quá lớn khi mở")


def test_a_cell_at_the_far_end_of_the_sheet_ends_in_a_sentence() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(RuleError) as refused:
        read_book(swapped(workbook([["a"]]), "xl/worksheets/sheet1.xml", sheet))
    assert refused.value.reason.startswith(("Tệp phình quá lớn", "Trang tính có hơn 200.000 dòng"))


def test_too_many_rows_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_002))
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{rows}</sheetData></worksheet>"
    )
    with pytest.raises(RuleError) as refused:
        read_book(swapped(workbook([["a"]]), "xl/worksheets/sheet1.xml", sheet.encode()))
    assert refused.value.reason.startswith("Trang tính có hơn 200.000 dòng")


def test_values_come_as_they_are_shown() -> None:
    book = read_book(workbook([["a", 1, 2.5, True, None, " b "]]))
    assert book.sheets[0].rows == (("a", 1, 2.5, True, None, " b "),)


def test_an_open_document_sheet_is_read() -> None:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in (("Mã", "Họ tên"), ("01", "Lò Thị Hoa"))
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="Tờ 1">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    book = read_book(
        zipped({"mimetype": mimetype, "META-INF/manifest.xml": b"<m/>", "content.xml": content.encode()})
    )
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [
        ("Tờ 1", (("Mã", "Họ tên"), ("01", "Lò Thị Hoa")))
    ]
