"""The only place that reads the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This instant, aware; in a demo that lives on another day, the same time on that day."""
    return timezone.now() + settings.NEP_CLOCK_MOVED


def today() -> date:
    """Today in Asia/Ho_Chi_Minh."""
    return timezone.localdate(now())


def local(instant: datetime) -> datetime:
    """An instant as the clocks of Asia/Ho_Chi_Minh show it."""
    return timezone.localtime(instant)
