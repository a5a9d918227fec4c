"""Words of a stretch of text, and the units found among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"đ/c|[^\W_]+(?:[&\-][^\W_]+)*|\S", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Words:
    """The words of one stretch of text: spelling, lower case and place of each."""

    text: tuple[str, ...]
    low: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str, fold: str, start: int, end: int) -> Words:
        """Split text[start:end] into words and marks, keeping their places."""
        spans = [match.span() for match in _WORD.finditer(text, start, end)]
        return cls(
            tuple(text[a:b] for a, b in spans),
            tuple(fold[a:b] for a, b in spans),
            tuple(a for a, _ in spans),
            tuple(b for _, b in spans),
        )

    def __len__(self) -> int:
        return len(self.low)

    @cached_property
    def capital(self) -> tuple[bool, ...]:
        """Which words begin with a capital; none in a line all in capitals, where they tell nothing."""
        shouted = "".join(self.text).isupper() and sum(word.isalpha() for word in self.text) > 3
        return tuple(word[0].isupper() and not shouted for word in self.text)


@dataclass(frozen=True)
class Unit:
    """A unit named in the text: words [first, last), its kind, and the head it shares with others ("Sở").

    `kind` is "body" (one named body), "council" (people's committees and councils), "officer" (the holder of
    an office), "post" (a post inside a house), "kinds" (bodies of general kinds), "person" (named persons).
    """

    first: int
    last: int
    kind: str
    head: str = ""
