"""The letterhead: the agency that stands beside the name of the state and above the number."""

from __future__ import annotations

import re

from .kind import kind_line
from .place import Place
from .text import Line, Text

_HEADS = (
    "ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|thường trực|ban thường vụ|ban chấp hành|bch|ban chỉ đạo"
    "|ban giám hiệu|ban giám đốc"
    "|ban tổ chức|ban tuyên giáo|ban quản lý|ban dân vận|ban thi đua|ban thường trực|hội đồng"
    "|thủ tướng chính phủ|thủ tướng|chính phủ"
    "|quốc hội|chủ tịch|phó chủ tịch|bộ trưởng|giám đốc|phó giám đốc|hiệu trưởng|cục trưởng|tổng cục"
    "|văn phòng|sở|bộ|phòng|cục|chi cục"
    "|trường|bệnh viện|công đoàn|liên đoàn|đoàn|tỉnh đoàn|thành đoàn|huyện đoàn|quận đoàn|hội|tỉnh ủy"
    "|thành ủy|huyện ủy|quận ủy|thị ủy"
    "|đảng ủy|đảng bộ|trung tâm|viện|đài|công an|bảo hiểm xã hội|kho bạc|ngân hàng|tổng công ty|công ty"
    "|tòa án|viện kiểm sát|thanh tra"
    "|ủy ban mặt trận tổ quốc|mặt trận tổ quốc|lđlđ|ban|khoa|học viện|đại học|trạm|bộ chỉ huy|bộ tư lệnh"
    "|bcđ|cđcs|chi đoàn|hạt kiểm lâm|liên đội|chi bộ|ủy ban|bưu điện|thành phố"
    "|trưởng ban|trưởng phòng|quận|huyện|tỉnh|thị xã"
)
# Words that begin like the head of an agency and name none.
_NO_AGENCY = r"(?!phòng,? chống|phòng ngừa|hội nghị|hội thi|ban hành|bộ (?:quy tắc|tiêu chí|máy)|trường hợp)"
AGENCY_HEAD = re.compile(rf"(?<![\w/-]){_NO_AGENCY}(?:{_HEADS})(?!\w)")
_NATION = re.compile(r"cộng hòa x|đảng cộng sản việt nam$|đoàn (?:tncs|thanh niên cộng sản) hồ chí minh$")
_MOTTO = re.compile(r"độc lập\W{1,4}tự do")
# Also a number left blank: "Số -CV/ĐU", "Số …/KH-UBND".
_NUMBER = re.compile(r"số ?[:.]? ?[\d/\-.…]|số ?:")
_LEVEL = r"(?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn|đặc khu)"
_PLACE_LINE = re.compile(rf"{_LEVEL} ")
_OFFICER = re.compile(
    r"(?:chủ tịch|giám đốc|tổng giám đốc|hiệu trưởng|bộ trưởng|cục trưởng|chi cục trưởng|viện trưởng"
    r"|trưởng (?:phòng|ban)|tổng cục trưởng|chánh (?:văn phòng|thanh tra|án)) \w"
)
_PARTS_OF_HOUSE = ("văn phòng", "ban thường trực", "ban thường vụ", "ban chấp hành")
_BARE = ("ủy ban nhân dân", "hội đồng nhân dân", "ubnd")


def find_letterhead(text: Text, place: str | None) -> Place | None:
    """The lowest agency of the letterhead, with the place of the date line where it only says its kind."""
    lines = [line for line in text.lines[:120] if not line.furniture][:60]
    ended = next((i for i, line in enumerate(lines) if line.text.endswith("./.")), len(lines))
    anchor = next((i for i, line in enumerate(lines[:ended]) if _is_anchor(line)), None)
    if anchor is None:
        return None
    groups: list[list[Line]] = []
    for line in lines[max(0, anchor - 6) : anchor + 5]:
        fold = line.text.lower()
        if _NUMBER.match(fold) or kind_line(line.text) or fold.startswith("căn cứ"):
            if groups:
                break
            continue
        if _NATION.match(fold) or _MOTTO.match(fold):
            continue
        if _is_agency(line, beside=abs(line.index - lines[anchor].index) <= 2):
            groups.append([line])
        elif (
            groups
            and line.index - groups[-1][-1].index <= 2
            and line.text.isupper()
            and len(fold.split()) <= 8
        ):
            groups[-1].append(line)
    if not groups:
        return None
    words = " ".join(_words_of(line) for line in groups[-1])
    if words.lower() in _PARTS_OF_HOUSE and len(groups) > 1:
        # "VĂN PHÒNG" below the name of its house.
        words = " ".join([words, *(_words_of(line) for line in groups[-2])])
    return _completed(text, Place(words, groups[-1][0].body, groups[-1][-1].end), place)


def _words_of(line: Line) -> str:
    return line.text[line.body - line.start :]


def _is_anchor(line: Line) -> bool:
    fold = line.text.lower()
    return bool(_NATION.match(fold) or (_NUMBER.match(fold) and len(fold) < 90))


def _is_agency(line: Line, beside: bool) -> bool:
    """An agency in capitals, or beside the name of the state in any letters."""
    words = _words_of(line)
    fold = words.lower()
    # A page that numbers its paragraphs may number the letterhead too.
    if (
        (line.marker and not beside)
        or not AGENCY_HEAD.match(fold)
        or _PLACE_LINE.match(fold)
        or len(fold.split()) > 16
    ):
        return False
    return words.isupper() or (
        beside and not line.marker and words[0].isupper() and not re.search(r"[.;:,]$|, ngày", line.text)
    )


def _completed(text: Text, letterhead: Place, place: str | None) -> Place:
    """A bare "ỦY BAN NHÂN DÂN" takes its level and name from the body or from the date line."""
    authority = _authority(text, letterhead)
    if authority:
        return authority
    if letterhead.value.lower() not in _BARE or place is None:
        return letterhead
    name = re.escape(re.sub(r"^(?:tp\.? ?|thành phố )", "", place.lower()))
    full = re.search(rf"ủy ban nhân dân {_LEVEL} {name}(?!\w)", text.fold)
    if full:
        return Place(text.clean[full.start() : full.end()], letterhead.start, letterhead.end)
    level = re.search(rf"{_LEVEL} {name}(?!\w)", text.fold)
    if level:
        return Place(
            f"{letterhead.value} {text.clean[level.start() : level.end()]}", letterhead.start, letterhead.end
        )
    return Place(f"{letterhead.value} {place}", letterhead.start, letterhead.end)


def _authority(text: Text, letterhead: Place) -> Place | None:
    """The authority above "Căn cứ" of a decision: an officer, or the letterhead spelt out."""
    begun = letterhead.value.lower()
    for line in text.lines[:80]:
        if line.start <= letterhead.end or not line.text.isupper() or len(line.text.split()) > 16:
            continue
        longer = len(line.text) > len(begun) and line.text.lower().startswith(begun)
        if (longer and len(line.text.split()) <= 12) or _decides(text, line):
            return Place(line.text, line.start, line.end)
    return None


def _decides(text: Text, line: Line) -> bool:
    """Whether a line names the officer who decides: right above the legal bases."""
    below = text.lines[line.index + 1 : line.index + 3]
    return _OFFICER.match(line.text.lower()) is not None and any(
        following.text.lower().startswith("căn cứ") for following in below
    )
