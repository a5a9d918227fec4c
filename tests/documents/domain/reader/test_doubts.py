"""Questions a reading leaves to the official."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read
from tests.documents.domain.reader.samples import PLAN


def doubts(original: str, code: str) -> list[tuple[str, str]]:
    return [(d["quote"], d["question"]) for d in read(original).as_json()["doubts"] if d["code"] == code]


@pytest.mark.parametrize(
    ("original", "code", "quote"),
    [
        ("Các xóm họp ngày 31/4/2024 tại nhà văn hóa.", "impossible_date", "ngày 31/4/2024"),
        (
            "Thực hiện Chỉ thị 05-CT/TW của Bộ Chính trị.",
            "citation_without_date",
            "Chỉ thị 05-CT/TW của Bộ Chính trị",
        ),
        ("Theo Kế hoạch số /KH-SNV của Sở.", "citation_without_number", "Kế hoạch số /KH-SNV của Sở"),
        ("Cán bộ thực hi\ufffdn tốt nội quy của cơ quan.", "lost_letters", "bộ thực hi\ufffdn tốt nội"),
        ("Đơn vị phải th c hiện đúng giờ giấc.", "lost_letters", "vị phải th c hiện đúng"),
        ("Số: /KH-THCS\nKẾ HOẠCH\nGIỮ TRƯỜNG SẠCH", "number_blank", "Số: /KH-THCS"),
        (
            "Bến Lộc, ngày ... tháng 8 năm 2025\nKẾ HOẠCH\nGIỮ TRƯỜNG SẠCH",
            "issue_date_blank",
            "ngày ... tháng 8 năm 2025",
        ),
    ],
)
def test_quoted_doubts(original: str, code: str, quote: str) -> None:
    assert [found for found, _ in doubts(original, code)] == [quote]


def test_year_missing_offers_years() -> None:
    original = PLAN.replace("30/6/2024", "30/6")
    found = [d for d in read(original).as_json()["doubts"] if d["code"] == "year_missing"]
    assert [(d["question"], d["field"], [c["value"] for c in d["choices"]]) for d in found] == [
        ("“trước ngày 30/6” không ghi năm. Có phải năm 2024 không?", "deadlines", ["2024", "2025"])
    ]


def test_jump_is_asked_about_where_it_is() -> None:
    assert doubts(PLAN, "numbering_gap") == [
        ("3", "Phần đánh số nhảy từ “1” sang “3”. Có thiếu phần nào ở giữa không?")
    ]


def test_sudden_end() -> None:
    body = "KẾ HOẠCH\nGIỮ TRƯỜNG SẠCH\nCác lớp thay nhau quét sân vào mỗi buổi sáng và"
    assert doubts(body, "cut_text") == [
        (
            "Các lớp thay nhau quét sân vào mỗi buổi sáng và",
            "Văn bản dừng giữa chừng. Phần sau có bị thiếu không?",
        )
    ]
    assert doubts(body + " chiều.", "cut_text") == []


def test_vague_and_unknown_units() -> None:
    original = "1. Sở Nội vụ chủ trì, phối hợp với các đơn vị liên quan kiểm tra giờ giấc."
    answer = read(original, known_units=lambda name: name == "Sở Nội vụ").as_json()
    assert [d["question"] for d in answer["doubts"] if d["field"] == "actors"] == [
        "“các đơn vị liên quan” là những đơn vị nào?"
    ]
    answer = read(original, known_units=lambda name: False).as_json()
    assert [d["code"] for d in answer["doubts"] if d["field"] == "actors"] == ["unknown_unit", "vague_actor"]


def test_set_with_fewer_rules_than_promised() -> None:
    assert [
        question for _, question in doubts("Thực hiện “4 xin”: xin chào, xin lỗi, xin phép.", "rule_count")
    ] == ["“4 xin” nói 4 điều nhưng văn bản kể 3 điều. Danh sách nào đúng?"]


def test_scrap_of_text_asks_for_its_kind() -> None:
    assert doubts("Vài chữ rời", "kind_unclear") == [("Vài chữ rời", "Đây là loại văn bản nào?")]
