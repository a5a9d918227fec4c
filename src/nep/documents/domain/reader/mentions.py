"""Documents named by their number: kind, number, date and issuer of every mention."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from .dates import DateMention
from .text import Text

KINDS = (
    "quyết định|kế hoạch|công văn|văn bản|nghị định|nghị quyết|thông tư liên tịch|thông tư|chỉ thị"
    "|công điện|thông báo"
    "|kết luận|hướng dẫn|báo cáo|tờ trình|chương trình|quy định|quy chế|bộ luật|luật|pháp lệnh|hiến pháp"
    "|đề án|lệnh"
    "|quy tắc|phương án|giấy mời|thông tri|công bố|sắc lệnh|đề cương|điều lệ|thư ngỏ|phiếu chuyển|dự án"
)
_PART = r"[A-ZĐƯÔÂ][A-ZĐƯÔÂa-zđư0-9&.]*"
# "61/2018/NĐ-CP", "111-KH/TĐTN-TG", "30c/NQ-CP", "63/2025/QH15"; also the blank number "/KH-SGDĐT".
_SYMBOL = re.compile(
    rf"(?<![\w/.\-])(?:(?P<digits>\d{{1,6}}[a-zđA-ZĐ]?)(?: ?[/\-]|[/\-] ?) ?(?:\d{{4}}(?: ?[/\-]"
    rf"|[/\-] ?) ?)?|(?<=số )/)"
    rf"{_PART}(?:(?: ?[/\-]|[/\-] ?){_PART}){{0,4}}"
)
# "30c/NQCP", "12/KHUBND": a copy from a PDF loses the hyphen.
_GLUED_KIND = re.compile(
    r"(?<=/)(QĐ|NQ|NĐ|KH|CT|TTLT|TT|TB|BC|HD|CV|CTr|TTr|KL)(UBND|HĐND|CP|TTg|VPCP|B(?:NV|TC|YT|GDĐT|TP|VHTTDL)"
    r"|S(?:NV|TC|YT|GDĐT|TP|VHTTDL))$"
)
_PLAIN = re.compile(rf"(?:{KINDS}) số:? (?P<digits>\d{{1,5}})(?![\d/]|[.,]\d|[\-]\w)(?= ngày| của|,? ngày)")
_KIND = re.compile(rf"(?<!\w)(?:{KINDS})(?!\w)")
_KIND_BEFORE = re.compile(rf"(?<!\w)(?:{KINDS})(?: [^\s,;:.“”()]+){{0,14}}?(?: số)?:? ?$")
_NUMBER_WORD = re.compile(r"số:? ?$")
_DATE_GAP = re.compile(r"[\s,]*(?:(?:đã )?(?:ban hành|được ban hành|ký|ký ban hành|đề)\s)?$")
_ISSUER_GAP = re.compile(r"\s+của [^,;:“”()]{2,70} $")
_ISSUER = re.compile(
    r"[\s,]+của [^,;:.“”()\s]+(?: [^,;:.“”()\s]+| \([^()]{1,40}\)){0,13}?(?=$|[,;:.“”)\n]| (?:về|ban hành"
    r"|phê duyệt|và|để|trong|tại|đã"
    r"|được|quy định|hướng dẫn|sửa đổi|cho|gửi|thông qua|công bố|giao|ngày|năm|theo|với|đến)(?!\w))"
)
_TITLE = re.compile(
    r"[\s,]*(?:\([^()]{0,200}\)\s*)?(?:về|ban hành|phê duyệt|quy định|sửa đổi|thông qua|hướng dẫn|kèm theo"
    r"|triển khai|thực hiện|tổ chức|công bố|của|“|:)(?!\w)"
)
_TITLE_STOP = re.compile(
    r"[;\n]|[.!?](?=\s|$)|, (?=ngày \d)"
    r"|, (?=(?:ủy ban|ubnd|sở|bộ|ban|chủ tịch|giám đốc|trường|phòng|công đoàn|liên đoàn|đoàn|bệnh viện"
    r"|cục|chi cục|trung tâm"
    r"|đề nghị|yêu cầu|giao|trong đó|tuy|nhằm|để|trước|hằng|hàng|định kỳ|đồng thời|trên cơ sở|cụ thể"
    r"|thủ tướng"
    r"|văn phòng|đảng ủy|hội đồng|quyết định|kế hoạch|nghị quyết|nghị định|thông tư|chỉ thị|công văn"
    r"|luật)(?!\w))"
    r"|(?: và| cùng) (?=(?:quyết định|kế hoạch|nghị quyết|nghị định|thông tư|chỉ thị|công văn"
    r"|chương trình) số)"
)


@dataclass(frozen=True)
class Mention:
    """One mention of a numbered document.

    `number` carries no blanks and may lack its digits ("/KH-SGDĐT"); `kind` is the kind word in lower
    case or ""; `name` is what stands between kind word and number; `date` is ISO or None.
    start..end holds kind, number, date and issuer, number_start..number_end the number,
    ..title_end the title of the document as well.
    """

    kind: str
    name: str
    number: str
    date: str | None
    start: int
    end: int
    number_start: int
    number_end: int
    title_end: int


def find_mentions(text: Text) -> tuple[Mention, ...]:
    """All numbered documents in reading order, as often as they are named."""
    dates = text.dates
    starts = [date.start for date in dates]
    found: list[Mention] = []
    for left, right in _numbers(text):
        if found and left < found[-1].number_end:
            continue
        found.append(_mention(text, left, right, found[-1].end if found else 0, dates, starts))
    return tuple(found)


def near(mentions: Sequence[Mention], offset: int) -> Sequence[Mention]:
    """The few mentions that begin last before an offset and the next one: all that can hold or follow it."""
    place = bisect_right(mentions, offset, key=lambda mention: mention.start)
    return mentions[max(0, place - 3) : place + 1]


def clean_number(words: str) -> str:
    """A number as it is compared: without blanks and closing stops, a lost hyphen restored."""
    return _GLUED_KIND.sub(r"\1-\2", re.sub(r"\s+", "", words).strip(".,;:"))


def _numbers(text: Text) -> list[tuple[int, int]]:
    """Places of document numbers, with their symbol or after "số" alone."""
    spans = []
    for match in _SYMBOL.finditer(text.clean):
        symbol = match.group().rstrip(".")
        if (sum(char.isupper() for char in symbol) >= 2 and not symbol[-1].islower()) or symbol.endswith(
            ("TTg", "CTr")
        ):
            spans.append((match.start(), match.start() + len(symbol)))
    spans += [match.span("digits") for match in _PLAIN.finditer(text.fold)]
    return sorted(spans)


def _mention(
    text: Text, left: int, right: int, floor: int, dates: tuple[DateMention, ...], starts: list[int]
) -> Mention:
    line = text.line_at(left)
    floor = max(floor, line.start)
    before = text.fold[max(floor, left - 160) : left]
    base = left - len(before)
    start, kind, name = left, "", ""
    match = _KIND_BEFORE.search(before)
    if match:
        # The kind word nearest to the number is the document's own.
        start = base + [m.start() for m in _KIND.finditer(before, match.start())][-1]
        kind = _kind_of(text.fold[start:left])
        name = _NUMBER_WORD.sub("", text.clean[start:left]).strip()
    else:
        word = _NUMBER_WORD.search(before)
        if word:
            start = base + word.start()
    date, end = _date_after(text, right, line.end, dates, starts)
    if date is None:
        date = _date_before(text, start, line.start, dates, starts)
    issuer = _ISSUER.match(text.fold, end, line.end)
    if issuer:
        end = issuer.end()
    return Mention(
        kind,
        name,
        clean_number(text.clean[left:right]),
        date,
        start,
        end,
        left,
        right,
        _title_end(text, end, line.end),
    )


def _kind_of(words: str) -> str:
    match = _KIND.match(words)
    return match.group() if match else ""


def _date_after(
    text: Text, right: int, limit: int, dates: tuple[DateMention, ...], starts: list[int]
) -> tuple[str | None, int]:
    """The date written behind a number, and where it ends."""
    place = bisect_right(starts, right - 1)
    if place == len(dates) or dates[place].start > min(limit, right + 110):
        return None, right
    date = dates[place]
    gap = text.fold[right : date.start]
    if not _DATE_GAP.match(gap) and not _ISSUER_GAP.match(gap):
        return None, right
    return (date.iso() if date.grain == "day" and date.exists else None), date.end


def _date_before(
    text: Text, start: int, line_start: int, dates: tuple[DateMention, ...], starts: list[int]
) -> str | None:
    """The day at the head of "Ngày …, X đã ban hành Công văn số …", with nothing cited between."""
    place = bisect_right(starts, start - 1) - 1
    if place < 0 or dates[place].grain != "day" or dates[place].start < max(line_start, start - 160):
        return None
    date, head = dates[place], text.fold[dates[place].start : start]
    opens = (
        text.fold[max(line_start, date.start - 2) : date.start].strip() in ("", ".")
        or date.start == line_start
    )
    issues = re.search(r"(?:ban hành|ký|có|gửi)(?: \w+)?\s*$", head)
    return date.iso() if opens and issues and "số" not in head and date.exists else None


def _title_end(text: Text, end: int, limit: int) -> int:
    """Where the title of a cited document ends: at the end of its clause, after a closing quote."""
    if not _TITLE.match(text.fold, end, limit):
        return end
    limit = min(limit, end + 500)
    for stop in _TITLE_STOP.finditer(text.fold, end, limit):
        if text.clean.count("“", end, stop.start()) <= text.clean.count("”", end, stop.start()):
            return stop.start()
    return limit
