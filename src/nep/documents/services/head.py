"""Correcting the head data of a document."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from nep.documents import events
from nep.documents.access import may_bring_in
from nep.documents.domain.review import DraftHeader
from nep.documents.models import Document, Field, ReviewItem
from nep.documents.services.reading import set_head
from nep.documents.services.relations import join_earlier_citations
from nep.kernel.errors import Conflict, RuleError
from nep.org.access import Actor
from nep.platform.audit.trail import record

FIELDS = ("kind", "title", "issuer", "number", "issued_on")


@transaction.atomic
def correct_head(
    document: Document, head: DraftHeader, *, seen: DraftHeader, reason: str, actor: Actor, at: datetime
) -> Document:
    """Correct kind, title, issuer, number or date of a document, with a reason; a review under way follows.

    Raises: AccessDenied; Conflict when it was changed since it was `seen`; RuleError without a reason.
    """
    document = Document.objects.select_for_update().get(pk=document.pk)
    may_bring_in(actor, document.owner_unit).require()
    before = head_of(document)
    if before != seen:
        raise Conflict("Thông tin của văn bản vừa được người khác sửa. Mở lại trang để xem rồi sửa tiếp.")
    if not reason.strip():
        raise RuleError("Ghi lý do sửa.")
    if head == before:
        return document
    set_head(document, head)
    _follow(document, actor=actor, at=at)
    join_earlier_citations(document, actor=actor, at=at)
    changed = [field for field in FIELDS if getattr(head, field) != getattr(before, field)]
    old, new = asdict(before), asdict(head)
    record(
        events.HEAD_CORRECTED,
        actor=actor,
        about=[document],
        at=at,
        unit_id=document.owner_unit_id,
        reason=reason.strip(),
        before={field: old[field] for field in changed},
        after={field: new[field] for field in changed},
        document=document.reference,
    )
    return document


def head_of(document: Document) -> DraftHeader:
    """The head data of a document as they stand."""
    return DraftHeader(
        kind=document.kind,
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        issued_on=document.issued_on,
    )


def _follow(document: Document, *, actor: Actor, at: datetime) -> None:
    """Items of an open review show the corrected head."""
    reading = document.readings.first()
    if reading is None or reading.closed_at is not None:
        return
    for item in reading.items.filter(field=Field.HEADER):
        key = item.value["key"]
        if key not in FIELDS:
            continue
        now = getattr(document, key)
        value = now.isoformat() if key == "issued_on" and now else now or ""
        if item.value["is"] != value:
            item.value = {"key": key, "is": value}
            item.state, item.decided_by_id, item.decided_at = ReviewItem.State.EDITED, actor.id, at
            item.save()
