"""Noticing that somebody decided on an item since a page was opened."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Decided(Protocol):
    """An item that knows when it was last decided on."""

    @property
    def decided_at(self) -> datetime | None: ...


def stamp_of(item: Decided) -> str:
    """What an act on an item carries: the instant of the decision that the officer saw; "0" for none."""
    return f"{item.decided_at.timestamp():.6f}" if item.decided_at else "0"
