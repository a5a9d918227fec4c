"""The draft that a review leaves."""

from __future__ import annotations

from nep.documents.domain.review import Draft, draft_from
from nep.documents.models import Document, Field, Reading


def current_reading(document: Document) -> Reading | None:
    """The latest reading of a document; None when it has not been read."""
    return document.readings.first()


def draft_of(reading: Reading) -> Draft:
    """What was accepted, edited or added in a review, in the order of the document."""
    rows = reading.items.standing().exclude(field=Field.DOUBT).order_by("start", "position")
    return draft_from(rows)
