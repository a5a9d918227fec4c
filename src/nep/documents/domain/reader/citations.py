"""Other documents a document names: laws, decrees, decisions, plans, dispatches."""

from __future__ import annotations

from dataclasses import dataclass

from .header import Header
from .text import Text


@dataclass(frozen=True)
class Citation:
    """One cited document; start..end hold kind, number, date and issuer, ..title_end its title too."""

    number: str | None
    name: str | None
    date: str | None
    start: int
    end: int
    title_end: int


def find_citations(text: Text, header: Header) -> tuple[Citation, ...]:
    """All cited documents in reading order, each once."""
    return ()
