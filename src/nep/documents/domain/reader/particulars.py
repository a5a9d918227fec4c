"""Particulars of a document told outside its letterhead: by its page, its headline or a link to it."""

from __future__ import annotations

import re

from .dates import find_dates
from .mentions import Mention, clean_number
from .place import Place
from .text import Text

# The table a portal prints beside a document; the value stands behind the label or on the next line.
_LABELS = {
    "number": re.compile(
        r"(?:số ?/? ?(?:ký|kí)? ?hiệu(?: văn bản)?|số văn bản|số công văn|số quyết định) ?(?:[:|] ?|(?=\d)|$)"
    ),
    "issued_on": re.compile(
        r"ngày (?:ban hành|văn bản|ký(?: ban hành)?)(?: văn bản)? ?(?:[:|] ?|(?=\d|ngày)|$)"
    ),
    "issuer": re.compile(
        r"(?:cơ quan|đơn vị|nơi|tổ chức)(?: ban hành)(?: văn bản| ?/ ?(?:chức danh|người ký))? ?(?:[:|] ?|$)"
    ),
}
_ANY_LABEL = re.compile(
    r"(?:số|ngày|cơ quan|đơn vị|loại|lĩnh vực|người ký|trích yếu|hiệu lực|tình trạng|tệp|file)(?!\w)"
)
_NUMBER = re.compile(r"\d{1,5}[a-zđ]?(?:/[\w\-./&]*\w)?(?=$|[\s;,])")
# "Xem chi tiết tại Công văn số …": the page tells of that document.
_SEE = re.compile(
    r"\d{0,2}(?:[^.:;\n]{0,40}(?:giới thiệu|đăng tải|gửi kèm) |(?:xem|tải|mời xem|đề nghị xem"
    r"|tham khảo)(?: về)? )?(?:chi tiết|toàn văn|nội dung(?: chi tiết)?"
    r"|tải về|(?:văn bản |file |tệp )?đính kèm|xem|tải)(?: nội dung| văn bản| file| tệp)?"
    r"(?: tại| ở)?(?: ?:)? ?$"
)
_OPENING = re.compile(r"(?:về việc|v/v|số|ngày|của|triển khai|ban hành|\(|-|:|$)")
_NUMBER_LINE = re.compile(r"số ?[:.]? ?(?=\d)")
# How far from the head a number line may stand when it follows the end of the text.
_HEAD_LINES = 4
_LONGEST_NUMBER_LINE = 45


def labelled(text: Text, field: str) -> Place | None:
    """The value a portal gives under a label ("Số ký hiệu", "Ngày ban hành", "Cơ quan ban hành")."""
    label = _LABELS[field]
    for line in (*text.lines[:60], *text.lines[-40:]):
        match = label.match(text.fold, line.start, line.end)
        if match is None or line.end - line.start > 160:
            continue
        start, end = match.end(), line.end
        if start >= end and line.index + 1 < len(text.lines):
            below = text.lines[line.index + 1]
            if _ANY_LABEL.match(text.fold, below.start):
                continue
            start, end = below.start, below.end
        found = _value(text, field, start, end)
        if found is not None:
            return found
    return None


def _value(text: Text, field: str, start: int, end: int) -> Place | None:
    """The value that begins at a place, when it has the form of the field."""
    if field == "number":
        number = _NUMBER.match(text.clean, start, end)
        return Place(clean_number(number.group()), start, number.end()) if number else None
    if field == "issued_on":
        for date in find_dates("ngày " + text.fold[start:end])[:1]:
            iso = date.iso()
            if date.grain == "day" and date.exists and iso and date.start <= 5:
                return Place(iso, start, start + date.end - 5)
        return None
    words = text.clean[start:end].strip()
    return Place(words, start, end) if 2 <= len(words.split()) <= 14 else None


def headlined(text: Text, mentions: tuple[Mention, ...]) -> Mention | None:
    """The document whose kind and number open the page: "Công văn số 12 ngày … v/v …"."""
    for line in [line for line in text.lines[:12] if not line.furniture][:2]:
        for mention in mentions:
            if (
                mention.start == line.start
                and mention.kind
                and _OPENING.match(text.fold[mention.number_end : line.end].lstrip())
            ):
                return (
                    mention
                    if not text.fold[line.start : line.end].endswith((".", ";"))
                    or (line.end - mention.number_end > 12)
                    else None
                )
    return None


def linked(text: Text, mentions: tuple[Mention, ...]) -> Mention | None:
    """The document a page sends its reader to for the details."""
    for mention in mentions:
        line = text.line_at(mention.start)
        if mention.start - line.body <= 80 and _SEE.match(text.fold, line.body, mention.start):
            return mention
    return None


def closing_number(text: Text) -> Place | None:
    """A number line that stands behind the end of the text instead of above its beginning."""
    for line in text.lines[_HEAD_LINES:]:
        match = _NUMBER_LINE.match(text.fold, line.start, line.end)
        if match and line.end - line.start <= _LONGEST_NUMBER_LINE:
            number = _NUMBER.match(text.clean, match.end(), line.end)
            if number and "/" in number.group():
                return Place(clean_number(number.group()), match.end(), number.end())
    return None
