"""How a document relates to one that it names."""

from __future__ import annotations

import pytest

from nep.documents.domain.review.relations import number_key, relation_of


@pytest.mark.parametrize(
    ("before", "number", "relation"),
    [
        ("Thực hiện ", "12/KH-BNV", "carries_out"),
        ("Căn cứ ", "88/QĐ-UBND", "cites"),
        ("Căn cứ nghị quyết về việc thực hiện ", "88/QĐ-UBND", "cites"),
        ("Thực hiện ", "80/2015/QH13", "cites"),
        ("Quyết định này thay thế ", "88/QĐ-UBND", "replaces"),
        ("Nghị định sửa đổi, bổ sung một số điều của ", "30/2020/NĐ-CP", "amends"),
        ("Các đơn vị đã thực hiện tốt. Xem thêm ", "9/KH-UBND", "cites"),
    ],
)
def test_the_words_before_decide(before: str, number: str, relation: str) -> None:
    text = f"{before}Văn bản số {number} ngày 01/02/2026"
    assert relation_of(text, len(before), number, None) == relation


def test_numbers_are_compared_in_one_spelling() -> None:
    assert number_key("13 /kh–ubnd") == number_key("13/KH-UBND") != number_key("14/KH-UBND")
