"""The terms of one duty as its page and its form show them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from nep.movements.domain import states
from nep.movements.domain.lateness import Standing, standing
from nep.movements.models import Occurrence
from nep.platform.calendar import current

SETTLED = frozenset({states.ACCEPTED, states.ENDED})


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term: its period, its last day and why that one, how it stands, where it is answered."""

    term: Occurrence
    standing: Standing
    may_answer: bool = False

    @property
    def name(self) -> str:
        """By its last day; without one, by what it is."""
        return term_name(self.term)

    @property
    def period(self) -> str:
        """The days that it speaks of."""
        return f"{self.term.starts_on:%d/%m/%Y} – {self.term.ends_on:%d/%m/%Y}"

    @property
    def url(self) -> str:
        """The form that answers it; empty where nobody may."""
        if not self.may_answer:
            return ""
        if self.term.task_id:
            return f"{reverse('evidence_new', args=[self.term.task_id])}?ky={self.term.number}"
        ids = [self.term.adoption_id, self.term.target_id]
        return f"{reverse('evidence_new_target', args=ids)}?ky={self.term.number}"


def term_name(term: Occurrence) -> str:
    """A term in words: by its last day, or as it occurs."""
    return f"Kỳ đến {term.due_on:%d/%m/%Y}" if term.due_on else "Khi phát sinh"


def term_rows(terms: QuerySet[Occurrence], *, on: date, rule: str, may_send: bool) -> list[TermRow]:
    """All terms of a duty, the latest first, in one query."""
    rows = terms.select_related("special").order_by("-number")
    return [TermRow(row, standing_of(row, on, rule), may_send and row.state in states.OWED) for row in rows]


def standing_of(term: Occurrence, on: date, rule: str = "") -> Standing:
    """How a term stands: sent, settled, returned, or by its last day."""
    if term.state == states.ACCEPTED:
        late = term.sent_on is not None and term.due_on is not None and term.sent_on > term.due_on
        return Standing("good", "Đã xong, nộp trễ" if late else "Đã xong")
    if term.state == states.ENDED:
        return Standing("quiet", "Không còn phải nộp")
    if term.state == states.SENT:
        return Standing("warn", "Chờ xét")
    stands = standing(term.due_on, on, rule=rule, calendar=current())
    return Standing("bad", "Trả lại", stands.late_days) if term.state == states.RETURNED else stands


def answerable(terms: Collection[Occurrence], *, on: date) -> list[Occurrence]:
    """The terms that evidence may answer now: those owed, else the latest that took figures."""
    ordered = sorted(terms, key=lambda term: term.number)
    owed = [term for term in ordered if term.state in states.OWED]
    if owed:
        return owed
    told = [term for term in ordered if term.target_id and term.starts_on <= on]
    return [term for term in told[-1:] if term.state == states.ACCEPTED]


def choices(terms: Sequence[Occurrence], *, on: date, rule: str) -> list[tuple[str, str]]:
    """Terms to choose from in a form, by number, each with how it stands."""
    return [(str(term.number), f"{term_name(term)} ({_aside(term, on, rule)})") for term in terms]


def _aside(term: Occurrence, on: date, rule: str) -> str:
    word = standing_of(term, on, rule).word
    return word[:1].lower() + word[1:]
