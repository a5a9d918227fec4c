"""Deadlines by their parts."""

from __future__ import annotations

from datetime import date

import pytest

from nep.documents.domain.review.when import (
    KINDS,
    MissingPart,
    When,
    as_worded,
    in_words,
    rule_of,
    valid_rule,
    when_of,
)

RULES = [
    "",
    "before:2026-12-10",
    "by:2026-12-10",
    "on:2026-09-02",
    "effective:2026-01-01",
    "before:2026-08",
    "in:2026-08",
    "in:2026-Q4",
    "in:2027",
    "period:2026..2030",
    "yearly",
    "yearly:before:12-15",
    "yearly:by:12-15",
    "yearly:on:10-28",
    "half-yearly",
    "half-yearly:before:06-20",
    "half-yearly:by:06-20",
    "quarterly",
    "quarterly:before:20",
    "quarterly:by:20",
    "monthly",
    "monthly:before:05",
    "monthly:by:05",
    "weekly",
    "prompt",
    "periodic",
]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_comes_back_from_its_parts(rule: str) -> None:
    assert rule_of(when_of(rule)) == rule


def test_every_kind_has_words() -> None:
    assert {when_of(rule).kind for rule in RULES} | {"half-yearly_on"} == {kind for kind, _ in KINDS}


@pytest.mark.parametrize(
    ("when", "field", "sentence"),
    [
        (When("before_day"), "day", "Chọn ngày."),
        (When("in_quarter", year=2026), "quarter", "Chọn quý."),
        (When("in_year"), "year", "Ghi năm, ví dụ 2026."),
        (When("yearly", month=12), "day_of_month", "Ghi ngày trong tháng, từ 1 đến 31."),
        (When("period", year=2028, last_year=2026), "last_year", "Năm cuối phải từ năm đầu trở đi."),
        (When("yearly", day_of_month=31, month=13), "day_of_month", "Không có ngày này trong lịch."),
    ],
)
def test_what_is_missing_names_its_field(when: When, field: str, sentence: str) -> None:
    with pytest.raises(MissingPart) as refused:
        rule_of(when)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_an_impossible_rule_is_none() -> None:
    assert (valid_rule("before:2026-02-30"), when_of("before:2026-02-30"), in_words("sometime")) == (
        "",
        When(),
        "",
    )


def test_the_day_is_a_day() -> None:
    assert when_of("on:2026-09-02") == When("on_day", day=date(2026, 9, 2))


@pytest.mark.parametrize(
    ("rule", "words", "kept"),
    [
        ("before:2026-12-15", "chậm nhất ngày 15/12/2026", "by:2026-12-15"),
        ("before:2026-12-15", "Chậm nhất là ngày 15/12/2026", "by:2026-12-15"),
        ("before:2026-04-25", "muộn nhất là ngày 25/4/2026", "by:2026-04-25"),
        ("before:2026-06-30", "không muộn hơn ngày 30/6/2026", "by:2026-06-30"),
        ("before:2026-07-05", "không quá ngày 05/7/2026", "by:2026-07-05"),
        ("before:2026-05-31", "đến hết ngày 31/5/2026", "by:2026-05-31"),
        ("before:2026-05-30", "đến ngày 30/5/2026", "by:2026-05-30"),
        ("yearly:before:12-10", "hằng năm gửi về Sở Nội vụ chậm nhất vào ngày 10/12", "yearly:by:12-10"),
        ("quarterly:before:20", "định kỳ hằng quý, chậm nhất ngày 20", "quarterly:by:20"),
        ("monthly:before:05", "chậm nhất ngày 05 hằng tháng", "monthly:by:05"),
        ("before:2026-03-20", "trước ngày 20/3/2026", "before:2026-03-20"),
        ("before:2026-03-20", "chậm nhất trước ngày 20/3/2026", "before:2026-03-20"),
        ("before:2026-03-20", "20/3/2026", "before:2026-03-20"),
        ("before:2026-08", "đến hết tháng 8/2026", "before:2026-08"),
        ("on:2026-09-02", "chậm nhất ngày 02/9/2026", "on:2026-09-02"),
        ("yearly:before:02-30", "chậm nhất ngày 30/2", "yearly:before:02-30"),
        ("prompt", "chậm nhất", "prompt"),
        ("", "chậm nhất", ""),
    ],
)
def test_by_a_day_is_kept_apart_from_before_it(rule: str, words: str, kept: str) -> None:
    assert as_worded(rule, words) == kept
