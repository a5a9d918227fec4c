"""The recipients of a document: the lines after "Nơi nhận"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .context import Context
from .text import Line, Text

_HEAD = re.compile(r"nơi nhận ?[:.]?\s*")
_SIGNATURE = re.compile(
    r"(?:tm|t/m|kt|tl|tuq|q)[./]+\s?\w|\(?đã ký|\(?ký tên|(?:phó )?(?:chủ tịch|giám đốc|bí thư"
    r"|hiệu trưởng|thủ tướng|bộ trưởng"
    r"|chánh văn phòng|trưởng ban|trưởng phòng|cục trưởng)$"
)
_FILING = re.compile(r"lưu(?!\w)")
_NEXT_ITEM = re.compile(r"(?:[;.,]|\))\s*[-+•]\s*(?=\S)")
_SEPARATOR = re.compile(r";\s*(?=\S)")
_REMARK = re.compile(r"\s*\([^()]*\)\s*[;.,:/]*\s*$")
# What a recipient's line begins with, or how it ends: other lines behind "Nơi nhận" belong to the page.
_LIKELY = re.compile(
    r"(?:như |các |t[tv]\.? |b[tct]v?\.? |đ/c |đồng chí |ông |bà |ban |bộ |sở |phòng |cục |chi cục |vụ "
    r"|văn phòng|ủy ban|ub|hđnd|hội |tỉnh|thành |thành phố|huyện|quận|xã|phường|thủ t|phó |chủ tịch|bí thư"
    r"|lãnh đạo|đảng|đoàn|công |liên đoàn|mặt trận|mttq|trường|trung tâm|viện|bệnh viện|đài|báo|cổng|trang"
    r"|website|vp|cvp|ct|pct|gđ|pgđ|tòa|kho bạc|thường |cơ quan|đơn vị|tổ |khối |cụm |chuyên viên"
    r"|ngân hàng|tập đoàn|tổng |thanh tra|chi |thành viên|cấp |quốc hội|chính phủ"
    r"|[a-zđ&\-]{2,8}(?:[,;(/]|$)|[^\n]{2,90}(?:;|\([^()]{2,30}\)[;.,]?)$)"
)
_NAME = re.compile(r"[^\W\d_a-zđ][^\W\d_]*(?: [^\W\d_a-zđ][^\W\d_]*){1,4}$")


@dataclass(frozen=True)
class Recipient:
    """One recipient without dash, closing stop and remarks in brackets."""

    start: int
    end: int


def find_recipients(text: Text, ctx: Context) -> tuple[Recipient, ...]:
    """The recipients in order; the filing line ends the list and is left out."""
    lines = text.lines
    for line in lines:
        head = _HEAD.match(text.fold, line.start, line.end)
        if head and not line.furniture:
            return tuple(_items(text, head.end(), line, lines[line.index + 1 : line.index + 60]))
    return ()


def recipients_zone(text: Text) -> tuple[int, int]:
    """From "Nơi nhận" to the end of its filing line (or of its own line); (0, 0) when there is no list."""
    for line in text.lines:
        if line.furniture or not _HEAD.match(text.fold, line.start, line.end):
            continue
        for later in text.lines[line.index + 1 : line.index + 60]:
            if _FILING.match(text.fold, later.body):
                return line.start, later.end
        return line.start, line.end
    return 0, 0


def _items(text: Text, start: int, first: Line, following: tuple[Line, ...]) -> list[Recipient]:
    found: list[Recipient] = []
    spans = [(start, first.end, True)] if start < first.end else []
    spans += [(line.body, line.end, line.kind == "bullet") for line in following]
    bulleted = any(line.kind == "bullet" for line in following)
    if start < first.end and not bulleted and not _NEXT_ITEM.search(text.clean, start, first.end):
        # "Nơi nhận: A; B; Lưu: VT" on one line, without dashes.
        _append_parts(text, start, first.end, found, _SEPARATOR)
        return found
    for left, right, listed in spans:
        words = text.fold[left:right]
        if _FILING.match(words):
            break
        if not listed and (_SIGNATURE.match(words) or text.clean[left:right].isupper()):
            if found and not bulleted:
                break
            continue
        if not listed and (
            (bulleted and found)
            or not _LIKELY.match(words)
            or right - left > 160
            or _is_person(text, left, right, bool(found))
        ):
            break
        if not _append_parts(text, left, right, found):
            break
    return found


def _is_person(text: Text, left: int, right: int, begun: bool) -> bool:
    """The signer's name closes an unlisted list: capital words, no stop."""
    words = text.clean[left:right]
    return begun and _NAME.match(words) is not None


def _append_parts(
    text: Text, left: int, right: int, found: list[Recipient], separator: re.Pattern[str] = _NEXT_ITEM
) -> bool:
    """Add the items of one line ("A; - B; - Lưu: VT" holds three); False when the filing entry was met."""
    at = left
    borders = [(match.start(), match.end()) for match in separator.finditer(text.clean, left, right)]
    for stop, resume in [*borders, (right, right)]:
        if _FILING.match(text.fold, at, right):
            return False
        _append(text, at, stop + (text.clean[stop : stop + 1] == ")"), found)
        at = resume
    return True


def _append(text: Text, start: int, end: int, found: list[Recipient]) -> None:
    while start < end and text.clean[start] in " -+•.":
        start += 1
    while end > start and text.clean[end - 1] in " ;.,:/":
        end -= 1
    while remark := _REMARK.search(text.clean[start:end]):
        end = start + remark.start()
        while end > start and text.clean[end - 1] in " ;.,:/":
            end -= 1
    if end > start:
        found.append(Recipient(start, end))
