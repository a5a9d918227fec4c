"""Who is given a duty: units and officers with their role, read from syntactic frames.

A frame is a unit with what stands around it: "phối hợp với B" makes B cooperate, "giao A …" makes A execute,
"báo cáo … về C" makes C receive, "A chủ trì …" makes A lead; a heading "1. Sở X" gives Sở X the duties below.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from .clauses import Sentence
from .closing import recipients_at
from .context import Context
from .frames import Frame, role_of_duty, sense_of
from .headings import UnitHeading, find_unit_headings
from .names import is_issuer, same_unit, unit_key
from .text import Text
from .units import UnitGrammar
from .words import Unit, Words

_PREAMBLE = re.compile(
    r"(?:căn cứ (?:luật|nghị|quyết|kế hoạch số|công văn|chỉ thị|thông|chương trình|văn bản|hướng dẫn)"
    r"|theo đề nghị|xét )"
)
_ISSUES = re.compile(
    r" (?:ban hành|xây dựng|triển khai|lập|đề ra)(?: và triển khai| triển khai| thực hiện)? (?:kế hoạch"
    r"|chương trình|phương án)(?!\w)[^;\n]{0,500}(?:như sau|sau đây|cụ thể|nội dung sau) ?[:.]?$"
)
_PURPOSE = re.compile(r"mục đích|ý nghĩa|quan điểm|tình hình|kết quả|đánh giá chung|sự cần thiết|thực trạng")
_PASSES_ON = re.compile(
    r"(?<!\w)(?:theo đó|cụ thể)(?:,|:)|(?:kế hoạch|chỉ thị|công văn|văn bản|công điện)(?: cũng)? "
    r"(?:yêu cầu|nêu rõ|giao|đề nghị|quy định)(?!\w)| ban hành (?:chỉ thị|công văn|công điện|kế hoạch) số"
)
_ADJUNCT = frozenset({"theo", "thực", "căn", "trên", "với", "để", "qua", "từ", "trong"})
# A sentence that leads over to a list: its units act in the items below.
_LEADS_OVER = re.compile(r"(?:như sau|sau đây|sau)\s*[:.]?\s*$|:\s*$")
# Headings are looked through backwards this far: deeper nesting does not occur.
_MOST_OPEN = 24
_TASK_PART = re.compile(r"yêu cầu")


@dataclass(frozen=True)
class Actor:
    """A unit with a duty: the role, the words that name it and whether it stood as the one who acts."""

    role: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Occurrence:
    """One place where a unit gets a role: the clause it acts in, and the actor it is counted as."""

    actor: Actor
    clause: int
    key: tuple[str, ...]
    acts: bool
    shares_head: bool = False


def find_actors(text: Text, ctx: Context) -> tuple[Actor, ...]:
    """The units and officers given a duty, each pair of name and role once, in reading order."""
    return tuple(actor for actor, _ in counted(ctx.once(find_occurrences, text)))


def counted(occurrences: tuple[Occurrence, ...]) -> list[tuple[Actor, list[Occurrence]]]:
    """Occurrences gathered by unit and role: the best naming stands for all."""
    groups: list[tuple[Actor, list[Occurrence]]] = []
    by_word: dict[str, list[tuple[Actor, list[Occurrence]]]] = {}
    for occurrence in sorted(occurrences, key=lambda item: (item.actor.start, item.actor.end)):
        # Namings of one unit begin with the same words.
        akin = by_word.setdefault(" ".join(occurrence.key[:2]), [])
        group = next((group for group in akin if _belongs(group, occurrence)), None)
        if group is None:
            group = (occurrence.actor, [])
            groups.append(group)
            akin.append(group)
        group[1].append(occurrence)
    return [(_best_named(actor, members), members) for actor, members in groups]


def _belongs(group: tuple[Actor, list[Occurrence]], occurrence: Occurrence) -> bool:
    actor, members = group
    same_role = actor.role == occurrence.actor.role or (members[0].acts and occurrence.acts)
    return same_role and same_unit(members[0].key, occurrence.key, actor.kind)


def _best_named(actor: Actor, members: list[Occurrence]) -> Actor:
    """The naming that stands for all: with a head of its own, and of a body the longest."""
    whole = [member for member in members if not member.shares_head] or members
    if actor.kind == "body":
        best = max(whole, key=lambda member: len(member.key))
    else:
        best = whole[0]
    return replace(best.actor, role=actor.role)


def find_occurrences(text: Text, ctx: Context) -> tuple[Occurrence, ...]:
    """Every place where a unit is given a role; a heading's unit counts in each clause it governs."""
    return _ActorReader(text, ctx).read()


def _subject_behind(words: Words, units: tuple[Unit, ...]) -> int:
    """Where to go on in a list that is no actor: behind a semicolon, or where an adjunct's name ends.

    "Theo chỉ đạo của UBND tỉnh, thủ trưởng các sở phải …": the comma ends the adjunct.
    """
    marks = (";", ",") if words.low[units[0].first - 1] == "của" and words.low[0] in _ADJUNCT else (";",)
    return next((unit.first for unit in units[1:] if words.low[unit.first - 1] in marks), units[-1].last)


class _ActorReader:
    """Walks over the clauses of a document with the heading in force and the acting unit of each."""

    def __init__(self, text: Text, ctx: Context) -> None:
        self.text = text
        self.ctx = ctx
        # What stands above the name of the document is its letterhead.
        head_end = ctx.header.kind_place.start if ctx.header.kind_place else 0
        found = ctx.once(find_unit_headings, text)
        self.headings = tuple(heading for heading in found if heading.end >= head_end)
        self.heading_lines = {heading.line for heading in self.headings}
        self.issuer = unit_key(ctx.header.issuer.value) if ctx.header.issuer else ()
        self.is_news = ctx.header.kind == "news"
        self.stop = recipients_at(text)
        self.directed_from = self._directed_from()
        self.found: list[Occurrence] = []
        self.roles: dict[int, str] = {}
        self.intro: tuple[int, list[Occurrence]] = (0, [])

    def _directed_from(self) -> int:
        """Where an article begins to pass on what a document asks: behind its number, or at "Theo đó, …"."""
        header = self.ctx.header
        opens = _PASSES_ON.search(self.text.fold) if self.is_news and header.issuer else None
        starts = [opens.start()] if opens else []
        if self.is_news and header.issuer and header.number and header.number.start >= header.issuer.start:
            starts.append(header.number.end)
        return min(starts, default=len(self.text.clean))

    def read(self) -> tuple[Occurrence, ...]:
        """Go through all sentences before the list of recipients."""
        parts: dict[int, list[int]] = {}
        for index, clause in enumerate(self.ctx.clauses):
            parts.setdefault(clause.sentence, []).append(index)
        for number, sentence in enumerate(self.ctx.sentences):
            if sentence.start >= self.stop:
                break
            column = self.text.column_at(sentence.start)
            if column not in (None, "work"):
                continue
            if sentence.line not in self.heading_lines and not self._is_aside(sentence.start):
                self._read_sentence(sentence, parts.get(number, []))
        self._bare_headings()
        return tuple(self.found)

    def _bare_headings(self) -> None:
        """A heading that governs no clause still names who acts: a cell of a table, or a text cut short."""
        first = {part.line: i for i, part in reversed(list(enumerate(self.ctx.clauses)))}
        rows = self._rows() if self.text.rows else {}
        for heading in self.headings:
            if heading.line in self.roles or heading.end > self.stop:
                continue
            clause, role = first.get(heading.line, 0), "execute"
            row = self.text.row_at(heading.units[0][0])
            if heading.column is not None and row is not None:
                clause, role = rows.get(row.start, clause), heading.column
            elif self.is_news:
                continue
            self._add_heading(heading, role, clause)

    def _rows(self) -> dict[int, int]:
        """For each row of a table the clause that says what is to be done."""
        found: dict[int, int] = {}
        for index, clause in enumerate(self.ctx.clauses):
            row = self.text.row_at(clause.start)
            if row is not None and self.text.column_at(clause.start) == "work":
                found.setdefault(row.start, index)
        return found

    def _is_aside(self, start: int) -> bool:
        line = self.text.line_at(start)
        return bool(_PREAMBLE.match(self.text.fold, start)) or line.text.isupper()

    def _read_sentence(self, sentence: Sentence, clauses: list[int]) -> None:
        """The frames of one sentence; a clause without subject keeps the last one, or the heading's."""
        words = Words.of(self.text.clean, self.text.fold, sentence.start, sentence.end)
        grammar = UnitGrammar(words)
        directed = self.directed_from <= sentence.start
        frame = Frame(words, grammar, self.is_news, self._is_purpose(sentence.section), directed)
        acting = self._read_frames(frame, clauses)
        standing: list[Occurrence] = []
        for index in clauses:
            if index in acting:
                standing = acting[index]
                continue
            at = bisect_left(words.starts, self.ctx.clauses[index].start)
            if standing:
                self.found.extend(replace(occurrence, clause=index) for occurrence in standing)
            elif not standing:
                self._under_heading(frame, at, index)
        if standing and _LEADS_OVER.search(self.text.fold, sentence.start, sentence.end):
            self.intro = (self._list_end(sentence), standing)

    def _list_end(self, sentence: Sentence) -> int:
        """Where the list ends that a sentence leads over to: with its part, or with the document."""
        section = sentence.section
        while section is not None:
            part = self.ctx.sections[section]
            if part.end > sentence.end + 2:
                return part.end
            section = part.parent
        return len(self.text.clean)

    def _read_frames(self, frame: Frame, clauses: list[int]) -> dict[int, list[Occurrence]]:
        """Every unit with a role in a sentence; returns those that act, by clause."""
        words, acting = frame.words, dict[int, list[Occurrence]]()
        issues = _ISSUES.search(self.text.fold, words.starts[0], words.ends[-1]) if len(words) else None
        at = 0
        while at < len(words):
            if not frame.grammar.may_begin(at):
                at += 1
                continue
            units = frame.grammar.units(at)
            if not units or self.ctx.is_cited(words.starts[at]) or self.ctx.is_quoted(words.starts[at]):
                at = units[-1].last if units else at + 1
                continue
            sense = sense_of(frame, units)
            if sense is None:
                at = _subject_behind(words, units)
                continue
            role, acts = sense
            if acts and issues and words.starts[at] < issues.start():
                # "Ban Thường vụ … triển khai kế hoạch như sau:" is the issuer's own act.
                at = units[-1].last
                continue
            after = min(units[-1].last, len(words) - 1)
            index = self._clause_at(clauses, words.starts[after if acts else at])
            found = self._counted(units, words, role, acts, index)
            self.found.extend(found)
            if acts:
                acting.setdefault(index, []).extend(found)
            at = units[-1].last
        return acting

    def _clause_at(self, clauses: list[int], offset: int) -> int:
        place = bisect_right(clauses, offset, key=lambda index: self.ctx.clauses[index].start)
        return clauses[max(0, place - 1)]

    def _is_purpose(self, section: int | None) -> bool:
        titles = self.ctx.titles_above(section)
        own = titles[-1].lower() if titles else ""
        return bool(_PURPOSE.search(own)) and not _TASK_PART.search(own)

    def _counted(
        self, units: tuple[Unit, ...], words: Words, role: str, acts: bool, clause: int
    ) -> list[Occurrence]:
        """The units as occurrences; the issuer's own acts are left out."""
        found = []
        for unit in units:
            start, end = words.starts[unit.first], words.ends[unit.last - 1]
            key = unit_key(self.text.clean[start:end], unit.head)
            # "Bộ trưởng, Thủ trưởng cơ quan ngang bộ" means every holder of the office.
            general = unit.kind == "kinds" or (unit.kind == "officer" and len(key) <= 2 <= len(units))
            if acts and self.issuer and not general and is_issuer(key, self.issuer):
                continue
            found.append(Occurrence(Actor(role, start, end, unit.kind), clause, key, acts, bool(unit.head)))
        return found

    def _under_heading(self, frame: Frame, at: int, clause: int) -> None:
        """Gives a clause without its own subject to the units of the heading it stands under."""
        start = frame.words.starts[at] if at < len(frame.words) else 0
        heading = self._heading_over(start)
        if not frame.opens_with_duty(at):
            return
        if heading is None:
            until, standing = self.intro
            if start < until and (self.text.line_at(start).kind or not self.is_news):
                self.found.extend(replace(occurrence, clause=clause) for occurrence in standing)
            return
        if heading.line not in self.roles:
            role = role_of_duty(frame, at)
            # The first of several duties may be to work with others; the unit still carries its part out.
            self.roles[heading.line] = "execute" if role == "cooperate" else role
        self._add_heading(heading, self.roles[heading.line], clause)

    def _add_heading(self, heading: UnitHeading, role: str, clause: int) -> None:
        for start, end, kind, head in heading.units:
            key = unit_key(self.text.clean[start:end], head)
            if key != self.issuer:
                acts = role != "cooperate"
                self.found.append(Occurrence(Actor(role, start, end, kind), clause, key, acts, bool(head)))

    def _heading_over(self, start: int) -> UnitHeading | None:
        place = bisect_right(self.headings, start, key=lambda heading: heading.end)
        near = self.headings[max(0, place - _MOST_OPEN) : place]
        return next((heading for heading in reversed(near) if start < heading.scope), None)
