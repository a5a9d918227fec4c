"""Hard-wrapped lines: decides for every line break whether it ends a logical line."""

from __future__ import annotations

import re
from itertools import pairwise

from .furniture import is_doubled
from .mapped import Mapped
from .mending import LOWER, UPPER

_BREAK = re.compile(r"[ ]*(?:\n|\|)[ \n|]*")
_BLANKS = re.compile(r" {2,}")
_EDGE = re.compile(r"\A[ \n|]+|(?<![ \n|])[ \n|]+\Z")

_MARKER = re.compile(
    r"(?:[-+•▪●◦*·✓➢]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}[.)/](?!\d)|\(\d{1,2}\)|[a-zđ]\d?[.)]"
    r"|[IVX]{1,5}[.)]"
    r"|[A-Z][.)]|(?:điều|chương|mục|phần|phụ lục) (?:\d|[ivxlc]+\b))(?=\s|\w|$)",
    re.IGNORECASE,
)
# An enumerator that cannot be the rest of a date or a number torn at the end of the line above.
_ITEM = re.compile(r"(?:[a-zđ]\d?[.)]|\d{1,2}\)|\d{1,2}\.(?=\s+[^\W\d_])|[-+•])\s", re.IGNORECASE)
# Openings that start a paragraph of their own wherever they stand.
_OPENING = re.compile(
    r"(?:căn cứ |thực hiện |xét đề nghị|theo đề nghị|nơi nhận|kính gửi|số ?: ?|độc lập ?- ?tự do"
    r"|cộng hòa xã hội"
    r"|lưu ?:|v/v|về việc |kt\. |tm\. |tl\. |\(?đã ký)",
    re.IGNORECASE,
)
# A legal basis always ends with a stop.
_BASIS = re.compile(r"(?:- ?)?(?:căn cứ|theo đề nghị|xét đề nghị) ", re.IGNORECASE)
_TERMINAL = re.compile(r"(?:[.!?…:;]|\./|//)[”\")\]]*$")
_RULE_LINE = re.compile(r"[-_=. ~]{3,}$|^\W+$")
_SMALL = re.compile(f"[{LOWER}]")
_LARGE = re.compile(f"[{UPPER}]")
_DATE_TAIL = re.compile(
    r"(?:ngày|tháng|năm|số|số:|quý|khoản|điểm|điều)$|\bngày \d{1,2}$|\btháng \d{1,2}$", re.IGNORECASE
)
_STATE = re.compile(r"(?:CHỦ NGHĨA|CỘNG SẢN) VIỆT NAM$")
_DATE_HEAD = re.compile(r"ngày \d{1,2}(?: tháng|/)", re.IGNORECASE)
_NUMBER_TAIL = re.compile(r"số:? ?\d\S*$", re.IGNORECASE)
_KIND_LINE = re.compile(
    r"(?:kế hoạch|quyết định|công điện|chỉ thị|thông báo|hướng dẫn|báo cáo|nghị quyết|nghị định|thông tư"
    r"|chương trình|đề án|quy chế|quy định|công văn|tờ trình) ?:?$",
    re.IGNORECASE,
)
_AGENCY_HEAD = re.compile(
    r"(?:ủy ban|hội đồng|thủ tướng|bộ|bộ trưởng|sở|ban|phòng|cục|chi cục|trường|bệnh viện|công đoàn"
    r"|liên đoàn|đoàn"
    r"|chi bộ|đảng bộ|chi đoàn|cđcs|bcđ|bch|ubnd|hđnd|ubmttq|hội liên hiệp|hội nông dân|liên đội|trạm|khoa"
    r"|chủ tịch|giám đốc|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|quận ủy|văn phòng|viện|đài|trung tâm)\b",
    re.IGNORECASE,
)
# Words after which a name or a phrase must go on.
_OPEN_WORD = re.compile(
    r"(?:^|\W)(?:và|của|các|những|cho|tại|theo|về|với|từ|đến|trên|trong|thuộc|do|là|bởi|để|được|có|cả|một"
    r"|cùng|như|hoặc"
    r"|tỉnh|huyện|quận|xã|phường|phố|thị|sở|bộ|ban|phòng|ủy|dân|chánh|hội|đồng|đồng chí|ông|bà|giám đốc"
    r"|trưởng|phó|chủ"
    r"|thủ|quốc|trung|giao)$",
    re.IGNORECASE,
)


def unwrapped(text: Mapped) -> Mapped:
    """One logical line per line: wrapped lines joined by a blank, empty lines and outer blanks gone."""
    text = text.sub(_EDGE, "")
    breaks = [match.span() for match in _BREAK.finditer(text.text)]
    keep = iter(_decisions(text.text, breaks))
    text = text.sub(_BREAK, lambda _: "\n" if next(keep) else " ")
    return text.sub(_BLANKS, " ")


def _decisions(text: str, breaks: list[tuple[int, int]]) -> list[bool]:
    """For each break, True when it ends a logical line."""
    edges = [(0, 0), *breaks, (len(text), len(text))]
    lines = [text[left[1] : right[0]] for left, right in pairwise(edges)]
    gaps = [text[left:right] for left, right in breaks]
    wrapped = _is_wrapped(lines, gaps)
    kept: list[bool] = []
    head, size = (lines[0][:160] if lines else ""), 0
    for index, gap in enumerate(gaps):
        previous, following = lines[index], lines[index + 1]
        size += 1
        joined = "|" not in gap and _joins(
            head if size > 1 else previous, previous, following, gap.count("\n") > 1, wrapped
        )
        if joined:
            head = f"{head} {following}"[:160]
        else:
            head, size = following[:160], 0
        kept.append(not joined)
    return kept


def _is_wrapped(lines: list[str], gaps: list[str]) -> bool:
    """Do lines of this text regularly go on in the next one?"""
    pairs = going_on = 0
    for previous, following, gap in zip(lines, lines[1:], gaps, strict=False):
        if gap.count("\n") != 1 or "|" in gap:
            continue
        pairs += 1
        going_on += (
            _SMALL.match(following) is not None and not _ends(previous) and not _MARKER.match(following)
        )
    return going_on >= 2 and going_on >= 0.1 * pairs


def _ends(line: str) -> bool:
    return _TERMINAL.search(line[-12:]) is not None


def _joins(whole: str, previous: str, following: str, blank_line: bool, wrapped: bool) -> bool:
    """Does `following` continue the logical line `whole`, whose last printed line is `previous`?"""
    if is_doubled(previous) or _RULE_LINE.match(previous[:60]) or _RULE_LINE.match(following[:60]):
        return False
    if (_KIND_LINE.match(whole) and _all_large(whole)) or _STATE.search(previous[-40:]):
        return False
    tail = previous[-40:]
    if _DATE_TAIL.search(tail.rstrip(":")) and not blank_line and not _ITEM.match(following):
        return following[:1].isdigit() or _SMALL.match(following) is not None
    if _DATE_HEAD.match(following) and _NUMBER_TAIL.search(tail) and not blank_line:
        return True
    if _MARKER.match(following) or (_OPENING.match(following) and not _SMALL.match(following)):
        return False
    if _ends(previous):
        return False
    if _SMALL.match(following):
        return not blank_line or _broken_paragraph(previous, following)
    if blank_line:
        return False
    if tail.endswith(",") and not _all_large(whole):
        return (wrapped or _all_large(following) == _all_large(previous)) and not _KIND_LINE.match(following)
    return _joins_large(whole, previous, following, wrapped)


def _broken_paragraph(previous: str, following: str) -> bool:
    """A sentence torn by an empty line: long before, small letter after."""
    return len(previous) >= 45 and len(following) >= 20 and (previous[-1].isalpha() or previous[-1] == ",")


def _joins_large(whole: str, previous: str, following: str, wrapped: bool) -> bool:
    """The case of a following line that begins with a capital, a digit or a quote."""
    if _KIND_LINE.match(whole):
        return False
    if _BASIS.match(whole) and not _OPENING.match(following) and not _all_large(following):
        return wrapped
    single = " " not in previous.strip() and previous[-1:].isalpha()
    if _all_large(whole) or single:
        return _joins_capitals(whole, previous, following, single)
    if not wrapped or (_all_large(following[:40]) and len(following) < 40):
        return False
    if _OPEN_WORD.search(previous[-20:]) or whole.count("“") > whole.count("”"):
        return True
    last = previous.rsplit(" ", 1)[-1]
    if _LARGE.match(last) and len(previous) >= 12:
        return True
    short_heading = _MARKER.match(whole) and len(whole) < 60
    return len(previous) >= 40 and not short_heading


def _joins_capitals(whole: str, previous: str, following: str, single: bool) -> bool:
    """Titles and letterheads in capitals; a lone word is the beginning of a name cut by the page source."""
    if single and whole == previous and _LARGE.match(previous):
        return _all_large(previous) == _all_large(following[:30]) or previous.istitle()
    if not _all_large(following):
        return False
    return not _AGENCY_HEAD.match(following) or _OPEN_WORD.search(previous[-20:]) is not None


def _all_large(line: str) -> bool:
    return _LARGE.search(line) is not None and _SMALL.search(line) is None
