"""The only place that reads the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware."""
    return timezone.now()


def today() -> date:
    """Today in Asia/Ho_Chi_Minh."""
    return timezone.localdate()


def local(instant: datetime) -> datetime:
    """An instant as the clocks of Asia/Ho_Chi_Minh show it."""
    return timezone.localtime(instant)
