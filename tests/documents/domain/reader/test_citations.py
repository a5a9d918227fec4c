"""Cited documents, with and without number."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader import read


def cited(original: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(c["number"], c["name"], c["date"]) for c in read(original).as_json()["citations"]]


@pytest.mark.parametrize(
    ("words", "number", "date"),
    [
        ("Quyết định số 418/QĐ-UBND ngày 05/02/2024 của UBND tỉnh", "418/QĐ-UBND", "2024-02-05"),
        ("Nghị định số 15/2023/NĐ-CP ngày 9 tháng 4 năm 2023 của Chính phủ", "15/2023/NĐ-CP", "2023-04-09"),
        ("Kế hoạch số 21- KH/TĐ ngày 8-3-2020", "21-KH/TĐ", "2020-03-08"),
        ("Nghị quyết số 8c/NQ-CP của Chính phủ ngày 6/7/2011", "8c/NQ-CP", "2011-07-06"),
        ("Chỉ thị 05-CT/TW của Bộ Chính trị", "05-CT/TW", None),
        ("Công văn số 312 ngày 4/4/2022", "312", "2022-04-04"),
        ("Quyết định số 12/QĐ-TTg năm 2020", "12/QĐ-TTg", None),
        ("Kế hoạch số /KH-SGD ngày tháng 7 năm 2026", "/KH-SGD", None),
    ],
)
def test_number_and_date(words: str, number: str, date: str | None) -> None:
    assert cited(f"Các phòng thực hiện theo {words}.") == [(number, None, date)]


def test_date_at_the_head_of_the_sentence() -> None:
    original = (
        "Kính gửi: Các phòng\nNgày 3 tháng 5 năm 2023, Sở Nội vụ đã ban hành Công văn số"
        " 90/SNV-VP về giờ làm việc."
    )
    assert cited(original) == [("90/SNV-VP", None, "2023-05-03")]


def test_each_once_and_inside_titles() -> None:
    original = (
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 1/2/2023 của UBND tỉnh về triển khai Quyết định số"
        " 7/QĐ-TTg của Thủ tướng"
        " Chính phủ; theo Kế hoạch số 9/KH-UBND và các Quyết định số 5/QĐ-UBND ngày 3/3/2022, số"
        " 6/QĐ-UBND ngày 4/4/2022."
    )
    assert cited(original) == [
        ("9/KH-UBND", None, "2023-02-01"),
        ("7/QĐ-TTg", None, None),
        ("5/QĐ-UBND", None, "2022-03-03"),
        ("6/QĐ-UBND", None, "2022-04-04"),
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Luật Cán bộ, công chức và Luật Viên chức", ["Luật Cán bộ, công chức", "Luật Viên chức"]),
        (
            "Luật Thực hành tiết kiệm, chống lãng phí; Luật Đất đai năm 2024",
            ["Luật Thực hành tiết kiệm, chống lãng phí", "Luật Đất đai"],
        ),
        ("Bộ luật Lao động và các văn bản khác", ["Bộ luật Lao động"]),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Giáo dục",
            ["Luật sửa đổi, bổ sung một số điều của Luật Giáo dục"],
        ),
        ("quy định của pháp luật và luật này, Hội Luật gia", []),
    ],
)
def test_laws(words: str, names: list[str]) -> None:
    assert cited(f"Các đơn vị chấp hành {words}.") == [(None, name, None) for name in names]


def test_law_with_a_day_and_law_with_a_number() -> None:
    original = (
        "Căn cứ Luật Viên chức ngày 15 tháng 11 năm 2010;\nCăn cứ Luật Lưu trữ số 33/2024/QH15;"
        " theo Luật Lưu trữ."
    )
    assert cited(original) == [(None, "Luật Viên chức", "2010-11-15"), ("33/2024/QH15", None, None)]


def test_numbered_law_with_a_comma_in_its_name_is_one_citation() -> None:
    original = "Căn cứ Luật Thi đua, khen thưởng số 6/2022/QH15; theo Luật Thi đua, khen thưởng."
    answer = read(original).as_json()
    assert [c["text"] for c in answer["citations"]] == ["Luật Thi đua, khen thưởng số 6/2022/QH15"]


def test_amending_laws_of_one_name_are_told_by_date() -> None:
    answer = read(
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Báo chí ngày "
        "12/6/1999; Luật sửa đổi, bổ sung một số điều của "
        "Luật Báo chí ngày 4/8/2007; Luật Tổ chức HĐND và UBND (sửa đổi) ngày 21/6/1994;"
    ).as_json()
    assert [c["date"] for c in answer["citations"]] == ["1999-06-12", "2007-08-04", "1994-06-21"]
