"""Which files may be given as evidence: known by their content, not by their names alone."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from nep.documents.domain.intake.container import Container
from nep.documents.domain.intake.model import Refused
from nep.kernel.errors import RuleError

MEGABYTE = 1024 * 1024
MOST_BYTES = {"photo": 15 * MEGABYTE, "file": 40 * MEGABYTE}
MOST_BYTES_AT_ONCE = 60 * MEGABYTE
# A JPEG is decoded at a fraction of its size, the others whole: a WebP of 0.1 MB could take 1.5 GB of memory.
MOST_PIXELS = {"JPEG": 52_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
SMALL = 320  # pixels, the longer side of a photo inside a page

_PHOTOS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}
_OFFICE = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
ACCEPTED = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.pptx"
_REFUSED = "Nhận ảnh (JPG, PNG, WebP), PDF, Word, Excel, PowerPoint đời mới."


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be given as evidence; `photo` says that it is a picture that a page can show."""

    name: str
    data: bytes
    photo: bool


def checked(name: str, data: bytes) -> Attachment:
    """The file, if it is of a kind that can serve as evidence, is not too large and holds what its name says.

    Raises: RuleError that names the file and says what to do.
    """
    if not data:
        raise RuleError(f"Tệp “{name}” rỗng.")
    if photo := _photo_kind(name, data):
        _check_size(name, data, "photo")
        _check_ending(name, _PHOTOS[photo])
        return Attachment(name, data, photo=True)
    _check_size(name, data, "file")
    if data.startswith(b"%PDF-"):
        _check_ending(name, (".pdf",))
    else:
        _check_ending(name, (_office_ending(name, data),))
    return Attachment(name, data, photo=False)


def _photo_kind(name: str, data: bytes) -> str:
    if not data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        return ""
    try:
        with Image.open(io.BytesIO(data), formats=list(_PHOTOS)) as picture:
            kind = picture.format or ""
            if picture.width * picture.height > MOST_PIXELS[kind]:
                raise RuleError(f"Ảnh “{name}” quá nhiều điểm ảnh. Thu nhỏ rồi gửi lại.")
        small_photo(data)  # a photo that is cut off would fail later, on every page that shows it
        return kind
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RuleError(f"Ảnh “{name}” hỏng, không mở được. Chụp hoặc lưu lại rồi gửi.") from error


def _office_ending(name: str, data: bytes) -> str:
    if not data.startswith(b"PK"):
        raise RuleError(f"Không nhận loại tệp của “{name}”. {_REFUSED}")
    try:
        names = Container(io.BytesIO(data)).names
    except Refused as refused:
        raise RuleError(f"Không nhận “{name}”. {refused.sentence}") from refused
    for ending, folder in _OFFICE.items():
        if "[Content_Types].xml" in names and any(entry.startswith(folder) for entry in names):
            return ending
    raise RuleError(f"Không nhận loại tệp của “{name}”. {_REFUSED}")


def _check_ending(name: str, endings: tuple[str, ...]) -> None:
    if not name.lower().endswith(endings):
        raise RuleError(f"Tên tệp “{name}” không đúng với nội dung ({endings[0]}). Đổi lại tên rồi gửi.")


def _check_size(name: str, data: bytes, kind: str) -> None:
    most = MOST_BYTES[kind]
    if len(data) > most:
        raise RuleError(f"Tệp “{name}” lớn hơn {most // MEGABYTE} MB. Thu nhỏ ảnh hoặc chia tệp rồi gửi lại.")


def small_photo(data: bytes) -> bytes:
    """A photo made small for a page, upright, as JPEG without the camera's notes (place, device)."""
    with Image.open(io.BytesIO(data), formats=list(_PHOTOS)) as picture:
        picture.draft("RGB", (SMALL * 2, SMALL * 2))
        # Of few colours: shrinking needs to mix them.
        small = picture.convert("RGB") if picture.mode in {"1", "P"} else picture
        small.thumbnail((SMALL, SMALL))  # before turning: that would double the memory of a whole picture
        out = io.BytesIO()
        ImageOps.exif_transpose(small).convert("RGB").save(out, "JPEG", quality=78)
        return out.getvalue()
