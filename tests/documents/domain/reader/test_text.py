"""Clean text: one spelling, logical lines, and the way back to the original."""

from __future__ import annotations

import unicodedata

import pytest

from nep.documents.domain.reader.text import Text


@pytest.mark.parametrize(
    ("original", "clean"),
    [
        ("Cán bộ\u00a0xã", "Cán bộ xã"),
        ("\ufeffKính\u200b gửi", "Kính gửi"),
        ("dòng một\r\nDòng hai.", "dòng một\nDòng hai."),
        ("tu\u00ad sửa", "tu sửa"),
        ("thuỷ lợi, hoà giải, quý II", "thủy lợi, hòa giải, quý II"),
        ("khóai, tòan dân, qúy", "khoái, toàn dân, quý"),
        ('nói "xin chào" rồi', "nói “xin chào” rồi"),
        ("2021 – 2025", "2021 - 2025"),
        ("trước ngày12/3/2024", "trước ngày 12/3/2024"),
        ("Sở báo cáongày 12/3/2024", "Sở báo cáo ngày 12/3/2024"),
        ("năm2024 và tháng5", "năm 2024 và tháng 5"),
        ("các thànhphố và côngchức", "các thành phố và công chức"),
        ("đủ 5 điểm.Trong đó", "đủ 5 điểm. Trong đó"),
        ("phong trào“Sạch”xanh", "phong trào “Sạch” xanh"),
        ("**Điều 1.** Phạm vi", "Điều 1. Phạm vi"),
        ("## I. MỤC ĐÍCH", "I. MỤC ĐÍCH"),
        ("hành chínhLIÊN KẾT TRANG", "hành chính\nLIÊN KẾT TRANG"),
        ("CHÍNH PHỦ-------", "CHÍNH PHỦ\n-------"),
        ("ỦY BAN | CỘNG HÒA", "ỦY BAN\nCỘNG HÒA"),
        ("Tom &amp; Sơn", "Tom & Sơn"),
        ("x&atilde; B&igrave;nh", "xã Bình"),
        ("<p>Họp <b>xã</b></p><p>Nghỉ</p>", "Họp xã\nNghỉ"),
        ("giaoTrưởng phòng", "giao Trưởng phòng"),
        ("", ""),
        (" \n \r\n\t", ""),
    ],
)
def test_clean(original: str, clean: str) -> None:
    assert Text.of(original).clean == clean


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_both_normal_forms_give_the_same_clean_text(form: str) -> None:
    words = "Ủy ban nhân dân phường Thượng Đình"
    assert Text.of(unicodedata.normalize(form, words)).clean == words


def test_tone_before_vowel_mark_is_composed() -> None:
    assert Text.of("vie\u0323\u0302c").clean == "việc"


def test_wrapped_lines_become_one() -> None:
    original = (
        "Thực hiện kế hoạch của Ủy ban nhân dân thành\nphố Bến Lộc, các cơ quan rà soát ngày 5 tháng\n4"
        " năm 2023 của Sở\nNội vụ và gửi báo\ncáo.\n"
        "- Việc thứ hai\nđược giao tiếp."
    )
    assert Text.of(original).clean.split("\n") == [
        "Thực hiện kế hoạch của Ủy ban nhân dân thành phố Bến Lộc, các cơ quan rà soát ngày 5 tháng 4"
        " năm 2023"
        " của Sở Nội vụ và gửi báo cáo.",
        "- Việc thứ hai được giao tiếp.",
    ]


def test_title_in_capitals_is_joined_and_kept_from_its_kind() -> None:
    lines = Text.of("KẾ HOẠCH\nXÂY DỰNG CÔNG SỞ\nXANH SẠCH\nCăn cứ tình hình").clean.split("\n")
    assert lines == ["KẾ HOẠCH", "XÂY DỰNG CÔNG SỞ XANH SẠCH", "Căn cứ tình hình"]


def test_long_line_gets_its_breaks_back() -> None:
    body = "Nội dung của đoạn văn này được lặp lại cho đủ dài. " * 30
    original = body + "1. Sở Nội vụ chủ trì; - Sở Tài chính cấp kinh phí./. Nơi nhận: - Như trên; - Lưu: VT."
    assert [line.marker for line in Text.of(original).lines] == ["", "1", "-", "", "-", "-"]


def test_columns_on_one_line_are_parted() -> None:
    original = (
        "SỞ NỘI VỤ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/KH-SNV      An Sơn, ngày 2"
        " tháng 4 năm 2024"
    )
    assert [line.text for line in Text.of(original).lines] == [
        "SỞ NỘI VỤ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 3/KH-SNV",
        "An Sơn, ngày 2 tháng 4 năm 2024",
    ]


@pytest.mark.parametrize(
    ("line", "kind", "marker", "words"),
    [
        ("- Việc", "bullet", "-", "Việc"),
        ("Điều 12. Phạm vi", "article", "Điều 12", "Phạm vi"),
        ("IV. TỔ CHỨC", "roman", "IV", "TỔ CHỨC"),
        ("2.1. Tiêu chí", "decimal", "2.1", "Tiêu chí"),
        ("3) Việc", "number", "3", "Việc"),
        ("đ) Việc", "letter", "đ", "Việc"),
        ("V/v nghỉ lễ", "", "", "V/v nghỉ lễ"),
        ("2 tập thể", "", "", "2 tập thể"),
        ("1.250 lượt", "", "", "1.250 lượt"),
        ("-----", "", "", "-----"),
    ],
)
def test_markers(line: str, kind: str, marker: str, words: str) -> None:
    found = Text.of(line).lines[0]
    assert (found.kind, found.marker, found.text[found.body - found.start :]) == (kind, marker, words)


def test_portal_menu_is_furniture() -> None:
    text = Text.of(
        "Trang chủ\nGiới thiệu\nCông dân\nLiên hệ\n\nHuyện họp bàn về nếp sống công sở trong buổi sáng nay."
    )
    assert [line.furniture for line in text.lines] == [True, True, True, True, False]


def test_headings() -> None:
    text = Text.of("I. YÊU CẦU\n1. Mục đích\n2. Các phòng phải nộp báo cáo đúng hạn.\n- Gọn gàng")
    assert [line.heading for line in text.lines] == [True, True, False, False]


@pytest.mark.parametrize(
    ("original", "words", "back"),
    [
        ("trước ngày12/3/2024", "ngày 12/3/2024", "ngày12/3/2024"),
        ("các thànhphố lớn", "thành phố", "thànhphố"),
        ("thuỷ lợi", "thủy", "thuỷ"),
        ("Sở\r\nnội vụ họp", "Sở nội vụ", "Sở\r\nnội vụ"),
        ("**Sở Nội vụ**", "Nội vụ", "Nội vụ"),
    ],
)
def test_way_back_to_the_original(original: str, words: str, back: str) -> None:
    text = Text.of(original)
    start = text.clean.index(words)
    left, right = text.to_original(start, start + len(words))
    assert original[left:right] == back


def test_words_of_drops_what_cleaning_dropped() -> None:
    text = Text.of("Trường **Tiểu\u00ad học**\n**Bến Lộc**")
    assert text.words_of(0, len(text.clean)) == "Trường Tiểu học Bến Lộc"


def test_fold_has_the_length_of_clean() -> None:
    text = Text.of("İSTANBUL và Ủy ban")
    assert (len(text.fold), text.fold[-6:]) == (len(text.clean), "ủy ban")


def test_drawn_lines_do_not_make_their_neighbours_furniture() -> None:
    text = Text.of("| Việc | Ai làm |\n|---|---|\n| Treo cờ | Văn phòng |")
    kept = [line.text for line in text.lines if not line.furniture]
    assert kept == ["Việc", "Ai làm", "Treo cờ", "Văn phòng"]
