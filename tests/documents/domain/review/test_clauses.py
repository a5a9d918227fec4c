"""The clause around a count becomes the name of its target."""

import pytest

from nep.documents.domain.review.titles import clause_around


@pytest.mark.parametrize(
    ("text", "words", "clause"),
    [
        ("I. CHỈ TIÊU\n4. Mỗi năm kiểm tra 6 đơn vị.\nII. VIỆC", "6 đơn vị", "Mỗi năm kiểm tra 6 đơn vị"),
        ("- Mở 3 lớp bồi dưỡng; thưởng 2 tập thể.", "2 tập thể", "thưởng 2 tập thể"),
        ("Trong năm: tổ chức 4 hội nghị", "4 hội nghị", "tổ chức 4 hội nghị"),
        ("Đến 30.6 có 5 mô hình. Sau đó nhân rộng.", "5 mô hình", "Đến 30.6 có 5 mô hình"),
    ],
)  # fmt: skip
def test_the_clause_around_a_count(text: str, words: str, clause: str) -> None:
    start = text.index(words)
    assert clause_around(text, start, start + len(words)) == clause
