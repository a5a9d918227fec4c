"""Automatic numbers of Word lists: they stand in no run of text and are counted here as Word counts them."""

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from nep.documents.domain.intake.docx.styles import Styles
from nep.documents.domain.intake.docx.xml import (
    attribute,
    child,
    children,
    switched_on,
    value,
    whole_number,
)

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_PLACE = re.compile(r"%([1-9])")

# Bullets of the Symbol and Wingdings fonts are private letters that mean nothing in another font.
_BULLETS = {"\uf02d": "-", "\uf0be": "-", "\uf02b": "+", "o": "•", "§": "•", "Ø": "•", "ü": "•"}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    glue: str = " "
    restart: int | None = None
    only_decimal: bool = False
    style: str | None = None


@dataclass
class _List:
    """One list as paragraphs name it: its levels, starts of its own, and the counters it shares."""

    levels: dict[int, Level]
    starts: dict[int, int]
    counters: dict[int, int]
    used: set[int] = field(default_factory=set)


class Numbering:
    """Gives each list paragraph, asked in reading order, the number Word shows before it."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        abstract = {attribute(element, "abstractNumId"): element for element in children(root, "abstractNum")}
        numbers = {attribute(element, "numId"): element for element in children(root, "num")}
        counters: dict[str | None, dict[int, int]] = {}
        self._lists: dict[int, _List] = {}
        for key, element in numbers.items():
            number = whole_number(key)
            source = self._source(value(element, "abstractNumId"), abstract, numbers)
            if number is None or source is None:
                continue
            shared = counters.setdefault(attribute(source, "abstractNumId"), {})
            self._lists[number] = _list(element, source, shared)

    def label(self, list_id: int | None, level: int | None, style: str | None) -> str:
        """Count one paragraph and give its number with the blank behind it; empty without one."""
        if list_id is None:
            list_id, from_style = self._styles.list_of(style)
            level = from_style if level is None else level
        found = self._lists.get(list_id or 0)
        if found is None:
            return ""
        if level is None:
            level = next((depth for depth, one in found.levels.items() if style and one.style == style), 0)
        definition = found.levels.get(level)
        if definition is None:
            return ""
        _advance(found, level)
        return _written(found, level, definition)

    def _source(
        self, key: str | None, abstract: dict[str | None, Element], numbers: dict[str | None, Element]
    ) -> Element | None:
        """Follow a list definition that only points to a list style, at most once round."""
        source = abstract.get(key)
        link = value(source, "numStyleLink")
        if source is None or link is None:
            return source
        list_id, _ = self._styles.list_of(link)
        return abstract.get(value(numbers.get(str(list_id)), "abstractNumId"), source)


def _list(element: Element, source: Element, counters: dict[int, int]) -> _List:
    levels = dict(_level(one) for one in children(source, "lvl"))
    starts = {}
    for override in children(element, "lvlOverride"):
        level = whole_number(attribute(override, "ilvl")) or 0
        own = child(override, "lvl")
        if own is not None:
            levels[level] = _level(own)[1]
        start = whole_number(value(override, "startOverride"))
        if start is not None:
            starts[level] = start
    return _List(levels, starts, counters)


def _level(element: Element) -> tuple[int, Level]:
    start = whole_number(value(element, "start"))
    glue = value(element, "suff") or "tab"
    return whole_number(attribute(element, "ilvl")) or 0, Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        pattern=value(element, "lvlText") or "",
        glue="" if glue == "nothing" else " ",
        restart=whole_number(value(element, "lvlRestart")),
        only_decimal=bool(switched_on(element, "isLgl")),
        style=value(element, "pStyle"),
    )


def _advance(found: _List, level: int) -> None:
    counters = found.counters
    if level in found.starts and level not in found.used:
        counters[level] = found.starts[level]
    elif level in counters:
        counters[level] += 1
    else:
        counters[level] = found.levels[level].start
    found.used.add(level)
    for deeper in [depth for depth in counters if depth > level]:
        restart = found.levels[deeper].restart if deeper in found.levels else None
        if level < (deeper if restart is None else restart):
            del counters[deeper]


def _written(found: _List, level: int, definition: Level) -> str:
    if definition.form == "none":
        return ""
    if definition.form == "bullet":
        bullet = definition.pattern.strip()
        known = _BULLETS.get(bullet, bullet)
        return ("•" if any("\ue000" <= char <= "\uf8ff" for char in known) else known) + definition.glue

    def place(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        other = found.levels.get(depth, Level())
        form = "decimal" if definition.only_decimal else other.form
        return count(found.counters.get(depth, other.start), form)

    written = _PLACE.sub(place, definition.pattern)
    return written + definition.glue if written.strip() else ""


def count(number: int, form: str) -> str:
    """Write a number in one of Word's forms; unknown forms count in digits."""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 260:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    return "" if form in ("none", "bullet") else str(number)


def _roman(number: int) -> str:
    written = []
    for size, letters in _ROMAN:
        times, number = divmod(number, size)
        written.append(letters * times)
    return "".join(written)
