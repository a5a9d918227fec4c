"""Deadline rules moved by whole years: fixed days move, rhythms stay."""

from __future__ import annotations

import re
from calendar import monthrange

from nep.kernel.rhythm import Rule

_DAY = re.compile(r"(?P<head>[a-z]+):(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def moved_rule(rule: str, years: int) -> str:
    """A deadline rule so many years later; a rhythm is the same rule in every year.

    29 February becomes the 28th where the year has no such day.

    >>> moved_rule("before:2026-06-30", 1), moved_rule("in:2026-Q2", 1), moved_rule("monthly:before:20", 1)
    ('before:2027-06-30', 'in:2027-Q2', 'monthly:before:20')
    """
    if not rule or Rule(rule).rhythm:
        return rule
    if match := _DAY.match(rule):
        year, month = int(match["year"]) + years, int(match["month"])
        day = min(int(match["day"]), monthrange(year, month)[1])
        return f"{match['head']}:{year}-{month:02d}-{day:02d}"
    head, colon, rest = rule.partition(":")
    return head + colon + _YEAR.sub(lambda found: str(int(found[0]) + years), rest)


def moved_words(text: str, years: int) -> str:
    """A title with the years in it moved: "Kế hoạch năm 2026" becomes "Kế hoạch năm 2027"."""
    return _YEAR.sub(lambda found: str(int(found[0]) + years), text)
