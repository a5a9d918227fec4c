"""A value with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A value read from the text and its span in the clean text."""

    value: str
    start: int
    end: int
