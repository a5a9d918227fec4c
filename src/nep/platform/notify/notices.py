"""Telling people something inside Nếp."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from nep.platform.notify.models import Notice

DIGEST = "digest-"  # how the keys of notices of digests begin
MOST_SHOWN = 99  # a greater number says no more


@dataclass(frozen=True, slots=True)
class Told:
    """What one user is told; the same key tells once."""

    user_id: int
    key: str
    text: str
    url: str


def notify(user_ids: Iterable[int], *, key: str, text: str, url: str, at: datetime) -> None:
    """Tell users one thing, in the transaction of the act that asks for it; the same key tells once."""
    notify_each((Told(user, key, text, url) for user in set(user_ids)), at=at)


def notify_each(told: Iterable[Told], *, at: datetime) -> None:
    """Tell many users, each their own thing; for thousands as few statements as there are thousands."""
    rows = [
        Notice(user_id=one.user_id, key=one.key[:120], text=one.text[:500], url=one.url, told_at=at)
        for one in told
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def notices_of(user_id: int) -> QuerySet[Notice]:
    """What a user was told, the latest first."""
    return Notice.objects.filter(user_id=user_id)


def latest_unread(user_id: int, most: int) -> list[Notice]:
    """What a user has not read, the latest first; without digests, whose lines stand on Hôm nay anyhow."""
    unread = Notice.objects.filter(user_id=user_id, read_at__isnull=True)
    return list(unread.exclude(key__startswith=DIGEST)[:most])


def unread_count(user_id: int) -> int:
    """How many a user has not read, up to so many that the number says no more."""
    unread = Notice.objects.filter(user_id=user_id, read_at__isnull=True).order_by()
    return unread[: MOST_SHOWN + 1].count()


def mark_read(user_id: int, at: datetime, notice_ids: Iterable[int] | None = None) -> int:
    """Note that a user has read these, or all; how many were unread."""
    rows = Notice.objects.filter(user_id=user_id, read_at__isnull=True)
    if notice_ids is not None:
        rows = rows.filter(pk__in=list(notice_ids))
    return rows.update(read_at=at)
