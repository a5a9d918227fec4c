"""Documents out: the layout of the decree, and a text that reads back."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from nep.documents.domain.intake import open_bytes
from nep.documents.domain.reader import read
from nep.documents.domain.word import PlanDraft, TargetRow, TaskRow, draft_plan
from nep.documents.domain.word.fields import (
    Letterhead,
    Signer,
    date_line,
    ended,
    number_line,
    one_line,
)

HEAD = Letterhead(
    organ="Ủy ban nhân dân xã Tân Hòa",
    symbol="KH-UBND",
    place="Tân Hòa",
    parent="Ủy ban nhân dân tỉnh An Bình",
    number="7",
    issued_on=date(2026, 2, 5),
)
PLAN = PlanDraft(
    letterhead=HEAD,
    title="Giữ nếp công sở văn minh năm 2026",
    signer=Signer("Chủ tịch", "Lê Thị Mẫu", authority="TM. Ủy ban nhân dân"),
    legal_bases=(
        "Căn cứ Quyết định số 733/QĐ-TTg ngày 14/6/2019;",
        "Căn cứ Kế hoạch số 12/KH-SNV ngày 05/3/2026",
    ),
    opening="Ủy ban nhân dân xã thực hiện các nội dung sau:",
    aims=("Mỗi công chức giữ lời nói lịch sự.", "Phòng làm việc sạch & gọn <mỗi ngày>."),
    targets=(TargetRow("Hồ sơ trả đúng hẹn", "95%", "31/12/2026", "Số liệu một cửa"),),
    tasks=(
        TaskRow("Ban hành quy chế làm việc", "Văn phòng", "Công đoàn", "Trước ngày 30/6/2026", "Văn bản"),
        TaskRow("Kiểm tra việc đeo thẻ", "Văn phòng", "", "Hằng quý", "Ảnh"),
    ),
    organisation=("Văn phòng theo dõi, báo cáo Chủ tịch trước ngày 15/12/2026.",),
    recipients=("Như trên", "Lưu: VT"),
)


def opened(plan: PlanDraft) -> Document:
    return Document(io.BytesIO(draft_plan(plan)))


def lines_of(plan: PlanDraft) -> list[str]:
    return open_bytes(draft_plan(plan), name="a.docx").original.split("\n")


def test_sheet_is_a4_with_the_margins_and_letters_of_the_decree() -> None:
    document = opened(PLAN)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    normal = document.styles["Normal"]
    assert (normal.font.name, normal.font.size.pt) == ("Times New Roman", 14)
    assert normal.element.rPr.rFonts.get(qn("w:cs")) == "Times New Roman"


def test_pages_are_numbered_in_the_middle_of_the_head_from_the_second_on() -> None:
    section = opened(PLAN).sections[0]
    number = section.header.paragraphs[0]
    assert section.different_first_page_header_footer is True
    assert section.first_page_header.is_linked_to_previous is True
    assert number.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert [one.text for one in number._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_letterhead_stands_side_by_side() -> None:
    table = opened(PLAN).tables[0]
    cells = [[paragraph.text for paragraph in cell.paragraphs] for row in table.rows for cell in row.cells]
    assert cells == [
        ["ỦY BAN NHÂN DÂN TỈNH AN BÌNH", "ỦY BAN NHÂN DÂN XÃ TÂN HÒA", ""],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", ""],
        ["Số: 07/KH-UBND"],
        ["Tân Hòa, ngày 05 tháng 02 năm 2026"],
    ]
    bold = [paragraph.runs[0].bold for cell in table.rows[0].cells for paragraph in cell.paragraphs[:2]]
    assert bold == [False, True, True, True]
    assert [len(cell._tc.findall(f".//{qn('w:pBdr')}")) for cell in table.rows[0].cells] == [1, 1]
    assert table.rows[1].cells[1].paragraphs[0].runs[0].italic is True


def test_text_stands_in_the_order_of_the_form() -> None:
    assert [line for line in lines_of(PLAN) if line] == [
        "ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        "ỦY BAN NHÂN DÂN XÃ TÂN HÒA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 07/KH-UBND",
        "Tân Hòa, ngày 05 tháng 02 năm 2026",
        "KẾ HOẠCH",
        "Giữ nếp công sở văn minh năm 2026",
        "Căn cứ Quyết định số 733/QĐ-TTg ngày 14/6/2019;",
        "Căn cứ Kế hoạch số 12/KH-SNV ngày 05/3/2026.",
        "Ủy ban nhân dân xã thực hiện các nội dung sau:",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mỗi công chức giữ lời nói lịch sự.",
        "2. Phòng làm việc sạch & gọn <mỗi ngày>.",
        "II. CHỈ TIÊU",
        "TT\tChỉ tiêu\tMức phấn đấu\tThời hạn\tCăn cứ đánh giá",
        "1\tHồ sơ trả đúng hẹn\t95%\t31/12/2026\tSố liệu một cửa",
        "III. NHIỆM VỤ",
        "TT\tNội dung công việc\tChủ trì\tPhối hợp\tThời hạn\tMinh chứng",
        "1\tBan hành quy chế làm việc\tVăn phòng\tCông đoàn\tTrước ngày 30/6/2026\tVăn bản",
        "2\tKiểm tra việc đeo thẻ\tVăn phòng\t\tHằng quý\tẢnh",
        "IV. TỔ CHỨC THỰC HIỆN",
        "1. Văn phòng theo dõi, báo cáo Chủ tịch trước ngày 15/12/2026.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Thị Mẫu",
    ]


def test_the_draft_reads_back() -> None:
    read_back = read(open_bytes(draft_plan(PLAN), name="a.docx").original).as_json()
    assert (read_back["kind"], read_back["number"], read_back["issued_on"]) == (
        "plan",
        "07/KH-UBND",
        "2026-02-05",
    )
    assert read_back["issuer"] == "ỦY BAN NHÂN DÂN XÃ TÂN HÒA"
    assert read_back["period"] == {"from": 2026, "to": 2026}
    assert [one["number"] for one in read_back["citations"]] == ["733/QĐ-TTg", "12/KH-SNV"]
    assert read_back["recipients"] == ["Như trên"]


def test_the_tasks_of_the_draft_read_back() -> None:
    desk = "Trung tâm Phục vụ hành chính công"
    tasks = (
        *PLAN.tasks,
        TaskRow("Tập huấn kỹ năng tiếp dân", desk, "Công an xã; Đoàn Thanh niên", "Tháng 6/2026", "Báo cáo"),
    )
    answer = read(open_bytes(draft_plan(replace(PLAN, tasks=tasks)), name="a.docx").original).as_json()
    actors, deadlines = answer["actors"], answer["deadlines"]
    read_back = [
        (
            task["text"],
            [(actors[at]["role"], actors[at]["name"]) for at in task["actors"]],
            [deadlines[at]["rule"] for at in task["deadlines"]],
            task["evidence"],
        )
        for task in answer["tasks"]
        if task["section"] == "III"
    ]
    assert read_back == [
        ("Ban hành quy chế làm việc", [("lead", "Văn phòng"), ("cooperate", "Công đoàn")],
         ["before:2026-06-30"], "document"),
        ("Kiểm tra việc đeo thẻ", [("lead", "Văn phòng")], ["quarterly"], "photo"),
        ("Tập huấn kỹ năng tiếp dân",
         [("lead", desk), ("cooperate", "Công an xã"), ("cooperate", "Đoàn Thanh niên")],
         ["in:2026-06"], "report"),
    ]  # fmt: skip


def test_additions_are_a_part_of_their_own_and_empty_parts_leave_no_gap() -> None:
    plan = replace(PLAN, aims=(), targets=(), additions=(TaskRow("Trồng cây", "Đoàn thanh niên"),))
    headings = [line for line in lines_of(plan) if line.split(". ")[0] in ("I", "II", "III", "IV", "V")]
    assert headings == ["I. NHIỆM VỤ", "II. NHIỆM VỤ BỔ SUNG", "III. TỔ CHỨC THỰC HIỆN"]


def test_a_draft_without_number_and_date_leaves_room_for_them() -> None:
    blank = replace(HEAD, number=None, issued_on=None, parent=None)
    document = opened(replace(PLAN, letterhead=blank))
    number, day = (cell.text for cell in document.tables[0].rows[1].cells)
    assert number == "Số:      /KH-UBND"
    assert day == "Tân Hòa, ngày      tháng      năm"
    assert document.core_properties.created is None
    read_back = read(
        open_bytes(draft_plan(replace(PLAN, letterhead=blank)), name="a.docx").original
    ).as_json()
    assert (read_back["kind"], read_back["number"], read_back["issued_on"]) == ("plan", None, None)


def test_file_says_whose_it_is() -> None:
    properties = opened(PLAN).core_properties
    assert (properties.author, properties.title) == (HEAD.organ, PLAN.title)
    assert properties.created.date() == date(2026, 2, 5)


def test_table_heads_are_repeated_and_rows_stay_whole() -> None:
    rows = opened(PLAN).tables[2].rows
    marks = [[child.tag.rpartition("}")[2] for child in row._tr.trPr] for row in rows]
    assert marks == [["tblHeader"], ["cantSplit"], ["cantSplit"]]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("7", "Số: 07/KH-UBND"),
        ("12", "Số: 12/KH-UBND"),
        ("134a", "Số: 134a/KH-UBND"),
        (" ", "Số:      /KH-UBND"),
    ],
)
def test_number_line(number: str, written: str) -> None:
    assert number_line(replace(HEAD, number=number)) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 1, 1), "Tân Hòa, ngày 01 tháng 01 năm 2026"),
        (date(2026, 3, 9), "Tân Hòa, ngày 09 tháng 3 năm 2026"),
        (date(2026, 12, 20), "Tân Hòa, ngày 20 tháng 12 năm 2026"),
    ],
)
def test_date_line(day: date, written: str) -> None:
    assert date_line(replace(HEAD, issued_on=day)) == written


def test_lists_end_as_lists_do() -> None:
    assert ended(("Một.", "hai ;", " ", "ba")) == ["Một;", "hai;", "ba."]
    assert ended(()) == []


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1))
def test_any_text_makes_a_file_that_opens_and_carries_it(text: str) -> None:
    plan = replace(
        PLAN,
        letterhead=replace(HEAD, organ=text, place=text, number=text),
        title=text,
        aims=(text,),
        tasks=(TaskRow(text, text, text, text, text),),
        recipients=(text,),
        signer=Signer(text, text, text),
    )
    document = opened(plan)
    row = document.tables[2].rows[1].cells
    assert [cell.text for cell in row] == ["1", *[one_line(text)] * 5]
