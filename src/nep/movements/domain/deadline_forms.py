"""A deadline rule as two friendly controls, and back: "Hằng năm, trước ngày" with "15/12" is one rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from nep.kernel.errors import RuleError
from nep.kernel.rhythm import Rule

_DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})"
_DAY_MONTH = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})"
_MONTH = r"(?:tháng\s*)?(\d{1,2})\s*[/.-]\s*(\d{4})"
_QUARTER = r"(?:quý\s*)?(I{1,3}|IV|[1-4])\s*[/.-]\s*(\d{4})"
_YEAR = r"(\d{4})"
_YEARS = r"(\d{4})\s*(?:[–-]|\.\.|đến)\s*(\d{4})"
_DAY_OF_MONTH = r"(?:ngày\s*)?(\d{1,2})"
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_LATIN = {str(number): roman for roman, number in _ROMAN.items()}


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """One way to say a deadline: its label, how "when" is typed, an example; no pattern: nothing to type."""

    code: str
    label: str
    pattern: str = ""
    example: str = ""
    to_rule: Callable[..., str] = lambda: ""
    from_rule: str = ""
    to_text: Callable[..., str] = lambda: ""


def _day(head: str) -> Callable[[str, str, str], str]:
    return lambda day, month, year: f"{head}:{year}-{int(month):02d}-{int(day):02d}"


def _day_text(year: str, month: str, day: str) -> str:
    return f"{day}/{month}/{year}"


def _month(head: str) -> Callable[[str, str], str]:
    return lambda month, year: f"{head}:{year}-{int(month):02d}"


def _yearly(head: str) -> Callable[[str, str], str]:
    return lambda day, month: f"{head}:{int(month):02d}-{int(day):02d}"


def _flipped(first: str, second: str) -> str:
    return f"{second}/{first}"


_ISO = r"(\d{4})-(\d{2})-(\d{2})"

KINDS: tuple[DeadlineKind, ...] = (
    DeadlineKind("none", "Không đặt hạn"),
    DeadlineKind(
        "before_day", "Trước một ngày", _DAY, "30/11/2026", _day("before"), f"before:{_ISO}", _day_text
    ),
    DeadlineKind("by_day", "Chậm nhất một ngày", _DAY, "30/11/2026", _day("by"), f"by:{_ISO}", _day_text),
    DeadlineKind("on_day", "Vào một ngày", _DAY, "19/5/2026", _day("on"), f"on:{_ISO}", _day_text),
    DeadlineKind(
        "before_month",
        "Chậm nhất hết tháng",
        _MONTH,
        "11/2026",
        _month("before"),
        r"before:(\d{4})-(\d{2})",
        _flipped,
    ),
    DeadlineKind("month", "Trong một tháng", _MONTH, "5/2026", _month("in"), r"in:(\d{4})-(\d{2})", _flipped),
    DeadlineKind(
        "quarter",
        "Trong một quý",
        _QUARTER,
        "II/2026",
        lambda quarter, year: f"in:{year}-Q{_ROMAN.get(quarter.upper(), quarter)}",
        r"in:(\d{4})-Q([1-4])",
        lambda year, quarter: f"{_LATIN[quarter]}/{year}",
    ),
    DeadlineKind(
        "year", "Trong một năm", _YEAR, "2026", lambda year: f"in:{year}", r"in:(\d{4})", lambda year: year
    ),
    DeadlineKind(
        "years",
        "Cả giai đoạn",
        _YEARS,
        "2026–2030",
        lambda first, last: f"period:{first}..{last}",
        r"period:(\d{4})\.\.(\d{4})",
        lambda first, last: f"{first}–{last}",
    ),
    DeadlineKind("yearly", "Hằng năm", to_rule=lambda: "yearly", from_rule="yearly"),
    DeadlineKind(
        "yearly_before",
        "Hằng năm, trước ngày",
        _DAY_MONTH,
        "15/12",
        _yearly("yearly:before"),
        r"yearly:before:(\d{2})-(\d{2})",
        _flipped,
    ),
    DeadlineKind(
        "yearly_by",
        "Hằng năm, chậm nhất ngày",
        _DAY_MONTH,
        "15/12",
        _yearly("yearly:by"),
        r"yearly:by:(\d{2})-(\d{2})",
        _flipped,
    ),
    DeadlineKind(
        "yearly_on",
        "Hằng năm, vào ngày",
        _DAY_MONTH,
        "10/10",
        _yearly("yearly:on"),
        r"yearly:on:(\d{2})-(\d{2})",
        _flipped,
    ),
    DeadlineKind("half_yearly", "6 tháng một lần", to_rule=lambda: "half-yearly", from_rule="half-yearly"),
    DeadlineKind(
        "half_yearly_before",
        "6 tháng một lần, trước ngày",
        _DAY_MONTH,
        "15/6",
        _yearly("half-yearly:before"),
        r"half-yearly:before:(\d{2})-(\d{2})",
        _flipped,
    ),
    DeadlineKind(
        "half_yearly_by",
        "6 tháng một lần, chậm nhất ngày",
        _DAY_MONTH,
        "15/6",
        _yearly("half-yearly:by"),
        r"half-yearly:by:(\d{2})-(\d{2})",
        _flipped,
    ),
    DeadlineKind(
        "half_yearly_on",
        "6 tháng một lần, vào ngày",
        _DAY_MONTH,
        "30/6",
        _yearly("half-yearly:on"),
        r"half-yearly:on:(\d{2})-(\d{2})",
        _flipped,
    ),
    DeadlineKind("quarterly", "Hằng quý", to_rule=lambda: "quarterly", from_rule="quarterly"),
    DeadlineKind(
        "quarterly_before",
        "Hằng quý, trước ngày (tháng cuối quý)",
        _DAY_OF_MONTH,
        "20",
        lambda day: f"quarterly:before:{int(day):02d}",
        r"quarterly:before:(\d{2})",
        lambda day: day,
    ),
    DeadlineKind(
        "quarterly_by",
        "Hằng quý, chậm nhất ngày (tháng cuối quý)",
        _DAY_OF_MONTH,
        "20",
        lambda day: f"quarterly:by:{int(day):02d}",
        r"quarterly:by:(\d{2})",
        lambda day: day,
    ),
    DeadlineKind("monthly", "Hằng tháng", to_rule=lambda: "monthly", from_rule="monthly"),
    DeadlineKind(
        "monthly_before",
        "Hằng tháng, trước ngày",
        _DAY_OF_MONTH,
        "20",
        lambda day: f"monthly:before:{int(day):02d}",
        r"monthly:before:(\d{2})",
        lambda day: day,
    ),
    DeadlineKind(
        "monthly_by",
        "Hằng tháng, chậm nhất ngày",
        _DAY_OF_MONTH,
        "20",
        lambda day: f"monthly:by:{int(day):02d}",
        r"monthly:by:(\d{2})",
        lambda day: day,
    ),
    DeadlineKind(
        "month_working_day",
        "Hằng tháng, ngày làm việc thứ",
        r"(\d{1,2})",
        "5",
        lambda number: f"month:working-day:{int(number)}",
        r"month:working-day:(\d{1,2})",
        lambda number: number,
    ),
    DeadlineKind("weekly", "Hằng tuần", to_rule=lambda: "weekly", from_rule="weekly"),
    DeadlineKind("periodic", "Định kỳ, chưa rõ nhịp", to_rule=lambda: "periodic", from_rule="periodic"),
    DeadlineKind("prompt", "Kịp thời, ngay khi phát sinh", to_rule=lambda: "prompt", from_rule="prompt"),
    DeadlineKind(
        "effective",
        "Có hiệu lực từ ngày",
        _DAY,
        "01/7/2026",
        _day("effective"),
        f"effective:{_ISO}",
        _day_text,
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}


def to_rule(code: str, when: str) -> str:
    """The deadline rule of two controls; "" for no deadline.

    Raises: RuleError that says how to type it.

    >>> to_rule("yearly_before", "15/12")
    'yearly:before:12-15'
    """
    kind = BY_CODE.get(code)
    if kind is None:
        raise RuleError("Chọn một kiểu thời hạn trong danh sách.")
    if not kind.pattern:
        return kind.to_rule()
    match = re.fullmatch(kind.pattern, when.strip(), re.IGNORECASE)
    if match is None:
        raise RuleError(f"{kind.label}: nhập theo mẫu {kind.example}.")
    try:
        return Rule(kind.to_rule(*match.groups())).text
    except ValueError as error:
        raise RuleError(f"{kind.label}: không có “{when.strip()}”. Nhập theo mẫu {kind.example}.") from error


def to_controls(rule: str) -> tuple[str, str]:
    """The two controls of a deadline rule.

    Raises: ValueError for a rule that is none.

    >>> to_controls("in:2026-Q2")
    ('quarter', 'II/2026')
    """
    if not rule:
        return "none", ""
    for kind in KINDS:
        match = re.fullmatch(kind.from_rule, rule) if kind.from_rule else None
        if match:
            return kind.code, kind.to_text(*match.groups())
    raise ValueError(f"unknown deadline rule: {rule}")


def rule_in_words(rule: str) -> str:
    """The rule as people say it; "" when there is none."""
    return Rule(rule).in_words() if rule else ""
