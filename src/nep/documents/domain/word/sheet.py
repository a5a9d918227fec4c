"""A Word sheet after the decree: paper, margins, letters, page numbers, lines and tables."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from nep.documents.domain.word.fields import Letterhead, one_line

FONT = "Times New Roman"
BODY = 14
"""Size of the letters of the body, in points."""
TABLE = 12
WIDTH = 16.0
"""Width of the text in centimetres: A4 less 30 mm on the left and 20 mm on the right."""

LEFT, CENTRE, JUSTIFIED = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True, slots=True)
class Look:
    """How a line of letters looks."""

    size: float = BODY
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = LEFT
    indent: float = 0
    after: float = 0


def new_sheet(head: Letterhead, title: str) -> WordDocument:
    """Start an empty sheet: A4 upright, margins 20/20/30/20 mm, page numbers from the second page on."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(30)
    section.header_distance = Mm(10)
    _set_letters(document)
    section.different_first_page_header_footer = True
    _number_pages(section.header.paragraphs[0])
    _set_properties(document, head, title)
    return document


def finished(document: WordDocument) -> bytes:
    """Give the Word file."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def write(paragraph: Paragraph, text: str, look: Look) -> Paragraph:
    """Write one line of text into an empty paragraph."""
    run = paragraph.add_run(one_line(text))
    run.font.size, run.bold, run.italic = Pt(look.size), look.bold, look.italic
    paragraph.alignment = look.align
    paragraph.paragraph_format.first_line_indent = Cm(look.indent) if look.indent else None
    paragraph.paragraph_format.space_after = Pt(look.after)
    return paragraph


def rule(paragraph: Paragraph, space: float, width: float) -> None:
    """Draw a line of some width in the middle of a space, both in centimetres."""
    paragraph.add_run().font.size = Pt(2)
    side = Cm(max(0.0, (space - width) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    border = _element("w:pBdr")
    line = _element("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc", "w:rPr")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Estimate how wide a text stands in Times New Roman, in centimetres: enough to measure a line by it."""
    ems = sum(0.28 if char in " .,-/:;ilItfj" else 0.72 if char.isupper() else 0.48 for char in text)
    return ems * size * (1.04 if bold else 1.0) * 0.0353


def cell_lines(cell: _Cell, lines: Sequence[tuple[str, Look]]) -> None:
    """Fill an empty cell with lines of text."""
    for number, (text, look) in enumerate(lines):
        write(cell.paragraphs[0] if number == 0 else cell.add_paragraph(), text, look)


def plain_table(document: WordDocument, rows: int, widths: Sequence[float]) -> Table:
    """Add a table without borders for things that stand side by side; widths in centimetres."""
    table: Table = document.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    return table


def ruled_table(
    document: WordDocument, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    """Add a table with borders whose head is repeated on each page and whose rows are not torn apart."""
    table = plain_table(document, 1 + len(rows), widths)
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell_lines(cell, [(head, Look(TABLE, bold=True, align=CENTRE))])
    _mark_row(table, 0, "w:tblHeader")
    for number, texts in enumerate(rows, start=1):
        _mark_row(table, number, "w:cantSplit")
        for column, (cell, text) in enumerate(zip(table.rows[number].cells, texts, strict=True)):
            cell_lines(cell, [(text, Look(TABLE, align=CENTRE if column == 0 else LEFT))])
    write(document.add_paragraph(), "", Look(6))


def _element(name: str) -> Any:
    """Make an element python-docx has no class for; its types only know those it has."""
    return OxmlElement(name)


def _mark_row(table: Table, row: int, mark: str) -> None:
    table.rows[row]._tr.get_or_add_trPr().append(_element(mark))


def _set_letters(document: WordDocument) -> None:
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    normal.paragraph_format.space_after = Pt(0)
    properties = normal.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    language: Any = properties.find(qn("w:lang"))
    if language is None:
        language = _element("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "vi-VN")


def _number_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = CENTRE
    run = paragraph.add_run()
    run.font.size = Pt(BODY)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = _element("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _set_properties(document: WordDocument, head: Letterhead, title: str) -> None:
    """Say whose file it is; the template's own author and day would be somebody else's."""
    properties = document.core_properties
    properties.author = properties.last_modified_by = one_line(head.organ)[:255]
    properties.title = one_line(title)[:255]
    properties.comments = properties.keywords = ""
    properties.language = "vi-VN"
    for name in ("created", "modified"):
        if head.issued_on is not None:
            setattr(properties, name, datetime.combine(head.issued_on, time()))
        else:
            stale = properties._element.find(qn(f"dcterms:{name}"))
            if stale is not None:
                properties._element.remove(stale)
