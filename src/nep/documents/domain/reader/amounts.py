"""Percent targets and other counted targets or results."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clauses import Clause
from .context import Context
from .countables import CONTENTS, COUNTED, NUMBER_WORDS, SERIES
from .recipients import recipients_zone
from .text import Text

_PERCENT = re.compile(r"(?<![\w.,/])(?P<value>\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|phần trăm)")
_COUNT = re.compile(
    r"(?<![\w.,/\-:%“])(?:(?P<words>(?:ít nhất|tối thiểu|tối đa|mỗi) (?:có )?(?P<word>"
    + "|".join(NUMBER_WORDS)
    + r"))"
    r"|(?P<digits>\d{1,3}(?:\.\d{3})+|\d{1,7})(?:/\d{1,5})?) (?P<what>" + COUNTED + r")(?!\w)"
)
# "12 ĐKKD": an abbreviation stands for the thing counted.
_ABBREVIATED = re.compile(
    r"(?<![\w.,/\-:%“])(?P<digits>\d{1,4}) (?P<what>(?!UBND|HĐND)[A-ZĐ]{3,8})(?! ?[:\w/\-])"
)
_PHRASE_END = re.compile(r"[,;.:()“”\n]|\s(?=(?:và|được|đã|để|là|cho|trong|tại|trên|từ|đến|có|phải|với) )")
_COUNTED_BEFORE = re.compile(r"(?:có|gồm|tại|cho|được|với|khoảng|hơn|trên|tổ chức|đạt)$")
_COORDINATED = re.compile(r", (?:" + COUNTED + r")(?!\w)")
_NO_THING = re.compile(
    CONTENTS + r"| ?/ ?(?:năm|tháng|quý|tuần|ngày|lần)| (?:một|mỗi) (?:năm|tháng|quý|tuần)"
)
_SERIES = re.compile(SERIES)
_SEPARATOR = re.compile(r"[,:]\s")


@dataclass(frozen=True)
class Target:
    """A percentage to reach or reached; `value` in percent, the span holds what it is about."""

    value: float
    start: int
    end: int
    at: int


@dataclass(frozen=True)
class Quantity:
    """A counted target or result: `value` of `what`."""

    value: int
    what: str
    start: int
    end: int


def find_targets(text: Text, ctx: Context) -> tuple[Target, ...]:
    """Every percentage outside page furniture, with the words around it."""
    found: list[Target] = []
    for clause in _outside_recipients(text, ctx):
        for match in _PERCENT.finditer(text.fold, clause.start, clause.end):
            start, end = _around(text, clause, match.start(), match.end())
            value = float(match["value"].replace(",", "."))
            found.append(Target(value, start, end, match.start()))
    return tuple(found)


def find_quantities(text: Text, ctx: Context) -> tuple[Quantity, ...]:
    """Counted things, each distinct count once."""
    found: dict[tuple[int, str], Quantity] = {}
    for clause in _outside_recipients(text, ctx):
        for match in _counts(text, clause):
            if _is_no_count(text, ctx, match):
                continue
            word = match.groupdict().get("word")
            value = NUMBER_WORDS[word] if word else int(match["digits"].replace(".", ""))
            end = _phrase_end(text, match.end(), clause.end)
            what = text.clean[match.start("what") : _coordinated_end(text, match.end("what"), clause.end)]
            found.setdefault((value, what.lower()), Quantity(value, what, match.start(), end))
    return tuple(found.values())


def _outside_recipients(text: Text, ctx: Context) -> list[Clause]:
    """The clauses that are no entries of the list of recipients ("Lưu: VT, 5 bản")."""
    start, end = recipients_zone(text)
    return [clause for clause in ctx.clauses if not start <= clause.start < end]


def _counts(text: Text, clause: Clause) -> list[re.Match[str]]:
    """Numbers before a counted noun or an abbreviation, in order."""
    spelt = list(_COUNT.finditer(text.fold, clause.start, clause.end))
    taken = {match.start() for match in spelt}
    short = [
        match
        for match in _ABBREVIATED.finditer(text.clean, clause.start, clause.end)
        if match.start() not in taken
    ]
    return sorted(spelt + short, key=lambda match: match.start())


def _around(text: Text, clause: Clause, left: int, right: int) -> tuple[int, int]:
    """The words a percentage is about: its comma-parted piece of the clause and what follows."""
    start = clause.start
    for match in _SEPARATOR.finditer(text.clean, clause.start, left):
        start = match.end()
    if left - start < 4 and start > clause.start:
        start = left
    start = _named_in_row(text, start)
    end = clause.end
    while end > right and text.clean[end - 1] in " .;,/":
        end -= 1
    return start, min(end, right + 220)


def _named_in_row(text: Text, start: int) -> int:
    """In a table the words a percentage is about stand in a cell of its row before it."""
    row = text.row_at(start)
    index = text.line_at(start).index if row else 0
    while row and index > 0 and text.row_at(text.lines[index - 1].start) is row:
        index -= 1
        if text.column_at(text.lines[index].start) in ("work", "goal"):
            return text.lines[index].start
    return start


def _is_no_count(text: Text, ctx: Context, match: re.Match[str]) -> bool:
    """Durations, ordinals, members of a numbered series, rates and the names of rule sets are no counts."""
    start = match.start()
    before = text.fold[max(0, start - 16) : start].rstrip()
    if _SERIES.search(before):
        return True
    if ctx.is_cited(start) or _NO_THING.match(text.fold, match.end()):
        return True
    digits = match.groupdict().get("digits") or ""
    if re.fullmatch(r"(?:19|20)\d\d", digits) and not _COUNTED_BEFORE.search(before):
        return True
    return text.clean[start - 1 : start] == "“" or (
        match["digits"] is not None and int(match["digits"].replace(".", "")) == 0
    )


def _phrase_end(text: Text, start: int, limit: int) -> int:
    """The counted phrase: to the next border, at most twelve words."""
    stop = _PHRASE_END.search(text.fold, start, limit)
    end = stop.start() if stop else limit
    words = list(re.finditer(r"\S+", text.fold[start:end]))
    return start + words[11].end() if len(words) > 12 else end


def _coordinated_end(text: Text, end: int, limit: int) -> int:
    """Where nouns that share the number end: "9 huyện, thành phố"."""
    while match := _COORDINATED.match(text.fold, end, limit):
        end = match.end()
    return end
