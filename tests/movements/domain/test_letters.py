"""The text of letters that urge units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from nep.documents.domain.letterheads import LetterheadWords
from nep.documents.domain.word import draft_dispatch
from nep.kernel.calendar import Calendar
from nep.kernel.errors import RuleError
from nep.movements.domain.letters import (
    FIELDS,
    LateTerm,
    Urging,
    Wording,
    answer_day,
    checked,
    composed,
    filled,
    late_term,
    mail_text,
    repeated,
)

WORDS = LetterheadWords(
    organ="Sở Nội vụ",
    symbol="SNV-XDCQ",
    place="Vân Lĩnh",
    signer_title="Giám đốc",
    archive="Lưu: VT, XDCQ",
    parent="Ủy ban nhân dân tỉnh Vân Lĩnh",
)
URGING = Urging(
    unit="Ủy ban nhân dân xã A & B <c>",
    asking="Sở Nội vụ",
    programme="Công sở “kiểu mẫu” & gọn",
    day=date(2026, 11, 23),
    answer_by=date(2026, 11, 30),
    terms=(
        LateTerm("Báo cáo <quý> & năm", date(2026, 11, 16), 5),
        LateTerm("Chụp ảnh bảng quy tắc", date(2026, 11, 20), 1),
    ),
)


def opened(urging: Urging = URGING, number: int | None = 7, wording: Wording | None = None) -> Document:
    letter = composed(
        urging, wording or Wording(), WORDS, signer="Lò Văn Thành", number=number, on=urging.day
    )
    return Document(BytesIO(draft_dispatch(letter)))


def paragraphs(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def cells(document: Document, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def test_the_letter_stands_in_the_layout_of_the_decree() -> None:
    """Decree 30/2020/NĐ-CP, Appendix I, part I, sections II and IV."""
    document = opened()
    assert cells(document, 0) == [
        [
            "ỦY BAN NHÂN DÂN TỈNH VÂN LĨNH\nSỞ NỘI VỤ\n",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n",
        ],
        [
            "Số: 07/SNV-XDCQ\nV/v đôn đốc việc quá hạn thuộc “Công sở “kiểu mẫu” & gọn”",
            "Vân Lĩnh, ngày 23 tháng 11 năm 2026",
        ],
    ]
    subject = document.tables[0].rows[1].cells[0].paragraphs[1].runs[0]
    assert (subject.font.size.pt, subject.bold, subject.italic) == (12, False, False)
    assert cells(document, 2) == [
        [
            "Nơi nhận:\n- Như trên;\n- Lưu: VT, XDCQ.",
            "GIÁM ĐỐC\n\n\n\n\nLò Văn Thành",
        ]
    ]


def test_it_names_programme_unit_and_what_is_late() -> None:
    document = opened()
    assert paragraphs(document) == [
        "Kính gửi: Ủy ban nhân dân xã A & B <c>",
        "Qua theo dõi “Công sở “kiểu mẫu” & gọn”, tính đến ngày 23/11/2026, "
        "Ủy ban nhân dân xã A & B <c> còn 2 việc đã quá hạn mà Sở Nội vụ chưa nhận được kết quả, cụ thể:",
        "Đề nghị Ủy ban nhân dân xã A & B <c> hoàn thành các việc nêu trên và nộp minh chứng trên Nếp "
        "chậm nhất ngày 30/11/2026. Việc nào chưa thể xong trong thời gian đó, đề nghị nêu lý do và ngày "
        "dự kiến xong.",
        "Có vướng mắc, đề nghị trao đổi sớm với Sở Nội vụ để cùng tháo gỡ./.",
    ]
    assert cells(document, 1) == [
        ["TT", "Việc phải làm", "Hạn", "Trễ (ngày làm việc)"],
        ["1", "Báo cáo <quý> & năm", "16/11/2026", "5"],
        ["2", "Chụp ảnh bảng quy tắc", "20/11/2026", "1"],
    ]


def test_a_preview_has_room_for_the_number() -> None:
    assert cells(opened(number=None), 0)[1][0].splitlines()[0] == "Số:      /SNV-XDCQ"


def test_urging_again_recalls_the_earlier_letters() -> None:
    again = replace(URGING, earlier=("số 02/SNV ngày 02/11/2026", "số 05/SNV ngày 10/11/2026"))
    assert again.times == 3
    assert paragraphs(opened(again))[2] == (
        "Đây là lần đôn đốc thứ 3; các văn bản trước: số 02/SNV ngày 02/11/2026, số 05/SNV ngày 10/11/2026."
    )
    assert repeated(again.earlier) in paragraphs(opened(again))


def test_who_signs_in_the_place_of_the_head_says_so() -> None:
    words = replace(WORDS, authority="KT. Giám đốc", signer_title="Phó Giám đốc")
    letter = composed(URGING, Wording(), words, signer="Đặng Thị Thu", number=1, on=URGING.day)
    closing = cells(Document(BytesIO(draft_dispatch(letter))), 2)[0][1]
    assert closing.splitlines()[:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]


def test_days_late_and_the_day_to_answer_are_working_days() -> None:
    friday = date(2026, 11, 20)
    assert late_term("x", friday, date(2026, 11, 23), Calendar()) == LateTerm("x", friday, 1)
    assert late_term("x", friday, date(2026, 11, 22), Calendar()).days_late == 1
    assert answer_day(date(2026, 11, 23), Calendar()) == date(2026, 11, 30)


def test_unknown_fields_and_empty_parts_are_told() -> None:
    with pytest.raises(RuleError, match=r"Không có ô điền \{tên\}"):
        checked(Wording(opening="Gửi {tên}"))
    with pytest.raises(RuleError, match="Ghi đủ"):
        checked(Wording(closing="  "))
    assert checked(Wording(" a ", "b", "c")) == Wording("a", "b", "c")


@given(st.sampled_from(FIELDS), st.text(st.characters(exclude_categories=("Cs",), exclude_characters="{}")))
def test_what_is_filled_in_is_never_read_as_a_field(field: str, value: str) -> None:
    facts = dict.fromkeys(FIELDS, "{đơn vị}") | {field: value}
    other = next(name for name in FIELDS if name != field)
    assert filled(f"{{{field}}}|{{{other}}}", facts) == f"{value}|{{đơn vị}}"


def test_a_mail_tells_ten_terms_at_most() -> None:
    many = replace(URGING, terms=tuple(LateTerm(f"Việc {n}", date(2026, 11, 2), 15) for n in range(1, 13)))
    text = mail_text(many, reference="07/SNV", address="https://nep.example/phong-trao/don-doc/5/")
    assert text.splitlines()[0] == (
        "Sở Nội vụ gửi Ủy ban nhân dân xã A & B <c> công văn số 07/SNV đôn đốc “Công sở “kiểu mẫu” & gọn”."
    )
    assert text.splitlines()[3] == "1. Việc 1: hạn 02/11/2026"
    assert text.splitlines()[13] == "và 2 việc khác."
    assert text.splitlines()[-1].endswith("https://nep.example/phong-trao/don-doc/5/")
