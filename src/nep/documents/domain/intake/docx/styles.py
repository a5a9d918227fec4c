"""Styles of a Word file, as far as they change the words seen: numbers, capitals, hidden text, contents."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from nep.documents.domain.intake.docx.xml import attribute, child, children, switched_on, value, whole_number


@dataclass(frozen=True, slots=True)
class Style:
    """What one style itself says; None where it leaves it to the style it is based on."""

    name: str
    based_on: str | None
    list_id: int | None
    level: int | None
    capitals: bool | None
    hidden: bool | None


class Styles:
    """All styles by id, answering along the chain of styles they are based on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default: str | None = None
        for element in children(root, "style"):
            key = attribute(element, "styleId") or ""
            self._styles[key] = _style(element)
            is_default = attribute(element, "default") in ("1", "true", "on")
            if is_default and attribute(element, "type") == "paragraph":
                self.default = key

    def list_of(self, style: str | None) -> tuple[int | None, int | None]:
        """Give list id and level a paragraph style carries."""
        for entry in self._chain(style):
            if entry.list_id is not None:
                return entry.list_id, entry.level
        return None, None

    def capitals(self, style: str | None) -> bool | None:
        return next((entry.capitals for entry in self._chain(style) if entry.capitals is not None), None)

    def hidden(self, style: str | None) -> bool | None:
        return next((entry.hidden for entry in self._chain(style) if entry.hidden is not None), None)

    def is_contents(self, style: str | None) -> bool:
        """Tell whether a style is of a line in a table of contents, which only repeats headings."""
        return any(entry.name.startswith("toc ") for entry in self._chain(style))

    def _chain(self, style: str | None) -> Iterator[Style]:
        seen: set[str] = set()
        while style is not None and style not in seen and style in self._styles:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on


def _style(element: Element) -> Style:
    numbering = child(element, "pPr", "numPr")
    return Style(
        name=(value(element, "name") or "").lower(),
        based_on=value(element, "basedOn"),
        list_id=whole_number(value(numbering, "numId")),
        level=whole_number(value(numbering, "ilvl")),
        capitals=switched_on(element, "rPr", "caps"),
        hidden=switched_on(element, "rPr", "vanish"),
    )
