"""How long events of each class are kept; by default all of them for ever."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from nep.platform.audit.events import EVENTS_REMOVED, KEEPS, RETENTION_SET
from nep.platform.audit.models import RetentionRule
from nep.platform.audit.trail import record
from nep.platform.ui.formats import day as day_words

AT_ONCE = 10_000


@transaction.atomic
def set_retention(
    keep: str, years: int, *, since: date, source: str, confirmed: bool, at: datetime
) -> RetentionRule:
    """From a day on, keep events of a class this many years; only a confirmed rule removes anything.

    Raises: ValueError for an unknown class or less than a year.
    """
    if keep not in KEEPS or years < 1:
        raise ValueError("unknown class or less than a year")
    rule, _ = RetentionRule.objects.update_or_create(
        keep=keep, since=since, defaults={"years": years, "source": source, "confirmed": confirmed}
    )
    told: dict[str, Any] = {"name": KEEPS[keep], "years": years, "day": day_words(since), "source": source}
    record(RETENTION_SET, actor=None, about=[], at=at, after={"confirmed": confirmed}, **told)
    return rule


def remove_expired(*, at: datetime) -> int:
    """Remove sealed events whose class's years are over; their leaves stay. How many.

    The database's owner function decides which: it asks neither for the years nor for the day.
    """
    removed = 0
    for keep in KEEPS:
        while count := _remove_once(keep, at=at):
            removed += count
    return removed


@transaction.atomic
def _remove_once(keep: str, *, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_remove_expired(%s, %s)", [keep, AT_ONCE])
        found = cursor.fetchone()
    if found is None:
        return 0
    removal, cutoff, rows = found
    rule = RetentionRule.objects.filter(keep=keep, confirmed=True, since__lte=at).latest("since")
    record(
        EVENTS_REMOVED,
        actor=None,
        about=[],
        at=at,
        removal=removal,
        rows=rows,
        name=KEEPS[keep],
        years=rule.years,
        day=day_words(cutoff.date()),
    )
    return int(rows)


def in_words() -> list[str]:
    """What has been said of each class, a line each."""
    rules = RetentionRule.objects.order_by("keep", "since")
    told: list[str] = []
    for keep, name in KEEPS.items():
        own = [rule for rule in rules if rule.keep == keep]
        told.extend(_rule_words(name, rule) for rule in own)
        if not own:
            told.append(f"{name}: giữ mãi")
    return told


def _rule_words(name: str, rule: RetentionRule) -> str:
    state = "" if rule.confirmed else " (cần xác nhận, chưa áp dụng)"
    return f"{name}: {rule.years} năm từ {day_words(rule.since)}, căn cứ {rule.source}{state}"
