"""A Word file as a package: which part is the document, and what the package is if no Word file."""

import posixpath
from collections.abc import Iterator
from typing import BinaryIO

from nep.documents.domain.intake.container import Container
from nep.documents.domain.intake.docx.body import BLOCKS, Story, notes_by_id
from nep.documents.domain.intake.docx.numbering import Numbering
from nep.documents.domain.intake.docx.styles import Styles
from nep.documents.domain.intake.docx.xml import attribute, children, events, local, root_of
from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.model import Caution, Refused

_OTHER_FORMATS = (
    ("wordprocessingml", ""),
    ("ms-word", ""),
    ("spreadsheetml", "spreadsheet"),
    ("ms-excel", "spreadsheet"),
    ("presentationml", "presentation"),
    ("ms-powerpoint", "presentation"),
)
_OPEN_DOCUMENT = (("text", "odt"), ("spreadsheet", "spreadsheet"), ("presentation", "presentation"))
_MACROS = Caution("macros", "Tệp Word có macro; hệ thống chỉ đọc phần chữ, không chạy macro.")
_IMAGES = Caution("images", "Tệp có ít chữ và có hình ảnh; chữ nằm trong hình ảnh không đọc được.")


def read(file: BinaryIO, *, text_limit: int) -> Extract:
    """Take the text out of a Word file; of any other zip container, say what it is.

    Raises: Refused, also over the limit of characters.
    """
    container = Container(file)
    document = _document_part(container)
    folder = posixpath.dirname(document)
    related = _related(container, document)
    styles = Styles(root_of(container, related.get("styles", f"{folder}/styles.xml")))
    numbering = Numbering(root_of(container, related.get("numbering", f"{folder}/numbering.xml")), styles)
    story = Story(styles, numbering)
    lines: list[str] = []
    length = 0
    for line in _body_lines(container, document, story):
        length += len(line) + 1
        if length > text_limit:
            raise Refused("too-long")
        lines.append(line)
    lines.extend(_note_lines(container, related, story))
    text = "\n".join(_without_outer_blanks(lines))
    return Extract(text, title=_title(container), cautions=_cautions(container, text))


def _document_part(container: Container) -> str:
    """Find the part that is the document. Raises: Refused naming what else the container is."""
    if "[Content_Types].xml" not in container.names:
        raise Refused(_other_container(container))
    types = root_of(container, "[Content_Types].xml")
    document = next(iter(_targets(container, "_rels/.rels", "", "/officeDocument")), "word/document.xml")
    declared = {
        (attribute(one, "PartName") or "").lstrip("/"): attribute(one, "ContentType") or ""
        for one in children(types, "Override")
    }
    kind = declared.get(document, "wordprocessingml")
    code = next((code for mark, code in _OTHER_FORMATS if mark in kind), "archive")
    if code:
        raise Refused(code)
    if document not in container.names:
        raise Refused("damaged")
    return document


def _other_container(container: Container) -> str:
    if "mimetype" in container.names:
        kind = (container.read("mimetype") or b"")[:200].decode("ascii", errors="replace")
        if "opendocument" in kind:
            return next((code for mark, code in _OPEN_DOCUMENT if mark in kind), "archive")
    return "damaged" if "word/document.xml" in container.names else "archive"


def _targets(container: Container, part: str, folder: str, ending: str) -> Iterator[str]:
    for relation in children(root_of(container, part), "Relationship"):
        inside = attribute(relation, "TargetMode") != "External"
        if inside and (attribute(relation, "Type") or "").endswith(ending):
            target = attribute(relation, "Target") or ""
            path = target if target.startswith("/") else f"{folder}/{target}"
            yield posixpath.normpath(path.lstrip("/"))


def _related(container: Container, document: str) -> dict[str, str]:
    folder, name = posixpath.split(document)
    part = f"{folder}/_rels/{name}.rels".lstrip("/")
    found = {}
    for kind in ("styles", "numbering", "footnotes", "endnotes"):
        target = next(_targets(container, part, folder, f"/{kind}"), None)
        if target is not None:
            found[kind] = target
    return found


def _body_lines(container: Container, document: str, story: Story) -> Iterator[str]:
    """Go through the body block by block, letting go of each block once it has been read."""
    body = None
    for event, element in events(container, document, ("body", *BLOCKS)):
        if local(element) == "body":
            body = element if event == "start" and body is None else body
        elif event == "end" and body is not None and element.getparent() is body:
            yield from story.lines(element)
            element.clear(keep_tail=False)
            while element.getprevious() is not None:
                del body[0]
    if body is None:
        raise Refused("damaged")


def _note_lines(container: Container, related: dict[str, str], story: Story) -> Iterator[str]:
    if not story.notes:
        return
    notes = {
        kind: notes_by_id(root_of(container, related[f"{kind}s"]), kind)
        for kind in ("footnote", "endnote")
        if f"{kind}s" in related
    }
    for number, (kind, key) in enumerate(tuple(story.notes), start=1):
        note = notes.get(kind, {}).get(key)
        text = " ".join(line.strip() for line in story.lines(note)) if note is not None else ""
        if text.strip():
            yield f"[{number}] {text.strip()}"


def _without_outer_blanks(lines: list[str]) -> list[str]:
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return lines[first:last]


def _title(container: Container) -> str | None:
    root = root_of(container, "docProps/core.xml")
    title = next((element.text or "" for element in children(root, "title")), "")
    return " ".join(title.split()) or None


def _cautions(container: Container, text: str) -> tuple[Caution, ...]:
    letters = sum(char.isalnum() for char in text[:2000])
    has_images = any("/media/" in name for name in container.names)
    if not letters and has_images:
        raise Refused("scan")
    found = []
    if has_images and letters < 200:
        found.append(_IMAGES)
    if any(name.endswith("vbaProject.bin") for name in container.names):
        found.append(_MACROS)
    return tuple(found)
