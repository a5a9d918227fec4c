"""What a text is: a plan, a decision, a dispatch, an article, a report or something else."""

from __future__ import annotations

import re

from .place import Place
from .sections import Section
from .text import Line, Text

_BY_WORD = {
    "kế hoạch": "plan",
    "chương trình": "plan",
    "đề án": "plan",
    "phương án": "plan",
    "chương trình hành động": "plan",
    "kế hoạch liên tịch": "plan",
    "chương trình công tác": "plan",
    "chương trình phối hợp": "plan",
    "quyết định": "decision",
    "công điện": "dispatch",
    "công văn": "dispatch",
    "báo cáo": "report",
    "chỉ thị": "other",
    "thông báo": "other",
    "hướng dẫn": "other",
    "nghị quyết": "other",
    "nghị định": "other",
    "thông tư": "other",
    "luật": "other",
    "quy chế": "other",
    "quy định": "other",
    "tờ trình": "other",
    "kết luận": "other",
    "thông tư liên tịch": "other",
    "quy tắc": "other",
    "thể lệ": "other",
    "nội quy": "other",
    "biên bản": "report",
}
_BY_SYMBOL = (
    (re.compile(r"(?:/|-)KH(?:LT)?(?:-|/|$)|/CTr|-CTr|/ĐA-"), "plan"),
    (re.compile(r"(?:/|-)QĐ(?:-|/|$)"), "decision"),
    (re.compile(r"(?:/|-)BC(?:-|/|$)"), "report"),
    (re.compile(r"(?:/|-)(?:CT|NQ|NĐ|TT|TTLT|TB|HD|TTr|QH\d*|KL|QC|L)(?:-|/|$)"), "other"),
    (re.compile(r"/CĐ-|/CV-|-CV/|^\d+[a-z]?/[A-ZĐ]{2,}"), "dispatch"),
)
_PLAN_PREAMBLE = re.compile(
    r"(?:ban hành|xây dựng|triển khai|lập|đề ra|tổ chức|phát động)[^.;\n]{0,30}?(?:kế hoạch|chương trình"
    r"|phương án)[^;\n]{0,700}?"
    r"(?:như sau|sau đây|nội dung (?:cụ thể )?sau|cụ thể)(?::|\.|$)"
)
_NEWS = re.compile(
    r"vừa (?:ký )?ban hành|ban hành (?:kế hoạch|quyết định|chỉ thị|văn bản|công văn) số"
    r"|đã (?:ký )?ban hành (?:kế hoạch|quyết định|chỉ thị|văn bản|công văn)|vừa có (?:văn bản|công văn)"
    r"|theo đó,"
    r"|cho biết|chia sẻ|phát biểu|phóng viên|\bpv\b|theo báo|tại (?:hội nghị|buổi lễ|lễ phát động"
    r"|hội thi)|sáng (?:ngày )?\d"
    r"|chiều (?:ngày )?\d|tham dự (?:hội|lễ|buổi|chương trình)|chỉ thị (?:nhấn mạnh|nêu rõ|yêu cầu|cũng)"
    r"|kế hoạch (?:nêu rõ|nhằm|đề ra|đặt ra)"
    r"|không sao chép|ảnh:|nguồn:|vui vẻ nói|(?:đã )?trao (?:giải|thưởng|bằng khen)|được tổ chức (?:tại|vào)"
)
# "Mới đây, … ban hành …": an article looks back at the issue.
_LATELY = re.compile(
    r"(?:vừa qua|mới đây|vừa rồi|hôm nay|sáng nay"
    r"|chiều nay),?[^.;\n]{3,120}? (?:ban hành|phát động|tổ chức)(?!\w)"
)
_PUBLISHED = re.compile(
    r"^[(\-• ]*(?:ngày đăng|đăng ngày|cập nhật|\d{1,2}:\d{2}|thứ \w+,"
    r"|\d{1,2}/\d{1,2}/\d{4},? \d{1,2}:\d{2})|\(\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}",
    re.MULTILINE,
)
_LETTER = re.compile(
    r"^(?:kính gửi|đồng kính gửi)|nhận được (?:công văn|văn bản) này|^v/v "
    r"|truyền đạt ý kiến"
    r"|có ý kiến (?:chỉ đạo)?[^.\n]{0,200}như sau"
    r"|(?:yêu cầu|đề nghị)[^.\n]{0,300}(?:một số nội dung|nội dung sau|như sau|các nội dung)[^.\n]{0,40}:$",
    re.MULTILINE,
)
# The page of a portal names the kind under a label of its own.
_LABEL = re.compile(r"(?:loại|thể loại|hình thức)(?: văn bản)? ?:?$", re.MULTILINE)
_ABOUT = re.compile(r"^(?:null )?v/v:? ", re.MULTILINE)
_ADDRESSED = re.compile(r"^(?:đồng )?kính gửi", re.MULTILINE)
_LETTERHEAD = re.compile(r"^(?:cộng hòa x|số ?: ?[\d/]|đảng cộng sản việt nam$)", re.MULTILINE)
# "UBND phường thông báo để các cơ quan biết, thực hiện./."
_NOTICE = re.compile(r" thông báo (?:để|đến|tới)[^.\n]{3,140}(?:biết|thực hiện)[^.\n]{0,40}\./\.")
_DECIDES = re.compile(r"^quyết định ?:?$", re.MULTILINE)
_RECIPIENTS = re.compile(r"^nơi nhận", re.MULTILINE)
_ARTICLE_ONE = re.compile(r"^điều 1\W", re.MULTILINE)
_REPORT = re.compile(
    r"báo cáo (?:kết quả|tình hình|tổng kết|sơ kết)[^.;\n]{0,300}(?:như sau|cụ thể)", re.MULTILINE
)
_PLAN_PARTS = re.compile(
    r"mục đích|yêu cầu|mục tiêu|tổ chức thực hiện|nhiệm vụ|giải pháp|nội dung|phân công|tiến độ|kinh phí"
)


def kind_line(line: str) -> str | None:
    """The kind a title line names ("KẾ HOẠCH", "Quyết định:"), or None."""
    return _BY_WORD.get(line.lower().rstrip(" :.")) if len(line) < 30 else None


def title_line(text: Text) -> Line | None:
    """The line that names the kind and nothing else: in capitals, or at least alone on its line."""
    named = [line for line in text.lines[:60] if not line.furniture and kind_line(line.text)]
    named = [line for line in named if not _LABEL.match(text.fold, text.lines[max(0, line.index - 1)].start)]
    capitals = [line for line in named if line.text.isupper()]
    named = capitals or [line for line in named if line.text[0].isupper()]
    lettered = _LETTERHEAD.search(text.fold, 0, 6000) is not None
    return next((line for line in named if lettered or _is_title(text, line)), None)


def _is_title(text: Text, line: Line) -> bool:
    """Without a letterhead, a kind alone is a menu item unless words that can be a title follow."""
    following = text.lines[line.index + 1 : line.index + 2]
    if not following or following[0].furniture or len(following[0].text.split()) < 4:
        return False
    return line.text.isupper() or not following[0].text.endswith((".", "…"))


def find_kind(text: Text, sections: tuple[Section, ...], number: str | None) -> tuple[str, Place | None]:
    """The kind of a document and the words that say it."""
    if not text.clean.strip():
        return "other", None
    line = title_line(text)
    if line:
        return kind_line(line.text) or "other", Place(line.text, line.start, line.end)
    for pattern, kind in _BY_SYMBOL if number else ():
        if pattern.search(number or ""):
            return kind, None
    lettered = _lettered_kind(text)
    if lettered:
        return lettered
    return _by_prose(text, sections), None


def _lettered_kind(text: Text) -> tuple[str, Place | None] | None:
    """A document under the name of the state whose title in capitals begins with the kind."""
    lines = [line for line in text.lines[:40] if not line.furniture]
    if not any(line.text.lower().startswith("cộng hòa x") for line in lines):
        return None
    for line in lines:
        for word in _BY_WORD if line.text.isupper() else ():
            if line.text.lower().startswith(word + " "):
                return _BY_WORD[word], Place(line.text, line.start, line.end)
    return None


def _by_prose(text: Text, sections: tuple[Section, ...]) -> str:
    """The kind of a text without letterhead, from its structure and its turns of phrase."""
    fold, head = text.fold, text.fold[:3000]
    if _DECIDES.search(fold) and _ARTICLE_ONE.search(fold):
        return "decision"
    if _ADDRESSED.search(fold[:1500]):
        return "dispatch"
    if _ABOUT.search(head[:600]) and _LETTER.search(fold) and not _ARTICLE_ONE.search(fold):
        return "dispatch"
    if _NOTICE.search(fold) and not _PUBLISHED.search(head):
        return "other"
    parts = sum(bool(_PLAN_PARTS.search(section.title.lower())) for section in sections if section.level <= 2)
    preamble = _PLAN_PREAMBLE.search(head)
    news = len(set(_NEWS.findall(fold))) + 2 * bool(_PUBLISHED.search(head) or _LATELY.search(head))
    if parts >= 2 and (preamble or news < 2):
        return "plan"
    if preamble and not news:
        return "plan"
    letter = len(_LETTER.findall(fold)) + bool(_RECIPIENTS.search(fold))
    if letter and letter + (1 if not news else 0) >= max(1, news):
        return "dispatch"
    if _title_kind(text) and news < 2:
        return _title_kind(text) or "other"
    if news:
        return "news"
    if _REPORT.search(fold):
        return "report"
    return "news" if _is_prose(text) else "other"


def _title_kind(text: Text) -> str | None:
    """A first line such as "Kế hoạch phát động phong trào …" names the kind of the page's text."""
    for line in [line for line in text.lines if not line.furniture][:3]:
        for word in ("kế hoạch", "quyết định", "báo cáo", "công điện"):
            if line.text.lower().startswith(word) and not line.text.endswith((".", ":")):
                return _BY_WORD[word]
    return None


def _is_prose(text: Text) -> bool:
    """Two long paragraphs or one very long: an article rather than a list or a scrap."""
    lengths = sorted((len(line.text.split()) for line in text.lines if not line.furniture), reverse=True)
    return lengths[:1] >= [40] or lengths[1:2] >= [20]
