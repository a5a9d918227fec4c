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
            "Không nhận “kho.docx”. Tệp bị thiếu phần cuối (có thể tải chưa xong); hãy tải lại đầy đủ rồi"
            " gửi.",
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


@pytest.mark.parametrize(
    ("kind", "size"), [("PNG", (4100, 4000)), ("WEBP", (4100, 4000)), ("JPEG", (8200, 6400))]
)
def test_a_picture_of_too_many_points_is_refused_before_it_is_decoded(
    kind: str, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = photo(kind, size)
    monkeypatch.setattr("nep.movements.domain.attachments.small_photo", pytest.fail)
    with pytest.raises(RuleError, match="quá nhiều điểm ảnh"):
        checked(f"bom.{kind.lower()}", bomb)


def test_a_photo_that_is_cut_off_is_refused_and_not_found_out_later() -> None:
    whole = io.BytesIO()
    Image.effect_noise((900, 600), 60).save(whole, "JPEG")
    with pytest.raises(RuleError, match="hỏng, không mở được"):
        checked("cat.jpg", whole.getvalue()[: len(whole.getvalue()) // 2])


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_depth_become_small(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (700, 500)).save(out, "PNG")
    with Image.open(io.BytesIO(small_photo(out.getvalue()))) as small:
        assert (small.mode, max(small.size)) == ("RGB", SMALL)


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("RGB", (900, 600)).save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(small_photo(out.getvalue()))) as small:
        assert small.height == SMALL


def test_a_package_that_is_a_bomb_is_refused() -> None:
    many, zeros = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(many, "w") as package:
        for number in range(5000):
            package.writestr(f"word/{number}", "")
    with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", b"\0" * 20_000_000)
    for bomb in (many, zeros):
        with pytest.raises(RuleError, match="phình quá lớn"):
            checked("bom.docx", bomb.getvalue())


def test_a_small_photo_is_a_jpeg_without_notes() -> None:
    exif = Image.Exif()
    exif[0x0110] = "Máy chụp"
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200)).save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(small_photo(out.getvalue()))) as small:
        assert (small.format, max(small.size), dict(small.getexif())) == ("JPEG", SMALL, {})
