"""Vietnamese text: folding, order of letters, order of names."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.vietnamese import fold, name_sort_key, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Văn Đức", "nguyen van duc"),
        ("  Ủy ban\tnhân  dân ", "uy ban nhan dan"),
        ("13/KH-UBND", "13 kh ubnd"),
        ("Ặ Ễ Ỷ Ỗ Ẫ", "a e y o a"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_fold_is_the_same_for_both_unicode_forms(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(st.text())
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_letters_go_before_tones() -> None:
    words = ["đa", "dạ", "da", "dã", "dả", "dá", "dà", "dăm", "dâm", "dam"]
    assert sorted(words, key=sort_key) == ["da", "dà", "dả", "dã", "dá", "dạ", "dam", "dăm", "dâm", "đa"]


def test_people_are_listed_by_given_name() -> None:
    names = ["Trần Thị Ý", "Lê Văn Bình", "Nguyễn Ánh", "Bùi An", "Đỗ Thị An", "Đinh Văn Ân"]
    assert sorted(names, key=name_sort_key) == [
        "Bùi An",
        "Đỗ Thị An",
        "Nguyễn Ánh",
        "Đinh Văn Ân",
        "Lê Văn Bình",
        "Trần Thị Ý",
    ]  # fmt: skip -- one line shows the order
