"""What happened to units and is still to happen, as far as an actor knows the units it happened to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from nep.org.access import Actor, known_units
from nep.org.models import Unit, UnitChange, UnitChangePart

PAGE_SIZE = 50
Role = UnitChangePart.Role
HAPPENED_TO = (Role.SUBJECT, Role.PREDECESSOR, Role.SUCCESSOR)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change with its units: those it happened to, where they were before, what they became or went to."""

    change: UnitChange
    subjects: list[Unit]
    before: list[Unit]
    after: list[Unit]
    carried: list[Unit]


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit before or after another one, and the change between them."""

    unit: Unit
    change: UnitChange


@dataclass(frozen=True, slots=True)
class History:
    """The changes of one unit, the coming ones apart; what it came from and what it became."""

    ahead: list[ChangeRow]
    past: list[ChangeRow]
    predecessors: list[Kin]
    successors: list[Kin]

    @property
    def unit_ids(self) -> set[int]:
        """All units that are named in it."""
        rows = (*self.ahead, *self.past)
        return {unit.pk for row in rows for unit in (*row.subjects, *row.before, *row.after)}


def change_rows(changes: Iterable[UnitChange]) -> list[ChangeRow]:
    """Changes with the units of their parts; `parts__unit` has been prefetched."""
    return [_row(change) for change in changes]


def _row(change: UnitChange) -> ChangeRow:
    by_role: dict[str, list[Unit]] = {}
    for part in change.parts.all():
        by_role.setdefault(part.role, []).append(part.unit)

    def units(*roles: UnitChangePart.Role) -> list[Unit]:
        return [unit for role in roles for unit in by_role.get(role, [])]

    subjects = units(Role.SUBJECT) or units(Role.PREDECESSOR)
    return ChangeRow(
        change,
        subjects,
        units(Role.FORMER_PARENT, Role.FORMER_HOST),
        units(Role.SUCCESSOR, Role.NEW_PARENT, Role.NEW_HOST),
        units(Role.CARRIED),
    )


def with_units(changes: QuerySet[UnitChange]) -> QuerySet[UnitChange]:
    """Changes with all their parts, without the long account of the rows they wrote."""
    return changes.defer("written").prefetch_related("parts__unit")


def history_of(unit: Unit, today: date) -> History:
    """The changes of a unit that stand, and its kin through them."""
    mine = UnitChangePart.objects.filter(unit=unit, role__in=(*HAPPENED_TO, Role.CARRIED))
    stand = UnitChange.objects.filter(pk__in=mine.values("change_id"), withdrawn_at__isnull=True)
    changes = list(with_units(stand.order_by("-on", "-pk")))
    before, after = [], []
    for change in changes:
        roles = {part.role for part in change.parts.all() if part.unit_id == unit.pk}
        for part in change.parts.all():
            if part.unit_id == unit.pk:
                continue
            if part.role == Role.PREDECESSOR and Role.SUCCESSOR in roles:
                before.append(Kin(part.unit, change))
            if part.role == Role.SUCCESSOR and Role.PREDECESSOR in roles:
                after.append(Kin(part.unit, change))
    ahead = change_rows(change for change in reversed(changes) if change.on > today)
    return History(ahead, change_rows(change for change in changes if change.on <= today), before, after)


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes one asks for; empty values ask for all."""

    kind: str = ""
    since: date | None = None
    until: date | None = None
    withdrawn: bool = False


def visible_changes(actor: Actor) -> QuerySet[UnitChange]:
    """Changes that happened to a unit the actor knows."""
    known = UnitChangePart.objects.filter(unit__in=known_units(actor).values("pk"), role__in=HAPPENED_TO)
    return UnitChange.objects.filter(pk__in=known.values("change_id"))


def changes_list(actor: Actor, asked: ChangeFilter, page: int) -> Page[UnitChange]:
    """Visible changes of a kind and span, the latest day first."""
    changes = visible_changes(actor)
    if asked.kind:
        changes = changes.filter(kind=asked.kind)
    if asked.since:
        changes = changes.filter(on__gte=asked.since)
    if asked.until:
        changes = changes.filter(on__lte=asked.until)
    if not asked.withdrawn:
        changes = changes.filter(withdrawn_at__isnull=True)
    return Paginator(with_units(changes.order_by("-on", "-pk")), PAGE_SIZE).get_page(page)


def openable(actor: Actor, rows: Iterable[ChangeRow]) -> frozenset[int]:
    """The units named in changes that have a page for the actor."""
    ids = {unit.pk for row in rows for unit in (*row.subjects, *row.before, *row.after, *row.carried)}
    return frozenset(known_units(actor).filter(pk__in=ids).values_list("pk", flat=True))
