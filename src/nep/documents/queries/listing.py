"""What the list of documents offers to choose from."""

from __future__ import annotations

from nep.documents.access import visible_documents
from nep.org.access import Actor


def years_of_documents(actor: Actor) -> list[int]:
    """The years in which visible documents were issued, the latest first."""
    days = visible_documents(actor).filter(issued_on__isnull=False).dates("issued_on", "year", order="DESC")
    return [day.year for day in days]
