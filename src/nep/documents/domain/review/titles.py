"""Short names for what was read: of a document, of a part of it, of a duty, of a target."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nep.documents.domain.reader.acts import act_at

LONGEST_TITLE = 110

_KIND_WORDS = re.compile(
    r"^(?:(?:KẾ HOẠCH|QUYẾT ĐỊNH|CHỈ THỊ|CÔNG VĂN|CÔNG ĐIỆN|BÁO CÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH)\s+(?=\S)"
    r"|(?:Kế hoạch|Quyết định|Chỉ thị|Báo cáo|Hướng dẫn)\s+(?=[A-ZĐÀ-Ỹ]))"
)
_POSTED = re.compile(r"\s*\(\d{1,2}/\d{1,2}/\d{4}[^()]*\)$")
_ABBREVIATIONS = frozenset({
    "UBND", "HĐND", "MTTQ", "LĐLĐ", "TTHC", "CCHC", "CNTT", "TP", "BCH", "CBCCVC", "CNVC", "CNVCLĐ", "BCĐ",
})  # fmt: skip
_MARKER = re.compile(
    r"^\s*(?:[-+•*–—✓]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})[.)/])\s*", re.IGNORECASE
)
_LEVELS = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn", "khu"})
_HEADS = frozenset({"sở", "bộ", "phòng", "cục", "vụ", "ban"})
_DUE = re.compile(
    r"(?:(?:,\s*)?(?:(?:hoàn thành|xong)\s+)?(?:trước|chậm nhất|đến hết|trong|vào|xong trước)?\s*"
    r"(?:ngày|tháng|quý|năm)\s+[\dIVX/.-]+(?:\s+(?:hằng|hàng) (?:năm|quý|tháng))?){1,3}$"
)
_CLAUSE_END = re.compile(r"[.;:](?=\s|$)|\n")
_STOP = re.compile(
    r"[.;:](?=\s|$)|,? (?:nhằm|góp phần|để (?:nhân dân|làm|từng|tổng hợp)|qua đó|trong đó|đồng thời)(?= )"
)
_PERCENT = re.compile(
    r"^(?:phấn đấu|bảo đảm|đảm bảo|có|đạt|tối thiểu|ít nhất|trên|từ|hơn|khoảng|\s|,|:|và)*"
    r"\d+(?:[.,]\d+)?\s?%(?: (?:trở lên|số|các|tổng số))*\s*",
    re.IGNORECASE,
)


def document_title(title: str) -> str:
    """What a document is about, without its kind, the posting date of a web page and the final dot."""
    words = _POSTED.sub("", " ".join(title.split())).rstrip(" .;")
    return sentence_case(_KIND_WORDS.sub("", words))


def sentence_case(words: str) -> str:
    """A heading in capitals as a sentence; any other text with its first letter large.

    >>> sentence_case("TỔ CHỨC THỰC HIỆN CỦA UBND XÃ")
    'Tổ chức thực hiện của UBND xã'
    """
    if words.isupper():
        kept = _ABBREVIATIONS
        words = " ".join(word if word.strip(",.;:()") in kept else word.lower() for word in words.split())
    return words[:1].upper() + words[1:]


def agency_name(name: str) -> str:
    """An agency from a letterhead in capitals, as it is written in a sentence; any other name as it is.

    >>> agency_name("ỦY BAN NHÂN DÂN TỈNH VÂN LĨNH"), agency_name("SỞ NỘI VỤ")
    ('Ủy ban nhân dân tỉnh Vân Lĩnh', 'Sở Nội vụ')
    """
    words = name.split()
    if not name.isupper() or len(words) < 2:
        return name
    plain = [word if word in _ABBREVIATIONS else word.lower() for word in words]
    level = max((at for at, word in enumerate(plain) if word in _LEVELS), default=len(plain))
    named = [word.title() if at > level else word for at, word in enumerate(plain)]
    if plain[0] in _HEADS:
        named[1] = named[1].capitalize()
    return " ".join([named[0][:1].upper() + named[0][1:], *named[1:]])


def shortened(words: str, longest: int = LONGEST_TITLE) -> str:
    """The words up to a blank before the limit, with … where something was left off."""
    words = " ".join(words.split()).rstrip(" ,;:.")
    if len(words) <= longest:
        return words
    return words[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def clause_around(text: str, start: int, end: int) -> str:
    """The clause in which a place of a text stands, without its number or dash.

    >>> clause_around("1. Mỗi năm kiểm tra 6 cơ quan; thưởng đơn vị tốt.", 20, 29)
    'Mỗi năm kiểm tra 6 cơ quan'
    """
    line = text.rfind("\n", 0, start) + 1
    marker = _MARKER.match(text, line, start)
    begins = [stop.end() for stop in _CLAUSE_END.finditer(text, marker.end() if marker else line, start)]
    stop = _CLAUSE_END.search(text, end)
    begin = begins[-1] if begins else marker.end() if marker else line
    clause = text[begin : stop.start() if stop else len(text)]
    return " ".join(clause.split())


def task_title(text: str, actors: Iterable[str]) -> str:
    """What is to be done in a duty: the clause from its act on, without who does it.

    >>> task_title("1. Sở Nội vụ chủ trì xây dựng bộ tiêu chí; trình ký.", ["Sở Nội vụ"])
    'Xây dựng bộ tiêu chí'
    """
    whole = _MARKER.sub("", " ".join(text.split()))
    act = whole[act_at(whole) :]
    if act == whole:
        act = _without_actors(whole, sorted(set(actors), key=len, reverse=True))
    stop = next((match.start() for match in _STOP.finditer(act) if match.start() >= 15), len(act))
    clause = act[:stop].rstrip(" ,;:.")
    return sentence_case(shortened(_DUE.sub("", clause))) or shortened(whole)


def _without_actors(words: str, actors: list[str]) -> str:
    """The words behind names the grammar does not know; all of them when too little would be left."""
    rest = words
    while name := next((name for name in actors if name and rest.lower().startswith(name.lower())), ""):
        rest = rest[len(name) :].lstrip(" ,;:")
    return rest if len(rest) >= 8 else words


def target_name(text: str) -> str:
    """What a percentage is told of: its clause without the figure at its head."""
    words = " ".join(text.split())
    return sentence_case(_PERCENT.sub("", _MARKER.sub("", words)).strip(" ,;:.") or words)
