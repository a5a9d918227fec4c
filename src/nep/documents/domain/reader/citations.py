"""Other documents a document names: laws, decrees, decisions, plans, dispatches."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .dates import find_dates
from .header import Header
from .laws import find_laws
from .mentions import Mention, near
from .text import Text

_IN_BRACKETS = re.compile(r"\([^()]{0,30}\)")
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
    numbered_names = [m.name for m in numbered if _LAW_WORD.match(m.name)]
    named: list[Citation] = []
    for citation, number in _laws(text, numbered):
        if number:
            numbered_names.append(citation.name or "")
            first = found[number.lower()]
            if citation.start < first.start <= citation.end + 6:
                found[number.lower()] = replace(first, start=citation.start)
        else:
            named.append(citation)
    known = {name.lower() for name in numbered_names}
    for citation in named:
        name = (citation.name or "").lower()
        if not any(other.startswith(name) for other in known):
            # Amending laws share a name; their dates tell them apart.
            known_date = found[name].date if name in found else None
            is_other = known_date is not None and citation.date not in (None, known_date)
            _keep(found, f"{name} {citation.date}" if is_other else name, citation)
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
        found[key] = replace(first, date=citation.date)


def _laws(text: Text, mentions: list[Mention]) -> list[tuple[Citation, str | None]]:
    """Laws by name, each with the number that follows or None; a date right behind the name is theirs."""
    found: list[tuple[Citation, str | None]] = []
    for start, end in find_laws(text.clean, text.fold):
        around = near(mentions, end)
        if text.line_at(start).furniture or any(m.start <= start < m.number_end for m in around):
            continue
        behind = (m.number for m in near(mentions, end + 6) if 0 <= m.number_start - end <= 6)
        date, stop = _date_behind(text, end)
        found.append((Citation(None, text.words_of(start, end), date, start, stop, stop), next(behind, None)))
    return found


def _date_behind(text: Text, end: int) -> tuple[str | None, int]:
    """The date right behind a name, and where the words end then."""
    for date in find_dates(text.fold, end, min(len(text.fold), end + 40))[:1]:
        if (
            date.grain == "day"
            and not _IN_BRACKETS.sub("", text.clean[end : date.start]).strip(" ,")
            and "\n" not in text.clean[end : date.end]
        ):
            return (date.iso() if date.exists else None), date.end
    return None, end
