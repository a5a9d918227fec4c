"""What documents have to do with each other: kept in step with the citations under review."""

from __future__ import annotations

import re
from datetime import date, datetime

from nep.documents import events
from nep.documents.access import visible_documents
from nep.documents.domain.review.relations import number_key
from nep.documents.domain.review.values import day_of
from nep.documents.models import Document, DocumentKind, DocumentRelation, Reading, ReviewItem
from nep.documents.models.documents import DocumentQuerySet
from nep.org.access import Actor
from nep.platform.audit.trail import record

_SERIAL = re.compile(r"\d+")


def relate_citations(reading: Reading, *, actor: Actor) -> None:
    """Make the relations of a document those of its citations as they stand now, joined to documents here."""
    document = reading.document
    rows = [_relation(document, item) for item in reading.items.standing().filter(field="citation")]
    others = visible_documents(actor).exclude(pk=document.pk).exclude(kind=DocumentKind.NEWS)
    known = _numbered(others, [row.number for row in rows])
    for row in rows:
        row.target = next((other for other in known if _same(row.number, row.issued_on, other)), None)
    document.relations.all().delete()
    DocumentRelation.objects.bulk_create(rows)


def join_earlier_citations(document: Document, *, actor: Actor, at: datetime) -> None:
    """Join a document that has come in to those which cited it before."""
    # The number in an article is that of the document it tells of.
    if not document.number or document.kind == DocumentKind.NEWS:
        return
    serial = _serial(document.number)
    waiting = (
        DocumentRelation.objects.filter(
            target=None, number__startswith=serial, source__in=visible_documents(actor).values("pk")
        )
        .exclude(source=document)
        .select_for_update(of=("self",))
        .select_related("source")
    )
    for row in waiting:
        if _same(row.number, row.issued_on, document):
            row.target = document
            row.save(update_fields=["target"])
            record(
                events.LINKED,
                actor=actor,
                about=[row.source],
                at=at,
                source=row.source.reference,
                target=document.reference,
            )


def _relation(document: Document, item: ReviewItem) -> DocumentRelation:
    value = item.value
    return DocumentRelation(
        source=document,
        kind=value["relation"],
        number=value["number"][:100],
        name=value["name"][:500],
        issued_on=day_of(value["date"]),
        start=item.start,
        end=item.end,
    )


def _numbered(documents: DocumentQuerySet, numbers: list[str]) -> list[Document]:
    """The documents that bear one of the numbers."""
    keys = {number_key(number) for number in numbers if number}
    # Đ has no small letter for a database without locale: numbers are compared here, found by their serial.
    serials = {re.escape(_serial(key)) for key in keys}
    rows = documents.filter(number__regex=rf"^({'|'.join(sorted(serials))})(\D|$)") if serials else ()
    return [row for row in rows if number_key(row.number) in keys]


def _same(number: str, issued_on: date | None, document: Document) -> bool:
    """Whether a citation means a document: the same number, and the same day where both tell it."""
    if not number or number_key(number) != number_key(document.number):
        return False
    return issued_on is None or document.issued_on is None or issued_on == document.issued_on


def _serial(number: str) -> str:
    match = _SERIAL.match(number)
    return match[0] if match else number
