"""The parts every administrative letter shares, as they stand on the sheet.

Source: Decree 30/2020/NĐ-CP, Appendix I, part I, section II (order of the elements in section IV).
"""

from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from nep.documents.domain.word.fields import (
    COUNTRY,
    MOTTO,
    RECIPIENTS,
    Letterhead,
    Signer,
    date_line,
    ended,
    number_line,
    one_line,
)
from nep.documents.domain.word.sheet import (
    BODY,
    CENTRE,
    JUSTIFIED,
    LEFT,
    WIDTH,
    Look,
    cell_lines,
    plain_table,
    rule,
    width_of,
    write,
)

_HEAD_WIDTHS = (6.8, 10.2)
_CLOSING_WIDTHS = (8.0, 8.0)
_INDENT = 1.27
_SIGNATURE_ROOM = 4
"""Empty lines between the office and the name, for hand and seal."""


def add_letterhead(document: WordDocument, head: Letterhead, *, subject: str = "") -> None:
    """Put organ and country side by side, below them number and date.

    Under the number of a letter without a name of its kind stands its `subject`.
    """
    table = plain_table(document, 2, _HEAD_WIDTHS)
    organ, country = table.rows[0].cells
    parent = [(head.parent.upper(), Look(13, align=CENTRE))] if head.parent else []
    cell_lines(organ, [*parent, (head.organ.upper(), Look(13, bold=True, align=CENTRE))])
    name = width_of(one_line(head.organ).upper(), 13, bold=True)
    rule(organ.add_paragraph(), _HEAD_WIDTHS[0], 0.4 * min(name, _HEAD_WIDTHS[0]))
    cell_lines(
        country,
        [(COUNTRY, Look(13, bold=True, align=CENTRE)), (MOTTO, Look(14, bold=True, align=CENTRE))],
    )
    rule(country.add_paragraph(), _HEAD_WIDTHS[1], width_of(MOTTO, 14, bold=True))
    number, day = table.rows[1].cells
    cell_lines(number, [("", Look(13, align=CENTRE))])
    _write_spaced(number.paragraphs[0], number_line(head), Look(13, align=CENTRE))
    if subject:
        write(number.add_paragraph(), subject, Look(12, align=CENTRE))
    _write_spaced(day.paragraphs[0], date_line(head), Look(14, italic=True, align=CENTRE))


def add_title(document: WordDocument, kind: str, title: str) -> None:
    """Put the kind of the document and what it is about in the middle, a short line below."""
    write(document.add_paragraph(), "", Look(BODY))
    write(document.add_paragraph(), kind, Look(14, bold=True, align=CENTRE))
    write(document.add_paragraph(), title, Look(14, bold=True, align=CENTRE))
    longest = min(width_of(one_line(title), 14, bold=True), 10.0)
    rule(document.add_paragraph(), WIDTH, 0.4 * longest)
    write(document.add_paragraph(), "", Look(6))


def add_bases(document: WordDocument, bases: tuple[str, ...]) -> None:
    """Write the legal bases, in italics, each on a line of its own."""
    for line in ended(bases):
        write(document.add_paragraph(), line, Look(italic=True, align=JUSTIFIED, indent=_INDENT, after=6))


def add_heading(document: WordDocument, text: str) -> None:
    """Write the heading of a part."""
    heading = write(document.add_paragraph(), text, Look(bold=True, align=JUSTIFIED, indent=_INDENT, after=6))
    heading.paragraph_format.keep_with_next = True


def add_text(document: WordDocument, text: str) -> None:
    """Write a paragraph of the body."""
    write(document.add_paragraph(), text, Look(align=JUSTIFIED, indent=_INDENT, after=6))


def add_closing(document: WordDocument, recipients: tuple[str, ...], signer: Signer) -> None:
    """Put the recipients on the left and the signature on the right, kept together on one page."""
    table = plain_table(document, 1, _CLOSING_WIDTHS)
    left, right = table.rows[0].cells
    listed = [(f"- {line}", Look(11)) for line in ended(recipients)]
    cell_lines(left, [(RECIPIENTS, Look(12, bold=True, italic=True, align=LEFT)), *listed])
    office = Look(14, bold=True, align=CENTRE)
    authority = [(signer.authority.upper(), office)] if signer.authority else []
    room = [("", office)] * _SIGNATURE_ROOM
    cell_lines(right, [*authority, (signer.title.upper(), office), *room, (signer.name or "", office)])


def _write_spaced(paragraph: Paragraph, text: str, look: Look) -> None:
    """Write a line whose blanks are places to fill in and must stay as wide as they are."""
    write(paragraph, "", look)
    paragraph.runs[0].text = text
