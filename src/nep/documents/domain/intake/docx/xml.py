"""Safe access to WordprocessingML: names without their two possible namespaces, no entities, no network."""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from nep.documents.domain.intake.container import Container
from nep.documents.domain.intake.model import Refused

_SAFE: Any = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


def local(element: Element) -> str:
    """Give the name of an element without its namespace; empty for comments and unresolved entities."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """Follow child names downwards; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Go through the children of one name."""
    return (inner for inner in (element if element is not None else ()) if local(inner) == name)


def attribute(element: Element | None, name: str) -> str | None:
    """Read an attribute by its name without namespace."""
    if element is None:
        return None
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def value(element: Element | None, *path: str) -> str | None:
    """Read the `val` attribute of the element a path leads to."""
    return attribute(child(element, *path), "val")


def switched_on(element: Element | None, *path: str) -> bool | None:
    """Read an on/off property: None where it is not given, else whether it is on."""
    found = child(element, *path)
    if found is None:
        return None
    return attribute(found, "val") not in ("0", "false", "off", "none")


def whole_number(written: str | None) -> int | None:
    """Read a whole number of a sane size; None for anything else."""
    if written is None or len(written) > 9:
        return None
    try:
        return int(written)
    except ValueError:
        return None


def events(container: Container, name: str, tags: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    """Read a part as parser events for some element names.

    Raises: Refused for a document type declaration (entities), too deep nesting, or broken XML.
    """
    part = container.open(name)
    if part is None:
        return
    wanted = tuple(f"{{*}}{tag}" for tag in tags)
    parser = etree.XMLPullParser(events=("start", "end"), tag=wanted, **_SAFE)
    try:
        checked = False
        while chunk := part.read():
            parser.feed(chunk)
            for event, element in parser.read_events():
                if not checked:
                    checked = True
                    if element.getroottree().docinfo.doctype:
                        raise Refused("entities")
                yield event, element
        root = parser.close()
        if root.getroottree().docinfo.doctype:
            raise Refused("entities")
    except etree.XMLSyntaxError as error:
        raise Refused(_reason(error.msg or "")) from None


def root_of(container: Container, name: str) -> Element | None:
    """Parse a small part whole; None when the container has no such part."""
    part = container.open(name)
    if part is None:
        return None
    parser = etree.XMLPullParser(events=(), **_SAFE)
    try:
        while chunk := part.read():
            parser.feed(chunk)
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise Refused(_reason(error.msg or "")) from None
    if root.getroottree().docinfo.doctype:
        raise Refused("entities")
    return root


def _reason(message: str) -> str:
    lowered = message.lower()
    if "depth" in lowered:
        return "nested"
    if "entity" in lowered or "amplification" in lowered:
        return "entities"
    return "damaged"
