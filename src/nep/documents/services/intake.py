"""Documents coming in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from nep.documents import events
from nep.documents.access import may_bring_in, visible_documents
from nep.documents.domain.intake import Intake
from nep.documents.models import Document
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Unit
from nep.platform.audit.trail import record
from nep.platform.files.models import StoredFile
from nep.platform.files.store import store
from nep.platform.search import search_text

_CHUNK = 1 << 20
PASTED_NAME = "van-ban-dan.txt"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file or pasted text as it came, and what the intake made of it."""

    name: str
    content: bytes
    intake: Intake


class AlreadyHere(RuleError):
    """The same content is in the store; `document` is where."""

    def __init__(self, document: Document) -> None:
        super().__init__(
            f"Tệp này đã có trong kho: {document.reference}, nhận ngày "
            f"{document.received_at:%d/%m/%Y}. Mở văn bản đã có để làm tiếp."
        )
        self.document = document


@transaction.atomic
def receive_document(arrival: Arrival, *, actor: Actor, unit: Unit, at: datetime) -> Document:
    """Keep a document by its content in the store of a unit; its reading is queued by the caller.

    Raises: AccessDenied; AlreadyHere when the actor can see the same content already.
    """
    may_bring_in(actor, unit).require()
    stored = store(_chunks(arrival.content), name=arrival.name)
    # Two people may send the same file at once: the second waits here and then finds the first's document.
    StoredFile.objects.select_for_update().get(pk=stored.pk)
    if existing := visible_documents(actor).filter(file=stored, owner_unit=unit).first():
        raise AlreadyHere(existing)
    intake = arrival.intake
    title = " ".join((intake.title_hint or "").split())
    document = Document.objects.create(
        title=title,
        owner_unit=unit,
        file=stored,
        file_name=arrival.name[:250],
        text=intake.original,
        pages=intake.pages,
        warnings=[caution.sentence for caution in intake.warnings],
        search=search_text(title, arrival.name, intake.original),
        received_by_id=actor.id,
        received_at=at,
    )
    record(
        events.RECEIVED,
        actor=actor,
        about=[document, unit],
        at=at,
        unit_id=unit.pk,
        document=document.file_name,
        unit=unit.name,
    )
    return document


def _chunks(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), _CHUNK):
        yield content[start : start + _CHUNK]
