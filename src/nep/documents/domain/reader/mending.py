"""Character-level mending: one form of letters, tones, quotes, dashes and blanks; glued words parted."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable

from .mapped import Mapped

# Characters that carry nothing for a reader: soft hyphen, zero-width marks, byte-order mark, controls.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0f\ufeff"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]+"
)
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")
_ONE_TO_ONE = {
    **dict.fromkeys(
        map(
            ord,
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
            "\u202f\u205f\u3000\t",
        ),
        " ",
    ),
    **dict.fromkeys(map(ord, "\u2028\u2029\x0b\x0c\x85\r"), "\n"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−－"), "-"),
    **dict.fromkeys(map(ord, "„‟«〝＂"), "“"),
    **dict.fromkeys(map(ord, "»〞"), "”"),
    **dict.fromkeys(map(ord, "‘’‚‛´`"), "'"),
    ord("％"): "%",
    ord("："): ":",
    ord("；"): ";",
    ord("，"): ",",
}
_CRLF = re.compile("\r\n")
# Markdown as converters leave it: emphasis, headings; also drawn lines.
_EMPHASIS = re.compile(
    r"\*{2,}|(?<!\()\*(?!\))|_{3,}|(?<![\w.])_(?=[^\W_])|(?<=[^\W_])_(?!\w)|^#{1,6} +", re.MULTILINE
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9A-Fa-f]{2,5}|[A-Za-z]{2,8});")
_BLOCK_TAG = re.compile(
    r"</?(?:p|br|div|tr|td|th|li|ul|ol|table|h[1-6])(?: [^<>\n]{0,300})?/?>", re.IGNORECASE
)
_INLINE_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|a|font|sup|sub)(?: [^<>\n]{0,300})?/?>", re.IGNORECASE)
_STRAIGHT = re.compile(r'"|\'\'')

_TONED = {
    "oà": "òa",
    "oá": "óa",
    "oả": "ỏa",
    "oã": "õa",
    "oạ": "ọa",
    "oè": "òe",
    "oé": "óe",
    "oẻ": "ỏe",
    "oẽ": "õe",
    "oẹ": "ọe",
    "uỳ": "ùy",
    "uý": "úy",
    "uỷ": "ủy",
    "uỹ": "ũy",
    "uỵ": "ụy",
}
# An open syllable carries the tone on its first vowel here ("hòa", "ủy"), a closed one on the second.
_LATE_TONE = re.compile(r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE)
_EARLY = {new: old for old, new in _TONED.items()}
_EARLY_TONE = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?=[^\W\d_])|(?<=[qQ])[ùúủũụ]y", re.IGNORECASE)

UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(chr(c) for c in range(0x1EA0, 0x1EFA, 2))
LOWER = "a-zà-öø-ýăđĩũơư" + "".join(chr(c) for c in range(0x1EA1, 0x1EFA, 2))

# Pairs of syllables that the prose of offices writes side by side; glued they are no syllable.
_PAIRS = (
    "ủy ban|nhân dân|thành phố|kế hoạch|quyết định|thực hiện|cán bộ|công chức|viên chức|đơn vị|cơ quan"
    "|tổ chức|báo cáo|kết quả|phối hợp|triển khai|trước ngày|hằng năm|hàng năm|hằng quý|hàng quý"
    "|hằng tháng|hàng tháng|giai đoạn|chỉ đạo|hướng dẫn|kiểm tra|đánh giá|nhiệm vụ|nội dung"
    "|tuyên truyền|xây dựng|công vụ|công sở|văn hóa|hành chính|thủ tục|người dân|doanh nghiệp|lao động"
    "|trách nhiệm|thời gian|thủ trưởng|giám đốc|chủ tịch|chủ trì|tham mưu|văn phòng|nội vụ|tài chính"
    "|giáo dục|đào tạo|thi đua|khen thưởng|phong trào|mô hình|ứng xử|quy tắc|quy định|quy chế|thông tin"
    "|truyền thông|địa phương|địa bàn|thị xã|thị trấn|thị trường|trường học|học sinh|giáo viên"
    "|nhà trường|chương trình|mục tiêu|mục đích|yêu cầu|giải pháp|tổng hợp|tổng kết|sơ kết|định kỳ"
    "|kịp thời|thường xuyên|nghị quyết|nghị định|thông tư|chỉ thị|công văn|ban hành|căn cứ|nơi nhận"
    "|kính gửi|cải cách|phục vụ"
)
_GLUED_PAIRS = {pair.replace(" ", ""): pair.index(" ") for pair in re.findall(r"[^|]+", _PAIRS)}
_GLUED = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(_GLUED_PAIRS, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)
_DATE_WORDS = re.compile(
    r"(?:(?<=[^\W\d_])|(?<=\d))(?=ngày ?\d{1,2}(?:[/.\-]| tháng)\s?\d)"
    r"|(?<=ngày)(?=\d)|(?<=tháng)(?=\d)|(?<=quý)(?=\d)|(?<=\bsố)(?=\d)|(?<=năm)(?=\d{4})"
    r"|(?<=\d)(?=(?:tháng|năm|ngày|của|đến|về)(?![^\W\d_]))",
    re.IGNORECASE,
)
# Two columns on one line: a letterhead's right half, a signature, a place with its date.
_COLUMN = re.compile(
    rf" {{3,}}(?=[{UPPER}][{UPPER}. ]{{4,}}$|[{UPPER}][^,;:.\n]{{1,40}}, ngày |Độc lập ?- ?Tự do)",
    re.MULTILINE,
)
_GLUED_SMALL = re.compile(
    rf"(?=[{UPPER}][{LOWER}])(?:(?<=\bgiao)|(?<=\bcủa)|(?<=\bcho)|(?<=\btại)|(?<=\btheo)|(?<=\bvới)|(?<=\bcác)"
    r"|(?<=\bvà)|(?<=\bdo)|(?<=\bvề)|(?<=\btừ))"
)
# A line drawn right behind the name above it; what a page prints right behind the end of a text.
_GLUED_RULE = re.compile(rf"(?<=[^\W_])(?=-{{4,}})|(?<=[^\W_]\./\.)(?=[{UPPER}])")
_AFTER_STOP = re.compile(
    f"(?<=[{LOWER}][.;:!?])(?=[{UPPER}][{LOWER}])"
    f"|(?<=[{LOWER}],)(?=[{LOWER}])|(?<=[{LOWER}])(?=- [{LOWER}])|(?<=[^\\W_])(?=“)|(?<=”)(?=[^\\W_])"
)
# "chínhĐƯỜNG DÂY": a menu glued to a text; "bànBan": two cells glued.
_GLUED_CAPITALS = re.compile(f"(?<=[{LOWER}])(?=[{UPPER}]{{2,}} [{UPPER}]{{2,}})")
_GLUED_CAPITAL = re.compile(f"(?<=[^\\x00-\\x7f\\W])(?<=[{LOWER}])(?=[{UPPER}])")


# Searches at every blank of a gap look to its end: a gap of 10,000 would keep the reader busy for minutes.
_WIDE_GAP, _GAP = re.compile(r"[^\S\n]{60,}"), " " * 60


def mended(original: str) -> Mapped:
    """The original in one spelling, with the place of every character kept."""
    text = Mapped.of(original).sub(_CRLF, "\n").sub(_BLOCK_TAG, "\n").sub(_INLINE_TAG, "")
    text = text.sub(_ENTITY, lambda match: html.unescape(match.group())).sub(_INVISIBLE, "")
    if not unicodedata.is_normalized("NFC", text.text):
        text = _composed(text)
    text = text.with_text(text.text.translate(_ONE_TO_ONE)).sub(_WIDE_GAP, _GAP)
    text = text.sub(_COLUMN, "|").sub(_GLUED_RULE, "\n")
    text = text.sub(_EMPHASIS, "")
    text = text.sub(_STRAIGHT, _curly)
    text = text.sub(_LATE_TONE, _moved(_TONED)).sub(_EARLY_TONE, _moved(_EARLY))
    text = text.sub(_GLUED_CAPITALS, "\n").sub(_GLUED_CAPITAL, " ").sub(_GLUED_SMALL, " ")
    text = text.sub(_GLUED, _parted)
    return text.sub(_DATE_WORDS, " ").sub(_AFTER_STOP, " ")


def folded(text: str) -> str:
    """Lower case of the same length: letters whose lower case is longer stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _composed(text: Mapped) -> Mapped:
    """Compose letters with their marks; singletons (such as the Kelvin sign) one by one."""
    text = text.sub(_CLUSTER, lambda match: _in_order(match.group()))
    single = "".join(_single(c) for c in text.text)
    return text.with_text(single)


def _single(char: str) -> str:
    composed = unicodedata.normalize("NFC", char)
    return composed if len(composed) == 1 else char


def _in_order(cluster: str) -> str:
    """Compose one cluster, also where the tone stands before the vowel mark ("e" + dot + circumflex)."""
    parts = unicodedata.normalize("NFD", cluster)
    marks = sorted(parts[1:], key=lambda mark: mark not in "\u0302\u0306\u031b")
    return unicodedata.normalize("NFC", parts[0] + "".join(marks))


def _curly(match: re.Match[str]) -> str:
    """An opening or a closing quote, judged by what stands on both sides."""
    text, (left, right) = match.string, match.span()
    before = text[left - 1] if left else " "
    after = text[right] if right < len(text) else " "
    if after.isspace() or after in ",.;:)!?/":
        return "”"
    if before.isspace() or before in "(:-“":
        return "“"
    line = text.rfind("\n", max(0, left - 400), left) + 1 or max(0, left - 400)
    is_open = text.count("“", line, left) + text.count('"', line, left) - 2 * text.count("”", line, left)
    return "”" if is_open % 2 else "“"


def _moved(table: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def move(match: re.Match[str]) -> str:
        old = match.group()
        new = table[old.lower()]
        return "".join(n.upper() if o.isupper() else n for o, n in zip(old, new, strict=True))

    return move


def _parted(match: re.Match[str]) -> str:
    word = match.group()
    cut = _GLUED_PAIRS[word.lower()]
    return f"{word[:cut]} {word[cut:]}"
