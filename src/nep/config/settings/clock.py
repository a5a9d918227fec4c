"""The day on which the demo lives, when it is told to live on another one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from nep.config.settings.environment import DEMO, text

_day = text("NEP_TODAY", "")
if _day and not DEMO:
    raise ImproperlyConfigured("NEP_TODAY chỉ có trong bản thử; máy chủ thật theo đồng hồ của nó.")
try:
    # How far the clock is moved; days go by as ever.
    NEP_CLOCK_MOVED = (
        date.fromisoformat(_day) - datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date() if _day else timedelta()  # noqa: TID251
    )
except ValueError as error:
    raise ImproperlyConfigured(f"NEP_TODAY phải là ngày dạng 2026-02-10, không phải “{_day}”.") from error
