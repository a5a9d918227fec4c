"""Evidence for tests."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

from PIL import Image

from nep.movements.domain.attachments import Attachment, checked
from nep.movements.domain.evidence import Content
from tests.factories.province import TODAY


def told(text: str = "Đã làm xong, có ảnh kèm theo.", on: date = TODAY) -> Content:
    """Evidence in words."""
    return Content(happened_on=on, text=text)


def counted(numerator: int, denominator: int | None = None) -> Content:
    """Evidence in figures."""
    return Content(
        happened_on=TODAY,
        numerator=Decimal(numerator),
        denominator=None if denominator is None else Decimal(denominator),
    )


def nothing(because: str = "Kỳ này không có lượt phục vụ nào.") -> Content:
    """The statement that nothing occurred."""
    return Content(happened_on=TODAY, text=because, nothing=True)


def photo_bytes(shade: int = 40) -> bytes:
    """A small real picture."""
    out = io.BytesIO()
    Image.new("RGB", (640, 480), (140, shade, 30)).save(out, "JPEG")
    return out.getvalue()


def photo_file(name: str = "bang-quy-tac.jpg") -> Attachment:
    """A photo as it comes from a form."""
    return checked(name, photo_bytes())
