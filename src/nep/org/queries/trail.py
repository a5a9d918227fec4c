"""The trail as an auditor reads it: what is within their scope, its seals, how far sealing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.org.access import Actor
from nep.org.models import Line, Posting, Unit, UnitClosure
from nep.platform.access import holds
from nep.platform.audit.domain.chain import leaf
from nep.platform.audit.models import Check, Event, Leaf, Seal
from nep.platform.audit.stored import row_of, unsealed_events
from nep.platform.audit.trail import tell

AUDITORS = holds(Permission.READ_TRAIL)
MOST_COUNTED = 10_000
# What events are about, by the beginning of their code.
GROUPS = {
    "movements.": "Phong trào và minh chứng",
    "documents.": "Văn bản",
    "org.": "Tổ chức và con người",
    "accounts.": "Đăng nhập và tài khoản",
    "lists.": "Danh sách tải về",
    "audit.": "Nhật ký",
}


def visible_events(actor: Actor) -> QuerySet[Event]:
    """Events of the units that the actor audits, and of nobody's unit done by people who work there.

    Who audits the topmost unit of the authority also reads what belongs to no unit at all.
    """
    units = actor.units_with(Permission.READ_TRAIL)
    within = Q(unit_id__in=units.values("pk"))
    if _audits_all(units, actor):
        return Event.objects.filter(within | Q(unit_id__isnull=True))
    staff = Posting.objects.filter(unit__in=units, during__contains=actor.on, person__user__isnull=False)
    return Event.objects.filter(
        within | Q(unit_id__isnull=True, actor_id__in=staff.values("person__user_id"))
    )


def _audits_all(units: QuerySet[Unit], actor: Actor) -> bool:
    below = UnitClosure.objects.filter(depth=1, during__contains=actor.on)
    return units.filter(line=Line.AUTHORITY).exclude(pk__in=below.values("descendant_id")).exists()


def group_of(kind: str) -> str:
    """The group of a kind of event, in words."""
    return next((label for beginning, label in GROUPS.items() if kind.startswith(beginning)), kind)


def told(rows: Sequence[Event], actor: Actor) -> Sequence[Event]:
    """Each event with its sentence, its unit's name and its seal, in two queries."""
    units = dict(Unit.objects.filter(pk__in={row.unit_id for row in rows}).values_list("pk", "name"))
    seals = dict(Leaf.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "seal_number"))
    for row in rows:
        shown: Any = row
        shown.sentence = tell(row).sentence
        shown.unit_name = units.get(row.unit_id, "") if row.unit_id else ""
        shown.seal_number = seals.get(row.pk)
    return rows


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """One event whole: `matches` says whether it is still as it was sealed, None while it waits."""

    event: Event
    group: str
    differences: list[Difference]
    facts: list[tuple[str, str]]
    seal: Seal | None
    matches: bool | None


def event_page(event: Event, actor: Actor) -> EventPage:
    """One event with what it changed and its seal."""
    told([event], actor)
    kept = Leaf.objects.filter(pk=event.pk).first()
    seal = Seal.objects.filter(pk=kept.seal_number).first() if kept else None
    row = row_of(event)
    return EventPage(
        event=event,
        group=group_of(event.kind),
        differences=_differences(event.before or {}, event.after or {}),
        facts=[(name, _words(value)) for name, value in sorted(event.facts.items())],
        seal=seal,
        matches=None if kept is None else row.honest and leaf(event.pk, row.digest) == kept.digest,
    )


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    names = [*before, *(name for name in after if name not in before)]
    return [Difference(name, _words(before.get(name)), _words(after.get(name))) for name in names]


def _words(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    return ", ".join(map(_words, value)) if isinstance(value, list) else str(value)


@dataclass(frozen=True, slots=True)
class SealingState:
    """How far the trail is sealed, and what the machine's last verification found."""

    last: Seal | None
    waiting: int
    check: Check | None


def sealing_state() -> SealingState:
    """The last seal, how many events wait for the next one (counted up to ten thousand), the last check."""
    last = Seal.objects.order_by("-number").first()
    waiting = unsealed_events().filter(pk__gt=last.watermark if last else 0)
    return SealingState(last, waiting[:MOST_COUNTED].count(), Check.objects.order_by("-at").first())
