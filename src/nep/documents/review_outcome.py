"""What a finished review leads to: an upper app makes a programme of it and says where that stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nep.documents.models import Document
from nep.org.access import Actor

Outcome = Callable[[Document, Actor, datetime], str]

_registered: list[Outcome] = []


def register_outcome(make: Outcome) -> None:
    """An upper app says here what it makes of a reviewed document, in the transaction that ends the review.

    It reads the review with `queries.draft_of(queries.current_reading(document))` and returns an address.
    """
    _registered[:] = [make]


def outcome(document: Document, actor: Actor, at: datetime) -> str:
    """Make what a finished review leads to; the address of it."""
    return _registered[0](document, actor, at)
