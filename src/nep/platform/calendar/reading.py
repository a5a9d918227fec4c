"""The calendar of this moment: for pages, some seconds old at most; for services, exact until they commit.

The model is looked up by its name, because Django imports this package before any model is ready.
"""

from __future__ import annotations

from datetime import date
from time import monotonic

from django.apps import apps
from django.db import connection

from nep.kernel.calendar import Calendar, SpecialDay
from nep.kernel.errors import Conflict
from nep.kernel.holidays import VIETNAM

SECONDS = 5.0  # how old the calendar of a page may be; every process learns of a change within that time
CALENDAR_LOCK = 4_820_177_047  # advisory lock: shared by who fixes dates, alone for who adds days
_kept: list[tuple[float, Calendar]] = []


def current() -> Calendar:
    """The calendar as pages show it."""
    if not _kept or monotonic() - _kept[0][0] > SECONDS:
        _kept[:] = [(monotonic(), stored())]
    return _kept[0][1]


def exact() -> Calendar:
    """The calendar for a service that fixes dates: nobody changes it before the service's transaction ends.

    Raises: Conflict while somebody is changing it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [CALENDAR_LOCK])
        row = cursor.fetchone()
    if not (row and row[0]):
        raise Conflict("Lịch ngày nghỉ đang được sửa. Chờ ít giây rồi làm lại.")
    return stored()


def stored(*, without: date | None = None) -> Calendar:
    """The calendar as the database has it now; as if one day had not been recorded."""
    rows = apps.get_model("calendar_days", "LocalDay").objects.in_force()
    return VIETNAM.with_days(
        SpecialDay(row.day, row.says == "off", row.name, row.source) for row in rows if row.day != without
    )


def forget() -> None:
    """Let the next page read the calendar anew; called where it was changed."""
    _kept.clear()
