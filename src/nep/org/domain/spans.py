"""Spans of days in words; the last day of a span is the one before its end."""

from __future__ import annotations

from datetime import date, timedelta


def in_words(first: date | None, end: date | None) -> str:
    """A half-open span as people say it: the last day is in it.

    >>> in_words(date(2026, 3, 1), date(2026, 4, 1))
    'từ ngày 01/03/2026 đến hết ngày 31/03/2026'
    """
    begins = f"từ ngày {first:%d/%m/%Y}" if first else "từ trước đến nay"
    return f"{begins} đến hết ngày {end - timedelta(days=1):%d/%m/%Y}" if end else begins


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
