"""The head of a document: what it is, who issued it, under which number, when, for which years."""

from __future__ import annotations

from dataclasses import dataclass

from .sections import Section
from .text import Text


@dataclass(frozen=True)
class Place:
    """A value read from the text with its span in the clean text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Period:
    """The years a plan or movement covers, both included."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Header:
    """kind is one of plan, decision, dispatch, news, report, other; every other field may be None.

    `issued_on.value` is an ISO date (YYYY-MM-DD).
    """

    kind: str
    issuer: Place | None
    number: Place | None
    issued_on: Place | None
    period: Period | None
    title: Place | None


def find_header(text: Text, sections: tuple[Section, ...]) -> Header:
    """Read the head of a document."""
    return Header("other", None, None, None, None, None)
