"""A PDF as a whole: whether it opens and has letters, and its text without what every page repeats."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.model import MAX_PAGES, Caution, Refused
from nep.documents.domain.intake.pdf.order import Line, lines_in_order
from nep.documents.domain.intake.pdf.pieces import is_garbled, pieces_of

_PAGE_NUMBER = re.compile(r"[-–\s]*(?:trang\s*)?(?:\d{1,4}|#)(?:\s*/\s*(?:\d{1,4}|#))?[-–\s]*", re.IGNORECASE)
# Page numbers and running heads stand this near to the edge, as a share of the height of the page.
_MARGIN = 0.075
# Fewer letters than this beside a picture of the page are a stamp or a signature, not the document.
_FEW_LETTERS = 60
_WORD_TITLE = re.compile(r"^Microsoft Word - |\.docx?$", re.IGNORECASE)


@dataclass(slots=True)
class _Page:
    number: int
    height: float
    lines: list[Line]

    def outer(self, at: int) -> str | None:
        """Give the first or last line with words if it stands in the margin, its page number made neutral."""
        while self.lines and not self.lines[at].text:
            self.lines.pop(at)
        if not self.lines:
            return None
        line = self.lines[at]
        distance = self.height - line.middle if at == 0 else line.middle
        if distance > _MARGIN * self.height:
            return None
        return re.sub(rf"(?<!\d){self.number}(?!\d)", "#", line.text, count=1)


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
    pages: list[_Page] = []
    scanned: list[int] = []
    length = 0
    for number in range(count):
        page, is_scan = _page(document, number)
        length += sum(len(line.text) + 1 for line in page.lines)
        if length > text_limit:
            raise Refused("too-long")
        if is_scan:
            scanned.append(number + 1)
        pages.append(page)
    _drop_furniture(pages)
    text = "\n".join(line.text for page in pages for line in page.lines).strip("\n")
    if len(scanned) == count or not text.strip():
        raise Refused("scan")
    if is_garbled(text):
        raise Refused("garbled")
    return Extract(text, pages=count, title=_title(document), cautions=_cautions(scanned, count))


def _reason(code: int | None) -> str:
    return "encrypted" if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY) else "damaged"


def _page(document: Any, number: int) -> tuple[_Page, bool]:
    """Read one page: its lines, and whether it is the picture of a page with no text of its own."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise Refused("damaged") from None
    left, bottom, right, top = page.get_mediabox()
    rotation = page.get_rotation()
    pieces = pieces_of(text_page.raw, rotation, (right - left, top - bottom))
    letters = sum(char.isalnum() for piece in pieces for char in piece.text)
    area = (right - left) * (top - bottom)
    is_scan = not pieces or (letters < _FEW_LETTERS and _has_page_picture(page, area))
    text_page.close()
    page.close()
    height = right - left if rotation in (90, 270) else top - bottom
    return _Page(number + 1, height, lines_in_order(pieces)), is_scan


def _has_page_picture(page: Any, area: float) -> bool:
    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) > 0.4 * area:
            return True
    return False


def _drop_furniture(pages: list[_Page]) -> None:
    """Drop page numbers, and lines in the margin that most pages repeat."""
    for at in (0, -1):
        for page in pages:
            if _PAGE_NUMBER.fullmatch(page.outer(at) or "no line"):
                page.lines.pop(at)
        # A running head may have two lines.
        for _ in range(2):
            outer = [page.outer(at) for page in pages]
            times = Counter(outer)
            for page, line in zip(pages, outer, strict=True):
                if line is not None and times[line] >= max(3, len(pages) // 2 + 1):
                    page.lines.pop(at)


def _title(document: Any) -> str | None:
    title = " ".join(document.get_metadata_value("Title").split())
    return _WORD_TITLE.sub("", title) or None


def _cautions(scanned: list[int], count: int) -> tuple[Caution, ...]:
    if not scanned:
        return ()
    listed = ", ".join(str(number) for number in scanned[:10]) + (" …" if len(scanned) > 10 else "")
    sentence = f"Trang {listed} (trên {count} trang) không có lớp chữ nên không đọc được."
    return (Caution("scanned-pages", sentence),)
