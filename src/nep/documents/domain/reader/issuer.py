"""Who issued a document: by letterhead, by the words that issue it, or by its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .letterhead import AGENCY_HEAD, find_letterhead
from .mentions import Mention, near
from .place import Place
from .text import Line, Text

_DOCUMENT = (
    r"(?:kế hoạch|quyết định|chỉ thị|công văn|văn bản|nghị quyết|chương trình|thông báo|công điện"
    r"|hướng dẫn|quy chế|quy định"
    r"|bộ quy tắc|quy tắc|đề án|phong trào|cuộc thi|cuộc vận động|hội thi|đợt thi đua|tháng|tuần lễ"
    r"|chiến dịch|báo cáo"
    r"|nghị định|thông tư|phương án)"
)
_CAMPAIGN = re.compile(r"phong trào|cuộc|hội thi|đợt|tháng|tuần lễ|chiến dịch")
_ADVERBS = (
    r"(?:(?:đã|vừa|mới|sẽ|chính thức|có|vừa qua|cũng|kịp thời|tiếp tục|chủ động|tiến hành|tổ chức|lễ|hội nghị"
    r"|buổi lễ) ){0,6}"
)
# "… ban hành Kế hoạch", "… đã ký ban hành Văn bản số", "… phát động phong trào".
_REPORTED = re.compile(
    rf" {_ADVERBS}(?:ký ban hành|ban hành|ký|phát động(?: triển khai)?(?: thực hiện)?|công bố) "
    rf"(?:kèm theo )?(?:bản |các |lễ )?“?{_DOCUMENT}(?!\w)"
    r"| (?:đã |vừa |mới )?(?:có|ra) (?:văn bản|công văn|chỉ thị|công điện|thông báo|kế hoạch|hướng dẫn"
    r"|quyết định|tờ trình)(?= số| \d"
    r"| chỉ đạo| yêu cầu| gửi| về| nhắc nhở| đề nghị| chấn chỉnh| hướng dẫn| đôn đốc| phê bình| khẩn)"
)
_ISSUES = re.compile(
    rf" {_ADVERBS}(?:ký ban hành|ban hành|ký|xây dựng|triển khai|phát động|công bố|thông báo|báo cáo|lập"
    rf"|gửi|đề ra) "
    rf"(?:kèm theo )?(?:bản |và triển khai |thực hiện )?{_DOCUMENT}(?!\w)"
)
_ASKS = re.compile(
    r" (?:có ý kiến|kính đề nghị|đề nghị|yêu cầu|đề nghị các|trân trọng đề nghị|thông báo|báo cáo"
    r"|nhận được|hướng dẫn|triển khai)(?!\w)"
)
_ACCORDINGLY = re.compile(r"theo đó, $")
_ACCORDINGLY_OPENS = re.compile(r"^(?:theo đó|cụ thể)(?!\w)", re.MULTILINE)
_DIRECTS = re.compile(
    r" (?:vừa |đã |tiếp tục |có văn bản )*(?:kính đề nghị|đề nghị|yêu cầu|hướng dẫn|lưu ý|chỉ đạo|đôn đốc"
    r"|nhắc nhở|quán triệt|tăng cường|chấn chỉnh)(?!\w)"
)
_CLAUSE_START = re.compile(r"[,;:.“”()\n](?=\s)|\n")
_OTHER_VERB = re.compile(
    r" (?:yêu cầu|đề nghị|giao|phối hợp|để|thực hiện|đã|sẽ|phải|về việc|tại|cho"
    r"|nhận được)(?!\w)"
)
_LISTED_NAME = re.compile(
    r"(?:bộ|sở|phòng) (?:văn hóa|lao động|nông nghiệp|du lịch|giáo dục|tài nguyên|khoa học"
    r"|xây dựng)[^.;:“”]*$"
)
_SIGNS = re.compile(r"(?:tm|t/m|tl|kt|tuq|q)[./]+ ?(?=\S)")
# "Chủ tịch UBND TP Nguyễn …": the name of the person is no part of the office.
_PERSON = re.compile(
    r" (?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Đào|Cao"
    r"|Lương|Tạ|Trương|Hà|Tô|Đoàn"
    r"|Châu|Thái|Lưu|Phùng|Vương|Quách|Chu|Nông|Kiều)(?: [^\W\d_a-zđ][^\W\d_]*){2,3}$"
)
# "X - cơ quan thường trực Ban Tổ chức": what the agency is there, behind its name.
_ROLE_BEHIND = re.compile(
    r" - (?=(?:khối trưởng|cụm trưởng|cơ quan|đơn vị|trưởng|phó|thường trực|chủ tịch|ủy viên)(?!\w))",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:phó )?(?:chủ tịch|giám đốc|bí thư|bộ trưởng|hiệu trưởng|thủ tướng|cục trưởng|trưởng)"
)


_OWN_WORDS = {"plan": "kế hoạch", "decision": "quyết định", "report": "báo cáo", "dispatch": "công văn"}
# A page says in its first lines whose document it carries.
_OPENING_LINES = 5


@dataclass(frozen=True)
class Launch:
    """The words that issue a document or launch a campaign.

    start..end is who does it, `verb_end` where the document is named, `mention` the document if numbered.
    """

    start: int
    end: int
    verb_end: int
    mention: Mention | None
    campaign: bool


def find_launch(
    text: Text, kind: str, mentions: tuple[Mention, ...], numbered: bool = False
) -> Launch | None:
    """The clause in which a body issues or launches the document that the text is or describes.

    `numbered` says that the text bears a number of its own: another one in it is a cited document's.
    """
    if kind == "news":
        found = list(islice(_launches(text, _REPORTED, mentions), 3))
        reported = next((launch for launch in found if launch.mention), None)
        return reported or (
            found[0] if found else _carried_out(text, mentions) or _quoted_launch(text, mentions)
        )
    unnumbered = (launch for launch in _launches(text, _ISSUES, mentions) if launch.mention is None)
    own = list(islice(unnumbered, 4))
    if not own and not numbered:
        own = [
            launch
            for launch in islice(_launches(text, _ISSUES, mentions), 2)
            if _tells_own(text, launch, kind)
        ]
    if kind == "dispatch":
        own += list(islice(_launches(text, _ASKS, mentions), 4))
    return max(own, key=lambda launch: _weight(text, launch, kind), default=None)


def _carried_out(text: Text, mentions: tuple[Mention, ...]) -> Launch | None:
    """ "Sở Y tế triển khai Kế hoạch số 5/KH-SYT": the number says that the plan is the body's own."""
    for launch in islice(_launches(text, _ISSUES, mentions), 4):
        if launch.mention and _bears_name(launch.mention.number, text.fold[launch.start : launch.end]):
            return launch
    return None


def _bears_name(number: str, name: str) -> bool:
    """Whether the last part of a number abbreviates a name: "KH-SYT" of "sở y tế tỉnh …"."""
    short = re.split(r"[/\-]", number)[-1].lower()
    words = name.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân").split()
    initials = "".join(word[0] for word in words).replace("ủ", "u")
    return len(short) >= 2 and initials.startswith(short)


def _quoted_launch(text: Text, mentions: tuple[Mention, ...]) -> Launch | None:
    """An article that begins in the middle ("Theo đó, X yêu cầu …") still says whose document it is."""
    for launch in islice(_launches(text, _ASKS, mentions), 4):
        if _ACCORDINGLY.search(text.fold, max(0, launch.start - 12), launch.start):
            return launch
    if not _ACCORDINGLY_OPENS.search(text.fold):
        return None
    # The headline or the lead says who asks, "Theo đó, …" below it what is asked.
    for launch in islice(_launches(text, _DIRECTS, mentions), 3):
        if launch.start - text.line_at(launch.start).body <= 40:
            return launch
    return None


def _launches(text: Text, verbs: re.Pattern[str], mentions: tuple[Mention, ...]) -> Iterator[Launch]:
    for match in verbs.finditer(text.fold):
        line = text.line_at(match.start())
        if line.furniture or _cited(match.start(), mentions):
            continue
        start = _subject_start(text, line, match.start())
        if start is None:
            continue
        mention = _mention_at(match.start(), match.end(), mentions)
        word = re.search(rf"{_DOCUMENT}$", match.group())
        named = word.group() if word else ""
        verb_end = match.end() - len(named)
        yield Launch(start, match.start(), verb_end, mention, _CAMPAIGN.match(named) is not None)


def _mention_at(start: int, end: int, mentions: tuple[Mention, ...]) -> Mention | None:
    """The numbered document that a verb (start..end) issues."""
    for mention in near(mentions, end + 3):
        if start < mention.start <= end + 3 or mention.start <= end <= mention.number_start:
            return mention
    return None


def _tells_own(text: Text, launch: Launch, kind: str) -> bool:
    """Whether the first lines of a page without head tell the number of the document it carries."""
    line = text.line_at(launch.start)
    return (
        launch.mention is not None
        and line.index < _OPENING_LINES
        and not line.marker
        and _OWN_WORDS.get(kind) == launch.mention.kind
    )


def _weight(text: Text, launch: Launch, kind: str) -> tuple[bool, bool, int]:
    """How well a launch fits: it names the document's kind, "như sau:" ends its paragraph, it comes first."""
    line = text.line_at(launch.start)
    opens = re.search(
        r"(?:sau(?: đây)?|cụ thể|nội dung) ?[:.]*$", text.fold[max(launch.end, line.end - 20) : line.end]
    )
    return text.fold.startswith(_OWN_WORDS.get(kind, "\0"), launch.verb_end), opens is not None, -launch.start


def find_issuer(text: Text, kind: str, launch: Launch | None, place: str | None) -> Place | None:
    """The issuer named as in the text, the fullest form letterhead and body give."""
    if kind != "news":
        letterhead = find_letterhead(text, place)
        if letterhead:
            return letterhead
    if launch:
        return _without_person(text.clean[launch.start : launch.end], launch.start)
    return _signed(text) if kind != "news" else None


def _without_person(words: str, start: int) -> Place:
    words = _ROLE_BEHIND.split(words, maxsplit=1)[0]
    person = _PERSON.search(words) if _OFFICE.match(words.lower()) else None
    if person and not words.endswith("Hồ Chí Minh"):
        words = words[: person.start()]
    return Place(words.strip(), start, start + len(words.rstrip()))


def _cited(offset: int, mentions: tuple[Mention, ...]) -> bool:
    return any(mention.start < offset < mention.title_end for mention in near(mentions, offset))


def _subject_start(text: Text, line: Line, verb: int) -> int | None:
    """Where the agency before a verb begins: the first agency head behind the last clause border."""
    left = max(line.body, verb - 130)
    segment = re.sub(r"\([^()]*\)", lambda m: " " * len(m.group()), text.fold[left:verb])
    borders = [0, *(match.end() for match in _CLAUSE_START.finditer(segment))]
    base = left + borders[-1]
    for match in AGENCY_HEAD.finditer(text.fold, base, verb):
        if text.clean[match.start()].isupper() and len(text.fold[base : match.start()].split()) <= 6:
            return None if _OTHER_VERB.search(text.fold, match.start(), verb) else match.start()
    for border in borders[-3:-1][::-1]:
        # A name with commas of its own: "Bộ Văn hóa, Thể thao và Du lịch".
        start = left + border + (segment[border : border + 1] == " ")
        named = _LISTED_NAME.match(text.fold, start, verb) and text.clean[start].isupper()
        if named and not _OTHER_VERB.search(text.fold, start, verb):
            return start
    return None


def _signed(text: Text) -> Place | None:
    """The agency of the signature: "TM. …", or an agency alone on one of the last lines."""
    lines = [line for line in text.lines if not line.furniture]
    for line in lines[-14:]:
        signs = _SIGNS.match(line.text.lower())
        if signs and AGENCY_HEAD.match(line.text.lower(), signs.end()):
            return Place(line.text[signs.end() :], line.start + signs.end(), line.end)
    for line in reversed(lines[-6:]):
        if not line.marker and AGENCY_HEAD.match(line.text.lower()) and 2 <= len(line.text.split()) <= 12:
            return Place(line.text.rstrip(" ."), line.start, line.start + len(line.text.rstrip(" .")))
    return None
