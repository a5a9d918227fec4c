"""The trail in the database, as verification reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from nep.platform.audit.domain.chain import Head, instant
from nep.platform.audit.domain.verification import Removal as RemovalTold
from nep.platform.audit.domain.verification import Row, Sealed
from nep.platform.audit.models import Event, Leaf, Removal, RemovedEvent, Seal
from nep.platform.audit.trail import content_of

CHUNK = 2000


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the trail as it stands at one moment, while writers and the sealer go on."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def head_of_seal(seal: Seal) -> Head:
    """A seal's row as it was signed."""
    fields = {name: getattr(seal, name) for name in Head.__slots__ if name != "at"}
    return Head(**fields, at=instant(seal.at))


def row_of(event: Event) -> Row:
    """An event's row as it is digested."""
    return Row(event.pk, content_of(event), event.digest)


def unsealed_events() -> QuerySet[Event]:
    """Events without a leaf."""
    return Event.objects.filter(~Exists(Leaf.objects.filter(event_id=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class StoredTrail:
    """The trail of this database; `events` are those that may be told, all others are withheld."""

    events: QuerySet[Event] | None = None

    def heads(self) -> Iterator[Head]:
        """See `Trail`."""
        return (head_of_seal(seal) for seal in Seal.objects.order_by("number").iterator(CHUNK))

    def sealed(self) -> Iterator[Sealed]:
        """See `Trail`."""
        leaves = Leaf.objects.order_by("seal_number", "event_id").iterator(CHUNK)
        while chunk := list(islice(leaves, CHUNK)):
            ids = [leaf.pk for leaf in chunk]
            rows = Event.objects.in_bulk(ids)
            gone = [pk for pk in ids if pk not in rows]
            removals = dict(RemovedEvent.objects.filter(pk__in=gone).values_list("pk", "removal_id"))
            told = self._told(ids)
            for leaf in chunk:
                event = rows.get(leaf.pk)
                withheld = event is not None and leaf.pk not in told
                row = row_of(event) if event is not None and not withheld else None
                removal = removals.get(leaf.pk)
                yield Sealed(leaf.seal_number, leaf.pk, leaf.digest, row, removal, withheld)

    def _told(self, ids: list[int]) -> set[int]:
        if self.events is None:
            return set(ids)
        return set(self.events.filter(pk__in=ids).values_list("pk", flat=True))

    def loose(self) -> Iterator[Row]:
        """See `Trail`."""
        events = unsealed_events().order_by("pk")
        for event in events.iterator(CHUNK):
            if self.events is None or self._told([event.pk]):
                yield row_of(event)

    def removals(self) -> Iterator[RemovalTold]:
        """See `Trail`."""
        for removal in Removal.objects.order_by("pk"):
            yield RemovalTold(removal.pk, instant(removal.cutoff), removal.rows)
