"""Plain text in every encoding an office may send, kept exactly as decoded."""

import codecs
import unicodedata

import pytest

from nep.documents.domain.intake import Refused, open_bytes, open_pasted
from tests.documents.domain.intake.legacy import to_tcvn3, to_vni, to_windows_1258

TEXT = (
    "ỦY BAN NHÂN DÂN XÃ ĐỒNG TÂM\r\nSố: 15/KH-UBND\r\n\r\n"
    "Cán bộ, công chức niềm nở đón tiếp người dân; giữ phòng làm việc gọn gàng, sạch sẽ mỗi ngày.\r\n"
    "Trước ngày 20/11/2026, các phòng báo cáo kết quả về Văn phòng."
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_text_is_kept_exactly(encoding: str, form: str) -> None:
    text = unicodedata.normalize(form, TEXT)  # type: ignore[arg-type]
    mark = {"utf-32-be": codecs.BOM_UTF32_BE}.get(encoding, b"")
    taken = open_bytes(mark + text.encode(encoding), name="kế hoạch.txt")
    assert (taken.original, taken.media_type, taken.warnings) == (text, "text/plain", ())


def test_big_endian_mark_is_not_part_of_the_text() -> None:
    assert open_bytes(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), name="a.txt").original == TEXT


def test_windows_1258_is_recognised_by_its_tone_marks() -> None:
    taken = open_bytes(to_windows_1258(TEXT), name="a.txt")
    assert unicodedata.normalize("NFC", taken.original) == TEXT
    assert taken.warnings == ()


@pytest.mark.parametrize(
    ("legacy", "name"), [(to_tcvn3, "TCVN3 (ABC)"), (to_vni, "VNI")], ids=["tcvn3", "vni"]
)
def test_legacy_fonts_are_pointed_out_and_not_converted(legacy: object, name: str) -> None:
    old = legacy(TEXT)  # type: ignore[operator]
    from_bytes = open_bytes(old.encode("latin-1"), name="a.txt")
    pasted = open_pasted(old)
    assert pasted.original == old
    assert [caution.code for caution in from_bytes.warnings] == ["legacy-font"]
    assert [name in caution.sentence for caution in pasted.warnings] == [True]


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        "Khu phố Noël có quán cà phê naïve ở góc đường Đào Duy Anh, khách đến rất đông vui.",
        "A plain English text about the régime of the café, with 20 % of façades repainted.",
    ],
)
def test_ordinary_text_is_not_taken_for_a_legacy_font(text: str) -> None:
    assert open_bytes(text.encode(), name="a.txt").warnings == ()


def test_a_text_cut_within_a_character_says_what_is_lost() -> None:
    data = ("Phòng Văn hóa tiếp nhận ý kiến của nhân dân. " * 5 + "đ").encode()[:-1]
    taken = open_bytes(data, name="a.txt")
    assert taken.original.endswith("nhân dân. \ufffd")
    assert [caution.code for caution in taken.warnings] == ["lost-letters"]


@pytest.mark.parametrize("text", ["không\0rõ gì cả" * 9, "\ud800 lạc loài", "\x01\x02\x03 lạ"])
def test_pasted_text_must_be_text(text: str) -> None:
    with pytest.raises(Refused) as refused:
        open_pasted(text)
    assert refused.value.code == "binary"


def test_pasted_text_is_kept_exactly() -> None:
    assert open_pasted(TEXT).original == TEXT
