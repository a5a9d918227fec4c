"""Named sets of rules whose items are listed ("4 xin, 4 luôn"), and names of models."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import Context
from .countables import NUMBER_WORDS
from .text import Text

_NUMBER = r"(?:\d{1,2}|" + "|".join(NUMBER_WORDS) + r")"
_QUOTED = re.compile(rf"“(?P<name>{_NUMBER} ?[^\W\d][^“”:;\n]{{0,60}})”")
_BARE = re.compile(
    rf"(?<![\w“])(?P<name>{_NUMBER} (?P<word>[^\W\d_]+)(?:, {_NUMBER} [^\W\d_]+){{0,4}})(?= ?[:(])"
)
_OPENS = re.compile(r"[^.;:\n(“”]{0,80}?(?:[:(]|(?:,| là| gồm| bao gồm)\s(?:gồm|bao gồm|đó là|là)?:?)\s*")
_COUNTS = re.compile(rf"(?<!\w)({_NUMBER}) ?(?=[^\W\d])")
_LIST_END = re.compile(r"[.!?…](?=[\s”\")]|$)|\n")
_LONGEST_LIST = 1500
_MODEL = re.compile(r"mô hình(?P<gap>(?:(?!mô hình)[^“”.;\n]){0,60}?)“(?P<name>[^“”\n]{2,200})”")
_MORE = re.compile(r"(?:,| và|, và|; mô hình| hoặc)\s*“(?P<name>[^“”\n]{2,200})”")
_NO_NAME = re.compile(
    r"phương châm|khẩu hiệu|tinh thần|chủ đề|phong trào|cuộc vận động|thông điệp|cuộc thi|hội thi"
)


@dataclass(frozen=True)
class Rule:
    """One item of a set, with its span in the clean text."""

    start: int
    end: int


@dataclass(frozen=True)
class RuleSet:
    """A named set; `start`..`end` holds name and list, `name_start`..`name_end` the name."""

    name_start: int
    name_end: int
    items: tuple[Rule, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Model:
    """The name of a model, without quotation marks."""

    start: int
    end: int


def find_rule_sets(text: Text, ctx: Context) -> tuple[RuleSet, ...]:
    """Sets named by their number of items and followed by the list of them, each name once."""
    found: dict[str, RuleSet] = {}
    for match in (*_QUOTED.finditer(text.fold), *_BARE.finditer(text.fold)):
        name, bare = match["name"].strip(), match.re is _BARE
        if name in found or text.line_at(match.start()).furniture:
            continue
        count = promised(name)
        lists = _lists(text, match.end(), count) if count >= 2 else []
        items = max(lists, key=lambda items: _likeness(text, name, items, count), default=[])
        if len(items) >= 2 and _fits(text, name, items, count, bare):
            start, end = match.span("name")
            found[name] = RuleSet(start, end, tuple(items), match.start(), items[-1].end)
    return tuple(sorted(found.values(), key=lambda rule_set: rule_set.start))


def find_models(text: Text, ctx: Context) -> tuple[Model, ...]:
    """Quoted names behind "mô hình", each once."""
    found: dict[str, Model] = {}
    for match in _MODEL.finditer(text.fold):
        if _NO_NAME.search(match["gap"]) or text.line_at(match.start()).furniture:
            continue
        named: re.Match[str] | None = match
        while named:
            found.setdefault(named["name"].strip(), Model(*_bare_span(text, *named.span("name"))))
            named = _MORE.match(text.fold, named.end())
    return tuple(found.values())


def promised(name: str) -> int:
    """How many items a name promises: "4 xin, 4 luôn" is 8, "năm không" is 5."""
    return sum(NUMBER_WORDS.get(word) or int(word) for word in _COUNTS.findall(name))


def _lists(text: Text, offset: int, count: int) -> list[list[Rule]]:
    """What may be the list behind a name: in brackets or quotes, behind a colon, or the lines that follow."""
    line = text.line_at(offset)
    opens = _OPENS.match(text.fold, offset, line.end)
    if not opens:
        return []
    start = opens.end()
    if start >= line.end:
        return [_lines_below(text, line.index, count)]
    limit = min(line.end, start + _LONGEST_LIST)
    closing = ")" if opens.group().rstrip().endswith("(") else "”" if text.clean[start] == "“" else ""
    if closing:
        end = text.clean.find(closing, start, limit)
        return _splits(text, start, end if end > 0 else limit)
    stop = _LIST_END.search(text.clean, start, limit)
    end = stop.start() if stop else limit
    semicolon = text.clean.find(";", start, end)
    # Another duty may follow the list behind a semicolon.
    return _splits(text, start, end) + (_splits(text, start, semicolon) if semicolon > 0 else [])


def _splits(text: Text, start: int, end: int) -> list[list[Rule]]:
    """A list parted at each kind of separator, the strongest first."""
    return [_parts(text, start, end, pattern) for pattern in (r";", r"[;,]", r"[;,]| và (?=\w)", r" - |[;,]")]


def _likeness(text: Text, name: str, items: list[Rule], count: int) -> tuple[bool, bool, int]:
    """How well a list suits a name: as many items as promised, all begun by its words."""
    return (
        len(items) == count and _begun(text, name, items) == count,
        len(items) == count and count > 1,
        -abs(len(items) - count) if len(items) > 1 else -1000,
    )


def _begun(text: Text, name: str, items: list[Rule]) -> int:
    """How many items begin with a word of the name."""
    words = set(re.findall(r"[^\W\d_]+", name)) - set(NUMBER_WORDS)
    return sum(text.fold[item.start : item.end].split(" ", 1)[0] in words for item in items)


def _parts(text: Text, start: int, end: int, pattern: str) -> list[Rule]:
    items: list[Rule] = []
    at = start
    for match in re.finditer(pattern, text.clean[start:end]):
        items.append(Rule(*_bare_span(text, at, start + match.start())))
        at = start + match.end()
    items.append(Rule(*_bare_span(text, at, end)))
    return [item for item in items if item.end > item.start]


def _lines_below(text: Text, index: int, count: int) -> list[Rule]:
    """The promised number of listed lines under a line that ends with a colon."""
    items: list[Rule] = []
    for line in text.lines[index + 1 : index + 1 + count]:
        if not line.kind or line.furniture:
            break
        items.append(Rule(*_bare_span(text, line.body, line.end)))
    return items if len(items) == count else []


def _bare_span(text: Text, start: int, end: int) -> tuple[int, int]:
    """A span without outer blanks, quotes and stops."""
    while start < end and text.clean[start] in " “”'-":
        start += 1
    while end > start and text.clean[end - 1] in " .,;:”“'/":
        end -= 1
    return start, end


def _fits(text: Text, name: str, items: list[Rule], count: int, bare: bool) -> bool:
    """Is the list the set's own: as long as promised (if quoted), or begun by the words of the name?"""
    begun = _begun(text, name, items)
    return (len(items) == count and not bare) or begun >= max(2, len(items) - 1)
