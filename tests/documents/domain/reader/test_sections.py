"""The outline and jumps in its numbering."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read
from tests.documents.domain.reader.samples import PLAN


def test_outline_of_a_plan() -> None:
    sections = read(PLAN).as_json()["sections"]
    assert [(s["label"], s["level"], s["title"]) for s in sections] == [
        ("I", 1, "MỤC ĐÍCH, YÊU CẦU"),
        ("I.1", 2, "Mục đích"),
        ("I.2", 2, "Yêu cầu"),
        ("II", 1, "NHIỆM VỤ"),
        ("II.1", 2, None),
        ("II.2", 2, None),
        ("II.3", 2, None),
        ("III", 1, "TỔ CHỨC THỰC HIỆN"),
        ("III.1", 2, None),
        ("III.3", 2, None),
    ]


@pytest.mark.parametrize(
    ("original", "labels"),
    [
        (
            "I. NHIỆM VỤ\n2. Nội dung\n2.1. Tiêu chí\na) Đúng giờ.\nb) Đúng hẹn.",
            ["I", "I.2", "I.2.1", "I.2.1.a", "I.2.1.b"],
        ),
        (
            "Chương I\nQUY ĐỊNH\nĐiều 1. Phạm vi\n1. Áp dụng cho xã.",
            ["Chương I", "Chương I.Điều 1", "Chương I.Điều 1.1"],
        ),
        ("II. PHÂN CÔNG\nBan Giám hiệu\nChịu trách nhiệm chung về mọi việc.", ["II", "II.(1)"]),
    ],
)
def test_labels(original: str, labels: list[str]) -> None:
    assert [s["label"] for s in read(original).as_json()["sections"]] == labels


def test_chapters_take_their_title_from_the_next_line() -> None:
    original = (
        "Chương I\nQUY ĐỊNH CHUNG\nMục 1\nGIỜ GIẤC\nĐiều 1. Phạm vi\nChương II\nTHI HÀNH\nĐiều 2. Hiệu lực"
    )
    assert [(s["label"], s["level"], s["title"]) for s in read(original).as_json()["sections"]] == [
        ("Chương I", 1, "QUY ĐỊNH CHUNG"),
        ("Chương I.Mục 1", 2, "GIỜ GIẤC"),
        ("Chương I.Mục 1.Điều 1", 3, "Phạm vi"),
        ("Chương II", 1, "THI HÀNH"),
        ("Chương II.Điều 2", 2, "Hiệu lực"),
    ]


@pytest.mark.parametrize(
    ("markers", "jumps"),
    [
        (["I.", "II.", "III."], []),
        (["I.", "III."], ["Phần đánh số nhảy từ “I” sang “III”. Có thiếu phần nào ở giữa không?"]),
        (["II.", "III."], ["Phần đánh số bắt đầu từ “II”. Có thiếu phần nào ở trước không?"]),
        (["1.", "2.", "5."], ["Phần đánh số nhảy từ “2” sang “5”. Có thiếu phần nào ở giữa không?"]),
        (["a)", "b)", "c)", "d)", "đ)", "e)"], []),
        (["a)", "b)", "c)", "d)", "e)"], []),
        (["a)", "d)"], ["Phần đánh số nhảy từ “a” sang “d”. Có thiếu phần nào ở giữa không?"]),
        (["1.", "2.", "1."], []),
        (
            ["Điều 1.", "Điều 3."],
            ["Phần đánh số nhảy từ “Điều 1” sang “Điều 3”. Có thiếu phần nào ở giữa không?"],
        ),
    ],
)
def test_jumps(markers: list[str], jumps: list[str]) -> None:
    original = "\n".join(f"{marker} Các phòng nộp báo cáo đúng hạn." for marker in markers)
    doubts = read(original).as_json()["doubts"]
    assert [d["question"] for d in doubts if d["code"] == "numbering_gap"] == jumps
