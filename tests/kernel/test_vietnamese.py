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


def test_numbers_in_names_are_counted() -> None:
    names = ["Tổ 10", "Tổ 2B", "Tổ 02", "Tổ 100", "Tổ 9", "Tổ Một", "Tổ 2A"]
    ordered = ["Tổ 02", "Tổ 2A", "Tổ 2B", "Tổ 9", "Tổ 10", "Tổ 100", "Tổ Một"]
    assert sorted(names, key=sort_key) == ordered


@given(st.integers(min_value=0), st.integers(min_value=0))
def test_greater_numbers_come_later(one: int, other: int) -> None:
    assert (sort_key(f"Tổ {one}") < sort_key(f"Tổ {other}")) == (one < other)


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
