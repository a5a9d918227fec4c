"""Adding local days and taking them back; who may do it, the caller has decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from nep.kernel.calendar import Calendar, SpecialDay
from nep.kernel.decisions import Decision
from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.calendar import events
from nep.platform.calendar.hook import CalendarChanged, Effect, tell_followers
from nep.platform.calendar.models import LocalDay
from nep.platform.calendar.reading import CALENDAR_LOCK, forget, stored
from nep.platform.clock import local

MOST_DAYS = 31
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be said about the days from `first` to `until`: off or worked, why, by which document."""

    first: date
    until: date
    off: bool
    name: str
    source: str

    @property
    def says(self) -> str:
        return LocalDay.Says.OFF if self.off else LocalDay.Says.WORKED


@transaction.atomic
def add_days(wish: Wish, *, allowed: Decision, actor: Actor, at: datetime) -> Effect:
    """Record local days; running deadlines follow, past ones stay. Days that are so already are left out.

    Raises: AccessDenied; RuleError when a day is over, or nothing would change.
    """
    allowed.require()
    _lock()
    changed = _changed_by(wish, actor=actor, at=at)
    rows = [_row(day, wish.says, wish.name, wish.source, actor, at) for day in changed.days]
    LocalDay.objects.bulk_create(rows)
    effect = _followed(changed)
    record(
        events.DAYS_ADDED,
        actor=actor,
        about=rows,
        at=at,
        reason=wish.source,
        days=in_words(changed.days),
        said=LocalDay.Says(wish.says).label.lower(),
        name=wish.name,
        deadlines=effect.deadlines,
        units=effect.units,
    )
    return effect


def foresee_adding(wish: Wish, *, actor: Actor, at: datetime) -> tuple[tuple[date, ...], Effect]:
    """Which days would change, and what that would move; nothing is written.

    Raises: RuleError as `add_days`.
    """
    changed = _changed_by(wish, actor=actor, at=at, foreseen=True)
    return changed.days, tell_followers(changed)


@transaction.atomic
def take_back(day: date, *, reason: str, allowed: Decision, actor: Actor, at: datetime) -> Effect:
    """Take a local day back, with the reason; running deadlines follow, past ones stay.

    Raises: AccessDenied; RuleError when the day is over or was not recorded here, or no reason is given.
    """
    allowed.require()
    _lock()
    taken = recorded(day)
    changed = _changed_without(taken, reason=reason, actor=actor, at=at)
    row = _row(day, LocalDay.Says.TAKEN_BACK, taken.name, changed.reason, actor, at)
    row.save()
    effect = _followed(changed)
    record(
        events.DAY_TAKEN_BACK,
        actor=actor,
        about=[row, taken],
        at=at,
        reason=changed.reason,
        days=in_words((day,)),
        said=LocalDay.Says(taken.says).label.lower(),
        name=taken.name,
        deadlines=effect.deadlines,
        units=effect.units,
    )
    return effect


def foresee_taking_back(day: date, *, actor: Actor, at: datetime) -> Effect:
    """What taking a day back would move; nothing is written."""
    return tell_followers(_changed_without(recorded(day), reason="–", actor=actor, at=at, foreseen=True))


def recorded(day: date) -> LocalDay:
    """The local day that is in force.

    Raises: RuleError when there is none.
    """
    row = LocalDay.objects.in_force().filter(day=day).first()
    if row is None:
        raise RuleError(f"Ngày {day:%d/%m/%Y} không được ghi riêng ở đây, hoặc đã bỏ rồi.")
    return row


def in_words(days: tuple[date, ...]) -> str:
    """Days in figures: "ngày 23/11/2026", "các ngày 23/11/2026, 25/11/2026"."""
    told = ", ".join(f"{day:%d/%m/%Y}" for day in days)
    return f"ngày {told}" if len(days) == 1 else f"các ngày {told}"


def _lock() -> None:
    """One change at a time, and none while a service fixes dates."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CALENDAR_LOCK])


def _row(day: date, says: str, name: str, source: str, actor: Actor, at: datetime) -> LocalDay:
    return LocalDay(
        day=day,
        says=says,
        name=name,
        source=source,
        recorded_at=at,
        recorded_by_id=actor.id,
        recorded_by=actor.name,
    )


def _changed_by(wish: Wish, *, actor: Actor, at: datetime, foreseen: bool = False) -> CalendarChanged:
    if not (wish.name.strip() and wish.source.strip()):
        raise RuleError("Ghi cả lý do và căn cứ của ngày này.")
    before = stored()
    days = _days_that_change(wish, before, today=local(at).date())
    after = before.with_days(SpecialDay(day, wish.off, wish.name, wish.source) for day in days)
    return CalendarChanged(days, before, after, actor, at, wish.source, foreseen)


def _days_that_change(wish: Wish, calendar: Calendar, *, today: date) -> tuple[date, ...]:
    if wish.first < today:
        raise RuleError(
            f"Ngày {wish.first:%d/%m/%Y} đã qua. Chỉ ghi từ {today:%d/%m/%Y} trở đi; hạn đã qua giữ nguyên."
        )
    if wish.until < wish.first:
        raise RuleError("Ngày cuối phải từ ngày đầu trở đi.")
    span = (wish.until - wish.first).days + 1
    if span > MOST_DAYS:
        raise RuleError(f"Ghi nhiều nhất {MOST_DAYS} ngày một lần.")
    days = tuple(wish.first + step * _DAY for step in range(span))
    changing = tuple(day for day in days if calendar.is_working(day) == wish.off)
    if not changing:
        why = calendar.why_off(wish.first) or "ngày làm việc bình thường"
        raise RuleError(f"Không có gì thay đổi: ngày {wish.first:%d/%m/%Y} đã là {why}.")
    return changing


def _changed_without(
    taken: LocalDay, *, reason: str, actor: Actor, at: datetime, foreseen: bool = False
) -> CalendarChanged:
    if taken.day < local(at).date():
        raise RuleError(f"Ngày {taken.day:%d/%m/%Y} đã qua nên giữ nguyên.")
    if not reason.strip():
        raise RuleError("Ghi lý do bỏ ngày này.")
    before, after = stored(), stored(without=taken.day)
    return CalendarChanged((taken.day,), before, after, actor, at, reason.strip(), foreseen)


def _followed(changed: CalendarChanged) -> Effect:
    effect = tell_followers(changed)
    forget()
    transaction.on_commit(forget)
    return effect
