"""What the pages of evidence show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from nep.kernel.deadlines import Due
from nep.movements.access import evidence_to_decide, visible_evidence
from nep.movements.domain import states
from nep.movements.domain.adoption import reasons
from nep.movements.domain.lateness import Standing, standing
from nep.movements.domain.terms import reckoned
from nep.movements.models import AdoptedTask, Adoption, Evidence, Occurrence, Target
from nep.movements.queries.adoptions import because_words, figure_words, rule_words
from nep.movements.queries.places import places_of
from nep.movements.queries.sources import SourceWords, source_of
from nep.movements.queries.terms import TermRow, answerable, term_rows
from nep.org.access import Actor
from nep.platform.calendar import current

WORDS = {"sent": ("warn", "Chờ xét"), "accepted": ("good", "Đã nhận"), "returned": ("bad", "Trả lại")}


@dataclass(frozen=True, slots=True)
class Version:
    """One piece of evidence as sent, and what was made of it."""

    evidence: Evidence

    @property
    def kind(self) -> str:
        return WORDS[self.evidence.state][0]

    @property
    def word(self) -> str:
        return WORDS[self.evidence.state][1]

    @property
    def figure(self) -> str:
        """The figures sent, as 12/40 or 3."""
        return figure_words(self.evidence)

    @property
    def photos(self) -> list[object]:
        return [file for file in self.evidence.files.all() if file.file.media_type.startswith("image/")]

    @property
    def documents(self) -> list[object]:
        return [file for file in self.evidence.files.all() if not file.file.media_type.startswith("image/")]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a duty with every version sent for it, the latest first."""

    occurrence: Occurrence | None
    versions: tuple[Version, ...]

    @property
    def due_on(self) -> date | None:
        """Its last day."""
        return self.occurrence.due_on if self.occurrence else None

    @property
    def words(self) -> str:
        """How often something was sent for it."""
        return f"{len(self.versions)} lần nộp"


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task of a unit's plan: why, by when, and its terms."""

    task: AdoptedTask
    why: str
    rule_words: str
    standing: Standing
    rows: list[TermRow]
    terms: list[Term]
    source: SourceWords | None
    reckoned: Due | None

    @property
    def open_to_evidence(self) -> bool:
        """Whether something may be sent for one of its terms."""
        return bool(answerable([row.term for row in self.rows], on=self.task.adoption.programme.ends_on))

    @property
    def special(self) -> list[TermRow]:
        """The special dates of owed terms, each once."""
        held = [row for row in self.rows if row.term.special_id and row.term.state in states.OWED]
        return list({row.term.special_id: row for row in held}.values())


def task_page(task: AdoptedTask, actor: Actor, *, may_send: bool = False) -> TaskPage:
    """All that the page of a task shows; evidence only as far as the actor may see it."""
    return TaskPage(
        task,
        _why(task, actor.on),
        rule_words(task.rule),
        standing(task.due_on, actor.on, rule=task.rule, calendar=current()),
        term_rows(task.occurrences.all(), on=actor.on, rule=task.rule, may_send=may_send),
        terms=terms_of(visible_evidence(actor).filter(task=task)),
        source=source_of(task.task.item_id if task.task else None),
        reckoned=reckoned(task.rule, task.due_on, current()),
    )


def _why(task: AdoptedTask, on: date) -> str:
    if task.task is None:
        return "Việc riêng của đơn vị"
    unit = task.adoption.unit
    because = reasons(list(task.task.actors.all()), places_of([unit], on)[unit.pk])
    return because_words(because) if because else "Đơn vị tự nhận thêm"


def terms_of(rows: QuerySet[Evidence]) -> list[Term]:
    """Evidence by term, the latest term and version first, in two queries."""
    found = rows.select_related("occurrence", "reopening").order_by("-sent_at", "-pk")
    ordered = list(found.prefetch_related("files__file"))
    ordered.sort(key=lambda row: row.occurrence.number if row.occurrence else 0, reverse=True)
    return [
        Term(term, tuple(Version(row) for row in versions))
        for term, versions in groupby(ordered, key=lambda row: row.occurrence)
    ]


def terms_to_answer(terms: QuerySet[Occurrence], on: date) -> list[Occurrence]:
    """The terms of a duty that may be answered now."""
    return answerable(list(terms.order_by("number")), on=on)


def numbered(terms: Sequence[Occurrence], number: int | None) -> int | None:
    """The id of the term with this number."""
    return next((term.pk for term in terms if term.number == number), None)


def evidence_of_target(adoption: Adoption, target: Target, actor: Actor) -> list[Term]:
    """What a unit told for a target, as far as the actor may see it."""
    return terms_of(visible_evidence(actor).filter(adoption=adoption, target=target))


def waiting(actor: Actor) -> QuerySet[Evidence]:
    """Evidence that waits for the actor, the longest waiting first."""
    rows = evidence_to_decide(actor).select_related("adoption__unit", "adoption__programme", "task", "target")
    return rows.order_by("sent_at", "pk")


def next_waiting(actor: Actor, after: Evidence) -> Evidence | None:
    """The evidence to look at after this one: the next in the order of waiting, else the first left."""
    rows = waiting(actor).exclude(pk=after.pk)
    later = rows.filter(sent_at__gte=after.sent_at).exclude(sent_at=after.sent_at, pk__lt=after.pk).first()
    return later or rows.first()
