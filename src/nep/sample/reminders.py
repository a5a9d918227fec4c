"""Reminders of the last working days in the sample province: digests, their letters, what was read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import F

from nep.kernel.calendar import Calendar
from nep.movements.services.urging import remind
from nep.platform.calendar import exact
from nep.platform.clock import today
from nep.platform.notify.models import Message, Notice
from nep.platform.notify.outbox import send

DAYS = 3
MORNING = time(0, 20)  # UTC; the time of the first reminders in Vietnam
READ_WITHIN = timedelta(hours=1)


def tell_reminders() -> None:
    """Remind everybody of the last days; what they were told before these days is read."""
    days = _last_days(today(), exact())
    old = Notice.objects.filter(read_at__isnull=True, told_at__lt=_morning(days[0]))
    old.update(read_at=F("told_at") + READ_WITHIN)
    for day in days:
        remind(on=day, at=_morning(day))
        letters = Message.objects.filter(state=Message.State.WAITING, by_day=True)
        for letter in list(letters.values_list("pk", flat=True)):
            send(letter)
        Message.objects.filter(by_day=True, key__endswith=f"-{day}").update(
            created_at=_morning(day), sent_at=_morning(day)
        )


def _last_days(on: date, calendar: Calendar) -> list[date]:
    """The last working days up to a day, the earliest first."""
    days = [calendar.previous_working(on)]
    while len(days) < DAYS:
        days.insert(0, calendar.previous_working(days[0] - timedelta(days=1)))
    return days


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, UTC)
