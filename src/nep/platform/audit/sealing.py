"""Chaining events in batches, beside the writers and never in their way."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from nep.platform.audit.domain.chain import NO_HEAD, Head, Leaves, instant, leaf
from nep.platform.audit.domain.keys import key_name, sign
from nep.platform.audit.domain.watermark import Look, Mark, advanced
from nep.platform.audit.models import Seal

LARGEST_BATCH = 10_000
ONE_SEALER = 4_820_177_031  # number of the advisory lock

# One statement, so that the rows and the oldest running transaction are those of one moment.
UNSEALED = """
SELECT event.id, event.digest, pg_snapshot_xmin(pg_current_snapshot())::text::bigint
FROM audit_event event
WHERE event.id > %s AND NOT EXISTS (SELECT 1 FROM audit_leaf leaf WHERE leaf.event_id = event.id)
ORDER BY event.id LIMIT %s
"""
NEW_LEAVES = """
INSERT INTO audit_leaf (event_id, seal_number, digest) SELECT unnest(%s::bigint[]), %s, unnest(%s::text[])
"""


def seal_all(key: Ed25519PrivateKey, *, at: datetime, batch: int = LARGEST_BATCH) -> list[Seal]:
    """Seal every event that has been committed; the new seals."""
    made = []
    while (seal := seal_batch(key, at=at, batch=batch)) is not None:
        made.append(seal)
    return made


@transaction.atomic(durable=True)
def seal_batch(key: Ed25519PrivateKey, *, at: datetime, batch: int = LARGEST_BATCH) -> Seal | None:
    """Seal the next events; None when all are sealed or another sealer is at work.

    Takes no lock that a writer would wait for.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_SEALER])
        if not cursor.fetchone()[0]:
            return None
        last = Seal.objects.order_by("-number").first()
        watermark = last.watermark if last else 0
        cursor.execute(UNSEALED, [watermark, batch])
        rows = cursor.fetchall()
        if not rows:
            return None
        # Drawn after the look: whoever held a number that we could see has a lower one.
        cursor.execute(
            "SELECT pg_current_xact_id()::text::bigint, system_identifier FROM pg_control_system()"
        )
        transaction_id, cluster = cursor.fetchone()
        look = Look(rows[0][2], cluster, rows[-1][0] if len(rows) == batch else None)
        leaves = [leaf(event_id, digest) for event_id, digest, _ in rows]
        head = Head(
            number=last.number + 1 if last else 1,
            previous=last.digest if last else NO_HEAD,
            leaves=Leaves(leaves).digest,
            rows=len(rows),
            first_id=rows[0][0],
            last_id=rows[-1][0],
            watermark=advanced(watermark, _marks(watermark), look),
            transaction=transaction_id,
            cluster=cluster,
            at=instant(at),
            key=key_name(key.public_key()),
        )
        cursor.execute(NEW_LEAVES, [[row[0] for row in rows], head.number, leaves])
        return _kept(head, key, at)


def _marks(watermark: int) -> list[Mark]:
    earlier = Seal.objects.filter(last_id__gt=watermark).order_by("-number")
    return [Mark(*each) for each in earlier.values_list("last_id", "transaction", "cluster")]


def _kept(head: Head, key: Ed25519PrivateKey, at: datetime) -> Seal:
    digest = head.own_digest()
    fields = asdict(head) | {"at": at, "digest": digest, "signature": sign(key, digest)}
    return Seal.objects.create(**fields)
