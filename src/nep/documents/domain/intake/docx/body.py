"""The story of a Word file as lines: tracked changes accepted, hidden text left out."""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from nep.documents.domain.intake.docx.numbering import Numbering
from nep.documents.domain.intake.docx.styles import Styles
from nep.documents.domain.intake.docx.xml import (
    attribute,
    child,
    children,
    local,
    switched_on,
    value,
    whole_number,
)
from nep.documents.domain.intake.extract import RowOfCells

BLOCKS = ("p", "tbl", "sdt", "customXml", "ins", "moveTo", "AlternateContent")
"""Elements that can stand directly in the body and hold text that is kept."""

# fmt: off
_TRACKED = frozenset(("ins", "moveTo"))
_INLINE = frozenset(("hyperlink", "smartTag", "customXml", "sdt", "sdtContent", "fldSimple", "dir", "bdo"))
_RUBY = frozenset(("ruby", "rubyBase"))
_FORMULA = frozenset((
    "oMath", "oMathPara", "r", "e", "num", "den", "sub", "sup", "fName", "deg", "f", "d", "rad", "func",
    "nary", "sSub", "sSup", "sSubSup",
))
_DRAWING = frozenset((
    "pict", "object", "drawing", "inline", "anchor", "graphic", "graphicData", "wgp", "wsp", "grpSp", "wpc",
    "txbx", "group", "shape", "rect", "roundrect", "oval", "line", "textbox",
))
# fmt: on
_WRAPPERS = _TRACKED | _INLINE | _RUBY | _FORMULA | _DRAWING
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Story:
    """Turns blocks of the body, in their order, into lines."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._carried = ""
        self._boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []

    def lines(self, block: Element) -> Iterator[str]:
        """Give the lines of one block: a paragraph, a table, or a wrapper around blocks."""
        name = local(block)
        if name == "p":
            yield from self._paragraph(block)
        elif name == "tbl":
            for row in _through(block, "tr"):
                yield from self._row(row)
        elif name == "AlternateContent":
            for inner in _chosen(block):
                yield from self.lines(inner)
        elif name in BLOCKS or name in ("sdtContent", "txbxContent", "footnote", "endnote"):
            for inner in block:
                yield from self.lines(inner)

    def _row(self, row: Element) -> Iterator[str]:
        properties = child(row, "trPr")
        if child(properties, "del") is not None or switched_on(properties, "hidden"):
            return
        cells = RowOfCells()
        for cell in _through(row, "tc"):
            cells.start_cell()
            merged = child(cell, "tcPr", "vMerge")
            # A cell merged into the one above shows nothing of its own.
            if merged is not None and attribute(merged, "val") != "restart":
                continue
            for block in cell:
                for line in self.lines(block):
                    if line.strip():
                        cells.add(line.strip())
        yield from cells.lines()

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle") or self._styles.default
        if self._styles.is_contents(style):
            return
        boxes_before, self._boxes = self._boxes, []
        text = "".join(self._inline(paragraph, style))
        boxes, self._boxes = self._boxes, boxes_before
        mark = child(properties, "rPr")
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            # The end of this paragraph is deleted: what is left of it runs on into the next one.
            self._carried += text
        else:
            numbers = child(properties, "numPr")
            label = self._numbering.label(
                whole_number(value(numbers, "numId")), whole_number(value(numbers, "ilvl")), style
            )
            whole = label + self._carried + text
            self._carried = ""
            yield from whole.split("\n")
        for box in boxes:
            yield from self.lines(box)

    def _inline(self, element: Element, style: str | None) -> Iterator[str]:
        for inner in element:
            name = local(inner)
            if name == "txbxContent":
                self._boxes.append(inner)
            elif name == "r":
                yield from self._run(inner, style)
            elif name == "AlternateContent":
                for chosen in _chosen(inner):
                    yield from self._one(chosen, style, capitals=False)
            else:
                yield from self._one(inner, style, capitals=False)

    def _run(self, run: Element, style: str | None) -> Iterator[str]:
        if not len(run):
            return
        properties = child(run, "rPr")
        own = value(properties, "rStyle")
        styles = self._styles
        if _first(switched_on(properties, "vanish"), styles.hidden(own), styles.hidden(style)):
            return
        capitals = _first(switched_on(properties, "caps"), styles.capitals(own), styles.capitals(style))
        for inner in run:
            if local(inner) == "AlternateContent":
                for chosen in _chosen(inner):
                    yield from self._one(chosen, style, capitals=capitals)
            else:
                yield from self._one(inner, style, capitals=capitals)

    def _one(self, element: Element, style: str | None, *, capitals: bool) -> Iterator[str]:
        name = local(element)
        if name == "t":
            text = (element.text or "").replace("\r", "").replace("\n", " ")
            yield text.upper() if capitals else text
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "sym":
            yield _symbol(attribute(element, "char"))
        elif name in ("footnoteReference", "endnoteReference"):
            yield self._note(name.removesuffix("Reference"), attribute(element, "id") or "")
        elif name == "txbxContent":
            self._boxes.append(element)
        elif name in _WRAPPERS:
            yield from self._inline(element, style)

    def _note(self, kind: str, key: str) -> str:
        self.notes.append((kind, key))
        return f"[{len(self.notes)}]"


def _through(element: Element, name: str) -> Iterator[Element]:
    """Go through rows or cells, also inside content controls and tracked insertions around them."""
    for inner in element:
        found = local(inner)
        if found == name:
            yield inner
        elif found in ("sdt", "sdtContent", "ins", "customXml", "moveTo"):
            yield from _through(inner, name)


def _chosen(alternatives: Element) -> list[Element]:
    """Take one of several drawings of the same thing: the modern one, else the fallback for old Word."""
    choice = child(alternatives, "Choice")
    chosen = choice if choice is not None else child(alternatives, "Fallback")
    return list(chosen) if chosen is not None else []


def _symbol(code: str | None) -> str:
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if number in (0xF02D, 0xF0BE):
        return "-"
    return chr(number) if 0x20 <= number < 0xD800 else "•"


def _first(*answers: bool | None) -> bool:
    return next((answer for answer in answers if answer is not None), False)


def notes_by_id(root: Element | None, kind: str) -> dict[str, Element]:
    """Give the notes of a part by their id."""
    return {attribute(note, "id") or "": note for note in children(root, kind)}
