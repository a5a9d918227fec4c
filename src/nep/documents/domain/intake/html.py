"""The visible text of a web page, one line for each block, from markup however broken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from lxml import etree

from nep.documents.domain.intake.encodings import decode_page
from nep.documents.domain.intake.extract import Extract, RowOfCells
from nep.documents.domain.intake.model import Refused

Attributes = Mapping[str, str]

# fmt: off
_UNSEEN = frozenset((
    "title", "script", "style", "template", "noscript", "head", "svg", "math", "canvas", "iframe",
    "object", "embed", "audio", "video", "map", "select", "option", "datalist", "textarea", "button",
    "input",
))
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "ul",
))
# fmt: on
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")

# Browsers stop nesting at 512 levels and unclosed tags of real pages reach a few hundred.
_MAX_DEPTH = 5_000
_CHUNK = 65_536


@dataclass
class _Sink:
    """Receives the parser's events and keeps only the lines a person would see; no tree is built."""

    text_limit: int
    title: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    rows: list[RowOfCells] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)
    depth: int = 0
    unseen_from: int = 0
    pre_from: int = 0
    in_title: bool = False
    length: int = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise Refused("nested")
        if tag == "title":
            self.in_title = True
        if self.unseen_from:
            return
        if (tag in _UNSEEN or _is_hidden(attributes)) and tag not in ("html", "body"):
            self.unseen_from = self.depth
            return
        self._open(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == "title":
            self.in_title = False
        if not self.unseen_from:
            self._close(tag)
        elif self.depth == self.unseen_from:
            self.unseen_from = 0
        if self.depth == self.pre_from:
            self.pre_from = 0
        self.depth -= 1

    def data(self, text: str) -> None:
        if self.in_title and len(self.title) < 100:
            self.title.append(text)
        if self.unseen_from:
            return
        self.length += len(text)
        if self.length > self.text_limit:
            raise Refused("too-long")
        if self.pre_from:
            first, *others = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for other in others:
                self._break()
                self.line.append(other)
        else:
            self.line.append(_BLANKS.sub(" ", text))

    def close(self) -> list[str]:
        self._break()
        while self.rows:
            self._end_row()
        return self.lines

    def _open(self, tag: str, attributes: Attributes) -> None:
        if tag in ("td", "th"):
            self._break()
            if self.rows:
                self.rows[-1].start_cell()
        elif tag == "tr":
            self._break()
            self.rows.append(RowOfCells(self.depth))
        elif tag == "br":
            self._break()
        elif tag in _BLOCKS:
            self._break()
            if tag == "pre":
                self.pre_from = self.pre_from or self.depth
            elif tag in ("ol", "ul"):
                self.counters.append(_first_number(attributes) if tag == "ol" else None)
            elif tag == "li":
                self._number_item(attributes)

    def _close(self, tag: str) -> None:
        if tag in ("td", "th") or tag in _BLOCKS:
            self._break()
            if tag in ("ol", "ul") and self.counters:
                self.counters.pop()
        elif tag == "tr" and self.rows and self.rows[-1].depth == self.depth:
            self._break()
            self._end_row()

    def _number_item(self, attributes: Attributes) -> None:
        if not self.counters or self.counters[-1] is None:
            return
        number = _number(attributes.get("value"), self.counters[-1])
        self.counters[-1] = number + 1
        self.line.append(f"{number}. ")

    def _break(self) -> None:
        line = "".join(self.line)
        self.line.clear()
        if not self.pre_from:
            line = re.sub(" {2,}", " ", line).strip(" ")
        if line.strip():
            self._put(line)

    def _put(self, line: str) -> None:
        if self.rows:
            self.rows[-1].add(line)
        else:
            self.lines.append(line)

    def _end_row(self) -> None:
        row = self.rows.pop()
        for line in row.lines():
            self._put(line)


def read(file: BinaryIO, *, text_limit: int) -> Extract:
    """Take the visible text out of a web page, decoded as it declares itself.

    Raises: Refused, also over the limit of characters and for a page nested beyond any real one.
    """
    decoded = decode_page(file.read())
    sink: Any = _Sink(text_limit)  # the parser's type asks for events this page has no use for
    parser = etree.HTMLParser(target=sink, no_network=True, huge_tree=False)
    for start in range(0, len(decoded.text), _CHUNK):
        parser.feed(decoded.text[start : start + _CHUNK])
    lines = parser.close() if decoded.text else []
    title = _BLANKS.sub(" ", "".join(sink.title)).strip()
    return Extract("\n".join(lines), title=title or None, cautions=decoded.cautions)


def _is_hidden(attributes: Attributes) -> bool:
    return "hidden" in attributes or bool(_HIDING_STYLE.search(attributes.get("style", "")))


def _first_number(attributes: Attributes) -> int | None:
    if attributes.get("type", "1") != "1" or "none" in attributes.get("style", ""):
        return None
    return _number(attributes.get("start"), 1)


def _number(written: str | None, otherwise: int) -> int:
    if written and re.fullmatch(r"\d{1,6}", written.strip(), re.ASCII):
        return int(written)
    return otherwise
