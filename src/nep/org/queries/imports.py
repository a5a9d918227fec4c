"""Reads for files of units and staff: what is known before, and what their pages show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, QuerySet, When

from nep.accounts.models import User
from nep.accounts.roles import Permission
from nep.org.access import Actor
from nep.org.domain.roster_places import KnownUnit
from nep.org.domain.roster_state import KnownPerson, KnownPosition, KnownPosting, StaffState
from nep.org.domain.roster_units import UnitState
from nep.org.models import (
    ExcelImport,
    ImportFinding,
    Line,
    Person,
    Position,
    Posting,
    Unit,
    UnitClosure,
    UnitHost,
    UnitKind,
    UnitLink,
    UnitName,
)

PAGE_SIZE = 50


def may_import_in(actor: Actor) -> QuerySet[Unit]:
    """Units for which an administrator may send files, elevated or not: the pages show, the acts ask."""
    return actor.elevated_self.units_with(Permission.IMPORT_STAFF)


def visible_imports(actor: Actor) -> QuerySet[ExcelImport]:
    """Files sent for units that the actor administers."""
    rows = ExcelImport.objects.filter(root__in=may_import_in(actor).values("pk"))
    return rows.select_related("root", "file")


def findings_page(excel_import: ExcelImport, weight: str, page: int) -> Page[ImportFinding]:
    """Findings of one weight in the order of the rows, or all: what must be put right first."""
    rows = excel_import.findings.order_by("row", "pk")
    if weight in ImportFinding.Weight.values:
        return Paginator(rows.filter(weight=weight), PAGE_SIZE).get_page(page)
    heaviest = Case(*(When(weight=one, then=at) for at, one in enumerate(ImportFinding.Weight.values)))
    return Paginator(rows.order_by(heaviest, "row", "pk"), PAGE_SIZE).get_page(page)


def counts_by_weight(excel_import: ExcelImport) -> dict[str, int]:
    """How many findings there are of each weight."""
    rows = excel_import.findings.order_by().values_list("weight").annotate(Count("pk"))
    return dict.fromkeys(ImportFinding.Weight.values, 0) | dict(rows)


def known_units(units: QuerySet[Unit], on: date) -> tuple[KnownUnit, ...]:
    """Units with their names, parents and hosts on a day, as plain data."""
    ids, then = units.values("pk"), {"during__contains": on}
    parents = dict(UnitLink.objects.filter(child__in=ids, **then).values_list("child_id", "parent_id"))
    hosts = dict(UnitHost.objects.filter(unit__in=ids, **then).values_list("unit_id", "host_id"))
    named = UnitName.objects.filter(unit__in=ids, **then)
    names = {unit: (name, short) for unit, name, short in named.values_list("unit_id", "name", "short_name")}
    return tuple(
        _known(unit, names, parents.get(unit.pk), hosts.get(unit.pk)) for unit in units.order_by("pk")
    )


def _known(
    unit: Unit, names: dict[int, tuple[str, str]], parent_id: int | None, host_id: int | None
) -> KnownUnit:
    name, short = names.get(unit.pk, (unit.name, unit.short_name))
    life = unit.during
    return KnownUnit(
        unit.pk, unit.code, name, short, unit.kind, unit.line, parent_id, host_id, life.lower, life.upper
    )


def units_below(root: Unit, on: date) -> tuple[KnownUnit, ...]:
    """The unit and all below it on a day; also those that closed, or open later, so that this can be said."""
    below = UnitClosure.objects.filter(ancestor=root)
    there = below.filter(Q(during__contains=on) | ~Q(descendant__during__contains=on))
    return known_units(Unit.objects.filter(pk__in=there.values("descendant_id")), on)


def staff_state(root: Unit, *, on: date, today: date, codes: Iterable[str]) -> StaffState:
    """What is known before a file of staff is read: units below the root, their people, who has a code."""
    units = units_below(root, on)
    reaching = Posting.objects.filter(Q(during__endswith__gt=on) | Q(during__upper_inf=True))
    here = reaching.filter(unit__in=[unit.id for unit in units]).values("person_id")
    people = Person.objects.filter(Q(pk__in=here) | Q(staff_code__in=list(codes)))
    return StaffState(
        root=next(unit for unit in units if unit.id == root.pk),
        units=units,
        people=_people(people, reaching),
        positions=tuple(
            KnownPosition(*row)
            for row in Position.objects.order_by("pk").values_list("pk", "name", "is_head")
        ),
        on=on,
        today=today,
    )


def _people(people: QuerySet[Person], reaching: QuerySet[Posting]) -> tuple[KnownPerson, ...]:
    rows = list(people.order_by("pk").values_list("pk", "staff_code", "name", "kind", "born_on", "email"))
    postings: dict[int, list[KnownPosting]] = defaultdict(list)
    fields = ("person_id", "pk", "unit_id", "position_id", "kind", "during")
    known = reaching.filter(person__in=[row[0] for row in rows]).order_by("pk").values_list(*fields)
    for person, pk, unit, position, kind, during in known:
        main = kind == Posting.Kind.MAIN
        postings[person].append(KnownPosting(pk, unit, position, main, during.lower, during.upper))
    return tuple(KnownPerson(*row, tuple(postings[row[0]])) for row in rows)


def unit_state(root: Unit, *, on: date, lines: frozenset[str], codes: Iterable[str]) -> UnitState:
    """What is known before a file of units is read: the units below the root and those attached to them."""
    below = UnitClosure.objects.filter(ancestor=root)
    attached = Unit.objects.filter(
        hosts__host__in=below.values("descendant_id"), hosts__during__contains=on, line__in=lines
    )
    seen = Unit.objects.filter(
        Q(pk__in=below.values("descendant_id"))
        | Q(pk__in=Unit.objects.below(list(attached.values_list("pk", flat=True)), on).values("pk"))
    )
    units = known_units(seen, on)
    inside = {unit.code for unit in units}
    taken = Unit.objects.filter(code__in=list(codes)).exclude(code__in=inside)
    return UnitState(
        root=next(unit for unit in units if unit.id == root.pk),
        units=units,
        taken=frozenset(code.casefold() for code in taken.values_list("code", flat=True)),
        lines=lines,
        kinds=dict(UnitKind.choices),
        line_names=dict(Line.choices),
        on=on,
    )


def name_of_account(user_id: int) -> str:
    """Who has an account; empty when it is gone."""
    return User.objects.filter(pk=user_id).values_list("name", flat=True).first() or ""
