"""What every part of the reader may ask about a document besides its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from .citations import Citation, find_citations
from .clauses import Clause, Sentence, split_clauses, split_sentences
from .header import Header, find_header
from .mentions import find_mentions
from .sections import Section, find_sections
from .text import Text

Found = TypeVar("Found")

_QUOTE = re.compile(r"“[^”\n]{1,600}”")


@dataclass(frozen=True)
class Context:
    """Outline, sentences, clauses, header and citations of one document; all offsets in the clean text."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]
    header: Header
    citations: tuple[Citation, ...]
    quotes: tuple[tuple[int, int], ...]
    _quote_starts: list[int] = field(repr=False)
    _cited_starts: list[int] = field(repr=False)
    _found: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, text: Text) -> Context:
        """Read outline, header and citations of a text once, for all finders."""
        sections = find_sections(text)
        sentences = split_sentences(text, sections)
        clauses = split_clauses(text, sentences)
        mentions = find_mentions(text)
        header = find_header(text, sections, mentions)
        citations = find_citations(text, header, mentions)
        quotes = tuple(match.span() for match in _QUOTE.finditer(text.clean))
        return cls(
            sections,
            sentences,
            clauses,
            header,
            citations,
            quotes,
            [left for left, _ in quotes],
            [citation.start for citation in citations],
            {},
        )

    def once(self, find: Callable[[Text, Context], Found], text: Text) -> Found:
        """The result of a finder that others need too, worked out once per document."""
        name = find.__qualname__
        if name not in self._found:
            self._found[name] = find(text, self)
        result: Found = self._found[name]
        return result

    def is_quoted(self, offset: int) -> bool:
        """Does an offset stand between quotation marks?"""
        place = bisect_right(self._quote_starts, offset) - 1
        return place >= 0 and self.quotes[place][0] < offset < self.quotes[place][1]

    def is_cited(self, offset: int) -> bool:
        """Does an offset stand inside a citation or the title of the cited document?"""
        place = bisect_right(self._cited_starts, offset) - 1
        return any(
            citation.start <= offset < citation.title_end
            for citation in self.citations[max(0, place - 3) : place + 1]
        )

    def titles_above(self, section: int | None) -> tuple[str, ...]:
        """The headings over a section, the outermost first, its own last."""
        titles: list[str] = []
        while section is not None:
            titles.append(self.sections[section].title)
            section = self.sections[section].parent
        return tuple(title for title in reversed(titles) if title)
