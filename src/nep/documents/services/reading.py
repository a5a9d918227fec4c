"""Reading a document and laying the result out for review."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import structlog
from django.db import transaction

from nep.documents import events
from nep.documents.access import may_bring_in
from nep.documents.domain.reader import read
from nep.documents.domain.review import DraftHeader
from nep.documents.domain.review.doubts import doubts_of
from nep.documents.domain.review.items import NewItem, items_of
from nep.documents.domain.review.sheet import layout_of
from nep.documents.domain.review.units import KnownUnits
from nep.documents.domain.review.values import header_of
from nep.documents.models import Document, Reading, ReviewItem
from nep.documents.services.relations import join_earlier_citations, relate_citations
from nep.kernel.errors import Conflict, RuleError
from nep.org.access import Actor, visible_units
from nep.org.models.units import UnitName
from nep.platform.audit.trail import record
from nep.platform.search import search_text

# Raised when the same text would be read otherwise than before.
READER_VERSION = "1"

log = structlog.get_logger()


def read_text(document: Document, *, actor: Actor) -> dict[str, Any]:
    """What the reader finds in a document, with the layout of its sheet; units as the actor may see them.

    Raises: RuleError when the reader fails; the document stays as it is.
    """
    known = visible_units(actor).values_list("pk", "name", "short_name")
    former = UnitName.objects.filter(unit__in=[pk for pk, _, _ in known]).values_list("name", "short_name")
    units = KnownUnits.of(name for row in (*(names for _, *names in known), *former) for name in row)
    try:
        result = read(document.text, known_units=units).as_json()
        return {**result, "layout": layout_of(document.text, result["places"])}
    except Exception as error:
        # Whatever the reader stumbles over, the officer keeps the document and is told.
        log.exception("reader failed", document_id=document.pk)
        raise RuleError(
            "Nếp chưa đọc được văn bản này. Văn bản vẫn được giữ; có thể đọc lại sau, "
            "hoặc soạn chương trình bằng tay."
        ) from error


@transaction.atomic
def keep_reading(document_id: int, result: dict[str, Any], *, actor: Actor, at: datetime) -> Reading:
    """Keep a reading with its items and doubts, fill in the head of the document, join what it cites.

    Raises: AccessDenied; Conflict when an earlier reading has been worked on.
    """
    document = Document.objects.select_for_update().get(pk=document_id)
    may_bring_in(actor, document.owner_unit).require()
    check_may_be_read_again(document)
    reading = Reading.objects.create(
        document=document, reader_version=READER_VERSION, result=result, read_at=at
    )
    items = items_of(result, document.text)
    doubts = doubts_of(result, items)
    _keep_items(reading, items, doubts)
    head = {item.value["key"]: item.value["is"] for item in items if item.field == "header"}
    set_head(document, header_of(head))
    relate_citations(reading, actor=actor)
    join_earlier_citations(document, actor=actor, at=at)
    record(
        events.READ,
        actor=actor,
        about=[document, reading],
        at=at,
        unit_id=document.owner_unit_id,
        items=len(items),
        doubts=len(doubts),
    )
    return reading


@transaction.atomic
def note_failure(document_id: int, *, actor: Actor, at: datetime) -> None:
    """Tell the trail that a document could not be read."""
    document = Document.objects.get(pk=document_id)
    record(
        events.READING_FAILED,
        actor=actor,
        about=[document],
        at=at,
        unit_id=document.owner_unit_id,
        document=document.reference,
    )


def check_may_be_read_again(document: Document) -> None:
    """A document may be read again as long as nobody has decided on what was read before.

    Raises: Conflict.
    """
    if ReviewItem.objects.filter(reading__document=document, decided_at__isnull=False).exists():
        raise Conflict("Bản đọc này đã có người xem lại nên không đọc lại được. Mở phần xem lại để làm tiếp.")


def set_head(document: Document, head: DraftHeader) -> None:
    """Give a document its head data and make it findable by them."""
    document.kind = head.kind
    document.title = head.title
    document.issuer = head.issuer[:300]
    document.number = head.number[:100]
    document.issued_on = head.issued_on
    document.search = search_text(head.title, head.number, head.issuer, document.file_name, document.text)
    document.save(update_fields=["kind", "title", "issuer", "number", "issued_on", "search"])


def _keep_items(reading: Reading, items: tuple[NewItem, ...], doubts: tuple[NewItem, ...]) -> None:
    rows = {item.number: _row(reading, item) for item in items}
    ReviewItem.objects.bulk_create(rows.values())
    questions = [_row(reading, doubt) for doubt in doubts]
    for row in questions:
        about = next((part["about"] for part in row.value["parts"] if part["about"]), None)
        row.part_of = rows[about] if about else None
    ReviewItem.objects.bulk_create(questions)


def _row(reading: Reading, item: NewItem) -> ReviewItem:
    spans = [{"start": span.start, "end": span.end, "tint": span.tint} for span in item.spans]
    return ReviewItem(
        reading=reading,
        field=item.field,
        position=item.number,
        start=item.start,
        end=item.end,
        read={**item.value, "spans": spans},
        value=item.value,
    )
