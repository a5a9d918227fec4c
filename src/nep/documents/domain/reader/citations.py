"""Other documents a document names: laws, decrees, decisions, plans, dispatches."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .dates import find_dates
from .header import Header
from .laws import find_laws
from .mentions import Mention, near
from .text import Text

_GAP = re.compile(r"[\s,]*$")
_LAW_WORD = re.compile(r"(?:bộ )?luật|pháp lệnh|hiến pháp", re.IGNORECASE)


@dataclass(frozen=True)
class Citation:
    """One cited document; start..end hold kind, number, date and issuer, ..title_end its title too.

    `number` without blanks, or None and then `name`; `date` is ISO or None.
    """

    number: str | None
    name: str | None
    date: str | None
    start: int
    end: int
    title_end: int


def find_citations(text: Text, header: Header, mentions: tuple[Mention, ...]) -> tuple[Citation, ...]:
    """All cited documents in reading order, each once."""
    own = header.number.value.lower() if header.number else None
    found: dict[str, Citation] = {}
    numbered: list[Mention] = []
    for mention in mentions:
        if mention.number.lower() == own or text.line_at(mention.start).furniture or _is_own(mention, header):
            continue
        numbered.append(mention)
        _keep(
            found,
            mention.number.lower(),
            Citation(mention.number, None, mention.date, mention.start, mention.end, mention.title_end),
        )
    named = {mention.name.lower() for mention in numbered if _LAW_WORD.match(mention.name)}
    for citation in _laws(text, numbered):
        name = (citation.name or "").lower()
        if not any(other.startswith(name) for other in named):
            _keep(found, name, citation)
    return tuple(sorted(found.values(), key=lambda citation: citation.start))


def _is_own(mention: Mention, header: Header) -> bool:
    """The number line of the letterhead is no citation, even when its digits are missing."""
    return header.number is not None and header.number.start == mention.number_start


def _keep(found: dict[str, Citation], key: str, citation: Citation) -> None:
    """The first mention stays; a later one may only lend it a date."""
    first = found.get(key)
    if first is None:
        found[key] = citation
    elif first.date is None and citation.date is not None:
        found[key] = Citation(
            first.number, first.name, citation.date, first.start, first.end, first.title_end
        )


def _laws(text: Text, mentions: list[Mention]) -> list[Citation]:
    """Laws named without a number; a date right behind the name is theirs."""
    found: list[Citation] = []
    for start, end in find_laws(text.clean, text.fold):
        if text.line_at(start).furniture or any(
            m.start <= start < m.number_end for m in near(mentions, start)
        ):
            continue
        date, stop = None, end
        for mention in find_dates(text.fold, end, min(len(text.fold), end + 40))[:1]:
            if (
                _GAP.match(text.fold, end, mention.start)
                and mention.grain == "day"
                and "\n" not in text.clean[end : mention.end]
            ):
                gap = text.fold[end : mention.start]
                if not gap.strip(" ,"):
                    date, stop = mention.iso() if mention.exists else None, mention.end
        found.append(Citation(None, text.words_of(start, end), date, start, stop, stop))
    return found
