"""Deadlines and rhythms: when something is due, as one rule per clause that binds or schedules."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as calendar_date
from datetime import timedelta

from . import timewords as says
from .clauses import Clause
from .closing import recipients_at
from .context import Context
from .dates import DateMention, find_dates
from .rhythms import Rhythm, find_prompts, find_rhythms
from .tables import WHEN
from .text import Text


@dataclass(frozen=True)
class Deadline:
    """When something is due: the rule (`before:2018-12-15`, `yearly`, `prompt` …) and the words that say so.

    `assumed_year` is the year taken from the document where the words give none; `impossible` marks a date
    that does not exist (31/4), whose rule is not to be trusted.
    """

    rule: str
    start: int
    end: int
    assumed_year: int | None = None
    impossible: bool = False


def find_deadlines(text: Text, ctx: Context) -> tuple[Deadline, ...]:
    """All deadlines of a document in reading order, one per clause and time."""
    reader = _Reader(text, ctx)
    found: list[Deadline] = []
    for clause in ctx.clauses:
        if not reader.is_aside(clause):
            found.extend(reader.of_clause(clause))
    found = _without_rhythms_of_work(text, found)
    span = reader.own_span()
    if span is not None:
        found = [deadline for deadline in found if deadline.rule != span.rule]
        found.append(span)
    return tuple(sorted(found, key=lambda deadline: (deadline.start, deadline.end)))


def _without_rhythms_of_work(text: Text, found: list[Deadline]) -> list[Deadline]:
    """In a table the column of times decides: a rhythm in the name of the work ("Báo cáo quý") adds none."""
    if not text.rows:
        return found
    timed = {row.start for d in found if (row := text.row_at(d.start)) and text.column_at(d.start) in WHEN}
    return [
        deadline
        for deadline in found
        if (row := text.row_at(deadline.start)) is None
        or text.column_at(deadline.start) in WHEN
        or (row.start not in timed and not row.is_head)
    ]


class _Reader:
    """Reads the clauses of one document with its year and kind at hand."""

    def __init__(self, text: Text, ctx: Context) -> None:
        self.text = text
        self.ctx = ctx
        self.fold = text.fold
        self.issued = ctx.header.issued_on.value if ctx.header.issued_on else None
        self.year = self._year()
        self.is_news = ctx.header.kind == "news"
        self.is_account = self.is_news and ctx.header.issuer is None
        self._told = (-1, False)
        self.limit_end = 0
        self.body_end = recipients_at(text)

    def _year(self) -> int | None:
        """The year that fills a missing one: of issue, of a one-year plan, else of the latest day named."""
        if self.ctx.header.year is not None:
            return self.ctx.header.year
        period = self.ctx.header.period
        if period is not None and period.first == period.last:
            return period.first
        days = [date.year for date in self.text.dates if date.grain == "day" and date.year is not None]
        return max(days, default=None)

    def own_span(self) -> Deadline | None:
        """The document's own span of years, a deadline of its own."""
        period = self.ctx.header.period
        if period is None:
            return None
        rule = (
            f"in:{period.first}" if period.first == period.last else f"period:{period.first}..{period.last}"
        )
        return Deadline(rule, period.start, period.end)

    def is_aside(self, clause: Clause) -> bool:
        """Preambles, signatures and recipients bind nothing."""
        head = self.fold[clause.start : clause.start + 120]
        return clause.start >= self.body_end or bool(says.PREAMBLE.match(head))

    # ---------------------------------------------------------------- one clause

    def of_clause(self, clause: Clause) -> list[Deadline]:
        """The deadlines of one clause: dates first, a rhythm where no date uses it, promptness besides."""
        fold = self.fold
        # Lines in capitals and the titles of what a decision issues set no rhythm.
        shouted = (
            self.text.lines[clause.line].text.isupper()
            or says.DECREED.match(fold, clause.start)
            or self._names_items(clause)
            or self._in_title(clause)
        )
        rhythms = () if shouted else find_rhythms(fold, clause.start, clause.end)
        usable = [rhythm for rhythm in rhythms if not self._is_title(rhythm.start)]
        dated, used = self._dated(clause, usable)
        told = {deadline.rule.split(":")[0] for deadline in dated}
        rest = [r for r in usable if r not in used and not r.of_noun and r.rule not in told]
        found = self._most_exact(dated)
        narrative = self._is_narrative(clause)
        if rest and not narrative and not self._is_purpose(clause):
            found.extend(_merged(rest, dated))
        if not narrative and not self._is_purpose(clause):
            prompts = [p for p in find_prompts(fold, clause.start, clause.end) if not self._is_title(p[0])]
            found.extend(Deadline("prompt", start, end) for start, end in prompts[:1])
        effect = self._effect(clause)
        if effect is not None:
            found = [effect]
        return found

    def _names_items(self, clause: Clause) -> bool:
        """Whether a clause is a heading ("2. Đánh giá hằng tháng") whose items say when they are due."""
        line = self.text.lines[clause.line]
        below = self.text.lines[line.index + 1] if line.index + 1 < len(self.text.lines) else None
        return (
            line.heading
            and below is not None
            and below.kind in ("letter", "bullet")
            and below.kind != line.kind
        )

    def _in_title(self, clause: Clause) -> bool:
        """Whether a clause is the title of the text itself, or the headline of an article."""
        title = self.ctx.header.title
        if title is not None and title.start <= clause.start < title.end:
            return True
        line = self.text.lines[clause.line]
        return self.is_news and line.index < 3 and line.text[-1:] not in ".;:!…"

    def _is_title(self, offset: int) -> bool:
        return self.ctx.is_quoted(offset) or self.ctx.is_cited(offset)

    def _is_purpose(self, clause: Clause) -> bool:
        """Statements of purpose schedule nothing."""
        titles = [title.lower() for title in self.ctx.titles_above(clause.section)]
        own = titles[-1] if titles else ""
        return (bool(says.PURPOSE.search(own)) and not says.TASK_PART.search(own)) or bool(
            re.match(r"(?:mục đích|nhằm|kết quả)(?!\w)", self.fold[clause.start : clause.start + 20])
        )

    def _is_narrative(self, clause: Clause) -> bool:
        """An account of what was done; in news of no document all that no word of duty lifts out."""
        words = self.fold[clause.start : clause.end]
        if says.FUTURE.search(words) and not self.is_account:
            return False
        asked = says.ASKED.search(words)
        if asked and not says.PAST.search(words, 0, asked.start()):
            return False
        if says.PAST.search(words):
            return True
        if says.EVERY.match(words):
            return False
        return self.is_account and not asked

    def _effect(self, clause: Clause) -> Deadline | None:
        """When the document takes effect: on the day of signature or a given day."""
        match = says.TAKES_EFFECT.search(self.fold, clause.start, clause.end)
        if match is None:
            return None
        later = says.DAYS_AFTER.match(self.fold, match.end())
        if later and self.issued:
            day = calendar_date.fromisoformat(self.issued) + timedelta(days=int(later["days"]))
            return Deadline(f"effective:{day.isoformat()}", match.start(), later.end())
        if says.SIGNED.match(self.fold, match.end()):
            return (
                Deadline(f"effective:{self.issued}", match.start(), match.end() + 7) if self.issued else None
            )
        for date in find_dates(self.fold, match.end(), min(clause.end, match.end() + 60)):
            if date.grain == "day" and date.iso(self.year):
                return Deadline(f"effective:{date.iso(self.year)}", match.start(), date.end)
        return None

    def _most_exact(self, dated: list[Deadline]) -> list[Deadline]:
        """The days of a clause; a month, quarter or year only where no day stands or another act has it."""
        days = [deadline for deadline in dated if not deadline.rule.startswith("in:")]
        if not days:
            return list(dated)
        last = max(deadline.end for deadline in days)
        later = [
            deadline
            for deadline in dated
            if deadline.start > last and says.FURTHER_ACT.match(self.fold, last, deadline.start)
        ]
        return sorted([*days, *later], key=lambda deadline: deadline.start)

    # ---------------------------------------------------------------- dates

    def _dated(self, clause: Clause, rhythms: list[Rhythm]) -> tuple[list[Deadline], list[Rhythm]]:
        """Deadlines tied to dates, and the rhythms they took up."""
        found: list[Deadline] = []
        used: list[Rhythm] = []
        previous = clause.start
        self.limit_end = 0
        for date in find_dates(self.fold, clause.start, clause.end):
            deadline, rhythm = self._of_date(clause, date, rhythms, previous)
            if rhythm is not None:
                used.append(rhythm)
            if deadline is not None:
                found.append(deadline)
                previous = date.end
        for match in says.DAY_ONLY.finditer(self.fold, clause.start, clause.end):
            rhythm = next((r for r in rhythms if r.rule in ("monthly", "quarterly")), None)
            last_month = says.LAST_MONTH.match(self.fold, match.end(), clause.end)
            next_term = self._next_term(match, clause.end)
            if next_term is not None:
                used.extend(r for r in rhythms if r.rule in ("monthly", "quarterly"))
                found.append(next_term)
            elif rhythm is None and last_month:
                due = f"quarterly:before:{int(match['day']):02d}"
                found.append(Deadline(due, match.start(), last_month.end()))
            elif rhythm is not None:
                used.extend(r for r in rhythms if r.rule == rhythm.rule)
                start, end = min(match.start(), rhythm.start), max(match.end(), rhythm.end)
                found.append(Deadline(f"{rhythm.rule}:before:{int(match['day']):02d}", start, end))
        return found, used

    def _next_term(self, day: re.Match[str], limit: int) -> Deadline | None:
        """A day of the month or quarter that follows the one reported on."""
        quarter = says.NEXT_QUARTER.match(self.fold, day.end(), limit)
        if quarter:
            # The rules of quarters know days of the last month only.
            return Deadline("quarterly", day.start(), quarter.end())
        month = says.NEXT_MONTH.match(self.fold, day.end(), limit)
        return Deadline(f"monthly:before:{int(day['day']):02d}", day.start(), month.end()) if month else None

    def _of_date(
        self, clause: Clause, date: DateMention, rhythms: list[Rhythm], previous: int
    ) -> tuple[Deadline | None, Rhythm | None]:
        left = self.fold[max(clause.start, date.start - 60) : date.start]
        right = self.fold[date.end : min(clause.end, date.end + 30)]
        if (
            self._is_title(date.start)
            or says.CITED.search(left)
            or says.RANGE_START.match(right)
            or says.ANNIVERSARY.search(left)
        ):
            return None, None
        before = says.BEFORE.search(left) or says.LIMIT_NAMED.search(left)
        if before is None and self.limit_end and says.AND.match(self.fold, self.limit_end, date.start):
            # "trước ngày 30/4 và 30/10": both days are limits.
            before = says.EMPTY.match(left, len(left))
        self.limit_end = date.end if before else 0
        if date.grain == "day" and date.year is None:
            rhythm = self._rhythm_for(date, rhythms, previous, right)
            if rhythm is not None and (before or rhythm.rule == "yearly"):
                sense = "before" if before else "on"
                start = min(rhythm.start, date.start)
                due = f"{rhythm.rule}:{sense}:{date.month:02d}-{date.day:02d}"
                return Deadline(due, start, max(rhythm.end, date.end), impossible=not date.exists), rhythm
        if date.grain == "month" and date.year is None and any(r.rule == "yearly" for r in rhythms):
            return None, None
        assumed = self._assumed_year(date, before is not None) if date.year is None else None
        dated = date if assumed in (None, self.year) else replace(date, year=assumed)
        rule = self._rule(clause, dated, left, before is not None)
        if rule is None:
            return None, None
        start = date.start - (len(left) - before.start()) if before else date.start
        return Deadline(rule, start, date.end, assumed, not date.exists), None

    def _assumed_year(self, date: DateMention, limit: bool) -> int | None:
        """The year of a day without one: of the document, or the next where a limit would be over.

        A plan of the autumn that asks for something "trước ngày 15/3" means the spring to come.
        """
        if not limit or self.issued is None or self.year is None or date.month is None:
            return self.year
        over = (date.iso(self.year) or "") < self.issued
        return self.year + 1 if over and self.issued[5:7] >= "08" and date.month <= 7 else self.year

    def _rhythm_for(
        self, date: DateMention, rhythms: list[Rhythm], previous: int, right: str
    ) -> Rhythm | None:
        """The rhythm of a day without year: said since the last date, right after it, or in the clause."""
        known = [r for r in rhythms if r.rule in ("yearly", "half-yearly")]
        since = [r for r in known if previous <= r.start and r.end <= date.start]
        if since:
            return since[-1]
        after = [
            r
            for r in known
            if date.end <= r.start <= date.end + 8 or says.AND_DAY.fullmatch(self.fold, date.end, r.start)
        ]
        if after:
            return after[0]
        return next((r for r in known if r.start < date.start), None)

    def _rule(self, clause: Clause, date: DateMention, left: str, before: bool) -> str | None:
        """The rule of a date that stands on its own, or None where it only tells."""
        value = date.iso(self.year)
        if value is None or self._is_over(date) or self._only_tells(clause):
            return None
        if date.grain == "year":
            return self._rule_of_year(date, left, value)
        if before or (says.RANGE_END.search(left) and says.RANGE_OPENS.search(left)):
            return f"in:{value}" if date.grain == "quarter" else f"before:{value}"
        scheduled = self._in_timetable(clause, date)
        if self.is_account and not scheduled:
            return None
        if date.grain == "quarter":
            return f"in:{value}"
        if date.grain == "month":
            inside = scheduled or says.INSIDE.search(left) or not left.strip(" -:(+")
            sense = "before" if date.ends_span else "in"
            return f"{sense}:{value}" if inside and (date.year or self.ctx.header.year) else None
        begins = says.START.search(left)
        if begins is not None:
            return f"on:{value}" if says.BEGINS.search(left[: begins.start()]) else None
        if self._is_cell(date):
            # "Thời hạn: 15/3" in a column of limits.
            return f"{'before' if self.text.column_at(date.start) == 'limit' else 'on'}:{value}"
        return f"on:{value}" if self._schedules(clause, date) else None

    def _in_timetable(self, clause: Clause, date: DateMention) -> bool:
        """Whether a date opens an entry of a timetable: "Tháng 01/2025: …", "Tiến độ thực hiện: …"."""
        before = self.fold[clause.start : date.start]
        opens = not before.strip(" -+*") and self.fold[date.end : date.end + 2].lstrip().startswith(":")
        return opens or says.TIMETABLE.match(before) is not None

    def _only_tells(self, clause: Clause) -> bool:
        """Whether a clause tells of the past without a word of duty; worked out once for all its dates."""
        if clause.start != self._told[0]:
            words = self.fold[clause.start : clause.end]
            self._told = clause.start, says.PAST.search(words) is not None and not says.FUTURE.search(words)
        return self._told[1]

    def _is_cell(self, date: DateMention) -> bool:
        """Whether the date alone fills a line: a cell of a table of activities."""
        line = self.text.line_at(date.start)
        return (
            self.fold[line.body : date.start].strip(" |:-") == ""
            and self.fold[date.end : line.end].strip(" |.;") == ""
        )

    def _schedules(self, clause: Clause, date: DateMention) -> bool:
        """A day is a schedule when it lies ahead of the issue, or the clause plans it."""
        words = self.fold[max(clause.start, date.start - 300) : min(clause.end, date.end + 300)]
        if self.is_news and not says.FUTURE.search(words):
            return False
        if any("thời gian" in title.lower() for title in self.ctx.titles_above(clause.section)[-1:]):
            return True
        ahead = self.issued is not None and (date.iso(self.year) or "") > self.issued
        return bool(says.SCHEDULES.search(words)) and (
            ahead or bool(re.search("dự kiến|thời gian|sẽ", words))
        )

    def _rule_of_year(self, date: DateMention, left: str, value: str) -> str | None:
        """A year binds in "trong năm 2025" and "Năm 2025: …", not as a horizon ("giai đoạn đến năm 2030")."""
        if says.SPAN_TITLE.search(left) or self.is_account:
            return None
        opens = not left.strip(" -:(+") and says.GOES_ON.match(self.fold, date.end) is not None
        return f"in:{value}" if (opens and not self.is_news) or says.WITHIN.search(left) else None

    def _is_over(self, date: DateMention) -> bool:
        """A date before the document was issued can be no deadline of it."""
        if self.issued is None:
            known = self.ctx.header.year
            return date.year is not None and known is not None and date.year < known - 1
        value = date.iso(self.year) or ""
        return value < self.issued[: len(value)] if "Q" not in value else value[:4] < self.issued[:4]


def _merged(rhythms: list[Rhythm], dated: list[Deadline]) -> list[Deadline]:
    """One deadline per distinct rhythm; a bare "định kỳ" only where nothing more exact is said."""
    exact = [rhythm for rhythm in rhythms if rhythm.rule != "periodic"]
    if not exact and dated:
        return []
    found: list[Deadline] = []
    for rhythm in exact or rhythms[:1]:
        if all(deadline.rule != rhythm.rule for deadline in found):
            found.append(Deadline(rhythm.rule, rhythm.start, rhythm.end))
    return found
