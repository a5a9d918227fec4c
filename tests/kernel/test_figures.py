"""Figures as they are typed and read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nep.kernel.figures import read_figure, write_figure


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("0", "0"),
        ("40", "40"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        (" 12 345,50 ", "12345.5"),
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234.567", "1234567"),
        ("-3", "-3"),
        ("−3,25", "-3.25"),
        ("007", "7"),
    ],
)
def test_what_is_typed_is_read_as_in_vietnamese(typed: str, figure: str) -> None:
    assert read_figure(typed) == Decimal(figure)


@pytest.mark.parametrize(
    "typed", ["", "ba", "1e5", "1,234.5", "1.23.456", "12.", ",5", "1,2,3", "NaN", "5 %"]
)
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a figure"):
        read_figure(typed)


@pytest.mark.parametrize(
    ("figure", "written"),
    [
        (4841, "4.841"),
        (Decimal("2.50"), "2,5"),
        (Decimal("-0.25"), "−0,25"),
        (Decimal("-1906551"), "−1.906.551"),
        (Decimal("1E+3"), "1.000"),
        (0, "0"),
    ],
)
def test_figures_are_written_with_points_and_a_comma(figure: Decimal | int, written: str) -> None:
    assert write_figure(figure) == written


def test_what_is_written_is_read_back() -> None:
    for figure in ("0", "1234.5", "-12", "1000000.01"):
        assert read_figure(write_figure(Decimal(figure))) == Decimal(figure)
