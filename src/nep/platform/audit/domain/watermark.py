"""How far the numbers of events are surely sealed, though transactions end in another order than they begin.

A writer takes an event's number early and commits late, so a low number may appear after a higher one was
sealed. The sealer therefore looks at every event without a leaf above a *watermark*, and moves that mark
only over numbers whose takers have surely ended. It knows by transaction ids: a taker has its id before its
number, and every seal notes an id drawn after it looked. When a later look finds all ids below that one
ended, whoever took a number up to the seal's last has committed (and was seen in this look) or never will.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """What an earlier seal noted: its last number, an id drawn after it looked, the server's own number."""

    last_id: int
    transaction: int
    cluster: int


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the trail saw.

    `oldest` is the oldest transaction id still running; `reached` the last number of the batch, or None when
    the batch holds every event without a leaf.
    """

    oldest: int
    cluster: int
    reached: int | None


def advanced(watermark: int, marks: Iterable[Mark], look: Look) -> int:
    """The watermark after this look. Ids of another server say nothing here: its writers ended with it."""
    ended = [
        mark.last_id for mark in marks if mark.cluster != look.cluster or mark.transaction <= look.oldest
    ]
    furthest = max([watermark, *ended])
    return furthest if look.reached is None else max(watermark, min(furthest, look.reached))
