"""The only place that reads the clock."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This instant, aware; in a demo that lives on another day, the instant there."""
    return timezone.now() + settings.NEP_CLOCK_MOVED


def machine_now() -> datetime:
    """This instant by the clock of the machine, for what is compared with the times of the job queue."""
    return timezone.now()


def today() -> date:
    """Today in Asia/Ho_Chi_Minh."""
    return timezone.localdate(now())


def local(instant: datetime) -> datetime:
    """An instant as the clocks of Asia/Ho_Chi_Minh show it."""
    return timezone.localtime(instant)
