"""Deadlines typed by people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.kernel.errors import RuleError
from nep.kernel.rhythm import Rule
from nep.movements.domain.deadline_forms import BY_CODE, KINDS, rule_in_words, to_controls, to_rule

RULES = (
    "",
    "before:2026-11-30",
    "by:2026-11-30",
    "on:2026-05-19",
    "effective:2026-07-01",
    "before:2026-11",
    "in:2026-05",
    "in:2026-Q2",
    "in:2026",
    "period:2026..2030",
    "yearly",
    "yearly:before:12-15",
    "yearly:by:12-15",
    "yearly:on:10-10",
    "half-yearly",
    "half-yearly:before:06-15",
    "half-yearly:by:06-15",
    "half-yearly:on:06-30",
    "quarterly",
    "quarterly:before:20",
    "quarterly:by:20",
    "monthly",
    "monthly:before:05",
    "monthly:by:05",
    "month:working-day:5",
    "weekly",
    "periodic",
    "prompt",
)


@pytest.mark.parametrize("rule", RULES)
def test_every_form_of_a_rule_comes_back_as_it_was(rule: str) -> None:
    assert to_rule(*to_controls(rule)) == rule


def test_every_kind_is_reached_by_some_rule() -> None:
    assert {to_controls(rule)[0] for rule in RULES} == set(BY_CODE)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.pattern], ids=lambda kind: kind.code)
def test_the_example_of_a_kind_is_right(kind) -> None:  # type: ignore[no-untyped-def] -- a parameter of pytest
    assert to_controls(to_rule(kind.code, kind.example))[0] == kind.code


@pytest.mark.parametrize(
    ("code", "when", "rule"),
    [
        ("before_day", " 1.2.2026 ", "before:2026-02-01"),
        ("quarter", "quý iv/2026", "in:2026-Q4"),
        ("quarter", "2/2026", "in:2026-Q2"),
        ("month", "tháng 5/2026", "in:2026-05"),
        ("years", "2026 đến 2030", "period:2026..2030"),
        ("monthly_before", "ngày 5", "monthly:before:05"),
        ("monthly_by", "5", "monthly:by:05"),
        ("month_working_day", " 5 ", "month:working-day:5"),
    ],
)
def test_what_people_type(code: str, when: str, rule: str) -> None:
    assert to_rule(code, when) == rule


@pytest.mark.parametrize(
    ("code", "when", "sentence"),
    [
        ("before_day", "15/12", "Trước một ngày: nhập theo mẫu 30/11/2026."),
        ("before_day", "31/2/2026", "Trước một ngày: không có “31/2/2026”. Nhập theo mẫu 30/11/2026."),
        ("yearly_before", "", "Hằng năm, trước ngày: nhập theo mẫu 15/12."),
        ("monthly_before", "40", "Hằng tháng, trước ngày: không có “40”. Nhập theo mẫu 20."),
        ("month_working_day", "24", "Hằng tháng, ngày làm việc thứ: không có “24”. Nhập theo mẫu 5."),
        ("sometimes", "", "Chọn một kiểu thời hạn trong danh sách."),
    ],
)
def test_a_wrong_entry_is_told_how_to_write_it(code: str, when: str, sentence: str) -> None:
    with pytest.raises(RuleError) as refused:
        to_rule(code, when)
    assert refused.value.reason == sentence


@given(st.sampled_from([kind.code for kind in KINDS]), st.text(max_size=12))
def test_whatever_is_typed_gives_a_rule_or_a_refusal(code: str, when: str) -> None:
    try:
        rule = to_rule(code, when)
    except RuleError:
        return
    assert rule == "" or Rule(rule).text == rule


def test_a_rule_in_words() -> None:
    assert (rule_in_words(""), rule_in_words("yearly:before:12-15")) == ("", "trước ngày 15/12 hằng năm")
