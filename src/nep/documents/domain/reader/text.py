"""The text a reader works on: cleaned, in logical lines, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from .dates import DateMention, find_dates
from .furniture import RULE_LINE, furniture_lines
from .longlines import parted
from .mapped import Mapped
from .mending import LOWER, UPPER, folded, mended
from .tables import Row, cells_parted, find_rows
from .wrapping import unwrapped

MARKER = re.compile(
    r"(?:(?P<bullet>[-+•▪●◦*·✓➢]+)\s*|(?P<article>(?:Điều|ĐIỀU) \d{1,3})[.:]?\s+"
    r"|(?P<chapter>(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Phụ lục|PHỤ LỤC) (?:\d{1,2}|[IVXLC]+))(?!\w)[.:]?\s*"
    r"|(?P<roman>[IVX]{1,5})(?:[.)]|/(?![vV])|\s-)\s*(?=\S)|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)]\s*"
    r"|\s+)(?=[^\W\d])"
    r"|(?P<number>\d{1,2})(?:[.)](?!\d)\s*|/(?!\d)\s*|\s-\s)(?=\S)|\((?P<bracket>\d{1,2}|[a-zđ])\)\s*"
    r"|(?P<letter>[a-zđ]\d?)[.)]\s*(?=\S)|(?P<capital>[A-HĐ])[.)]\s+(?=\S))"
)
_SMALL = re.compile(f"[{LOWER}]")
_LARGE = re.compile(f"[{UPPER}]")
_STOP = re.compile(r"[.;!?…,:]+[”)\"/]*$")


@dataclass(frozen=True)
class Line:
    """One logical line: its span in the clean text, its marker ("1.", "a)", "-") and where its words begin.

    `kind` names the marker: bullet, article, chapter, roman, decimal, number, bracket, letter, capital or "".
    """

    index: int
    start: int
    end: int
    text: str
    marker: str
    kind: str
    body: int
    furniture: bool
    heading: bool


@dataclass(frozen=True)
class Text:
    """A document text: `original` as given, `clean` in one spelling and one logical line per line.

    `fold` is `clean` in lower case, of the same length, for matching. All offsets of the
    reader's modules are in `clean`; `to_original` leads back. `rows` are the rows of tables of activities.
    """

    original: str
    mapped: Mapped
    clean: str
    fold: str
    rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, original: str) -> Text:
        """Clean a text as it was found: any encoding form, line ends, wrapping and glue."""
        rows = find_rows(original)
        mapped = unwrapped(parted(mended(cells_parted(original, rows))))
        return cls(original, mapped, mapped.text, folded(mapped.text), rows)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The logical lines in order."""
        if not self.clean:
            return ()
        bodies = self.clean.split("\n")
        furniture = furniture_lines(bodies)
        found: list[Line] = []
        at = 0
        for index, body in enumerate(bodies):
            marker, kind, width = line_marker(body)
            following = bodies[index + 1] if index + 1 < len(bodies) else ""
            is_cell = self.row_at(at) is not None
            aside = furniture[index] and not is_cell
            heading = not aside and not is_cell and _is_heading(body[width:], kind, following)
            found.append(Line(index, at, at + len(body), body, marker, kind, at + width, aside, heading))
            at += len(body) + 1
        return tuple(found)

    @cached_property
    def dates(self) -> tuple[DateMention, ...]:
        """Every date in the text, page furniture included."""
        return find_dates(self.fold)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line:
        """The logical line that holds an offset of the clean text."""
        return self.lines[max(0, bisect_right(self._line_starts, offset) - 1)]

    @cached_property
    def _row_starts(self) -> list[int]:
        return [row.start for row in self.rows]

    def row_at(self, offset: int) -> Row | None:
        """The row of a table of activities that holds an offset of the clean text."""
        if not self.rows:
            return None
        place = self.mapped.starts[offset]
        row = self.rows[max(0, bisect_right(self._row_starts, place) - 1)]
        return row if row.start <= place < row.end else None

    def column_at(self, offset: int) -> str | None:
        """What the column holds in which an offset stands; "head" in a head, None outside of tables."""
        row = self.row_at(offset)
        if row is None:
            return None
        return "head" if row.is_head else row.kind_at(self.mapped.starts[offset])

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the clean text stands for."""
        if start >= end:
            here = self.mapped.starts[start] if start < len(self.mapped.starts) else len(self.original)
            return here, here
        left, right = self.mapped.starts[start], self.mapped.ends[end - 1]
        return left, max(left, right)

    def words_of(self, start: int, end: int) -> str:
        """The words of a clean span as written, without what cleaning dropped, runs of blanks as one."""
        starts, ends = self.mapped.starts, self.mapped.ends
        pieces = (self.original[starts[i] : ends[i]] for i in range(start, end))
        # An HTML entity is read as the letter it stands for, a tag as the break it makes.
        kept = "".join(
            self.clean[start + i] if _stands_for(piece, self.clean[start + i]) else piece
            for i, piece in enumerate(pieces)
        )
        return unicodedata.normalize("NFC", " ".join(kept.split()))


def _stands_for(piece: str, letter: str) -> bool:
    """Whether a piece of the original is markup for a letter of the clean text."""
    return (piece[:1] == "&" and piece[-1:] == ";") or (piece[:1] == "<" and letter.isspace())


def line_marker(body: str) -> tuple[str, str, int]:
    """The enumerator a line begins with: (as written, its kind, width up to the words)."""
    match = MARKER.match(body)
    if RULE_LINE.match(body) or not match or not match.lastgroup:
        return "", "", 0
    return match.group(match.lastgroup), match.lastgroup, match.end()


def _is_heading(body: str, kind: str, following: str) -> bool:
    """A line that names what follows: all capitals, numbered and short, or short before a longer line."""
    words = body.split()
    if not words or len(words) > 80:
        return False
    if _LARGE.search(body) and not _SMALL.search(body):
        return True
    if len(words) > 20 or kind == "bullet" or not body[0].isupper():
        return False
    if body.endswith(":"):
        return bool(kind) and len(words) <= 16
    if _STOP.search(body[-12:]) or ": " in body:
        return False
    return bool(kind) or (len(words) <= 12 and len(following) > len(body))
