"""Draft tasks: every duty of the parts that give work, with who, by when, how often and shown by what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from . import lexicon as lex
from .actors import counted, find_occurrences
from .aims import find_aims
from .clauses import Clause
from .closing import recipients_at
from .context import Context
from .deadlines import Deadline, find_deadlines
from .headings import find_unit_headings
from .rules import find_rules
from .text import Text

_WORK_PART = re.compile(
    r"(?<!\w)(?:tổ chức thực hiện|nhiệm vụ|giải pháp|biện pháp|phân công|trách nhiệm|nội dung thực hiện"
    r"|hình thức|triển khai thực hiện"
    r"|nội dung và giải pháp|công việc|tiến độ|chế độ báo cáo|báo cáo|nội dung|kiểm tra|tuyên truyền"
    r"|thực hiện|hoạt động)(?!\w)"
)
_NO_WORK = re.compile(
    r"(?<!\w)(?:mục đích|mục tiêu|yêu cầu|quan điểm|ý nghĩa|đối tượng|phạm vi|kinh phí|thời gian|địa "
    r"điểm|căn cứ|chuẩn mực|trang phục"
    r"|(?<!nhiệm vụ, )(?<!nhiệm vụ và )chỉ tiêu(?!,? (?:và )?(?:nhiệm vụ|giải pháp))"
    r"|tinh thần, thái độ|đạo đức|lối sống|thành phần|giải thưởng|nguyên tắc|điều khoản|hiệu lực)(?!\w)"
)
_CONNECTOR = re.compile(
    r"(?:đồng thời|ngoài ra|cùng với đó|bên cạnh đó|theo đó|trong đó|đặc biệt|mặt khác|tiếp đó|cụ "
    r"thể)\s*,?\s+"
)
_NO_TASK = re.compile(
    r"(?:trên đây là|trong quá trình|nếu có|căn cứ|xét |theo đề nghị|ban hành kèm theo|thực hiện "
    r"(?:nghị quyết|quyết định|kế hoạch|công văn|chỉ thị)[^.;]{0,20}\d"
    r"|(?:kế hoạch|quyết định|chỉ thị) này)"
)
# The request at the end of a document that everything above be carried out.
_CLOSING = re.compile(
    r"(?:đề nghị|yêu cầu)[^.;:]{0,140}(?:triển khai|thực hiện|phối hợp)(?:\s+(?:triển khai|thực hiện|tổ "
    r"chức|tốt|nghiêm túc|nghiêm|có hiệu quả"
    r"|kế hoạch|công văn|chỉ thị|các nội dung|nội dung|trên|này|đúng|theo|thời gian|quy định|hiệu quả"
    r"|,))*\s*[./]*$"
    r"|thông báo (?:để|cho|đến)(?!\w)[^.;]{0,90} biết|chịu trách nhiệm thi hành|^(?:trên đây|trong quá trình)"
    r"|(?:báo cáo|phản ánh)[^.;]{0,90}(?:xem xét|giải quyết|chỉ đạo|hướng "
    r"dẫn|điều chỉnh)(?:, [^.;]{0,40})?[./]*$"
)
# A sentence that only leads over to the items below it.
_LEADS_OVER = re.compile(r"(?:như sau|sau đây|sau)\s*[:.]?\s*$|:\s*$")
_FURTHER_DUTY = re.compile(r"(?:,| và|, và|, đồng thời| đồng thời)\s+(?=\w)")
_DANGLING = re.compile(r"(?:,| và|, và| đồng thời)\s*$")
_TIME_BEFORE = re.compile(
    r"(?:(?:năm|quý|tháng) [\divx,/ ]{1,14}\s*:|(?:định kỳ\s+)?(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần)"
    r"|định kỳ|giai đoạn \d{4}\s?-\s?\d{4}|trong (?:năm|quý|tháng) [^,]{1,12}"
    r"|(?:trước|từ|đến|chậm nhất)[^,;.]{3,40}(?=,)|để [^,;.]{5,80}(?=,)|năm \d{4})\s*,?\s*(?=\w)"
)
_PLACES = lex.Phrases(
    "quận|huyện|tỉnh|thành phố|thị xã|xã|phường|quận sẽ|huyện sẽ|tỉnh sẽ|thành phố sẽ|toàn ngành|nhà "
    "trường|cơ quan|đơn vị|trường"
    "|thị xã sẽ|phường sẽ|xã sẽ|toàn tỉnh|toàn huyện"
)
_RECURRING = ("yearly", "half-yearly", "quarterly", "monthly", "weekly", "periodic")
_ACCOUNT = re.compile(r"(?<!\w)(?:đã|vừa|qua kiểm tra|cho thấy|cho biết|chia sẻ)(?!\w)")
_EVIDENCE = (
    ("figures", r"số liệu|thống kê|tỷ lệ|khảo sát|chấm điểm|đánh giá mức độ|xếp loại|chỉ số|đo lường|\d+ ?%"),
    ("report", r"báo cáo|sơ kết|tổng kết|tổng hợp|kiểm tra|giám sát|thanh tra|đánh giá"),
    ("document", r"ban hành|xây dựng (?:kế hoạch|quy chế|nội quy|quy tắc|chương trình|đề án|bộ|tiêu chí)"
                 r"|kế hoạch|quyết định|văn bản|ký cam kết"
                 r"|bản cam kết|biên soạn|tài liệu|danh sách|hồ sơ|tham mưu|quy chế|nội quy|quy định"),
    ("photo", r"niêm yết|treo|pa ?nô|băng rôn|khẩu hiệu|ảnh(?! hưởng)|hình ảnh|trang trí|cảnh quan|vệ sinh"
              r"|trồng|hội nghị|hội thi|tọa đàm|phát động"
              r"|tuyên truyền|tập huấn|sắp xếp nơi|xanh|biểu dương|khen thưởng|loa"),
)  # fmt: skip
_EVIDENCE_WORDS = tuple((kind, re.compile(rf"(?<!\w)(?:{words})")) for kind, words in _EVIDENCE)


@dataclass(frozen=True)
class Task:
    """One duty: the label of its part, who has a part (indices of the actors), its times, and its words.

    `recurrence` is the rhythm among its times or None; `evidence` is report, figures, photo, document or any.
    """

    section: str | None
    actors: tuple[int, ...]
    deadlines: tuple[int, ...]
    recurrence: str | None
    evidence: str
    start: int
    end: int


def find_tasks(text: Text, ctx: Context) -> tuple[Task, ...]:
    """The draft tasks in reading order; rules of conduct, aims and accounts of what was done are none."""
    return _TaskReader(text, ctx).read()


class _TaskReader:
    """Judges clause after clause whether it is a duty, and gathers what belongs to it."""

    def __init__(self, text: Text, ctx: Context) -> None:
        self.text = text
        self.ctx = ctx
        self.deadlines = ctx.once(find_deadlines, text)
        self.starts = [deadline.start for deadline in self.deadlines]
        # A rule of conduct and an aim are no tasks, even where they open with a verb of duty.
        rules, aims = ctx.once(find_rules, text), ctx.once(find_aims, text)
        self.taken = sorted([(r.start, r.end) for r in rules] + [(a.start, a.end) for a in aims])
        self.heading_lines = {heading.line for heading in ctx.once(find_unit_headings, text)}
        occurrences = ctx.once(find_occurrences, text)
        self.acting = {item.clause for item in occurrences if item.acts}
        clauses = ctx.clauses
        self.named = {
            i.clause for i in occurrences if clauses[i.clause].start <= i.actor.start < clauses[i.clause].end
        }
        self.actors: dict[int, list[int]] = {}
        for index, (_, members) in enumerate(counted(occurrences)):
            for member in members:
                self.actors.setdefault(member.clause, []).append(index)
        self.has_work_part = any(self._gives_work(section.title) for section in ctx.sections)
        self.is_account = ctx.header.kind == "news" and ctx.header.issuer is None

    def read(self) -> tuple[Task, ...]:
        """Go through the clauses before the list of recipients.

        A clause after a semicolon is a task of its own when it has its own actor or time; else it
        belongs to the task before it, as the parts of an enumeration do.
        """
        stop = recipients_at(self.text)
        found: list[Task] = []
        sentence = -1
        for index, clause in enumerate(self.ctx.clauses):
            if clause.start >= stop:
                break
            if (
                clause.sentence == sentence
                and found
                and _near(found[-1], clause)
                and not self._stands_alone(index, clause)
            ):
                if not self._is_taken(clause):
                    found[-1] = self._task(index, replace(clause, start=found[-1].start), found[-1].actors)
                continue
            if self._is_task(index, clause):
                found.extend(self._task(index, part) for part in self._parts(clause))
                sentence = clause.sentence
        return tuple(found)

    def _parts(self, clause: Clause) -> list[Clause]:
        """A clause parted where a second duty with a time of its own begins: "sơ kết …, tổng kết …"."""
        times = [] if self.text.row_at(clause.start) else [self.deadlines[i] for i in self._times(clause)]
        cuts = [clause.start]
        for earlier, later in pairwise(times):
            for match in _FURTHER_DUTY.finditer(self.text.fold, earlier.end, max(earlier.end, later.start)):
                low = tuple(re.findall(r"\w+", self.text.fold[match.end() : match.end() + 40]))
                if lex.DUTY_VERBS.match(low, 0):
                    cuts.append(match.end())
                    break
        ends = [*cuts[1:], clause.end]
        return [replace(clause, start=start, end=end) for start, end in zip(cuts, ends, strict=True)]

    def _stands_alone(self, index: int, clause: Clause) -> bool:
        """Whether a later clause of a sentence is a duty with an actor or a time of its own."""
        if self.text.row_at(clause.start) is not None:
            return False
        return (index in self.named or bool(self._times(clause))) and self._is_task(index, clause)

    def _heads_items(self, clause: Clause, index: int) -> bool:
        """Whether a short numbered line only names the items below it, though it ends with a stop."""
        lines = self.text.lines
        line = lines[clause.line]
        below = lines[clause.line + 1] if clause.line + 1 < len(lines) else None
        short = line.kind not in ("", "bullet") and len(line.text.split()) <= 16 and index not in self.acting
        return short and below is not None and below.kind in ("bullet", "letter") and line.kind != below.kind

    def _gives_work(self, title: str) -> bool:
        low = title.lower()
        return bool(_WORK_PART.search(low)) and not _NO_WORK.search(low)

    def _is_task(self, index: int, clause: Clause) -> bool:
        start = self._start(clause)
        words = self.text.fold[start : clause.end]
        line = self.text.lines[clause.line]
        column = self.text.column_at(clause.start)
        if column is not None:
            row = self.text.row_at(clause.start)
            is_group = row is not None and row.is_group(self.text.original)
            return column == "work" and len(words.split()) >= 2 and not is_group
        if (
            line.heading
            or clause.line in self.heading_lines
            or self._heads_items(clause, index)
            or len(words.split()) < 4
            or (self.is_account and index not in self.acting)
            or self._is_taken(clause)
            or self.ctx.is_cited(start)
            or self._is_title(start)
        ):
            return False
        if (
            _CLOSING.search(words)
            or _LEADS_OVER.search(words)
            or (index not in self.acting and _NO_TASK.match(words))
        ):
            return False
        if _ACCOUNT.search(words[:80]) and self.ctx.header.kind == "news":
            return False
        if not (index in self.acting or self._opens_with_duty(words) or self._is_due(index, clause)):
            return False
        return self._in_work_part(clause, index)

    def _is_title(self, start: int) -> bool:
        title = self.ctx.header.title
        return title is not None and title.start <= start < title.end

    def _in_work_part(self, clause: Clause, index: int) -> bool:
        for title in reversed(self.ctx.titles_above(clause.section)):
            if _NO_WORK.search(title.lower()):
                return False
            if self._gives_work(title):
                return True
        return index in self.acting or not self.has_work_part or self._is_due(index, clause)

    def _is_due(self, index: int, clause: Clause) -> bool:
        """Whether something is due to somebody by a day, with no verb in front ("bài được nộp về …")."""
        return index in self.named and any(":" in self.deadlines[i].rule for i in self._times(clause))

    def _times(self, clause: Clause) -> tuple[int, ...]:
        """The deadlines that stand in a clause; the document's own span of years is nobody's duty."""
        first, last = bisect_left(self.starts, clause.start), bisect_left(self.starts, clause.end)
        row = self.text.row_at(clause.start)
        while row is not None and last < len(self.starts) and self.text.row_at(self.starts[last]) is row:
            last += 1
        while row is not None and first > 0 and self.text.row_at(self.starts[first - 1]) is row:
            first -= 1
        return tuple(i for i in range(first, last) if not _is_span(self.deadlines[i]))

    def _is_taken(self, clause: Clause) -> bool:
        at = bisect_right(self.taken, (clause.end, 0))
        return any(
            left < clause.end and clause.start < right for left, right in self.taken[max(0, at - 3) : at]
        )

    def _opens_with_duty(self, words: str) -> bool:
        """Whether a verb of duty opens the words, after times, purposes and a place that acts."""
        for _ in range(3):
            time = _TIME_BEFORE.match(words)
            words = words[time.end() :] if time else words
        low = tuple(re.findall(r"\w+|[^\w\s]", words[:160]))
        return bool(lex.DUTY_VERBS.match(low, 0) or lex.DUTY_VERBS.match(low, _PLACES.match(low, 0)))

    def _start(self, clause: Clause) -> int:
        """The start of the duty behind a connector ("Đồng thời, …")."""
        match = _CONNECTOR.match(self.text.fold, clause.start, clause.end)
        return match.end() if match else clause.start

    def _task(self, index: int, clause: Clause, also: tuple[int, ...] = ()) -> Task:
        start, end = self._start(clause), clause.end
        dangling = _DANGLING.search(self.text.fold, max(start, end - 14), end)
        end = dangling.start() if dangling else end
        while end > start and self.text.clean[end - 1] in " .;,:/…*":
            end -= 1
        times = self._times(clause)
        section = self.ctx.sections[clause.section].label if clause.section is not None else None
        actors = tuple(sorted({*also, *self.actors.get(index, ())}))
        return Task(section, actors, times, self._recurrence(times),
                    self._evidence(start, end), start, end)  # fmt: skip

    def _recurrence(self, times: tuple[int, ...]) -> str | None:
        rules = [self.deadlines[i].rule for i in times]
        return next((rule for rule in rules if rule.split(":")[0] in _RECURRING), None)

    def _evidence(self, start: int, end: int) -> str:
        """What shows the duty done: the product its row of a table names, else its own words."""
        row = self.text.row_at(start)
        cell = row.span("product") if row else None
        told = _evidence(self.text.original[slice(*cell)].lower()) if cell else "any"
        return told if told != "any" else _evidence(self.text.fold[start:end])


def _near(task: Task, clause: Clause) -> bool:
    """Whether only a semicolon parts the clause from the task before it."""
    return clause.start - task.end <= 4


def _is_span(deadline: Deadline) -> bool:
    return deadline.rule.startswith("period:")


def _evidence(words: str) -> str:
    """The kind of evidence that shows a duty done, from its first telling words; `any` when nothing tells."""
    places = [
        (match.start(), kind) for kind, pattern in _EVIDENCE_WORDS if (match := pattern.search(words[:200]))
    ]
    return min(places)[1] if places else "any"
