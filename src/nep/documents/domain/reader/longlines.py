"""Texts that lost their line breaks: very long lines parted again where a document must have had a break."""

from __future__ import annotations

import re
from bisect import bisect_right

from .mapped import Mapped
from .mending import LOWER, UPPER

# A longer line, or one that holds a letterhead, has probably lost its layout: breaks are tried there.
_LONG = 1200
_STATE = re.compile(r"CỘNG HÒA XÃ HỘI CHỦ NGHĨA|Độc lập ?- ?Tự do")
_LINE = re.compile(r"[^\n]+")
_KINDS = "KẾ HOẠCH|QUYẾT ĐỊNH|CÔNG ĐIỆN|CHỈ THỊ|THÔNG BÁO|HƯỚNG DẪN|BÁO CÁO|NGHỊ QUYẾT|CHƯƠNG TRÌNH"
_AUTHORITIES = "CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|BỘ TRƯỞNG|CỤC TRƯỞNG|ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN"
_PLACES = re.compile(
    # list items and numbered parts behind a stop
    rf"(?<=[.;:/)]) +(?=(?:[-+•] ?|\d{{1,2}}[.)] |[IVX]{{1,4}}\. |[a-zđ]\) |Điều \d{{1,3}}[.:] )“?[{UPPER}])"
    # numbered parts behind a heading in capitals, and headings behind text
    rf"|(?<=[{UPPER}]{{2}}) +(?=(?:\d{{1,2}}\. |[IVX]{{1,4}}\. |- )[{UPPER}])"
    rf"| +(?=[IVX]{{1,4}}\. [{UPPER}]{{2,}} [{UPPER}]{{2,}})"
    # the numbered heading and the list under it ("1. Mục đích - Nâng cao …")
    rf"|(?<=[{LOWER}]) +(?=- [{UPPER}][{LOWER}]+ [{LOWER}]+ [{LOWER}]+)"
    # the letterhead
    r"| +(?=CỘNG HÒA XÃ HỘI CHỦ NGHĨA)|(?<=CHỦ NGHĨA VIỆT NAM) +"
    r"|(?<=Hạnh phúc) *(?=[-\s])| +(?=-{3,})|(?<=-{3}) +"
    r"| +(?=Số ?: ?\d)|(?<=[A-ZĐ]) +(?=[^\W\d_][^,;:.\d]{2,40}, ngày \d{1,2} tháng \d{1,2} năm \d{4})"
    rf"|(?<=năm \d{{4}}) +(?=(?:{_KINDS}) )"
    rf"|(?<=[{UPPER}”]) +(?=(?:Thực hiện|Căn cứ|Xét|Theo) [^\W\d_])"
    r"|(?<=;) +(?=Căn cứ )"
    # the authority above the legal bases, and the words that decide
    rf"|(?<=[{LOWER}\d”]) +(?=(?:{_AUTHORITIES}) [{UPPER}]{{2,}} )"
    r"| +(?=QUYẾT ĐỊNH ?:)|(?<=QUYẾT ĐỊNH:) +"
    # the end
    r"| +(?=Nơi nhận ?:)|(?<=[.;]) +(?=Lưu ?:)|(?<=\./\.) +|(?<=[^\W\d_]/\.) +"
)
# The right half of a letterhead printed behind the left one.
_MOTTO = re.compile(r" +(?=CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập ?- ?Tự do ?- ?Hạnh phúc)")
# A party committee with the name of the party behind it.
_PARTY = re.compile(
    r"^((?:ĐẢNG (?:ỦY|BỘ)|(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ) ỦY|CHI BỘ|BAN CHẤP HÀNH|BAN THƯỜNG VỤ) [^\n]{2,60}?) "
    r"(?=ĐẢNG CỘNG SẢN VIỆT NAM$)",
    re.MULTILINE,
)
_KIND_HEAD = re.compile(rf"(?<=\n)({_KINDS}) (?=[{UPPER}])")


def parted(text: Mapped) -> Mapped:
    """Give long lines their breaks back; other lines stay as they are."""
    text = text.sub(_PARTY, lambda match: match.group(1) + "\n")
    long_lines = [
        line.span()
        for line in _LINE.finditer(text.text)
        if line.end() - line.start() > _LONG or _STATE.search(line.group())
    ]
    if not long_lines:
        return text
    starts = [start for start, _ in long_lines]

    def part(match: re.Match[str]) -> str:
        place = bisect_right(starts, match.start()) - 1
        inside = place >= 0 and match.start() < long_lines[place][1]
        return "\n" if inside else match.group()

    text = text.sub(_MOTTO, "\n").sub(_PLACES, part)
    return text.sub(_KIND_HEAD, lambda match: match.group(1) + "\n")
