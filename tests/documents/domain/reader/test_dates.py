"""Dates in all the ways of writing them."""

from __future__ import annotations

import pytest

from nep.documents.domain.reader.dates import find_dates


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("ngày 23 tháng 4 năm 2018", ["2018-04-23"]),
        ("ngày 05/9/2013 và 4-1-2014", ["2013-09-05", "2014-01-04"]),
        ("trước ngày 15/12", ["2024-12-15"]),
        ("ngày 17-4", ["2024-04-17"]),
        ("đến 30/6 gửi", ["2024-06-30"]),
        ("tháng 7/2018, tháng 8 năm 2019, đến hết 9/2020", ["2018-07", "2019-08", "2020-09"]),
        ("quý iv/2018; quý ii năm 2019; quý 3", ["2018-Q4", "2019-Q2", "2024-Q3"]),
        ("trong năm 2025", ["2025"]),
        ("6/20 phường, 5-7 người, số 61/2018/nđ-cp, tỷ lệ 1/3", []),
    ],
)
def test_values(words: str, values: list[str]) -> None:
    assert [date.iso(2024) for date in find_dates(words)] == values


def test_grain_and_place() -> None:
    (date,) = find_dates("xong trước ngày 15/12 hằng năm")
    assert ("xong trước ngày 15/12 hằng năm"[date.start : date.end], date.grain, date.year) == (
        "ngày 15/12", "day", None
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "real"),
    [("ngày 31/4/2020", False), ("ngày 29/2", True), ("ngày 29/02/2023", False), ("ngày 3/13/2023", False)],
)  # fmt: skip
def test_days_that_do_not_exist(words: str, real: bool) -> None:
    assert find_dates(words)[0].exists is real


def test_year_unknown() -> None:
    assert find_dates("trước ngày 15/12")[0].iso() is None
