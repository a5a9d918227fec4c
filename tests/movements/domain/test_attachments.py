"""Files are known by their content."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image

from nep.kernel.errors import RuleError
from nep.movements.domain.attachments import MEGABYTE, SMALL, checked, small_photo

TAKEN = "Nhận ảnh (JPG, PNG, WebP), PDF, Word, Excel, PowerPoint đời mới."


def photo(kind: str = "JPEG", size: tuple[int, int] = (900, 600)) -> bytes:
    """A real picture."""
    out = io.BytesIO()
    Image.new("RGB", size, (140, 26, 30)).save(out, kind)
    return out.getvalue()


def office(folder: str) -> bytes:
    """A package with the parts by which an office file is known."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(f"{folder}document.xml", "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "is_photo"),
    [
        ("anh.jpg", photo(), True),
        ("anh.PNG", photo("PNG"), True),
        ("anh.webp", photo("WEBP"), True),
        ("bao-cao.pdf", b"%PDF-1.7 ...", False),
        ("bao-cao.docx", office("word/"), False),
        ("so-lieu.xlsx", office("xl/"), False),
        ("trinh-chieu.pptx", office("ppt/"), False),
    ],
)
def test_photos_and_office_files_are_taken(name: str, data: bytes, is_photo: bool) -> None:
    assert checked(name, data).photo is is_photo


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("trong.pdf", b"", "Tệp “trong.pdf” rỗng."),
        (
            "thiep.jpg",
            b"MZ\x90\x00" + b"\0" * 64,
            f"Không nhận loại tệp của “thiep.jpg”. {TAKEN}",
        ),
        (
            "kho.docx",
            b"PK\x03\x04 cut".ljust(64),
            f"Không nhận loại tệp của “kho.docx”. {TAKEN}",
        ),
        ("anh.pdf", photo(), "Tên tệp “anh.pdf” không đúng với nội dung (.jpg). Đổi lại tên rồi gửi."),
        (
            "ke-hoach.docx",
            office("xl/"),
            "Tên tệp “ke-hoach.docx” không đúng với nội dung (.xlsx). Đổi lại tên rồi gửi.",
        ),
        ("hong.jpg", photo()[:40], "Ảnh “hong.jpg” hỏng, không mở được. Chụp hoặc lưu lại rồi gửi."),
        (
            "lon.pdf",
            b"%PDF-" + b"0" * (40 * MEGABYTE),
            "Tệp “lon.pdf” lớn hơn 40 MB. Thu nhỏ ảnh hoặc chia tệp rồi gửi lại.",
        ),
    ],
)
def test_anything_else_is_refused_with_the_reason(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(RuleError) as refused:
        checked(name, data)
    assert refused.value.reason == sentence


def test_a_picture_of_too_many_points_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(RuleError, match="quá nhiều điểm ảnh"):
        checked("bom.png", photo("PNG", (10_000, 8_500)))


def test_a_small_photo_is_a_jpeg_without_notes() -> None:
    exif = Image.Exif()
    exif[0x0110] = "Máy chụp"
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200)).save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(small_photo(out.getvalue()))) as small:
        assert (small.format, max(small.size), dict(small.getexif())) == ("JPEG", SMALL, {})
