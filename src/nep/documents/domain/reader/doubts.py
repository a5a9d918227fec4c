"""What a careful reader would ask about a document before relying on what was read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .actors import Actor
from .amounts import Target
from .context import Context
from .deadlines import Deadline
from .numbering import find_gaps
from .rulesets import RuleSet, promised
from .text import Text

_VAGUE = re.compile(
    r"(?:các |những )?(?:cơ quan|đơn vị|tổ chức|bộ phận|địa phương|ban|ngành|phòng|cá nhân"
    r"|tổ chức, cá nhân|cơ quan, đơn vị"
    r"|cơ quan, tổ chức|đơn vị, địa phương|cơ quan, đơn vị, địa phương|phòng, ban|sở, ngành"
    r"|sở, ban, ngành|cơ quan chức năng)"
    r" (?:có )?liên quan$|(?:các )?cơ quan chức năng$|(?:các )?đơn vị khác$"
)
_BLANK_DAY = re.compile(r"ngày ?(?:\.{2,}|…|_+|/)? ?tháng ?(?:\d{1,2}|\.{2,}|…|_+)? ?năm ?(?:\d{4}|20\.*|…)?")
_LOST = re.compile(
    r"\ufffd|(?<=[^\W\d_])\?(?=[^\W\d_])"
    r"|(?<=[^\W\d_] )(?:ngh|th|ng|nh|tr|ph|kh|ch|gh|[bcdđhklmnpqrstvxo])(?= [^\W\d_]{1,3}(?: |$))"
)
# "điểm b và c khoản 2": letters that name items are no remains of words.
_ITEM_BEFORE = re.compile(r"(?<!\w)(?:điểm|mục|nhóm|loại|và|hoặc|lớp|tổ) $")
_COMPLETE = re.compile(r"[.!?…;:)”\"/]\s*$|^\W*$")
_WORDS = re.compile(r"[^\W\d_]+")
_LOST_LIMIT = 5

_KIND_CHOICES = (
    ("plan", "Kế hoạch"),
    ("decision", "Quyết định"),
    ("dispatch", "Công văn, công điện"),
    ("news", "Bài viết"),
    ("report", "Báo cáo"),
    ("other", "Loại khác"),
)


@dataclass(frozen=True)
class Doubt:
    """One question to the official who reviews a reading.

    `question` is a plain Vietnamese sentence; start..end is what it is about in the clean text; `choices`
    are (value, label) pairs; `field` and `index` name the item concerned, if one is.
    """

    code: str
    question: str
    start: int
    end: int
    choices: tuple[tuple[str, str], ...] = ()
    field: str | None = None
    index: int | None = None


@dataclass(frozen=True)
class Findings:
    """The read items that doubts are looked for in."""

    targets: tuple[Target, ...]
    deadlines: tuple[Deadline, ...]
    actors: tuple[Actor, ...]
    rule_sets: tuple[RuleSet, ...]
    has_recipients: bool


def find_doubts(
    text: Text, ctx: Context, findings: Findings, known_units: Callable[[str], bool] | None
) -> tuple[Doubt, ...]:
    """All doubts about a reading, in reading order."""
    if not text.clean.strip():
        return ()
    found = [
        *_head(text, ctx),
        *_numbering(ctx),
        *_dates(text, ctx, findings),
        *_citations(ctx),
        *_targets(text, findings),
        *_actors(text, findings, known_units),
        *_rule_sets(text, findings),
        *_lost_letters(text),
        *_end(text, ctx, findings),
    ]
    return tuple(sorted(found, key=lambda doubt: (doubt.start, doubt.code)))


def _head(text: Text, ctx: Context) -> Iterator[Doubt]:
    """A kind that is not clear; a number or an issue date left blank in the letterhead."""
    header = ctx.header
    first = next((line for line in text.lines if not line.furniture), text.lines[0])
    if header.kind == "other" and header.kind_place is None:
        yield Doubt("kind_unclear", "Đây là loại văn bản nào?", first.start, first.end, _KIND_CHOICES, "kind")
    for line in [line for line in text.lines if not line.furniture][:30]:
        blank = _BLANK_DAY.search(text.fold, line.start, line.end)
        if header.issued_on is None and blank and len(line.text) < 90 and "," in line.text:
            question = "Ngày ban hành còn để trống. Văn bản ban hành ngày nào?"
            yield Doubt("issue_date_blank", question, blank.start(), blank.end(), field="issued_on")
        if header.number is None and re.match(r"số(?: ký hiệu)? ?: ?[/.…]", text.fold[line.start : line.end]):
            yield Doubt(
                "number_blank",
                "Số văn bản còn để trống. Số là bao nhiêu?",
                line.start,
                line.end,
                field="number",
            )


def _numbering(ctx: Context) -> Iterator[Doubt]:
    for gap in find_gaps(ctx.sections):
        if gap.before is None:
            question = f"Phần đánh số bắt đầu từ “{gap.after}”. Có thiếu phần nào ở trước không?"
        else:
            question = (
                f"Phần đánh số nhảy từ “{gap.before}” sang “{gap.after}”. Có thiếu phần nào ở giữa không?"
            )
        yield Doubt("numbering_gap", question, gap.start, gap.end, field="sections", index=gap.section)


def _dates(text: Text, ctx: Context, findings: Findings) -> Iterator[Doubt]:
    for index, deadline in enumerate(findings.deadlines):
        words = text.words_of(deadline.start, deadline.end)
        if deadline.assumed_year is not None and not deadline.impossible:
            year = deadline.assumed_year
            choices = ((str(year), f"Năm {year}"), (str(year + 1), f"Năm {year + 1}"))
            question = f"“{words}” không ghi năm. Có phải năm {year} không?"
            yield Doubt("year_missing", question, deadline.start, deadline.end, choices, "deadlines", index)
    for date in text.dates:
        if not date.exists and not ctx.is_cited(date.start):
            words = text.words_of(date.start, date.end)
            holds = (i for i, d in enumerate(findings.deadlines) if d.start <= date.start < d.end)
            owner = next(holds, None)
            question = f"“{words}” không có trong lịch. Ngày đúng là ngày nào?"
            field = "deadlines" if owner is not None else None
            yield Doubt("impossible_date", question, date.start, date.end, (), field, owner)


def _citations(ctx: Context) -> Iterator[Doubt]:
    for index, citation in enumerate(ctx.citations):
        number = citation.number
        if number is not None and not number[0].isdigit():
            question = f"Văn bản được dẫn “{number}” còn để trống số. Số là bao nhiêu?"
            yield Doubt(
                "citation_without_number", question, citation.start, citation.end, (), "citations", index
            )
        elif number is not None and citation.date is None and "/QH" not in number:
            question = f"Văn bản được dẫn số {number} không ghi ngày ban hành. Ban hành ngày nào?"
            yield Doubt(
                "citation_without_date", question, citation.start, citation.end, (), "citations", index
            )


def _targets(text: Text, findings: Findings) -> Iterator[Doubt]:
    for index, target in enumerate(findings.targets):
        if len(_WORDS.findall(text.clean[target.start : target.end])) < 1:
            question = f"{target.value:g}% là tỷ lệ của nội dung gì?"
            yield Doubt("percent_without_what", question, target.start, target.end, (), "targets", index)


def _actors(text: Text, findings: Findings, known_units: Callable[[str], bool] | None) -> Iterator[Doubt]:
    for index, actor in enumerate(findings.actors):
        name = text.words_of(actor.start, actor.end)
        if _VAGUE.match(text.fold[actor.start : actor.end]):
            question = f"“{name}” là những đơn vị nào?"
            yield Doubt("vague_actor", question, actor.start, actor.end, (), "actors", index)
        elif known_units is not None and not known_units(name):
            question = f"Không tìm thấy “{name}” trong danh sách đơn vị. Đó là đơn vị nào?"
            yield Doubt("unknown_unit", question, actor.start, actor.end, (), "actors", index)


def _rule_sets(text: Text, findings: Findings) -> Iterator[Doubt]:
    for index, rule_set in enumerate(findings.rule_sets):
        name = text.words_of(rule_set.name_start, rule_set.name_end)
        count = promised(text.fold[rule_set.name_start : rule_set.name_end])
        if count and count != len(rule_set.items):
            question = (
                f"“{name}” nói {count} điều nhưng văn bản kể {len(rule_set.items)} điều. Danh sách nào đúng?"
            )
            yield Doubt("rule_count", question, rule_set.start, rule_set.end, (), "rule_sets", index)


def _lost_letters(text: Text) -> Iterator[Doubt]:
    count = 0
    for match in _LOST.finditer(text.fold):
        line = text.line_at(match.start())
        names_item = _ITEM_BEFORE.search(text.fold, max(0, match.start() - 12), match.start())
        if line.furniture or count == _LOST_LIMIT or line.text.isascii() or names_item:
            continue
        count += 1
        start = max(line.start, text.clean.rfind(" ", 0, max(0, match.start() - 8)) + 1)
        blank = text.clean.find(" ", min(line.end, match.end() + 8), line.end)
        end = blank if blank > 0 else line.end
        question = "Chỗ này có vẻ mất chữ. Nguyên văn là gì?"
        yield Doubt("lost_letters", question, start, end)


def _end(text: Text, ctx: Context, findings: Findings) -> Iterator[Doubt]:
    """A document that stops in the middle of a sentence, with neither recipients nor signature."""
    last = next((line for line in reversed(text.lines) if not line.furniture), None)
    if last is None or findings.has_recipients or last.heading or ctx.header.kind == "news":
        return
    if len(last.text.split()) >= 8 and not _COMPLETE.search(last.text):
        start = max(last.start, text.clean.rfind(" ", 0, max(0, last.end - 60)) + 1)
        question = "Văn bản dừng giữa chừng. Phần sau có bị thiếu không?"
        yield Doubt("cut_text", question, start, last.end)
