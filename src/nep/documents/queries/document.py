"""The page of one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from nep.documents.access import visible_documents
from nep.documents.domain.review.sheet import SheetLine, layout_of, sheet_of
from nep.documents.domain.review.words import KINDS
from nep.documents.models import Document, DocumentRelation, Reading
from nep.documents.queries.marks import marks_of
from nep.documents.review_outcome import Made, made_from
from nep.org.access import Actor
from nep.platform.audit.trail import TimelineEntry, timeline
from nep.platform.ui.parts import Fact

# A relation in words, from the document to the other and from the other to it.
FORTH = {
    "carries_out": "Thực hiện",
    "amends": "Sửa đổi, bổ sung",
    "replaces": "Thay thế",
    "cites": "Căn cứ, viện dẫn",
}
BACK = {
    "carries_out": "Được thực hiện bởi",
    "amends": "Được sửa đổi, bổ sung bởi",
    "replaces": "Được thay thế bởi",
    "cites": "Được viện dẫn trong",
}


@dataclass(frozen=True, slots=True)
class Related:
    """A document on the other side of a relation; without `document_id` it is not in the store."""

    words: str
    name: str
    under: str
    document_id: int | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Everything the page of a document shows."""

    document: Document
    reading: Reading | None
    lines: tuple[SheetLine, ...]
    forth: tuple[Related, ...]
    back: tuple[Related, ...]
    made: tuple[Made, ...]
    moments: Sequence[TimelineEntry]


def document_page(document: Document, actor: Actor) -> DocumentPage:
    """A document with its text and marks, what it names and what names it, its time line."""
    reading = document.readings.first()
    items = list(reading.items.all()) if reading else []
    layout = reading.result["layout"] if reading else layout_of(document.text, {})
    seen = visible_documents(actor)
    return DocumentPage(
        document,
        reading,
        sheet_of(document.text, layout, marks_of(items)),
        _forth(document, seen),
        _back(document, seen),
        made_from(document, actor),
        timeline(document, kinds=("documents.",)),
    )


def _forth(document: Document, seen: QuerySet[Document]) -> tuple[Related, ...]:
    """What the document names; one that the actor may not see stands as if it were not in the store."""
    rows = list(document.relations.select_related("target").defer("target__text", "target__search"))
    targets = [row.target_id for row in rows if row.target_id]
    visible = set(seen.filter(pk__in=targets).values_list("pk", flat=True))
    return tuple(_named(row, visible) for row in rows)


def _named(row: DocumentRelation, visible: set[int]) -> Related:
    if row.target and row.target_id in visible:
        return Related(FORTH[row.kind], row.target.reference, row.target.title, row.target_id)
    number = row.number if row.number not in row.name else ""
    day = f"ngày {row.issued_on:%d/%m/%Y}" if row.issued_on and "ngày" not in row.name else ""
    under = " · ".join(part for part in (number, day) if part)
    return Related(FORTH[row.kind], row.name or row.number, under, None)


def _back(document: Document, seen: QuerySet[Document]) -> tuple[Related, ...]:
    rows = DocumentRelation.objects.filter(target=document, source__in=seen.values("pk"))
    rows = rows.select_related("source").defer("source__text", "source__search").order_by("source_id", "pk")
    return tuple(
        Related(BACK[row.kind], row.source.reference, row.source.title, row.source_id) for row in rows
    )


def head_facts(document: Document) -> list[Fact]:
    """The head data in words."""
    day = f"{document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    facts = {
        "Loại": KINDS[document.kind],
        "Số, ký hiệu": document.number,
        "Cơ quan ban hành": document.issuer,
        "Ngày ban hành": day,
        "Đơn vị giữ": document.owner_unit.name,
    }
    return [Fact(term, value or "Chưa có") for term, value in facts.items()]
