"""What evidence must show before it may be sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nep.movements.domain.evidence import Asked, Content, Problem, problems

ON = date(2026, 3, 2)
TOLD = Content(happened_on=ON, text="Đã họp phổ biến toàn cơ quan.")
SHARE = Asked(share=True)


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (TOLD, Asked("any")),
        (replace(TOLD, text="", link="https://example.vn/tin"), Asked("any")),
        (TOLD, Asked("report")),
        (replace(TOLD, text="", files=1), Asked("report")),
        (replace(TOLD, files=1), Asked("document")),
        (replace(TOLD, text="", link="https://example.vn/vb"), Asked("document")),
        (replace(TOLD, text="", photos=2), Asked("photo")),
        (replace(TOLD, text="", numerator=Decimal(0)), Asked("figures")),
        (replace(TOLD, text="", numerator=Decimal(0), denominator=Decimal(40)), SHARE),
        (replace(TOLD, text="", numerator=Decimal(3)), Asked(counted_in="hội nghị")),
        (replace(TOLD, text="Kỳ này không có đối tượng.", nothing=True), Asked("photo")),
    ],
)
def test_what_shows_what_was_asked_may_go(content: Content, asked: Asked) -> None:
    assert problems(content, asked, on=ON) == ()


@pytest.mark.parametrize(
    ("content", "asked", "field"),
    [
        (replace(TOLD, text=" "), Asked("any"), "text"),
        (replace(TOLD, text=""), Asked("report"), "text"),
        (TOLD, Asked("document"), "attached"),
        (replace(TOLD, files=1), Asked("photo"), "attached"),
        (TOLD, Asked("figures"), "numerator"),
        (replace(TOLD, numerator=Decimal(4)), SHARE, "denominator"),
        (replace(TOLD, denominator=Decimal(4)), Asked("any"), "numerator"),
        (replace(TOLD, numerator=Decimal(5), denominator=Decimal(4)), SHARE, "numerator"),
        (replace(TOLD, numerator=Decimal(0), denominator=Decimal(0)), SHARE, "denominator"),
        (replace(TOLD, numerator=Decimal(-1)), Asked("figures"), "numerator"),
        (replace(TOLD, happened_on=date(2026, 3, 3)), Asked("any"), "happened_on"),
        (replace(TOLD, text="", nothing=True), Asked("any"), "text"),
        (replace(TOLD, nothing=True, numerator=Decimal(0)), SHARE, "nothing"),
        (replace(TOLD, nothing=True, photos=1), Asked("photo"), "nothing"),
    ],
)
def test_each_gap_is_named_at_its_field(content: Content, asked: Asked, field: str) -> None:
    assert [problem.field for problem in problems(content, asked, on=ON)] == [field]


def test_all_gaps_are_told_at_once() -> None:
    found = problems(Content(happened_on=date(2026, 3, 9)), SHARE, on=ON)
    assert found[0] == Problem("happened_on", "Ngày thực hiện chưa đến. Hôm nay là 02/03/2026.")
    assert [problem.field for problem in found] == ["happened_on", "numerator", "denominator", "text"]
