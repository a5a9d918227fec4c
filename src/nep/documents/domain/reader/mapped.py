"""Text that remembers where each of its characters came from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Mapped:
    """A string with, for every character, the span of the original it stands for.

    `starts[i]` and `ends[i]` are code-point offsets in the original; an inserted
    character has an empty span.
    """

    text: str
    starts: array[int]
    ends: array[int]

    @classmethod
    def of(cls, original: str) -> Mapped:
        """The original itself: every character stands for itself."""
        size = len(original)
        return cls(original, array("l", range(size)), array("l", range(1, size + 1)))

    def with_text(self, text: str) -> Mapped:
        """The same places under a text of equal length."""
        if len(text) != len(self.text):
            raise ValueError("the new text must have the length of the old one")
        return Mapped(text, self.starts, self.ends)

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> Mapped:
        """Replace every match and keep the places of all characters."""
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        at = 0
        for match in pattern.finditer(self.text):
            new = replacement if isinstance(replacement, str) else replacement(match)
            old = match.group()
            if new == old:
                continue
            left, right = match.span()
            pieces += [self.text[at:left], new]
            starts.extend(self.starts[at:left])
            ends.extend(self.ends[at:left])
            self._place(left, right, new, starts, ends)
            at = right
        if not pieces:
            return self
        pieces.append(self.text[at:])
        starts.extend(self.starts[at:])
        ends.extend(self.ends[at:])
        return Mapped("".join(pieces), starts, ends)

    def _place(self, left: int, right: int, new: str, starts: array[int], ends: array[int]) -> None:
        """Give the new characters the places of the old characters left..right."""
        size = len(new)
        cut = _inserted(self.text[left:right], new)
        if size == right - left:
            starts.extend(self.starts[left:right])
            ends.extend(self.ends[left:right])
        elif cut is not None:
            here = self.ends[left + cut - 1] if left + cut else 0
            starts.extend([*self.starts[left : left + cut], here, *self.starts[left + cut : right]])
            ends.extend([*self.ends[left : left + cut], here, *self.ends[left + cut : right]])
        else:
            starts.extend([self.starts[left]] * size)
            ends.extend([self.ends[right - 1]] * size)


def _inserted(old: str, new: str) -> int | None:
    """Where the new text holds one character more than the old one, if that is all the difference."""
    if len(new) != len(old) + 1:
        return None
    cut = next((i for i, char in enumerate(old) if new[i] != char), len(old))
    return cut if new[cut + 1 :] == old[cut:] else None
