"""Trails to be sealed, attacked and verified."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from nep.org import events
from nep.platform.audit.keyring import signing_key
from nep.platform.audit.models import Event, Seal
from nep.platform.audit.sealing import seal_all
from nep.platform.audit.trail import record
from tests.factories.province import AT

TRAIL = ("audit_event", "audit_seal", "audit_leaf")


def some_events(count: int, at: datetime = AT) -> list[Event]:
    """So many events, committed one by one."""
    made = []
    for number in range(count):
        with transaction.atomic():
            made.append(
                record(
                    events.UNIT_OPENED, actor=None, about=[], at=at, unit=f"Xã số {number}", day="01/07/2025"
                )
            )
    return made


def sealed_trail(*batches: int, at: datetime = AT) -> list[Seal]:
    """A trail in so many batches of so many events."""
    made = []
    for count in batches:
        some_events(count, at)
        made.extend(seal_all(signing_key(), at=at))
    return made


def as_superuser(*statements: str | tuple[str, Iterable[object]]) -> None:
    """What somebody can do who owns the database: the triggers are switched off and on again."""
    with connection.cursor() as cursor:
        for table in TRAIL:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(*([statement] if isinstance(statement, str) else statement))
        for table in TRAIL:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            # Tests that commit are cleaned by TRUNCATE; see tests/conftest.py.
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
