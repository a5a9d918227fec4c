"""The draft of a programme: what holds after the officer's review, as typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

CARRIES_OUT = "carries_out"


@dataclass(frozen=True, slots=True)
class DraftHeader:
    """What the document is; empty text and None where neither reader nor officer knew."""

    kind: str = "other"
    title: str = ""
    issuer: str = ""
    number: str = ""
    issued_on: date | None = None
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class DraftCitation:
    """Another document that this one names; `relation` is carries_out, amends, replaces or cites."""

    item_id: int
    number: str
    name: str
    issued_on: date | None
    relation: str


@dataclass(frozen=True, slots=True)
class DraftAim:
    """One aim or requirement."""

    item_id: int
    text: str


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """How much of what, by which deadline rule, told of whom, known from where; "" for none."""

    item_id: int
    name: str
    value: Decimal
    unit: str
    subject: str
    rule: str
    source_of_figures: str


@dataclass(frozen=True, slots=True)
class DraftActor:
    """Who has a part in a task, by the words of the plan; `role` as in the reader (lead, cooperate …)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class DraftTask:
    """One duty; `line_of_work` is the title of its part of the plan; texts are "" for none."""

    item_id: int
    title: str
    text: str
    line_of_work: str
    actors: tuple[DraftActor, ...]
    rule: str
    evidence_kind: str


@dataclass(frozen=True, slots=True)
class DraftMilestone:
    """A time that belongs to no single task."""

    item_id: int
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftRule:
    """A must or a must_not; `binds` is everyone, leaders or another word of the reader."""

    item_id: int
    kind: str
    binds: str
    topic: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftRuleSet:
    """A named set of short rules."""

    item_id: int
    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftName:
    """A model to build and spread, or a recipient."""

    item_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a review leaves: all that was not dropped, in the order of the document.

    `item_id` is the id of the review item, so that a programme can lead back to the words of its plan.
    """

    header: DraftHeader = field(default_factory=DraftHeader)
    citations: tuple[DraftCitation, ...] = ()
    aims: tuple[DraftAim, ...] = ()
    targets: tuple[DraftTarget, ...] = ()
    tasks: tuple[DraftTask, ...] = ()
    milestones: tuple[DraftMilestone, ...] = ()
    rules: tuple[DraftRule, ...] = ()
    rule_sets: tuple[DraftRuleSet, ...] = ()
    models: tuple[DraftName, ...] = ()
    recipients: tuple[DraftName, ...] = ()

    @property
    def lines_of_work(self) -> tuple[str, ...]:
        """The lines of work in the order in which their first tasks stand."""
        return tuple(dict.fromkeys(task.line_of_work for task in self.tasks if task.line_of_work))

    @property
    def parents(self) -> tuple[DraftCitation, ...]:
        """The documents that this one carries out."""
        return tuple(citation for citation in self.citations if citation.relation == CARRIES_OUT)
