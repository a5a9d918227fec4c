"""Months by which figures are counted; each is named by its first day."""

from __future__ import annotations

from datetime import date, timedelta


def month_of(day: date) -> date:
    """The first day of a day's month, by which the month is named."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The month after a month."""
    return (month_of(month) + timedelta(days=31)).replace(day=1)


def last_day(month: date) -> date:
    """The day on which a month is counted."""
    return next_month(month) - timedelta(days=1)


def months_back(day: date, count: int) -> list[date]:
    """So many months up to that of a day, the latest first."""
    months = [month_of(day)]
    while len(months) < count:
        months.append(month_of(months[-1] - timedelta(days=1)))
    return months
