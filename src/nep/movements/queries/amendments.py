"""Pages of amendments: those of a programme, one of them, and what one does to a unit's plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse

from nep.movements import access, access_changes
from nep.movements.domain import amendments as domain
from nep.movements.domain.adoption import Place, binds_at
from nep.movements.domain.amendments import ADD, CHANGE, DROP, Change, effect
from nep.movements.models import Amendment, Programme, Proposal
from nep.movements.queries.changes_told import ChangeWords, KindWords, changes_told, items_told, key_of
from nep.movements.queries.contents import actors_of, content_ahead, places_of_parts
from nep.movements.queries.places import places_of
from nep.org.access import Actor

STATE_KINDS = {
    domain.DRAFT: "quiet",
    domain.SUBMITTED: "warn",
    domain.APPROVED: "warn",
    domain.IN_EFFECT: "good",
    domain.WAITING: "warn",
    domain.ACCEPTED: "good",
    domain.OBJECTED: "bad",
    domain.KEPT: "quiet",
    domain.EXEMPTED: "quiet",
    domain.TAKEN: "quiet",
}
EFFECT_WORDS = {
    ADD: ("good", "Thêm vào kế hoạch"),
    CHANGE: ("warn", "Sửa trong kế hoạch"),
    DROP: ("bad", "Ra khỏi kế hoạch"),
}


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """One amendment of a programme in the list, with how units answered."""

    amendment: Amendment
    kind: str
    answers: str
    items: int

    @property
    def url(self) -> str:
        return reverse("amendment", args=[self.amendment.pk])


def amendment_rows(programme: Programme, actor: Actor) -> list[AmendmentRow]:
    """The amendments that the actor may see, the latest first, in two queries."""
    rows = list(
        access_changes.visible_amendments(actor)
        .filter(programme=programme)
        .select_related("document")
        .defer("document__text", "document__search")
        .order_by("-number")
    )
    whole = access.sees_whole_of(actor, programme)
    known = Proposal.objects.all() if whole else access_changes.visible_proposals(actor)
    seen = known.filter(amendment__in=rows).order_by()
    counts: dict[int, Counter[str]] = {}
    for pk, state, count in seen.values_list("amendment", "state").annotate(count=Count("pk")):
        counts.setdefault(pk, Counter())[state] += count
    return [
        AmendmentRow(
            row, STATE_KINDS[row.state], answers_words(counts.get(row.pk, Counter())), len(row.changes)
        )
        for row in rows
    ]


def answers_words(counts: Counter[str]) -> str:
    """How units answered: "3 đồng ý, 1 có ý kiến khác"; empty while nobody was asked."""
    told = [
        f"{counts[state]} {Proposal.State(state).label.lower()}"
        for state in Proposal.State.values
        if counts[state]
    ]
    return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Answers:
    """How units answered one amendment, as far as the actor sees them."""

    words: str
    total: int
    own: list[Proposal]


def answers_to(amendment: Amendment, actor: Actor) -> Answers:
    """The answers in numbers, and the proposals of the actor's own units."""
    seen = access_changes.proposals_of(actor, amendment)
    counts = Counter(dict(seen.order_by().values_list("state").annotate(count=Count("pk"))))
    own = set(actor.posted_unit_ids) | {grant.unit_id for grant in actor.grants}
    rows = seen.filter(adoption__unit__in=own).select_related("adoption__unit")
    return Answers(answers_words(counts), counts.total(), list(rows[:5]))


@dataclass(frozen=True, slots=True)
class DraftedItem:
    """An item of the programme beside what the amendment does to it."""

    kind: str
    key: str
    code: str
    name: str
    change: ChangeWords | None

    @property
    def is_new(self) -> bool:
        return self.key.startswith("m")


@dataclass(frozen=True, slots=True)
class DraftedKind:
    """All items of one kind, those that change among them."""

    kind: str
    title: str
    noun: str
    rows: list[DraftedItem]

    @property
    def count(self) -> str:
        changed = sum(row.change is not None for row in self.rows)
        return f"{len(self.rows)} mục, {changed} mục sửa đổi" if changed else f"{len(self.rows)} mục"

    @property
    def stands_open(self) -> bool:
        return any(row.change for row in self.rows)


def drafted_kinds(amendment: Amendment) -> list[DraftedKind]:
    """Everything that the amendment may change, kind by kind, with what it changes."""
    programme = amendment.programme
    content = content_ahead(programme)
    changes = {(one.kind, one.key): one for one in changes_told(amendment.items, programme)}
    for change in amendment.items:
        if change.key < 0 and change.after is not None:
            content[change.kind, change.key] = change.after
    kinds = items_told(content, places_of_parts(programme), programme, empty=True)
    return [_drafted(kind, changes) for kind in kinds]


def _drafted(kind: KindWords, changes: dict[tuple[str, str], ChangeWords]) -> DraftedKind:
    rows = [
        DraftedItem(row.kind, row.key, row.code, row.name, changes.get((row.kind, row.key)))
        for row in kind.rows
    ]
    return DraftedKind(kind.kind, kind.title, kind.noun, rows)


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What an amendment does to one task of a unit's plan."""

    kind: str
    word: str
    change: ChangeWords


@dataclass(frozen=True, slots=True)
class Effects:
    """What an amendment does to a unit: to its plan, and in the programme as a whole."""

    tasks: list[EffectRow]
    others: list[ChangeWords]


def effects_on(proposal: Proposal, on: date) -> Effects:
    """What a unit reads before it answers."""
    amendment, adoption = proposal.amendment, proposal.adoption
    place = places_of([adoption.unit], on)[adoption.unit_id]
    has = set(adoption.tasks.filter(left_on__isnull=True).values_list("task_id", flat=True))
    told = {(one.kind, key_of(one.key)): one for one in changes_told(amendment.items, amendment.programme)}
    tasks, others = [], []
    for (kind, key), words in told.items():
        if kind != "nhiem-vu":
            others.append(words)
            continue
        change = next(one for one in amendment.items if (one.kind, one.key) == (kind, key))
        act = _effect(change, place, has=key in has, done=proposal.applied_on is not None)
        if act in EFFECT_WORDS:
            tasks.append(EffectRow(*EFFECT_WORDS[act], words))
    return Effects(tasks, others)


def _effect(change: Change, place: Place, *, has: bool, done: bool) -> str:
    """What a change does, or did: once it is done, the plan holds what came in and not what left."""
    bound_before = change.before is not None and binds_at(actors_of(change.before), place)
    binds_after = change.after is not None and binds_at(actors_of(change.after), place)
    had = bound_before if done else has
    return effect(change, bound_before=bound_before, binds_after=binds_after, has=had)
