"""PDF files: lines in the order a person reads them."""

import pytest

from nep.documents.domain.intake import Refused, open_bytes
from tests.documents.domain.intake.makers import (
    Line,
    pdf,
    pdf_file,
    pdf_locked,
    pdf_objects,
    pdf_of_lines,
    pdf_scan,
)

LONG = "Mỗi phòng tự soát lại nơi làm việc của mình và ghi kết quả vào sổ theo dõi chung của cơ quan"
LEFT = [(60, 800, "UBND TỈNH AN BÌNH"), (80, 788, "SỞ NỘI VỤ"), (70, 764, "Số: 12/KH-SNV")]
RIGHT = [(310, 800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), (350, 788, "Độc lập - Tự do - Hạnh phúc")]
DATE = (330, 764, "An Bình, ngày 05 tháng 3 năm 2026")
BODY = [(60, 728, LONG), (60, 716, "theo quy định.")]


def lines_of(*pages: list[Line], **options: object) -> list[str]:
    return open_bytes(pdf(pages, **options), name="a.pdf").original.split("\n")


def texts(*lines: Line) -> list[str]:
    return [text for _, _, text in lines]


def test_two_columns_drawn_cell_by_cell_keep_their_order() -> None:
    drawn = [*LEFT[:2], *RIGHT, LEFT[2], DATE, *BODY]
    assert lines_of(drawn) == [*texts(*LEFT[:2], *RIGHT, LEFT[2], DATE), "", *texts(*BODY)]


def test_two_columns_drawn_line_by_line_are_taken_apart() -> None:
    drawn = [LEFT[0], RIGHT[0], LEFT[1], RIGHT[1], LEFT[2], DATE, *BODY]
    assert lines_of(drawn) == [*texts(*LEFT, *RIGHT, DATE), "", *texts(*BODY)]


def test_lines_drawn_in_disorder_are_sorted() -> None:
    assert lines_of([BODY[1], BODY[0]]) == texts(*BODY)


def test_a_list_mark_and_its_text_are_one_line() -> None:
    drawn = [
        (60, 700, "1."),
        (85, 700, "Mục tiêu"),
        (60, 688, "a)"),
        (85, 688, "Mục tiêu chung"),
        (60, 676, LONG),
    ]
    assert lines_of(drawn) == ["1. Mục tiêu", "a) Mục tiêu chung", LONG]


def test_a_table_of_three_columns_is_put_together_row_by_row() -> None:
    drawn = [
        (60, 700, "TT"), (120, 700, "Nội dung"), (300, 700, "Chủ trì"),
        (60, 680, "1"), (120, 680, "Soạn bộ quy tắc"), (120, 668, "ứng xử"), (300, 680, "Văn phòng"),
        (60, 650, "2"), (120, 650, "Mở lớp"), (300, 650, "Phòng Tổ chức"),
    ]  # fmt: skip
    assert lines_of(drawn) == [
        "TT\tNội dung\tChủ trì",
        "1\tSoạn bộ quy tắc ứng xử\tVăn phòng",
        "2\tMở lớp\tPhòng Tổ chức",
    ]


def test_a_paragraph_after_a_table_is_no_part_of_it() -> None:
    drawn = [
        (60, 700, "1"),
        (90, 700, "Mở lớp"),
        (300, 700, "Phòng Tổ chức"),
        (90, 685, LONG),
        (60, 673, "hằng năm."),
    ]
    assert lines_of(drawn) == ["1\tMở lớp\tPhòng Tổ chức", LONG, "hằng năm."]


def test_cells_that_nearly_touch_are_told_apart_by_when_they_are_drawn() -> None:
    left, right = (60, 800, "UBND TỈNH AN BÌNH"), (151, 800, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    drawn = [left, (80, 788, "SỞ NỘI VỤ"), right, (170, 788, "Độc lập"), (60, 740, LONG)]
    assert lines_of(drawn)[:4] == ["UBND TỈNH AN BÌNH", "SỞ NỘI VỤ", right[2], "Độc lập"]


def test_page_numbers_and_running_heads_are_dropped() -> None:
    def page(number: int) -> list[Line]:
        head = [(60.0, 812.0, "Công báo số 5"), (60.0, 800.0, f"Trang {number} trên 3")]
        return [*head, (60, 700, f"{LONG} phần {number}"), (290, 30, f"- {number} -")]

    pages = [page(1), page(2), page(3)]
    assert [line for line in lines_of(*pages) if line] == [f"{LONG} phần {number}" for number in (1, 2, 3)]


def test_turned_pages_read_as_they_are_shown() -> None:
    turned = pdf_objects([[]], extra="/Rotate 90")
    drawn = pdf_objects([[(0, 0, "ab")]])
    show = "BT /F1 10 Tf 0 1 -1 0 100 50 Tm <0001> Tj ET BT /F1 10 Tf 0 1 -1 0 120 50 Tm <0002> Tj ET"
    turned[4] = drawn[4]
    turned[6] = f"<< /Length {len(show)} >>\nstream\n{show}\nendstream".encode()
    assert open_bytes(pdf_file(turned), name="a.pdf").original == "a\nb"


def test_many_pages_and_their_count() -> None:
    text = "\n".join(f"{LONG}, lần {number}" for number in range(130))
    taken = open_bytes(pdf_of_lines(text), name="a.pdf")
    assert (taken.pages, taken.media_type, taken.original) == (3, "application/pdf", text)


def test_an_owner_password_alone_does_not_lock() -> None:
    assert open_bytes(pdf_locked([(60, 700, LONG)], password=b""), name="a.pdf").original == LONG


def test_pages_without_letters_are_pointed_out() -> None:
    taken = open_bytes(pdf([[(60, 700, LONG)], [], [(60, 700, "Trang ba")]]), name="a.pdf")
    assert [caution.code for caution in taken.warnings] == ["scanned-pages"]
    assert "Trang 2 (trên 3 trang)" in taken.warnings[0].sentence


def test_a_signature_stamp_over_a_scan_is_still_a_scan() -> None:
    with pytest.raises(Refused) as refused:
        open_bytes(pdf_scan(stamp="Da ky 5/3"), name="a.pdf")
    assert refused.value.code == "scan"


def test_lines_before_the_file_do_no_harm_and_a_text_about_pdf_is_a_text() -> None:
    text = "Tệp bắt đầu bằng %PDF- là tệp PDF."
    assert open_bytes(text.encode(), name="a.txt").original == text
    assert open_bytes(b"\r\n\r\n" + pdf([[(60, 700, LONG)]]), name="a.bin").original == LONG
