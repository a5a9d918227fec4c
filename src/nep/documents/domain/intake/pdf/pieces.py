"""Characters of a PDF page to pieces of text with their place, as drawn."""

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

# A gap without a blank in it parts two pieces: cells of a Word table stand 0.8 heights of a letter apart.
# A blank stretched by justified setting may be wider.
_GAP = 0.6
_STRETCHED_BLANK = 3.0


@dataclass(slots=True)
class Glyph:
    """One character with its box in points, the origin at the lower left of the page as shown."""

    char: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(slots=True)
class Piece:
    """Characters drawn one after another on one line; pieces are counted as the file draws them."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    order: int
    """The count of this piece, or of the first of those joined in it."""
    last: int
    """The count of the last of those joined in it."""

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pieces_of(text_page: Any, rotation: int, size: tuple[float, float]) -> list[Piece]:
    """Gather the characters of a page into pieces, in the order the file draws them."""
    pieces: list[Piece] = []
    current: Piece | None = None
    blank = generated = False
    for glyph in _glyphs(text_page, rotation, size):
        if glyph.char == "\n":
            current, blank, generated = None, False, False
        elif glyph.char == " ":
            # A blank of no width was put in by the library where it saw a gap; a real one is drawn.
            generated = generated or glyph.right <= glyph.left
            blank = True
        else:
            if current is None or not _continues(current, glyph, blank and not generated):
                current = Piece("", glyph.left, glyph.bottom, glyph.left, glyph.top, len(pieces), len(pieces))
                pieces.append(current)
                blank = False
            current.text += (" " if blank else "") + glyph.char
            current.right = max(current.right, glyph.right)
            current.bottom, current.top = min(current.bottom, glyph.bottom), max(current.top, glyph.top)
            blank = generated = False
    return pieces


def _continues(piece: Piece, glyph: Glyph, drawn_blank: bool) -> bool:
    if not piece.bottom <= (glyph.top + glyph.bottom) / 2 <= piece.top:
        return False
    height = max(glyph.top - glyph.bottom, 0.1)
    limit = _STRETCHED_BLANK if drawn_blank else _GAP
    return -height < glyph.left - piece.right < limit * height


def _glyphs(text_page: Any, rotation: int, size: tuple[float, float]) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    place = ctypes.byref(box)
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        # U+0002 and U+FFFE are what the library gives for a hyphen at the end of a line.
        char = "-" if code in (0x02, 0xFFFE) else chr(code) if 0 < code <= 0x10FFFF else ""
        if char in ("\r", "\n"):
            yield Glyph("\n", 0, 0, 0, 0)
        elif not char or 0xD800 <= code <= 0xDFFF or code in (0xAD, 0x200B, 0xFEFF):
            continue
        elif char.isspace():
            drawn = not pdfium.FPDFText_IsGenerated(text_page, index)
            yield Glyph(" ", 0, 0, 1 if drawn else 0, 0)
        elif pdfium.FPDFText_GetLooseCharBox(text_page, index, place):
            yield _turned(char, (box.left, box.bottom, box.right, box.top), rotation, size)


def _turned(char: str, box: Box, rotation: int, size: tuple[float, float]) -> Glyph:
    """Turn a box as the page is turned when shown."""
    left, bottom, right, top = box
    width, height = size
    if rotation == 90:
        return Glyph(char, bottom, width - right, top, width - left)
    if rotation == 180:
        return Glyph(char, width - right, height - top, width - left, height - bottom)
    if rotation == 270:
        return Glyph(char, height - top, left, height - bottom, right)
    return Glyph(char, left, bottom, right, top)


def is_garbled(text: str) -> bool:
    """Tell whether glyphs had no letters behind them: such a font gives private or control characters."""
    sample = [char for char in text[:20_000] if not char.isspace()]
    lost = sum(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn", "Cc") for char in sample)
    return len(sample) > 20 and lost > 0.2 * len(sample)
