"""The head of a document: what it is, who issued it, under which number, when, for which years."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .dates import DateMention, find_dates
from .issuer import Launch, find_issuer, find_launch
from .kind import find_kind, title_line
from .mentions import Mention, clean_number
from .particulars import closing_number, headlined, labelled, linked
from .place import Place
from .sections import Section
from .text import Text

_NUMBER_LINE = re.compile(r"số ?[:.]? ?(?=\d|/|\.)")
# A number whose digits are blank still tells the kind: "Số: /QĐ-UBND", "Số -KH/ĐU", "/KH-THPT".
_BLANK_NUMBER = re.compile(
    r"(?:số ?[:.]?[ .…_]*)?(?P<symbol>[/\-] ?(?:kh|qđ|cv|ctr|bc|ct|tb|nq|hd|ttr|cđ|kl|qc)[/\-][\wđ/\-]{2,})"
)
# "45/KH UBND": the hyphen behind the kind is lost.
_KIND_ONLY = re.compile(r"/(?:KH|QĐ|CV|CTr|BC|CT|TB|NQ|HD|TTr|CĐ|KL|QC)$")
_PARTY_NUMBER = re.compile(r"(?<=\d) +(?=[A-ZĐ][A-ZĐa-z]{0,2}/)")
_LOST_HYPHEN = re.compile(r" ?-? ?(?P<rest>[A-ZĐ]{2,}(?:[\-&][A-ZĐ]+)*)(?!\w)")
_DATELINE = re.compile(r"(?:(?!ngày)[^\W\d]|[ .\-]){2,45}, ?(?:ngày|ngay)")
_OPEN_DATE = re.compile(r", ?ngày[ .…_]*tháng[ .…_\d]*năm (?P<year>20\d\d)$")
_BESIDE = re.compile(r"[^\W\d], ?ngày \d")
_SPAN = re.compile(
    r"(?P<lead>giai đoạn|thời kỳ|nhiệm kỳ|trong các năm|các năm|từ năm|trong giai đoạn)(?: từ)?(?: năm)? ?"
    r"(?P<first>20\d\d|19\d\d)(?: ?- ?| đến (?:hết )?(?:năm )?)(?P<last>20\d\d)"
    r"|(?P<bare1>20\d\d) ?- ?(?P<bare2>20\d\d)"
)
_YEAR = re.compile(r"(?<!đến )(?<!đoạn )năm (20\d\d)(?! ?[-/]|,? định hướng)")
_UNDER = re.compile(
    r"(?:thực hiện|theo|triển khai) [^,;.]{0,25}(?:chương trình|đề án|nghị quyết|kế hoạch|chiến lược)"
)
_SCHEME = re.compile(r"(?:đề án|kế hoạch|chương trình|phong trào|dự án) ?$")
_RESULTS = re.compile(r"kết quả|tổng kết|sơ kết|hết hiệu lực|kỷ niệm")
_SCHOOL = re.compile(r"năm học(?: năm)? ?$")
_NO_TITLE = re.compile(
    r"^thứ \w+, ?\d|^chủ nhật, ?\d|cộng hòa xã hội|độc lập ?-|^\(|\) ?- ?ngày|đã ký|, ngày \d"
)
_PUBLISHED_LINE = re.compile(
    r"(?:ngày đăng|đăng ngày|cập nhật|\d{1,2}:\d{2}|\d{1,2}/\d{1,2}/\d{4}$|thứ \w+,|chủ nhật,)", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?=v/v|về việc )|trích yếu ?: ?")
_CITING = re.compile(r"căn cứ|thực hiện |theo |xét |nghị quyết|tiếp theo ")


@dataclass(frozen=True)
class Period:
    """The years a plan or movement covers, both included."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Header:
    """kind is one of plan, decision, dispatch, news, report, other; every other field may be None.

    `issued_on.value` is an ISO date (YYYY-MM-DD). `year` is the year of the issue date or of the
    article's date line: days without a year belong to it.
    """

    kind: str
    kind_place: Place | None
    issuer: Place | None
    number: Place | None
    issued_on: Place | None
    period: Period | None
    title: Place | None
    year: int | None


def find_header(text: Text, sections: tuple[Section, ...], mentions: tuple[Mention, ...]) -> Header:
    """Read the head of a document."""
    number = _letterhead_number(text, mentions)
    named = number or labelled(text, "number")
    kind, kind_place = find_kind(text, sections, named.value if named else _blank_number(text))
    dateline = _dateline(text) if kind != "news" else None
    launch = find_launch(text, kind, mentions, numbered=named is not None)
    # What a dispatch names beside its request is an incoming one.
    told = launch.mention if launch and kind not in ("news", "dispatch") else None
    attached = _attached_to(text, mentions) if kind != "news" else None
    if kind == "news":
        number = _reported_number(launch.mention if launch else None)
    elif number is None:
        number = _reported_number(attached) or _reported_number(told)
    headline = headlined(text, mentions) if number is None and kind != "news" else None
    number = number or _told_elsewhere(text, kind, headline, mentions)
    posted = _posting_year(text)
    if number and not any(char.isdigit() for char in number.value[:3]):
        number = None
    issued = dateline or _reported_date(text, launch, kind, posted)
    issued = issued or _attached_date(text, attached or headline) or labelled(text, "issued_on")
    issuer = find_issuer(text, kind, launch, _place_name(text, dateline)) or _attached_issuer(text, attached)
    issuer = issuer or labelled(text, "issuer")
    title = _headline(text) if kind == "news" else None
    title = title or _title(text, kind_place)
    period = _period(text, title, launch.verb_end if launch else None, mentions, kind)
    year = (
        int(issued.value[:4]) if issued else (_year_of_open_date(text) if kind != "news" else None) or posted
    )
    return Header(kind, kind_place, issuer, number, issued, period, title, year)


def _told_elsewhere(
    text: Text, kind: str, headline: Mention | None, mentions: tuple[Mention, ...]
) -> Place | None:
    """The number outside a letterhead: in the headline, under a label, behind the end, in a link."""
    found = _reported_number(headline) or labelled(text, "number")
    if found is None and kind != "news":
        found = closing_number(text)
    return found or _reported_number(linked(text, mentions))


def _head_lines(text: Text, count: int = 30) -> list[tuple[int, int]]:
    return [(line.start, line.end) for line in [line for line in text.lines if not line.furniture][:count]]


def _tail_lines(text: Text) -> list[tuple[int, int]]:
    """The last lines: some offices date a document above its signature."""
    return [(line.start, line.end) for line in text.lines[-14:] if not line.furniture]


def _letterhead_number(text: Text, mentions: tuple[Mention, ...]) -> Place | None:
    """The number on the line "Số: …" of the letterhead."""
    for start, end in _head_lines(text, 14):
        match = _NUMBER_LINE.match(text.fold, start, end)
        if not match:
            continue
        for mention in mentions:
            if match.end() - 2 <= mention.number_start <= match.end() + 2:
                return _with_lost_hyphen(text, mention, end)
        if end - match.end() <= 25:
            words = _PARTY_NUMBER.sub("-", text.clean[match.end() : end])
            return Place(clean_number(words), match.end(), end)
    return None


def _with_lost_hyphen(text: Text, mention: Mention, end: int) -> Place:
    """The number of a letterhead, with the office behind its kind where only a blank parts them."""
    lost = (
        _LOST_HYPHEN.match(text.clean, mention.number_end, end) if _KIND_ONLY.search(mention.number) else None
    )
    if lost is None:
        return Place(mention.number, mention.number_start, mention.number_end)
    return Place(f"{mention.number}-{lost['rest']}", mention.number_start, lost.end())


def _blank_number(text: Text) -> str | None:
    """The symbol of a letterhead number whose digits were left blank or lost."""
    for start, end in _head_lines(text, 14):
        match = _BLANK_NUMBER.match(text.fold, start, end)
        if match:
            return text.clean[match.start("symbol") : match.end("symbol")]
    return None


def _dateline(text: Text) -> Place | None:
    """The date line "Nơi, ngày … tháng … năm …" of the letterhead or above the signature."""
    for start, end in [*_head_lines(text), *_tail_lines(text)]:
        beside_number = _NUMBER_LINE.match(text.fold, start, end) and _BESIDE.search(text.fold, start, end)
        if end - start > 90 or not (beside_number or _DATELINE.match(text.fold, start, end)):
            continue
        for date in find_dates(text.fold, start, end):
            iso = date.iso()
            if date.grain == "day" and iso and date.exists and end - date.end < 12:
                return Place(iso, date.start, date.end)
    return None


def _year_of_open_date(text: Text) -> int | None:
    """The year of a date line whose day is still blank: "Hòa An, ngày … tháng 9 năm 2024"."""
    for start, end in _head_lines(text, 14):
        match = _OPEN_DATE.search(text.fold, start, end) if end - start <= 90 else None
        if match:
            return int(match["year"])
    return None


def _place_name(text: Text, dateline: Place | None) -> str | None:
    """The place in the date line: it completes a letterhead that only says "Ủy ban nhân dân"."""
    if dateline is None:
        return None
    line = text.line_at(dateline.start)
    return text.clean[line.start : dateline.start].strip(" ,") or None


def _reported_number(mention: Mention | None) -> Place | None:
    if mention is None or not mention.number[:1].isdigit():
        return None
    return Place(mention.number, mention.number_start, mention.number_end)


def _attached_to(text: Text, mentions: tuple[Mention, ...]) -> Mention | None:
    """The document an annex names as its own: "(Kèm theo Công văn số … ngày …)"."""
    for mention in mentions:
        line = text.line_at(mention.start)
        if re.match(r"\(?(?:ban hành )?kèm theo $", text.fold[line.start : mention.start]):
            return mention
    return None


def _attached_date(text: Text, mention: Mention | None) -> Place | None:
    if mention is None or mention.date is None:
        return None
    dates = find_dates(text.fold, mention.number_end, mention.end)
    return Place(mention.date, dates[0].start, dates[0].end) if dates else None


def _attached_issuer(text: Text, mention: Mention | None) -> Place | None:
    """The issuer in "(Kèm theo Quyết định số … của …)"."""
    at = text.fold.find(" của ", mention.number_end, mention.end) if mention else -1
    if mention is None or at < 0:
        return None
    return Place(text.clean[at + 5 : mention.end].strip(), at + 5, mention.end)


def _headline(text: Text) -> Place | None:
    """The line above an article's date line."""
    lines = text.lines[:40]
    for line, dated in pairwise(lines):
        if _PUBLISHED_LINE.match(dated.text) and not line.furniture and 5 <= len(line.text.split()) <= 60:
            return Place(line.text, line.start, line.end)
    return None


def _reported_date(text: Text, launch: Launch | None, kind: str, year: int | None) -> Place | None:
    """The issue date in prose: behind the number, or at the head of the sentence that reports the issue."""
    if (
        launch is None
        or kind == "dispatch"
        or (launch.mention is None and (kind != "news" or launch.campaign))
    ):
        return None
    line, mention = text.line_at(launch.start), launch.mention
    for date in find_dates(text.fold, line.start, min(line.end, mention.end if mention else launch.end)):
        iso = date.iso(year)
        behind = mention is not None and date.start >= mention.number_end
        leading = date.end <= launch.start + 2 and launch.start - date.end <= 4
        if date.grain == "day" and iso and date.exists and (behind or leading):
            return Place(iso, date.start, date.end)
    return None


def _posting_year(text: Text) -> int | None:
    """The year of the article's date line (a date with an hour, or after "Ngày đăng")."""
    for line in text.lines[:40]:
        if len(line.text) > 200:
            continue
        dates = _full_dates(text, line.start, line.end)
        if dates and (
            re.search(r"\d{1,2}[:h]\d{2}", line.text) or "đăng" in line.text.lower() or len(line.text) < 45
        ):
            return dates[0].year
    return None


def _full_dates(text: Text, start: int, end: int) -> list[DateMention]:
    return [date for date in find_dates(text.fold, start, end) if date.day and date.year and date.exists]


def _title(text: Text, kind_place: Place | None) -> Place | None:
    """The document's own title: the line behind the kind word, or the headline."""
    lines = [line for line in text.lines if not line.furniture]
    named = title_line(text)
    for line, following in pairwise(lines[:60]):
        if line is named and not following.marker and len(following.text) < 700:
            return Place(text.clean[line.start : following.end].replace("\n", " "), line.start, following.end)
    if kind_place and named is None:
        return kind_place
    for line in lines[:25]:
        subject = _SUBJECT.match(line.text.lower())
        if subject and len(line.text) < 400:
            start = line.start + subject.end()
            return Place(text.clean[start : line.end], start, line.end)
    for line in lines[:3]:
        words = line.text.split()
        if line.marker or not 5 <= len(words) <= 60 or line.text.endswith((".", ";", ":", ",", "…")):
            continue
        if not _CITING.match(text.fold, line.start) and not _NO_TITLE.search(text.fold, line.start, line.end):
            return Place(line.text, line.start, line.end)
    return None


def _period(
    text: Text, title: Place | None, launch: int | None, mentions: tuple[Mention, ...], kind: str
) -> Period | None:
    """The span of years in the title, in the words that issue the document, or in the first sentence."""
    zones: list[tuple[int, int]] = []
    if title:
        zones.append((title.start, title.end))
    if launch is not None:
        zones.append((launch, text.line_at(launch).end))
    if kind == "news" and not launch:
        zones += [(start, end) for start, end in _head_lines(text, 4) if end - start > 30][:2]
    for start, end in zones:
        in_title = title is not None and start == title.start
        found = _span_in(
            text, start, end, mentions, quoted=kind == "plan" and in_title, prose=not in_title and not launch
        )
        if found:
            return found
    if kind == "news":
        zones = [(launch, text.line_at(launch).end)] if launch is not None else []
    for start, end in zones[:2] if kind in ("plan", "decision", "news") else []:
        found = _year_in(text, start, end, mentions)
        if found:
            return found
    return None


def _span_in(
    text: Text, start: int, end: int, mentions: tuple[Mention, ...], quoted: bool, prose: bool
) -> Period | None:
    for match in _SPAN.finditer(text.fold, start, end):
        if _SCHOOL.search(text.fold, max(0, match.start() - 12), match.start()) or _foreign(
            match.start(), start, mentions
        ):
            continue
        named = quoted or _names_plan(text, start, match.start())
        if (_in_quote(text, start, match.start()) and not named) or match["lead"] == "nhiệm kỳ":
            continue
        if prose and _UNDER.search(text.fold, start, match.start()):
            continue
        first, last = int(match["first"] or match["bare1"]), int(match["last"] or match["bare2"])
        if first <= last <= first + 40:
            return Period(first, last, match.start(), match.end())
    return None


def _year_in(text: Text, start: int, end: int, mentions: tuple[Mention, ...]) -> Period | None:
    for match in _YEAR.finditer(text.fold, start, min(end, start + 400)):
        before = text.fold[max(start, match.start() - 12) : match.start()]
        if re.search(r"(?:tháng \d{1,2}|ngày|quý \w+|học|đến|từ) $", before) or _foreign(
            match.start(), start, mentions
        ):
            continue
        if _RESULTS.search(text.fold, start, match.start()):
            continue
        if not _in_quote(text, start, match.start()):
            return Period(int(match[1]), int(match[1]), match.start(), match.end())
    return None


def _foreign(offset: int, zone: int, mentions: tuple[Mention, ...]) -> bool:
    """Does a place lie in the title of another document that is cited inside the zone?"""
    return any(zone < mention.start and mention.start <= offset < mention.title_end for mention in mentions)


def _names_plan(text: Text, start: int, offset: int) -> bool:
    """Does the open quote give the name of a scheme: "Đề án “… giai đoạn 2018 - 2025”"?"""
    quote = text.clean.rfind("“", start, offset)
    return quote >= 0 and _SCHEME.search(text.fold, max(start, quote - 20), quote) is not None


def _in_quote(text: Text, start: int, offset: int) -> bool:
    return text.clean.count("“", start, offset) > text.clean.count("”", start, offset)
