"""An official letter without a name of its kind (công văn) as a Word file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nep.documents.domain.word.fields import Letterhead, Signer, one_line
from nep.documents.domain.word.letter import add_closing, add_letterhead, add_text
from nep.documents.domain.word.sheet import BODY, CENTRE, Look, finished, new_sheet, ruled_table, write

_END = "./."


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table in the body: heads, widths in centimetres, rows of text."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What a letter says: `subject` is what it is about, `before` and `after` stand around the table."""

    letterhead: Letterhead
    subject: str
    to: str
    before: tuple[str, ...]
    table: RuledTable | None
    after: tuple[str, ...]
    recipients: tuple[str, ...]
    signer: Signer


def draft_dispatch(letter: Dispatch) -> bytes:
    """Write a letter as a .docx in the layout of the decree; a number not yet given stays a blank.

    Source: Decree 30/2020/NĐ-CP, Appendix I (elements 1–9) and III (form of a công văn).
    """
    document = new_sheet(letter.letterhead, letter.subject)
    add_letterhead(document, letter.letterhead, subject=f"V/v {letter.subject}")
    write(document.add_paragraph(), "", Look(BODY))
    write(document.add_paragraph(), f"Kính gửi: {letter.to}", Look(BODY, align=CENTRE))
    write(document.add_paragraph(), "", Look(BODY))
    for text in letter.before:
        add_text(document, text)
    if letter.table is not None:
        ruled_table(document, letter.table.heads, letter.table.widths, letter.table.rows)
    for text in closed(letter.after):
        add_text(document, text)
    add_closing(document, letter.recipients, letter.signer)
    return finished(document)


def closed(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """The last paragraphs of a letter, whose end is marked so that nothing can be added."""
    written = [line for line in map(one_line, paragraphs) if line]
    return tuple(written[:-1] + [f"{line.rstrip(' .;,')}{_END}" for line in written[-1:]])
