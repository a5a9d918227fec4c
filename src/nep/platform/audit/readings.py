"""Reading sensitive data is an event: once for each person, thing and hour.

A page declares it with `@page(reads=(KIND,))` and says in the view what was read (`note_reading`); the
event is written when the read-only transaction of the page is over, in one of its own. If it cannot be
written, the page is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest

from nep.platform.access import Actor
from nep.platform.audit.events import EventType
from nep.platform.audit.models import ReadingMark
from nep.platform.audit.trail import name_of, record
from nep.platform.clock import now

KEPT = timedelta(days=1)
NOTED = "noted_readings"


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody reads: the thing first, then all it belongs to."""

    kind: EventType
    about: tuple[Model, ...]
    unit_id: int | None
    thing: str
    facts: dict[str, Any]


def note_reading(
    request: HttpRequest,
    kind: EventType,
    *,
    about: Iterable[Model],
    unit_id: int | None = None,
    thing: str = "",
    **facts: Any,
) -> None:
    """Say in a view what its reader gets to see; `thing` names what has no row of its own."""
    things = tuple(about)
    reading = Reading(kind, things, unit_id, thing or name_of(things[0]), facts)
    request.__dict__.setdefault(NOTED, []).append(reading)


def write_noted(request: HttpRequest, actor: Actor, declared: tuple[EventType, ...]) -> None:
    """Record what the view noted; called by `page` after the view.

    Raises: RuntimeError when the view noted what its page does not declare.
    """
    noted: list[Reading] = request.__dict__.pop(NOTED, [])
    if undeclared := [reading.kind.code for reading in noted if reading.kind not in declared]:
        raise RuntimeError(f"the page does not declare that it reads {undeclared}")
    if noted:
        with transaction.atomic():
            for reading in noted:
                _record_once(reading, actor, now())


@transaction.atomic
def record_reading(
    kind: EventType,
    *,
    actor: Actor,
    about: Iterable[Model],
    at: datetime | None = None,
    unit_id: int | None = None,
    thing: str = "",
    **facts: Any,
) -> bool:
    """Record a reading in a form or a job; False when it was recorded within this hour already."""
    things = tuple(about)
    return _record_once(
        Reading(kind, things, unit_id, thing or name_of(things[0]), facts), actor, at or now()
    )


def _record_once(reading: Reading, actor: Actor, at: datetime) -> bool:
    hour = at.replace(minute=0, second=0, microsecond=0)
    _, made = ReadingMark.objects.get_or_create(
        actor_id=actor.id, kind=reading.kind.code, thing=reading.thing, hour=hour
    )
    if made:
        record(
            reading.kind, actor=actor, about=reading.about, at=at, unit_id=reading.unit_id, **reading.facts
        )
    return made


def forget_old_marks(*, at: datetime) -> None:
    """Marks older than a day prevent nothing any more."""
    ReadingMark.objects.filter(hour__lt=at - KEPT).delete()
