"""Short names."""

from __future__ import annotations

import pytest

from nep.documents.domain.review.titles import (
    agency_name,
    document_title,
    sentence_case,
    shortened,
    target_name,
    task_title,
)


@pytest.mark.parametrize(
    ("text", "actors", "title"),
    [
        (
            "1. Sở Nội vụ chủ trì, phối hợp với Sở Y tế lập danh mục việc; trình ký.",
            ["Sở Nội vụ", "Sở Y tế"],
            "Lập danh mục việc",
        ),
        (
            "- Trạm Truyền thanh có trách nhiệm phát tin buổi sáng, hoàn thành trước ngày 31/3/2026",
            ["Trạm Truyền thanh"],
            "Phát tin buổi sáng",
        ),
        (
            "Hằng quý, tổ chức buổi nói chuyện về nếp làm việc nhằm rút kinh nghiệm chung",
            [],
            "Tổ chức buổi nói chuyện về nếp làm việc",
        ),
        ("Sở Y tế", ["Sở Y tế"], "Sở Y tế"),
    ],
)
def test_a_task_is_named_by_its_act(text: str, actors: list[str], title: str) -> None:
    assert task_title(text, actors) == title


def test_a_target_is_named_without_its_figure() -> None:
    assert target_name("Phấn đấu trên 95,5% hộ dân biết nội quy chợ") == "Hộ dân biết nội quy chợ"
    assert target_name("100%") == "100%"


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("KẾ HOẠCH Trồng cây quanh trụ sở.", "Trồng cây quanh trụ sở"),
        ("Kế hoạch Trồng cây quanh trụ sở (05/04/2026 08:00 AM)", "Trồng cây quanh trụ sở"),
        ("Kế hoạch trồng cây", "Kế hoạch trồng cây"),
        ("TRỒNG CÂY QUANH UBND XÃ", "Trồng cây quanh UBND xã"),
    ],
)
def test_a_document_is_named_by_what_it_is_about(title: str, named: str) -> None:
    assert document_title(title) == named


def test_agencies_of_letterheads() -> None:
    names = ["THÀNH PHỐ HẢI NINH", "UBND XÃ MƯỜNG KHE", "Sở Y tế", "BỘ NỘI VỤ"]
    assert [agency_name(name) for name in names] == [
        "Thành phố Hải Ninh",
        "UBND xã Mường Khe",
        "Sở Y tế",
        "Bộ Nội vụ",
    ]


def test_long_words_end_at_a_blank() -> None:
    assert shortened("một hai ba bốn", 9) == "một hai…"
    assert sentence_case("") == ""
