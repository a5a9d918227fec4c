"""The list of documents."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from nep.documents.access import visible_documents
from nep.documents.models import Document, DocumentKind, Reading
from nep.org.access import Actor

PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks of the list; empty fields ask for nothing."""

    words: str = ""
    kind: str = ""
    year: int | None = None
    page: str = "1"

    @property
    def narrows(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words.strip() or self.kind or self.year)


def list_documents(actor: Actor, asked: Asked) -> Page[Document]:
    """A page of the documents that the actor may see, the latest first, without their texts."""
    rows = visible_documents(actor).matching(asked.words)
    if asked.kind in DocumentKind.values:
        rows = rows.filter(kind=asked.kind)
    if asked.year:
        rows = rows.filter(issued_on__year=asked.year)
    readings = Reading.objects.filter(document=OuterRef("pk"))
    rows = (
        rows.annotate(was_read=Exists(readings), was_made=Exists(readings.filter(closed_at__isnull=False)))
        .select_related("owner_unit")
        .defer("text", "search")
    )
    return Paginator(rows, PER_PAGE).get_page(asked.page)


def years_of_documents(actor: Actor) -> list[int]:
    """The years in which visible documents were issued, the latest first."""
    days = visible_documents(actor).filter(issued_on__isnull=False).dates("issued_on", "year", order="DESC")
    return [day.year for day in days]
