"""Lists that may stand behind (or before) the name of a set of rules, in the shapes offices write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .countables import NUMBER_WORDS
from .text import Line, Text

_OPENS = re.compile(
    r"[^.;:\n(“”]{0,80}?(?:[:(]|(?:,| là| gồm| bao gồm| đó là)\s(?:gồm|bao gồm|đó là|là|cụ thể là)?:?)\s*"
)
_LIST_END = re.compile(r"[.!?…](?=[\s”\")]|$)|\n")
_NUMBERED = re.compile(r"(?:(?<=^)|(?<=[\s;,.:]))(?:\(\d{1,2}\)|\d{1,2}[.)]|\d{1,2} ?-)\s*(?=[^\W\d])")
_SHAPES = tuple(re.compile(shape) for shape in (r";", r"[;,]", r"[;,]| và (?=\w)", r" [-/+] |[;,]"))
_LONGEST_LIST = 1500
# A list before its name is looked for no farther back than this.
_FARTHEST = 400
_CLAUSE_BORDER = re.compile(r"[;:.“”(\n]")


@dataclass(frozen=True)
class Rule:
    """One item of a set, with its span in the clean text."""

    start: int
    end: int


def lists_behind(text: Text, offset: int, count: int) -> list[list[Rule]]:
    """What may be the list behind a name: in brackets or quotes, behind a colon, or the lines that follow."""
    line = text.line_at(offset)
    opens = _OPENS.match(text.fold, offset, line.end)
    if not opens:
        return [_lines_below(text, line, count)] if offset >= line.end - 1 else []
    start = opens.end()
    if start >= line.end:
        return [_lines_below(text, line, count)]
    limit = min(line.end, start + _LONGEST_LIST)
    closing = ")" if opens.group().rstrip().endswith("(") else "”" if text.clean[start] == "“" else ""
    if closing:
        end = text.clean.find(closing, start, limit)
        return splits(text, start, end if end > 0 else limit)
    stop = _LIST_END.search(text.clean, start, limit)
    end = stop.start() if stop else limit
    semicolon = text.clean.find(";", start, end)
    # Another duty may follow the list behind a semicolon.
    found = splits(text, start, end) + (splits(text, start, semicolon) if semicolon > 0 else [])
    return [*found, _parts(text, start, limit, _NUMBERED)]


def lists_before(text: Text, offset: int, count: int) -> list[list[Rule]]:
    """The list a name in brackets sums up: "rõ người, rõ việc, rõ hạn (3 rõ)"."""
    line = text.line_at(offset)
    left = max(line.body, offset - _FARTHEST)
    borders = [match.end() for match in _CLAUSE_BORDER.finditer(text.clean, left, offset)]
    start = borders[-1] if borders else left
    found = []
    for parts in splits(text, start, offset):
        items = parts[-count:]
        found.append([_from_last_capital_word(text, items[0], parts), *items[1:]] if items else [])
    return found


def _from_last_capital_word(text: Text, first: Rule, parts: list[Rule]) -> Rule:
    """The first item without the words that lead over to it: it begins as the second one does."""
    if len(parts) < 2:
        return first
    word = text.fold[parts[-1].start : parts[-1].end].split(" ", 1)[0]
    at = text.fold.rfind(f" {word} ", first.start, first.end)
    return Rule(at + 1, first.end) if at > 0 else first


def splits(text: Text, start: int, end: int) -> list[list[Rule]]:
    """A list parted at each kind of separator, the strongest first."""
    shapes = [_parts(text, start, end, shape) for shape in _SHAPES]
    return [*shapes, _parts(text, start, end, _NUMBERED)]


def _parts(text: Text, start: int, end: int, separator: re.Pattern[str]) -> list[Rule]:
    items: list[Rule] = []
    at = start
    for match in separator.finditer(text.clean, start, end):
        items.append(Rule(*bare_span(text, at, match.start())))
        at = match.end()
    items.append(Rule(*bare_span(text, at, end)))
    return [item for item in items if item.end > item.start]


def _lines_below(text: Text, line: Line, count: int) -> list[Rule]:
    """The promised number of lines under the line that names them, each with a marker or all alike begun."""
    items: list[Rule] = []
    for following in text.lines[line.index + 1 : line.index + 1 + count]:
        if following.furniture or len(following.text) > 400:
            break
        items.append(Rule(*bare_span(text, following.body, following.end)))
    below = text.lines[line.index + 1 : line.index + 1 + count]
    listed = all(following.kind for following in below)
    alike = len({text.fold[item.start : item.end].split(" ", 1)[0] for item in items}) == 1
    return items if len(items) == count and (listed or alike) else []


def begun(text: Text, name: str, items: list[Rule]) -> int:
    """How many items begin or end with words of the name ("xin chào" in "4 xin", "lực lượng tại chỗ")."""
    words = set(re.findall(r"[^\W\d_]+", name)) - set(NUMBER_WORDS)
    tail = " " + re.sub(r"^\S+ ?", "", name)
    return sum(
        text.fold[item.start : item.end].split(" ", 1)[0] in words
        or text.fold[item.start : item.end].endswith(tail)
        for item in items
    )


def bare_span(text: Text, start: int, end: int) -> tuple[int, int]:
    """A span without outer blanks, quotes, stops and enumerator."""
    number = _NUMBERED.match(text.clean, start, end)
    if number and start == number.start():
        start = number.end()
    while start < end and text.clean[start] in " “”'-+":
        start += 1
    while end > start and text.clean[end - 1] in " .,;:”“'/":
        end -= 1
    return start, end
