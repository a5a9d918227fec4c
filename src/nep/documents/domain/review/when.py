"""Deadline rules as an officer fills them in: a kind and the parts of a date, never the written code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nep.kernel.rhythm import Rule
from nep.kernel.vietnamese import fold

KINDS: tuple[tuple[str, str], ...] = (
    ("", "Không ghi thời hạn"),
    ("before_day", "Trước một ngày"),
    ("by_day", "Chậm nhất một ngày"),
    ("on_day", "Đúng một ngày"),
    ("before_month", "Chậm nhất hết một tháng"),
    ("in_month", "Trong một tháng"),
    ("in_quarter", "Trong một quý"),
    ("in_year", "Trong một năm"),
    ("period", "Cả giai đoạn"),
    ("yearly", "Hằng năm"),
    ("yearly_by", "Chậm nhất một ngày hằng năm"),
    ("yearly_on", "Đúng một ngày hằng năm"),
    ("half-yearly", "6 tháng một lần"),
    ("half-yearly_by", "Chậm nhất một ngày mỗi 6 tháng"),
    ("half-yearly_on", "Đúng một ngày mỗi 6 tháng"),
    ("quarterly", "Hằng quý"),
    ("quarterly_by", "Chậm nhất một ngày hằng quý"),
    ("monthly", "Hằng tháng"),
    ("monthly_by", "Chậm nhất một ngày hằng tháng"),
    ("weekly", "Hằng tuần"),
    ("prompt", "Kịp thời, ngay khi phát sinh"),
    ("periodic", "Định kỳ, chưa rõ nhịp"),
    ("effective", "Có hiệu lực từ một ngày"),
)
# "Chậm nhất", "muộn nhất", "đến hết ngày": in time on the day; "trước" in the same words has the last say.
_BY = re.compile(r"\b(?:(?:cham|muon) (?:nhat|hon)|khong qua|(?:den|het|den het) ngay|den het)\b")
_BEFORE = re.compile(r"\btruoc\b")
# Which further fields each kind asks for; a rhythm may go without them.
ASKS: dict[str, tuple[str, ...]] = {
    "before_day": ("day",),
    "by_day": ("day",),
    "on_day": ("day",),
    "effective": ("day",),
    "before_month": ("month", "year"),
    "in_month": ("month", "year"),
    "in_quarter": ("quarter", "year"),
    "in_year": ("year",),
    "period": ("year", "last_year"),
    "yearly": ("day_of_month", "month"),
    "half-yearly": ("day_of_month", "month"),
    "yearly_by": ("day_of_month", "month"),
    "half-yearly_by": ("day_of_month", "month"),
    "yearly_on": ("day_of_month", "month"),
    "half-yearly_on": ("day_of_month", "month"),
    "quarterly": ("day_of_month",),
    "quarterly_by": ("day_of_month",),
    "monthly": ("day_of_month",),
    "monthly_by": ("day_of_month",),
}
_OPTIONAL = frozenset({"yearly", "half-yearly", "quarterly", "monthly"})
_MISSING = {
    "day": "Chọn ngày.",
    "month": "Chọn tháng.",
    "quarter": "Chọn quý.",
    "year": "Ghi năm, ví dụ 2026.",
    "last_year": "Ghi năm cuối của giai đoạn.",
    "day_of_month": "Ghi ngày trong tháng, từ 1 đến 31.",
}
_NUMBERS = ("day_of_month", "month", "quarter", "year", "last_year")
_DATED = re.compile(r"(before|by|on|effective):(\d{4}-\d{2}-\d{2})$")
_FORMS: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"before:(\d{4})-(\d{2})$"), "before_month", ("year", "month")),
    (re.compile(r"in:(\d{4})-(\d{2})$"), "in_month", ("year", "month")),
    (re.compile(r"in:(\d{4})-Q([1-4])$"), "in_quarter", ("year", "quarter")),
    (re.compile(r"in:(\d{4})$"), "in_year", ("year",)),
    (re.compile(r"period:(\d{4})\.\.(\d{4})$"), "period", ("year", "last_year")),
    (re.compile(r"yearly:before:(\d{2})-(\d{2})$"), "yearly", ("month", "day_of_month")),
    (re.compile(r"yearly:by:(\d{2})-(\d{2})$"), "yearly_by", ("month", "day_of_month")),
    (re.compile(r"yearly:on:(\d{2})-(\d{2})$"), "yearly_on", ("month", "day_of_month")),
    (re.compile(r"half-yearly:before:(\d{2})-(\d{2})$"), "half-yearly", ("month", "day_of_month")),
    (re.compile(r"half-yearly:by:(\d{2})-(\d{2})$"), "half-yearly_by", ("month", "day_of_month")),
    (re.compile(r"half-yearly:on:(\d{2})-(\d{2})$"), "half-yearly_on", ("month", "day_of_month")),
    (re.compile(r"quarterly:before:(\d{2})$"), "quarterly", ("day_of_month",)),
    (re.compile(r"quarterly:by:(\d{2})$"), "quarterly_by", ("day_of_month",)),
    (re.compile(r"monthly:before:(\d{2})$"), "monthly", ("day_of_month",)),
    (re.compile(r"monthly:by:(\d{2})$"), "monthly_by", ("day_of_month",)),
)


@dataclass(frozen=True, slots=True)
class When:
    """The parts of a deadline rule: `kind` is one of KINDS, the rest None where the kind does not ask."""

    kind: str = ""
    day: date | None = None
    day_of_month: int | None = None
    month: int | None = None
    quarter: int | None = None
    year: int | None = None
    last_year: int | None = None


class MissingPart(ValueError):
    """A part of the date is missing or impossible: which field, and what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


def valid_rule(text: str) -> str:
    """The rule itself, or "" when it names a day that does not exist."""
    try:
        return Rule(text).text if text else ""
    except ValueError:
        return ""


def when_of(rule: str) -> When:
    """The parts of a written rule; an unknown rule has no kind.

    >>> when_of("quarterly:before:20")
    When(kind='quarterly', day=None, day_of_month=20, month=None, quarter=None, year=None, last_year=None)
    """
    if not valid_rule(rule):
        return When()
    if match := _DATED.match(rule):
        kind = {"before": "before_day", "by": "by_day", "on": "on_day", "effective": "effective"}[match[1]]
        return When(kind, day=date.fromisoformat(match[2]))
    for form, kind, names in _FORMS:
        if match := form.match(rule):
            parts = {name: int(part) for name, part in zip(names, match.groups(), strict=True)}
            return When(kind, None, *(parts.get(name) for name in _NUMBERS))
    return When(rule)


def rule_of(when: When) -> str:
    """The written rule for what was filled in; "" for no deadline.

    Raises: MissingPart naming the field.
    """
    given = {name: getattr(when, name) for name in ASKS.get(when.kind, ())}
    if when.kind in _OPTIONAL and not any(given.values()):
        return when.kind
    for name, value in given.items():
        if value is None:
            raise MissingPart(name, _MISSING[name])
    if when.kind == "period" and (when.last_year or 0) < (when.year or 0):
        raise MissingPart("last_year", "Năm cuối phải từ năm đầu trở đi.")
    rule = _written(when)
    if rule and not valid_rule(rule):
        raise MissingPart(next(iter(given), "kind"), "Không có ngày này trong lịch.")
    return rule


def _written(when: When) -> str:
    kind, year, month, day = when.kind, when.year or 0, when.month or 0, when.day_of_month or 0
    forms = {
        "before_day": f"before:{when.day}",
        "by_day": f"by:{when.day}",
        "on_day": f"on:{when.day}",
        "effective": f"effective:{when.day}",
        "before_month": f"before:{year:04}-{month:02}",
        "in_month": f"in:{year:04}-{month:02}",
        "in_quarter": f"in:{year:04}-Q{when.quarter}",
        "in_year": f"in:{year:04}",
        "period": f"period:{year:04}..{when.last_year or 0:04}",
        "yearly": f"yearly:before:{month:02}-{day:02}",
        "yearly_by": f"yearly:by:{month:02}-{day:02}",
        "yearly_on": f"yearly:on:{month:02}-{day:02}",
        "half-yearly": f"half-yearly:before:{month:02}-{day:02}",
        "half-yearly_by": f"half-yearly:by:{month:02}-{day:02}",
        "half-yearly_on": f"half-yearly:on:{month:02}-{day:02}",
        "quarterly": f"quarterly:before:{day:02}",
        "quarterly_by": f"quarterly:by:{day:02}",
        "monthly": f"monthly:before:{day:02}",
        "monthly_by": f"monthly:by:{day:02}",
    }
    return forms.get(kind, kind)


def as_worded(rule: str, words: str) -> str:
    """A rule that the reader wrote, with "chậm nhất ngày 15/12" kept apart from "trước ngày 15/12".

    The reader writes both as `before`; in time is who comes on that day, or only who comes before it. Words
    that say neither leave the rule as it is.

    >>> as_worded("yearly:before:12-15", "chậm nhất ngày 15/12"), as_worded("before:2026-05-05", "trước 05/5")
    ('yearly:by:12-15', 'before:2026-05-05')
    """
    folded = fold(words)
    by_that_day = _BY.search(folded) and not _BEFORE.search(folded)
    if by_that_day and valid_rule(rule) and Rule(rule).ends_the_day_before:
        return rule.replace("before:", "by:")
    return rule


def in_words(rule: str) -> str:
    """A rule as a phrase; "" for none."""
    return Rule(rule).in_words() if valid_rule(rule) else ""
