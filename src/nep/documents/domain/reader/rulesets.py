"""Named sets of rules whose items are listed ("4 xin, 4 luôn"), and names of models."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import Context
from .countables import COUNTED, NUMBER_WORDS
from .setlists import Rule, bare_span, begun, lists_before, lists_behind, splits
from .text import Text

_NUMBER = r"(?:\d{1,2}|" + "|".join(NUMBER_WORDS) + r")"
_QUOTED = re.compile(rf"“(?P<name>{_NUMBER} ?[^\W\d][^“”:;\n]{{0,60}})”")
# Name and list between one pair of quotation marks: “3 rõ: rõ người, rõ việc, rõ hạn”.
_WITH_LIST = re.compile(
    rf"“(?P<name>{_NUMBER} ?[^\W\d][^“”:;(\n]{{0,40}}?) ?[:(-] ?(?P<list>[^“”\n]{{5,600}})”"
)
_BARE = re.compile(
    rf"(?<![\w“])(?P<name>{_NUMBER} [^\W\d_]+(?: [^\W\d_]+)?(?:(?:,| và|;) {_NUMBER} [^\W\d_]+){{0,4}})"
    r"(?= ?[:(]|,? (?:gồm|bao gồm|đó là|là)(?!\w)| ?$)",
    re.MULTILINE,
)
# Without quotation marks "2 đợt (đợt 1 …, đợt 2 …)" counts things, it names no set.
_COUNTED_THING = re.compile(
    rf"{_NUMBER} (?:{COUNTED}|vòng|giai đoạn|bước|nội dung|nhiệm vụ|phần|cấp|loại"
    r"|ngày|tháng|năm|giờ|quý|mức)(?!\w)"
)
# The name sums up the list before it: "rõ người, rõ việc, rõ hạn (3 rõ)".
_SUMMED = re.compile(rf"(?P<open>\() ?“?(?P<name>{_NUMBER} [^\W\d_]+(?: [^\W\d_]+)?)”? ?\)")
_COUNTS = re.compile(rf"(?<!\w)({_NUMBER}) ?(?=[^\W\d])")
_MODEL = re.compile(r"mô hình(?P<gap>(?:(?!mô hình)[^“”.;\n]){0,60}?)“(?P<name>[^“”\n]{2,200})”")
_MORE = re.compile(r"(?:,| và|, và|; mô hình| hoặc)\s*“(?P<name>[^“”\n]{2,200})”")
_NO_NAME = re.compile(
    r"phương châm|khẩu hiệu|tinh thần|chủ đề|phong trào|cuộc vận động|thông điệp|cuộc thi|hội thi"
)


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
    """Sets named by their number of items and told with the list of them, each name once."""
    found: dict[str, RuleSet] = {}
    for pattern in (_QUOTED, _WITH_LIST, _BARE, _SUMMED):
        for match in pattern.finditer(text.fold):
            name = match["name"].strip()
            if name in found or text.line_at(match.start()).furniture:
                continue
            rule_set = _rule_set(text, match, name)
            if rule_set is not None:
                found[name] = rule_set
    return tuple(sorted(found.values(), key=lambda rule_set: rule_set.start))


def _rule_set(text: Text, match: re.Match[str], name: str) -> RuleSet | None:
    """The set a name stands for, when a list fits it."""
    count = promised(name)
    quoted = match.re in (_QUOTED, _WITH_LIST)
    if count < 2 or (not quoted and _COUNTED_THING.match(name)):
        return None
    lists = _lists(text, match, count)
    items = max(lists, key=lambda items: _likeness(text, name, items, count), default=[])
    if len(items) < 2 or not _fits(text, name, items, count, quoted):
        return None
    start, end = match.span("name")
    first, last = min(match.start(), items[0].start), max(match.end(), items[-1].end)
    return RuleSet(start, end, tuple(items), first, last)


def _lists(text: Text, match: re.Match[str], count: int) -> list[list[Rule]]:
    """The lists that a name may have, by the shape in which it stands."""
    if match.re is _WITH_LIST:
        return splits(text, *match.span("list"))
    if match.re is _SUMMED:
        return lists_before(text, match.start("open"), count)
    return lists_behind(text, match.end(), count)


def find_models(text: Text, ctx: Context) -> tuple[Model, ...]:
    """Quoted names behind "mô hình", each once."""
    found: dict[str, Model] = {}
    for match in _MODEL.finditer(text.fold):
        if _NO_NAME.search(match["gap"]) or text.line_at(match.start()).furniture:
            continue
        named: re.Match[str] | None = match
        while named:
            found.setdefault(named["name"].strip(), Model(*bare_span(text, *named.span("name"))))
            named = _MORE.match(text.fold, named.end())
    return tuple(found.values())


def promised(name: str) -> int:
    """How many items a name promises: "4 xin, 4 luôn" is 8, "năm không" is 5."""
    return sum(NUMBER_WORDS.get(word) or int(word) for word in _COUNTS.findall(name))


def _likeness(text: Text, name: str, items: list[Rule], count: int) -> tuple[bool, bool, int]:
    """How well a list suits a name: as many items as promised, all begun by its words."""
    return (
        len(items) == count and begun(text, name, items) == count,
        len(items) == count and count > 1,
        -abs(len(items) - count) if len(items) > 1 else -1000,
    )


def _fits(text: Text, name: str, items: list[Rule], count: int, quoted: bool) -> bool:
    """Is the list the set's own: as long as promised (if quoted), or begun by the words of the name?"""
    like = begun(text, name, items)
    return (len(items) == count and quoted) or like >= max(2, len(items) - 1)
