"""Which words of a document are marked, by its review items as they stand."""

from __future__ import annotations

from collections.abc import Iterable

from nep.documents.domain.review.items import QUIET, TINTS
from nep.documents.domain.review.sheet import Mark
from nep.documents.models import Field, ReviewItem


def marks_of(items: Iterable[ReviewItem]) -> list[Mark]:
    """The marks of all items that have not been dropped; of doubts only those still open."""
    found: list[Mark] = []
    for item in items:
        if item.field == Field.DOUBT:
            found += _questions(item)
        elif item.state != ReviewItem.State.DROPPED:
            found += [Mark(item.position, *span) for span in _spans(item)]
    return found


def tint_of(item: ReviewItem) -> str:
    """The tint of an item's number in the draft."""
    return TINTS.get(item.field, QUIET)


def _spans(item: ReviewItem) -> list[tuple[int, int, str]]:
    if item.read is not None:
        return [(span["start"], span["end"], span["tint"]) for span in item.read["spans"]]
    if item.start is None or item.end is None:
        return []
    return [(item.start, item.end, tint_of(item))]


def _questions(doubt: ReviewItem) -> list[Mark]:
    if doubt.state != ReviewItem.State.READ:
        return []
    parts = zip(doubt.value["parts"], doubt.value["answers"], strict=True)
    return [
        Mark(doubt.position, part["start"], part["end"], QUIET, doubt=True)
        for part, answer in parts
        if answer is None and part["start"] is not None
    ]
