"""The whole draft of a programme, as it is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.movements.domain.binding import unassigned
from nep.movements.domain.deadline_forms import rule_in_words
from nep.movements.models import (
    ConductRule,
    Milestone,
    Programme,
    ProgrammeParent,
    ProgrammeScope,
    RuleSet,
    Target,
    Task,
)
from nep.movements.models.content import EvidenceKind, Part
from nep.movements.queries.parts import KINDS, PartKind
from nep.movements.queries.rules import BINDS
from nep.movements.queries.scopes import count_reached
from nep.movements.queries.sources import source_urls
from nep.movements.queries.tasks import actor_words
from nep.movements.queries.words import number_words
from nep.org.models import Line

BRIEF = 8  # rows of a section that stands open
BESIDE_THE_NAME = {Target: "Mức", Task: "Thời hạn", Milestone: "Thời hạn", ConductRule: "Loại"}


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One part: its name, what stands under it, its value, whether it needs a look, its words in the plan."""

    part: Part
    code: str
    name: str
    under: str
    value: str
    warning: str
    source_url: str


@dataclass(frozen=True, slots=True)
class DraftSection:
    """All parts of one kind."""

    kind: PartKind
    rows: list[DraftRow]

    @property
    def count_words(self) -> str:
        """How many there are, and how many somebody should look at."""
        look = sum(bool(row.warning) for row in self.rows)
        return f"{len(self.rows)} mục, {look} mục cần xem" if look else f"{len(self.rows)} mục"

    @property
    def stands_open(self) -> bool:
        """Whether it stands open from the start: short, or with something to look at."""
        return len(self.rows) <= BRIEF or any(row.warning for row in self.rows)

    @property
    def column(self) -> str:
        """What heads the values beside the names; empty when there are none."""
        return BESIDE_THE_NAME.get(self.kind.model, "")

    @property
    def add_words(self) -> str:
        return f"Thêm {self.kind.noun}"


@dataclass(frozen=True, slots=True)
class ScopeWords:
    """Whom a programme reaches in one line."""

    line: str
    root: str
    reach: str
    units: int


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A draft with its parents, its scope, and its content kind by kind."""

    parents: list[str]
    scopes: list[ScopeWords]
    sections: list[DraftSection]

    @property
    def filled(self) -> list[DraftSection]:
        """The kinds of parts that the draft has."""
        return [section for section in self.sections if section.rows]

    @property
    def unfilled(self) -> list[DraftSection]:
        """The kinds of parts that it may have and has not."""
        return [section for section in self.sections if not section.rows]

    @property
    def targets(self) -> list[DraftRow]:
        """The targets alone, for who reads the draft before the launch."""
        return next((section.rows for section in self.sections if section.kind.model is Target), [])

    @property
    def units_words(self) -> str:
        return f"{number_words(sum(scope.units for scope in self.scopes))} đơn vị"


def draft_page(programme: Programme, on: date) -> DraftPage:
    """Everything in a draft, in a fixed number of queries."""
    parents = ProgrammeParent.objects.filter(programme=programme).select_related("parent", "document")
    scopes = ProgrammeScope.objects.filter(programme=programme).select_related("root").order_by("line")
    parts = {kind: _parts(programme, kind) for kind in KINDS.values()}
    items = [part.item_id for rows in parts.values() for part in rows if part.item_id]
    urls = source_urls(programme, items)
    return DraftPage(
        parents=[str(row.parent or row.document) for row in parents.order_by("pk")],
        scopes=[
            ScopeWords(
                Line(row.line).label,
                row.root.name,
                ProgrammeScope.Reach(row.reach).label,
                count_reached(row.root_id, row.line, row.reach, on),
            )
            for row in scopes
        ],
        sections=[
            DraftSection(kind, [_row(kind, part, urls.get(part.item_id or 0, "")) for part in rows])
            for kind, rows in parts.items()
        ],
    )


def _parts(programme: Programme, kind: PartKind) -> list[Part]:
    if kind.model is Task:
        tasks = Task.objects.filter(programme=programme)
        return list(tasks.select_related("line_of_work").prefetch_related("actors"))
    return list(kind.model._default_manager.filter(programme=programme))


def _row(kind: PartKind, part: Part, source: str) -> DraftRow:
    code, under, value, warning = "", "", "", ""
    name = kind.name(part)
    if isinstance(part, Target):
        code, name, value = part.code, part.name, f"{number_words(part.value)} {part.unit}"
        under = " · ".join(words for words in (rule_in_words(part.rule), part.source_of_figures) if words)
    elif isinstance(part, Task):
        code, name, value = part.code, part.title, rule_in_words(part.rule) or "không đặt hạn"
        under, warning = _task_under(part), _task_warning(part)
    elif isinstance(part, Milestone):
        value = rule_in_words(part.rule)
    elif isinstance(part, ConductRule):
        value = ConductRule.Kind(part.kind).label
        under = " · ".join(words for words in (BINDS.get(part.binds, part.binds), part.topic) if words)
    elif isinstance(part, RuleSet):
        under = " · ".join(part.items)
    return DraftRow(part, code, name, under, value, warning, source)


def _task_under(task: Task) -> str:
    who = [f"{actor.name} ({actor.role})" for actor in actor_words(list(task.actors.all()))]
    line = task.line_of_work.name if task.line_of_work else ""
    shown = EvidenceKind(task.evidence_kind).label
    return " · ".join(words for words in ("; ".join(who) or "Mọi đơn vị trong phạm vi", line, shown) if words)


def _task_warning(task: Task) -> str:
    actors = list(task.actors.all())
    if unassigned(actors):
        return "Chưa giao được cho đơn vị nào"
    unknown = [actor.name for actor in actor_words(actors) if actor.unknown]
    return f"Chưa rõ: {', '.join(unknown)}" if unknown else ""
