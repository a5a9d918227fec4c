"""A PDF as a whole: whether it opens and has letters, and its text without what every page repeats."""

import re
from collections import Counter
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.model import MAX_PAGES, Caution, Refused
from nep.documents.domain.intake.pdf.order import lines_in_order
from nep.documents.domain.intake.pdf.pieces import is_garbled, pieces_of

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–\s]*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# Fewer letters than this beside a picture of the page are a stamp or a signature, not the document.
_FEW_LETTERS = 60
_WORD_TITLE = re.compile(r"^Microsoft Word - |\.docx?$", re.IGNORECASE)


def read(file: BinaryIO, *, text_limit: int) -> Extract:
    """Take the text layer out of a PDF.

    Raises: Refused, also over the limit of characters.
    """
    data = file.read()
    if b"%%EOF" not in data.rstrip(b"\0 \r\n\t")[-2048:]:
        raise Refused("truncated")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused(_reason(error.err_code)) from None
    count = len(document)
    if count > MAX_PAGES:
        raise Refused("too-many-pages", pages=count)
    if not count:
        raise Refused("damaged")
    pages: list[list[str]] = []
    scanned: list[int] = []
    length = 0
    for number in range(count):
        lines, is_scan = _page(document, number)
        length += sum(len(line) + 1 for line in lines)
        if length > text_limit:
            raise Refused("too-long")
        if is_scan:
            scanned.append(number + 1)
        pages.append(lines)
    text = "\n".join(line for page in _without_furniture(pages) for line in page).strip("\n")
    if len(scanned) == count or not text.strip():
        raise Refused("scan")
    if is_garbled(text):
        raise Refused("garbled")
    return Extract(text, pages=count, title=_title(document), cautions=_cautions(scanned, count))


def _reason(code: int | None) -> str:
    return "encrypted" if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "damaged"


def _page(document: Any, number: int) -> tuple[list[str], bool]:
    """Read one page: its lines, and whether it is the picture of a page with no text of its own."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise Refused("damaged") from None
    left, bottom, right, top = page.get_mediabox()
    pieces = pieces_of(text_page.raw, page.get_rotation(), (right - left, top - bottom))
    letters = sum(char.isalnum() for piece in pieces for char in piece.text)
    area = (right - left) * (top - bottom)
    is_scan = letters == 0 or (letters < _FEW_LETTERS and _has_page_picture(page, area))
    text_page.close()
    page.close()
    return lines_in_order(pieces), is_scan


def _has_page_picture(page: Any, area: float) -> bool:
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > 0.4 * area:
            return True
    return False


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Drop page numbers and the lines that most pages repeat at their head or foot."""
    for at in (0, -1):
        for page in pages:
            _drop_outer(page, at, _PAGE_NUMBER.fullmatch)
        if len(pages) < 3:
            continue
        for _ in range(2):
            outer = Counter(_DIGITS.sub("#", page[at]) for page in pages if page)
            repeated = {line for line, times in outer.items() if times >= max(3, len(pages) // 2 + 1)}
            for page in pages:
                _drop_outer(page, at, lambda line: _DIGITS.sub("#", line) in repeated)  # noqa: B023
    return pages


def _drop_outer(page: list[str], at: int, unwanted: Any) -> None:
    while page and not page[at].strip():
        page.pop(at)
    if page and unwanted(page[at]):
        page.pop(at)
    while page and not page[at].strip():
        page.pop(at)


def _title(document: Any) -> str | None:
    title = " ".join(document.get_metadata_value("Title").split())
    return _WORD_TITLE.sub("", title) or None


def _cautions(scanned: list[int], count: int) -> tuple[Caution, ...]:
    if not scanned:
        return ()
    listed = ", ".join(str(number) for number in scanned[:10]) + (" …" if len(scanned) > 10 else "")
    sentence = f"Trang {listed} (trên {count} trang) không có lớp chữ nên không đọc được."
    return (Caution("scanned-pages", sentence),)
