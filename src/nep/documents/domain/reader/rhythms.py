"""Rhythms ("hằng năm", "định kỳ 6 tháng", "01 lần/quý") and promptness ("kịp thời", "ngay") in a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import lexicon as lex

_UNITS = {"năm": "yearly", "quý": "quarterly", "tháng": "monthly", "tuần": "weekly"}
_RHYTHM = re.compile(
    r"(?<!\w)(?:(?P<every>(?:định kỳ\s+)?(?:hằng|hàng|mỗi|từng)\s+(?P<unit>năm|quý|tháng"
    r"|tuần)(?!\w)(?!\s+(?!\d{1,2}\s+lần)\d)(?!,?\s+(?:hai|02|2)\s+lần))"
    r"|(?P<half>(?:định kỳ|báo cáo|sơ kết|đánh giá|hằng|hàng|mỗi|cứ)[^,;.]{0,25}?(?:0?6"
    r"|sáu)\s+tháng(?:\s+(?:một|1|01)\s+lần|/\s?lần)?"
    r"|(?:0?6|sáu)\s+tháng(?:\s+(?:một|1|01)\s+lần|\s*/\s?(?:01\s|1\s)?lần|(?=\s*(?:,|và)\s*(?:hằng "
    r"|hàng |cả |01 |1 |một )?năm(?!\s*\d)))"
    r"|(?:mỗi|hằng|hàng|một)\s+năm,?\s+(?:hai|2|02)\s+lần"
    r"|(?:hai|2|02)\s+lần\s*(?:/|trong|một)\s*(?:một\s+|1\s+)?năm|nửa năm một lần"
    r"|(?:hằng|hàng|mỗi|từng)\s+học\s+kỳ)"
    r"|(?P<times>(?:0?1|một|ít nhất một|ít nhất 01)\s+lần\s*(?:/|trong|mỗi|một)\s*(?:01\s+|1\s+"
    r"|một\s+)?(?P<per>năm|quý|tháng|tuần)(?!\w))"
    r"|(?P<report>(?:báo cáo|sơ kết|tổng kết|giao ban|sinh hoạt|định kỳ|tháng,|quý,|tháng, quý,|tháng và"
    r"|quý và)\s+(?P<of>năm|quý|tháng|tuần)(?!\w)(?!\s*\d|\s+[ivx]+\b|\s+(?:học|nay|tới|sau|công tác|qua"
    r"|trước(?! ngày| khi))))"
    r"|(?P<quarter>(?:tháng )?cuối (?:cùng )?(?:của )?(?:mỗi |hằng |hàng )?quý(?!\s*[ivx\d]))"
    r"|(?P<annual>thường niên)|(?P<loose>định kỳ)(?!\w))"
)
# "định kỳ 6 tháng, năm": the year is said without "hằng".
_AND_YEAR = re.compile(r"(?:,| và)\s*(?:cả |01 |1 |một )?(?P<year>năm)(?!\w|\s+\d|\s+(?:học|nay|tới|sau))")
_NOUNS = re.compile(
    r"(?<!\w)(?:nhiệm vụ|kế hoạch|chương trình|chỉ tiêu|kết quả|dự toán|kinh phí|ngân sách|tiêu chí"
    r"|danh hiệu|xếp loại"
    r"|báo cáo thống kê|tỷ lệ|chế độ|công tác|chỉ số|mục tiêu|văn bản|phân bổ|đề án|biên chế|thi đua)(?!\w)"
)
_DUTIES_OVER_NOUNS = re.compile(
    r"(?<!\w)(?:hội nghị|sơ kết|tổng kết|báo cáo|họp|đánh giá|kiểm tra|xây dựng|lập|rà soát|ban hành|tổ "
    r"chức|giao ban)(?!\w)"
)
# "thực hiện chế độ báo cáo định kỳ" names a duty laid down elsewhere; "duy trì giao ban định kỳ" is one.
_LOOSE_NOUN = re.compile(
    r"(?<!\w)(?:chế độ|theo|báo cáo|họp|thông tin)(?:(?!giao ban|sinh hoạt)[^,;.]){0,20}$"
)
_LOOSE_RULED = re.compile(r"(?<!\w)(?:quy định|ban hành|về|phạm vi|nội dung) [^,;.]{0,25}chế độ[^,;.]{0,20}$")
_PROMPT = re.compile(r"(?<!\w)kịp thời(?!\w)")
_AT_ONCE = re.compile(
    r"(?<!\w)ngay(?:\s+(?:lập tức|sau khi|khi (?:nhận|có|phát|xảy)|từ (?:khi|thời điểm))(?!\w)"
    r"|(?!\s+(?:tại|trong|cả|thẳng|từ|trên|ngắn|ở|bản thân|người|chính|đầu|khi|sau|bên|dưới|mỗi)(?!\w))"
    r"(?!\w))"
)
_QUALITIES = re.compile(
    r"(?:đầy đủ|chính xác|hiệu quả|đúng quy định|đúng hạn|đúng|khách quan|nhanh chóng|chặt chẽ|đồng bộ"
    r"|thường xuyên|trung thực"
    r"|rõ ràng|minh bạch|công khai|chất lượng|nghiêm túc|thống nhất|phù hợp|dân chủ)\s*(?:,|và|;)\s*$"
)
_QUALITY_NEXT = re.compile(
    r"\s*(?:,|và)\s*(?:đầy đủ|chính xác|hiệu quả|đúng|khách quan|minh bạch|chất lượng|thường xuyên|rõ "
    r"ràng|có hiệu quả|đồng bộ"
    r"|công khai|trung thực|sát)"
)
_NEGATED = re.compile(r"(?<!\w)(?:không|chưa|thiếu|nếu không)(?!\w)[^,;.]{0,60}$")
_FOR_PURPOSE = re.compile(
    r"(?<!\w)(?:để|nhằm|giúp|góp phần|bảo đảm|đảm bảo|từ đó|qua đó|kết quả)\s+(?:[^\s,;.]+\s+){0,3}$"
)


@dataclass(frozen=True)
class Rhythm:
    """A rhythm in a clause (yearly, half-yearly, quarterly, monthly, weekly, periodic) and the words of it.

    `of_noun` tells a rhythm that describes a noun ("kế hoạch hằng năm") from one of the duty itself.
    """

    rule: str
    start: int
    end: int
    of_noun: bool = False


def find_rhythms(fold: str, start: int, end: int) -> tuple[Rhythm, ...]:
    """The rhythms named in fold[start:end], in order."""
    found = []
    for match in _RHYTHM.finditer(fold, start, end):
        rule = _rule(match)
        if rule is not None:
            found.append(Rhythm(rule, match.start(), match.end(), _describes_noun(fold, start, match)))
            year = _AND_YEAR.match(fold, match.end(), end) if rule == "half-yearly" else None
            if year:
                found.append(Rhythm("yearly", year.start("year"), year.end()))
    return tuple(found)


def _rule(match: re.Match[str]) -> str | None:
    if match["every"] or match["times"] or match["report"]:
        return _UNITS[match["unit"] or match["per"] or match["of"]]
    if match["half"]:
        return "half-yearly"
    if match["quarter"]:
        return "quarterly"
    return "yearly" if match["annual"] else "periodic"


def _describes_noun(fold: str, start: int, match: re.Match[str]) -> bool:
    """Whether the rhythm follows a noun it describes rather than the verb of a duty."""
    left = fold[max(start, match.start() - 300) : match.start()]
    if match["loose"]:
        return _LOOSE_RULED.search(left) is not None or (
            _LOOSE_NOUN.search(left) is not None and "thực hiện" in left
        )
    if match["report"] or match["half"] or match["times"]:
        return False
    phrase = re.split(r"[;.:]", left)[-1]
    nouns = list(_NOUNS.finditer(phrase))
    if not phrase.strip(" -+") or not nouns:
        return False
    after = phrase[nouns[-1].end() :]
    if re.search(r"hội nghị|sơ kết|tổng kết|họp|báo cáo|sinh hoạt|giao ban", after):
        return False
    # A comma between noun and rhythm that opens a new verb frees the rhythm from the noun.
    if re.search(r",\s*(?:định kỳ|trước|và)?\s*$", after):
        return False
    governing = phrase[: nouns[-1].start()]
    return not _reports(governing)


def _reports(words: str) -> bool:
    """Whether the verb over a noun is itself done in rhythm: to report, to sum up, to draw up."""
    verbs = list(_DUTIES_OVER_NOUNS.finditer(words))
    return bool(verbs) and len(words) - verbs[-1].end() < 25 and "triển khai thực hiện" not in words[-60:]


def find_prompts(fold: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where a duty is to be done promptly or at once; "đầy đủ, kịp thời" as a mere quality is none."""
    found = [
        match.span() for match in _PROMPT.finditer(fold, start, end) if _is_duty(fold, start, end, match)
    ]
    for match in _AT_ONCE.finditer(fold, start, end):
        left = tuple(fold[max(start, match.start() - 60) : match.start()].split())
        urged = match.group().endswith("tức") and lex.DUTY_VERBS.match(
            _words_after(fold, match.end(), end), 0
        )
        if not left or " khi" in match.group() or urged or _ends_with_duty(left):
            found.append(match.span())
    return tuple(sorted(found))


def _words_after(fold: str, start: int, end: int) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold[start : min(end, start + 40)]))


def _ends_with_duty(words: tuple[str, ...]) -> bool:
    """Whether the last word or the last two are a verb of duty ("xử lý", "báo cáo")."""
    last = len(words)
    return any(lex.DUTY_VERBS.match(words, last - size) == size for size in (1, 2) if size <= last)


def _is_duty(fold: str, start: int, end: int, match: re.Match[str]) -> bool:
    left, right = (
        fold[max(start, match.start() - 120) : match.start()],
        fold[match.end() : min(end, match.end() + 60)],
    )
    if _NEGATED.search(left[-90:]) or _FOR_PURPOSE.search(left[-60:]):
        return False
    following = tuple(re.findall(r"\w+", right[:40]))
    if (
        right[:1] == " "
        and lex.DUTY_VERBS.match(following, 0)
        and not re.match(r"\s*(?:theo|và)(?!\w)", right)
    ):
        return True
    return not (_QUALITIES.search(left[-40:]) or _QUALITY_NEXT.match(right))
