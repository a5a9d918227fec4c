"""Writing and telling the trail."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model, Q

from nep.platform.access import Actor
from nep.platform.audit.domain.chain import CONTENT, digest, instant, settled
from nep.platform.audit.events import READING, REGISTRY, EventType
from nep.platform.audit.models import Event
from nep.platform.clock import now
from nep.platform.ui.parts import Moment

SYSTEM = "Nếp"
INSERT = """
INSERT INTO audit_event
  (at, kind, keep, actor_id, actor_name, about, unit_id, reason, facts, before, after, digest)
VALUES (%s, %s, %s, %s, %s, %s::varchar[], %s, %s, %s::jsonb, %s::jsonb, %s::jsonb, %s) RETURNING id
"""
_encode = DjangoJSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a time line."""

    at: datetime
    actor: str
    sentence: str
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def name_of(thing: Model) -> str:
    """The lasting name of a row in the trail, `app.model:id`."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def _plain(value: Any) -> Any:
    return settled(json.loads(_encode(value)))


def content_of(event: Event) -> dict[str, Any]:
    """The content of an event in plain values, which its digest covers."""
    return {field: getattr(event, field) for field in CONTENT} | {"at": instant(event.at)}


def digest_of(event: Event) -> str:
    """SHA-256 over the content of an event in canonical JSON."""
    return digest(content_of(event))


def record(
    kind: EventType,
    *,
    actor: Actor | None,
    about: Iterable[Model],
    at: datetime | None = None,
    unit_id: int | None = None,
    reason: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    **facts: Any,
) -> Event:
    """Append one event; `about` starts with the thing itself; `actor` None means Nếp did it by itself.

    Raises: ValueError when the sentence would lack a fact; RuntimeError outside a transaction.
    """
    if missing := kind.fields - facts.keys():
        raise ValueError(f"{kind.code} lacks {sorted(missing)}")
    if not connection.in_atomic_block:
        raise RuntimeError("an event belongs to the transaction of its act")
    event = Event(
        at=at or now(),
        kind=kind.code,
        keep=kind.keep,
        actor_id=actor.id if actor else None,
        actor_name=actor.name if actor else SYSTEM,
        about=[name_of(thing) for thing in about],
        unit_id=unit_id,
        reason=reason,
        facts=_plain(facts),
        before=None if before is None else _plain(before),
        after=None if after is None else _plain(after),
    )
    event.digest = digest_of(event)
    _insert(event)
    return event


def _insert(event: Event) -> None:
    """One plain statement, its values sent beside it: the ORM alone would take as long as PostgreSQL."""
    texts = [None if each is None else _encode(each) for each in (event.facts, event.before, event.after)]
    values: list[Any] = [
        event.at,
        event.kind,
        event.keep,
        event.actor_id,
        event.actor_name,
        event.about,
        event.unit_id,
    ]
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(INSERT, [*values, event.reason, *texts, event.digest])
        row = cursor.fetchone()
        assert row is not None, "RETURNING gives a row"
        event.pk = row[0]
    event._state.adding, event._state.db = False, connection.alias


def tell(event: Event) -> TimelineEntry:
    """An event as a sentence."""
    kind = REGISTRY.get(event.kind)
    sentence = kind.sentence.format(actor=event.actor_name, **event.facts) if kind else event.kind
    return TimelineEntry(event.at, event.actor_name, sentence, event.reason, event.before, event.after)


def timeline(thing: Model, limit: int = 50, *, kinds: Iterable[str] = ("",)) -> list[TimelineEntry]:
    """What happened to a thing and to what belongs to it, the latest first.

    `kinds` are beginnings of codes: a page tells only what its reader may know. What is told about a unit may
    speak of a document, and what is told about a document of a programme, that this reader must not know of.
    Who read it is told to auditors only.
    """
    told = Q(pk__in=[])
    for beginning in kinds:
        told |= Q(kind__startswith=beginning)
    events = Event.objects.filter(told, about__contains=[name_of(thing)]).exclude(keep=READING)
    return [tell(event) for event in events.order_by("-at", "-id")[:limit]]


def moments(thing: Model, limit: int = 50, *, kinds: Iterable[str] = ("",)) -> list[Moment]:
    """The time line of a thing as the kit shows it."""
    return [Moment(entry.at, entry.sentence, entry.reason) for entry in timeline(thing, limit, kinds=kinds)]
