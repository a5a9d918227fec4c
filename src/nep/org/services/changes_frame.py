"""What every change of units has in common: the lock, the ledger, the closure, the figures, the record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from nep.accounts.roles import Permission
from nep.kernel.decisions import Decision
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.domain.changes import Facts
from nep.org.domain.tree import Span
from nep.org.models import Unit, UnitChange, UnitChangePart, UnitLink
from nep.org.services.changes_closure import rebuild_closure
from nep.org.services.changes_hook import Changed, tell_followers
from nep.org.services.changes_ledger import Ledger, span_of
from nep.org.services.changes_today import show_values_of
from nep.org.services.periods import restating
from nep.platform.clock import local

TREE_LOCK = 7_310_001  # one lock on the tree: whoever changes its shape waits for the one before
Kind = UnitChange.Kind
Part = UnitChangePart.Role


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision on which a change rests: its number, its day, a note; empty when there is none at hand."""

    number: str = ""
    on: date | None = None
    note: str = ""


NOT_GIVEN = Decided()


@dataclass
class Act:
    """A change while it is being made."""

    change: UnitChange
    actor: Actor | None
    at: datetime
    ledger: Ledger = field(default_factory=Ledger)
    parts: list[tuple[Unit, Part]] = field(default_factory=list)
    relinked: set[int] = field(default_factory=set)
    shown: set[int] = field(default_factory=set)
    closed: list[Unit] = field(default_factory=list)
    successors: list[Unit] = field(default_factory=list)
    counted: set[int] = field(default_factory=set)

    @property
    def on(self) -> date:
        return self.change.on

    def part(self, unit: Unit, role: Part) -> None:
        """A unit's part in the change; told once."""
        if (unit, role) not in self.parts:
            self.parts.append((unit, role))


def lock_tree() -> None:
    """Wait for whoever changes the tree; held to the end of the transaction. Readers do not ask for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE_LOCK])


@contextmanager
def changing(
    kind: Kind,
    *,
    on: date,
    actor: Actor | None,
    at: datetime,
    decision: Decided,
    touches: Iterable[Unit | None],
) -> Iterator[Act]:
    """Make one change: the caller decides and writes through the ledger, the rest follows.

    `touches` are the units whose figures may become others, the former and new ones; all above them follow.
    """
    change = UnitChange.objects.create(
        kind=kind,
        on=on,
        decision=decision.number,
        decided_on=decision.on,
        reason=decision.note,
        recorded_at=at,
        recorded_by_id=actor.id if actor else None,
    )
    act = Act(change, actor, at)
    touched = {unit.pk for unit in touches if unit is not None}
    with restating(touched, on, at=at, change=change) as act.counted:
        yield act
        act.ledger.flush()
        rebuild_closure(act.relinked)
    change.written = act.ledger.entries
    change.save(update_fields=["written"])
    UnitChangePart.objects.bulk_create(
        UnitChangePart(change=change, unit=unit, role=role) for unit, role in act.parts
    )
    show_values_of(local(at).date(), act.shown)
    tell_followers(Changed(change, actor, at, tuple(act.closed), tuple(act.successors)))


def may_manage(actor: Actor | None, *units: Unit | None) -> None:
    """Raises: AccessDenied unless the actor administers each of the units; Nếp itself may."""
    if actor is None:
        return
    for unit in units:
        if unit is not None:
            actor.may_within(Permission.MANAGE_UNITS, _answering_for(unit, actor.on)).require()


def _answering_for(unit: Unit, day: date) -> Unit:
    """The unit itself, or for one that does not exist on the day the last parent that does."""
    while day not in unit.during:
        link = UnitLink.objects.filter(child=unit).select_related("parent").order_by("-during").first()
        if link is None:
            return unit
        unit = link.parent
    return unit


def or_refuse(decision: Decision) -> None:
    """Raises: RuleError with the sentence of a refusal; these are rules of the tree, not of access."""
    if not decision:
        raise RuleError(decision.reason)


def facts(unit: Unit) -> Facts:
    """A unit as the rules see it."""
    life = None if unit.during.isempty else span_of(unit.during)
    return Facts(unit.name, unit.line, life)


def life_of(unit: Unit, on: date) -> Span:
    """The life of a unit, in which a day must lie.

    Raises: RuleError when the unit does not exist on the day.
    """
    found = facts(unit).life
    if found is None or on not in found:
        raise RuleError(f"{unit.name} chưa có hoặc đã đóng vào ngày {on:%d/%m/%Y}.")
    return found


def fresh(unit: Unit) -> Unit:
    """The unit as it stands under the lock."""
    return Unit.objects.get(pk=unit.pk)
