"""Rules of conduct: what must be done and what must not, whom it binds, and in which matter."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .clauses import Clause
from .closing import recipients_at
from .context import Context
from .rulesets import find_rule_sets
from .text import Text

_PERSONS = (
    r"(?:(?:mỗi|mọi|các|từng|toàn thể|đội ngũ|người|tất cả)\s+)*"
    r"(?:cán bộ|công chức|viên chức|người lao động|đảng viên|đoàn viên|hội viên|người đứng đầu|lãnh đạo"
    r"|cbccvc|cb,? ?cc,? ?vc"
    r"|cbgv,? ?nv|thủ trưởng|giáo viên|nhân viên|công chức một cửa|người có thẩm quyền|người có chức vụ)"
)
_MATTERS = (
    r"(?:trang phục, lễ phục|trang phục|lời nói|tác phong|thái độ|ngôn ngữ|việc ăn mặc|thẻ công chức"
    r"|giao tiếp|ứng xử)"
)
_NO_MODAL = r"(?!(?:phải|cần|không|nghiêm cấm|tuyệt đối)(?!\w))[^;:.]"
_SUBJECT = rf"(?:(?:{_PERSONS}|{_MATTERS})(?!\w)(?:(?!(?:đã|được)(?!\w)){_NO_MODAL}){{0,220}}?)"
_CONTEXT = rf"(?:(?:trong|khi|đối với|tại|với|về)\s(?:{_NO_MODAL}){{2,140}}?[,\s]\s*)"
_MUST = r"(?:cần phải|phải|luôn phải|có trách nhiệm|có nghĩa vụ)"
_MUST_NOT = r"(?:không được|tuyệt đối không|nghiêm cấm|không|cấm|chống|nói không với|tránh)"
_RULE = re.compile(
    rf"(?P<context>{_CONTEXT})?(?P<subject>{_SUBJECT})?\s*(?:(?P<must_not>{_MUST_NOT})"
    rf"|(?P<must>{_MUST}))(?!\w)\s+(?=\w)"
)
_BAN = re.compile(rf"[^;:.]{{0,60}}?(?:nghiêm cấm|cấm)\s+(?={_PERSONS})")
_FURTHER = re.compile(r",\s+(?=(?:không được|tuyệt đối không|nghiêm cấm|không|phải)\s+\w+\s+\w+\s+\w+)")
_ABOUT_NO_CONDUCT = re.compile(
    r"không (?:những|chỉ|có|còn|phải|phụ thuộc|hoàn thành|đúng|kịp thời|đầy đủ|bao gồm|quá|tổ chức|nằm)(?!\w)"
)
_LEADERS = re.compile(r"(?<!\w)(?:lãnh đạo|quản lý|người đứng đầu|thủ trưởng|chức vụ)(?!\w)")
_PARTY = re.compile(r"(?<!\w)đảng viên(?!\w)")
_RECEPTION = re.compile(r"một cửa|tiếp nhận và trả kết quả|tiếp công dân")
_UNION = re.compile(r"(?<!\w)đoàn viên(?!\w)")
_CONDUCT_PART = re.compile(
    r"ứng xử|giao tiếp|đạo đức|lối sống|tinh thần|thái độ|trang phục|chuẩn mực|quy tắc|phải làm|không "
    r"được làm|việc cấm|tác phong"
    r"|lời nói|văn hóa công"
)
# A part addressed to persons: what stands in it are rules for them.
_TO_PERSONS = re.compile(
    r"(?:\d+\. ?)?(?:đối với|với) (?:các )?(?:cá nhân|đoàn viên|cán bộ|công chức|viên chức|người lao "
    r"động|đảng viên|lãnh đạo|người đứng đầu"
    r"|giáo viên|nhân viên)"
)
_ADDRESSED = re.compile(
    rf"đối với (?P<whom>(?:các )?(?:{_PERSONS}|học sinh|đoàn viên)[^;:.]{{0,80}}):\s*(?=\w)"
)
_WORK_PART = re.compile(
    r"tổ chức thực hiện|phân công|trách nhiệm của|mục đích|kinh phí|chế độ báo cáo|điều khoản thi hành"
)
_DANGLING = re.compile(r"\s+(?:của|về|cho|với|và)$")
_THEN = re.compile(r"\s+thì$")
_CONTINUES = re.compile(r"[^\W\d]")


@dataclass(frozen=True)
class Rule:
    """One rule of conduct: kind `must` or `must_not`, whom it binds, the matter it belongs to, and its words.

    `binds` is everyone, leaders, party_members, reception (who receives citizens) or union_members.
    """

    kind: str
    binds: str
    topic: str | None
    start: int
    end: int


def find_rules(text: Text, ctx: Context) -> tuple[Rule, ...]:
    """The rules of conduct in reading order; duties of units and named sets are not among them."""
    sets = [(rule_set.start, rule_set.end) for rule_set in ctx.once(find_rule_sets, text)]
    stop = recipients_at(text)
    reader = _RuleReader(text, ctx)
    found: list[Rule] = []
    for clause in ctx.clauses:
        if clause.start >= stop or any(left < clause.end and clause.start < right for left, right in sets):
            continue
        found.extend(reader.of_clause(clause))
    return tuple(found)


class _RuleReader:
    """Reads clause after clause; one without a modal goes on with the rule before it in the same line."""

    def __init__(self, text: Text, ctx: Context) -> None:
        self.text = text
        self.ctx = ctx
        self.line = -1
        self.binds = "everyone"
        self.topic: str | None = None
        self.open = False

    def of_clause(self, clause: Clause) -> list[Rule]:
        """The rules in one clause."""
        titles = self.ctx.titles_above(clause.section)
        if self.text.lines[clause.line].heading or any(_WORK_PART.search(title.lower()) for title in titles):
            return []
        if clause.line != self.line:
            self.line, self.open, self.binds = clause.line, False, "everyone"
            self.open = bool(titles) and _TO_PERSONS.match(titles[-1].lower()) is not None
            self.binds = self._bound(titles[-1].lower()) if self.open else "everyone"
            self.topic = _DANGLING.sub("", titles[-1].strip(" .:")) if titles else None
        own = titles[-1].lower() if titles else ""
        is_conduct = bool(_CONDUCT_PART.search(own) or _TO_PERSONS.match(own))
        found = []
        for start, end in self._parts(clause):
            rule = self._rule(start, end, is_conduct)
            if rule is not None:
                found.append(rule)
        return found

    def _parts(self, clause: Clause) -> list[tuple[int, int]]:
        """A clause parted where a comma leads on to another modal."""
        cuts = list(_FURTHER.finditer(self.text.fold, clause.start, clause.end))
        starts = [clause.start, *(match.end() for match in cuts)]
        ends = [*(match.start() for match in cuts), clause.end]
        return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]

    def _rule(self, start: int, end: int, is_conduct: bool) -> Rule | None:
        """The rule in a part of a clause, after the persons it may be addressed to."""
        fold = self.text.fold
        end = _without_stop(self.text.clean, start, end)
        addressed = _ADDRESSED.match(fold, start, end)
        if addressed is not None:
            self.topic = self.text.clean[start : addressed.end("whom")]
            self.binds, self.open = self._bound(addressed["whom"]), True
            start, is_conduct = addressed.end(), True
        match = _RULE.match(fold, start, end)
        if match is None:
            ban = _BAN.match(fold, start, end)
            if ban is not None:
                return Rule("must_not", self._bound(fold[ban.end() : end]), self.topic, start, end)
            return self._going_on(start, end, is_conduct)
        if not self._is_conduct_rule(match, start, is_conduct):
            return None
        self._take_over(match)
        kind = "must_not" if match["must_not"] is not None else "must"
        return Rule(kind, self.binds, self.topic, start, end)

    def _is_conduct_rule(self, match: re.Match[str], start: int, is_conduct: bool) -> bool:
        """Whether a modal makes a rule for persons: in no quote, not "không có …", binding somebody."""
        negative = match["must_not"] is not None
        modal = match.start("must_not" if negative else "must")
        if self.ctx.is_quoted(modal):
            return False
        if match["subject"]:
            return True
        if _ABOUT_NO_CONDUCT.match(self.text.fold, modal) or match["must"] in (
            "có trách nhiệm",
            "có nghĩa vụ",
        ):
            return False
        opens_line = start == self.text.line_at(start).body and not match["context"]
        plain_ban = negative and match["must_not"] not in ("chống", "tránh")
        return is_conduct or self.open or opens_line or plain_ban

    def _take_over(self, match: re.Match[str]) -> None:
        """Keeps whom and which matter a rule names for those after it in the line."""
        subject = match["subject"]
        if subject:
            self.binds = self._bound(subject)
        if match["context"]:
            named = match["context"].rstrip().endswith(",") or not subject
            until = match.end("context") if named else match.end("subject")
            self.topic = _THEN.sub("", self.text.clean[match.start("context") : until].strip(" ,"))
        self.open = True

    def _going_on(self, start: int, end: int, is_conduct: bool) -> Rule | None:
        """A clause after a rule in the same line goes on with what must be done."""
        words = self.text.fold[start:end]
        if (
            not (self.open and is_conduct)
            or len(words.split()) < 3
            or ":" in words
            or not _CONTINUES.match(words)
        ):
            return None
        return Rule("must", self.binds, self.topic, start, end)

    def _bound(self, subject: str) -> str:
        if _LEADERS.search(subject):
            return "leaders"
        if _PARTY.search(subject) and "công chức" not in subject:
            return "party_members"
        if _RECEPTION.search(subject):
            return "reception"
        return "union_members" if _UNION.search(subject) and "công chức" not in subject else "everyone"


def _without_stop(clean: str, start: int, end: int) -> int:
    """The end of the words without closing marks."""
    while end > start and clean[end - 1] in " .;,:/…*":
        end -= 1
    return end
