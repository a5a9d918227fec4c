"""The table of a workbook is found among titles, merged cells, totals and signatures."""

from datetime import date

import pytest

from nep.kernel.errors import RuleError
from nep.platform.imports.headings import Column
from nep.platform.imports.reading import read_book
from nep.platform.imports.tables import Table, find_table
from tests.factories.books import Rows, workbook

WANTED = (
    Column("code", "Mã", ("ma nv", "ma")),
    Column("name", "Họ và tên", ("ho va ten", "ho ten"), joins=True),
    Column("born", "Ngày sinh", ("ngay sinh", "ngay thang nam sinh")),
    Column("unit", "Đơn vị", ("don vi", "don vi cong tac")),
)


def table(rows: Rows, *merges: str) -> Table:
    return find_table(read_book(workbook(rows, merges=merges)), WANTED)


def told(found: Table) -> list[tuple[int, dict[str, object]]]:
    return [(row.number, dict(row.values)) for row in found.rows]


def test_headings_are_found_below_titles_and_without_case_or_diacritics() -> None:
    found = table(
        [
            ["ỦY BAN NHÂN DÂN XÃ", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [None, None, None, "Độc lập - Tự do - Hạnh phúc"],
            [],
            ["DANH SÁCH CÁN BỘ"],
            ["STT", "MA NV", "HỌ  VÀ TÊN *", "Ngày sinh (dd/mm/yyyy)"],
            ["(1)", "(2)", "(3)", "(4)"],
            [1, "01", "Lê Văn An", date(1980, 5, 2)],
            [],
            [2, 2.0, "Trần Bình", 1985],
        ]
    )
    assert found.heading.place("name") == "C (HỌ VÀ TÊN *)"
    assert found.heading.unknown == {"A": "STT"}
    assert told(found) == [
        (7, {"code": "01", "name": "Lê Văn An", "born": date(1980, 5, 2)}),
        (9, {"code": 2, "name": "Trần Bình", "born": 1985}),
    ]


def test_a_heading_over_two_rows_and_a_name_in_two_columns() -> None:
    found = table(
        [
            ["Mã NV", "Họ và tên", None, "Ngày tháng năm sinh", None],
            [None, None, None, "Nam", "Nữ"],
            ["A1", "Lê Văn", "An", "2/5/1980", None],
            ["A2", "Trần Thị", "Bình", None, "3/6/1985"],
        ],
        "A1:A2",
        "B1:C2",
        "D1:E1",
    )
    assert told(found) == [
        (3, {"code": "A1", "name": "Lê Văn An", "born": "2/5/1980"}),
        (4, {"code": "A2", "name": "Trần Thị Bình", "born": "3/6/1985"}),
    ]


def test_a_unit_merged_down_counts_for_each_of_its_people() -> None:
    found = table(
        [
            ["Mã NV", "Họ tên", "Đơn vị"],
            ["A1", "Lê Văn An", "Phòng Một"],
            ["A2", "Trần Bình", None],
            ["A3", "Hà Chi", "Phòng Hai"],
        ],
        "C2:C3",
    )
    assert [row.values["unit"] for row in found.rows] == ["Phòng Một", "Phòng Một", "Phòng Hai"]


def test_group_headings_totals_repeated_headings_and_signatures_are_no_rows() -> None:
    found = table(
        [
            ["STT", "Mã NV", "Họ tên"],
            ["I", "Phòng Tổ chức"],
            [1, "A1", "Tống Công Minh"],
            ["STT", "Mã NV", "Họ tên"],
            ["II. Phòng Tài chính"],
            [2, "A2", "Trần Bình"],
            ["Tổng cộng:", None, 2],
            [],
            [None, None, "Mường Khe, ngày 02 tháng 3 năm 2026"],
            ["NGƯỜI LẬP BIỂU", None, "THỦ TRƯỞNG ĐƠN VỊ"],
            [None, None, "Lò Văn Thành"],
        ]
    )
    assert [(row.number, row.band, row.values["name"]) for row in found.rows] == [
        (3, "Phòng Tổ chức", "Tống Công Minh"),
        (6, "Phòng Tài chính", "Trần Bình"),
    ]
    assert found.skipped == ((4, "tiêu đề cột lặp lại"), (7, "dòng tổng cộng"), (9, "phần ký tên ở cuối"))


def test_the_sheet_that_fits_best_is_read_and_the_others_are_named() -> None:
    rows = [["Mã NV", "Họ tên", "Đơn vị"], ["A1", "Lê Văn An", "Phòng Một"]]
    book = read_book(workbook([["Hướng dẫn"]], also={"Danh sách": rows, "Cũ": [row[:2] for row in rows]}))
    found = find_table(book, WANTED)
    assert (found.sheet, found.other_sheets) == ("Danh sách", ("Cũ",))


def test_headings_typed_for_old_fonts_are_recognised() -> None:
    found = table([["M· NV", "Hä vµ tªn", "Ñôn vò"], ["A1", "NguyÔn V¨n An", "Phòng Một"]])
    assert sorted(found.heading.columns) == ["code", "name", "unit"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([["Mã NV", "Họ tên"]], "Trang tính “Trang 1” có tiêu đề cột nhưng không có dòng dữ liệu nào."),
        (
            [["một", "hai"], [1, 2]],
            "Không tìm thấy dòng tiêu đề có các cột như “Mã”, “Họ và tên”, “Ngày sinh”, “Đơn vị”. "
            "Dùng tệp mẫu hoặc sửa tên cột.",
        ),
    ],
)
def test_a_sheet_without_a_table_is_refused(rows: Rows, says: str) -> None:
    with pytest.raises(RuleError) as refused:
        table(rows)
    assert refused.value.reason == says
