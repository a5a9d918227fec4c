"""Trails to be sealed, attacked and verified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from nep.org import events
from nep.platform.audit.domain.chain import Head, Leaves, leaf
from nep.platform.audit.domain.keys import key_name, sign
from nep.platform.audit.keyring import signing_key
from nep.platform.audit.models import Event, Leaf, Seal
from nep.platform.audit.sealing import seal_all
from nep.platform.audit.stored import head_of_seal
from nep.platform.audit.trail import digest_of, record
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


def recompute_chain(first: int, key: Ed25519PrivateKey | None) -> None:
    """Compute leaves and the chain anew from a seal on, as somebody would who covers up a change."""
    before: Head | None = None
    for seal in Seal.objects.order_by("number"):
        head = head_of_seal(seal)
        if seal.number >= first:
            leaves = []
            for pk in (
                Leaf.objects.filter(seal_number=seal.number).order_by("pk").values_list("pk", flat=True)
            ):
                leaves.append(leaf(pk, Event.objects.get(pk=pk).digest))
                as_superuser(("UPDATE audit_leaf SET digest = %s WHERE event_id = %s", [leaves[-1], pk]))
            head = replace(head, leaves=Leaves(leaves).digest)
            head = replace(head, previous=before.digest) if before else head
            head = replace(head, key=key_name(key.public_key())) if key else head
            head = replace(head, digest=head.own_digest())
            head = replace(head, signature=sign(key, head.digest)) if key else head
            columns = {name: value for name, value in asdict(head).items() if name not in {"number", "at"}}
            words = ", ".join(f"{name} = %s" for name in columns)
            as_superuser(
                (f"UPDATE audit_seal SET {words} WHERE number = %s", [*columns.values(), head.number])
            )
        before = head


def change_event(event_id: int, *, rehash: bool) -> None:
    """Say that somebody else did it; with `rehash` the event's own digest is computed anew."""
    as_superuser(("UPDATE audit_event SET actor_name = 'Kẻ khác' WHERE id = %s", [event_id]))
    if rehash:
        digest = digest_of(Event.objects.get(pk=event_id))
        as_superuser(("UPDATE audit_event SET digest = %s WHERE id = %s", [digest, event_id]))
