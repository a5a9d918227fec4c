"""The day, or the hour, in which the demo lives, when it is told to live in another one."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

from nep.config.settings.environment import DEMO, text

_lives = text("NEP_TODAY", "")
if _lives and not DEMO:
    raise ImproperlyConfigured("NEP_TODAY chỉ có trong bản thử; máy chủ thật theo đồng hồ của nó.")


def _moved(lives: str) -> timedelta:
    """How far the clock is moved; time goes by as ever. A day alone keeps the time of day."""
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    here = datetime.now(zone).replace(microsecond=0)  # noqa: TID251
    try:
        there = datetime.fromisoformat(lives).replace(tzinfo=zone)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"NEP_TODAY phải là ngày dạng 2026-02-10 hoặc 2026-02-10T09:00, không phải “{lives}”."
        ) from error
    if len(lives) == len("2026-02-10"):
        there = there.replace(hour=here.hour, minute=here.minute, second=here.second)
    return there - here


NEP_CLOCK_MOVED = _moved(_lives) if _lives else timedelta()
