"""The words of the plan behind a part of a programme."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Substr
from django.urls import reverse

from nep.documents.models import ReviewItem
from nep.movements.models import Programme

MOST = 600


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The plan as people name it, its own words, and where they stand."""

    document: str
    quote: str
    url: str


def source_url(document_id: int, item_position: int) -> str:
    """The words of an item, marked in the text of its document."""
    return f"{reverse('review', args=[document_id])}#m-{item_position}"


def source_of(item_id: int | None) -> SourceWords | None:
    """The words from which a part was read; None for a part added by hand without words."""
    if item_id is None:
        return None
    rows = ReviewItem.objects.filter(pk=item_id).select_related("reading__document")
    item = rows.defer("reading__document__text", "reading__document__search", "reading__result").get()
    document = item.reading.document
    words = Substr("reading__document__text", F("start") + 1, F("end") - F("start"))
    quote = " ".join((rows.values_list(words, flat=True).get() or "").split())
    return SourceWords(
        document.reference,
        quote if len(quote) <= MOST else f"{quote[:MOST]}…",
        source_url(document.pk, item.position),
    )


def source_urls(programme: Programme, item_ids: list[int]) -> dict[int, str]:
    """The places of many items, in one query."""
    if programme.document_id is None:
        return {}
    rows = ReviewItem.objects.filter(pk__in=item_ids).values_list("pk", "position")
    return {pk: source_url(programme.document_id, position) for pk, position in rows}
