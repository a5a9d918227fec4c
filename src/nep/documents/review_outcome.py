"""What a finished review leads to: an upper app makes a programme of it and lists what was made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from nep.documents.models import Document
from nep.org.access import Actor


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was made from a document, for its page."""

    title: str
    url: str
    state: str


Outcome = Callable[[Document, Actor, datetime], str]
Listing = Callable[[Document, Actor], Sequence[Made]]

_outcomes: list[Outcome] = []
_listings: list[Listing] = []


def register_outcome(make: Outcome) -> None:
    """An upper app says here what it makes of a reviewed document, in the transaction that ends the review.

    It reads the review with `queries.draft_of(queries.current_reading(document))` and returns an address.
    """
    _outcomes[:] = [make]


def register_listing(listing: Listing) -> None:
    """An upper app lists here what it has made from a document, as far as the actor may see it."""
    _listings[:] = [listing]


def outcome(document: Document, actor: Actor, at: datetime) -> str:
    """Make what a finished review leads to; the address of it."""
    return _outcomes[0](document, actor, at)


def made_from(document: Document, actor: Actor) -> tuple[Made, ...]:
    """What has been made from a document."""
    return tuple(made for listing in _listings for made in listing(document, actor))
