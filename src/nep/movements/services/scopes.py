"""Whom a programme reaches: set while it is a draft, turned into expected plans of units at the launch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from nep.kernel.errors import RuleError
from nep.movements import events
from nep.movements.models import Adoption, Programme, ProgrammeScope
from nep.movements.queries.scopes import ExpectedUnit, count_reached, expected_units, units_led
from nep.movements.services.programmes import lock_draft
from nep.movements.services.telling import tell_expected
from nep.org.access import Actor
from nep.org.models import Line, Unit
from nep.platform.audit.trail import record


@dataclass(frozen=True, slots=True)
class NewScope:
    """The units of one line right below a root (`direct`), or all below it (`all`)."""

    line: str
    root: Unit
    reach: str


@transaction.atomic
def set_scopes(programme: Programme, scopes: Collection[NewScope], *, actor: Actor, at: datetime) -> None:
    """Say whom a draft reaches, one root per line; replaces what was said before.

    Raises: RuleError when a root is of another line or outside what the leading unit addresses.
    """
    programme = lock_draft(programme, actor)
    _check(programme, scopes, actor.on)
    before = scopes_said(programme, actor.on)
    ProgrammeScope.objects.filter(programme=programme).delete()
    ProgrammeScope.objects.bulk_create(
        ProgrammeScope(programme=programme, line=scope.line, root=scope.root, reach=scope.reach)
        for scope in scopes
    )
    after = scopes_said(programme, actor.on)
    record(
        events.SCOPE_SET,
        actor=actor,
        about=[programme],
        at=at,
        unit_id=programme.lead_unit_id,
        before={"scope": before},
        after={"scope": after},
        scope="; ".join(after) or "chưa có",
    )


def _check(programme: Programme, scopes: Collection[NewScope], on: date) -> None:
    if len({scope.line for scope in scopes}) != len(scopes):
        raise RuleError("Mỗi hệ thống chỉ chọn một đơn vị gốc.")
    if any(scope.root.line != scope.line for scope in scopes):
        raise RuleError("Đơn vị gốc phải thuộc đúng hệ thống đã chọn.")
    roots = {scope.root.pk for scope in scopes}
    if units_led(programme.lead_unit, on).filter(pk__in=roots).count() != len(roots):
        raise RuleError("Đơn vị gốc phải là đơn vị chủ trì hoặc đơn vị trong hệ thống của đơn vị chủ trì.")


def scopes_said(programme: Programme, on: date) -> list[str]:
    """The scopes of a programme in words, each with how many units it reaches."""
    rows = ProgrammeScope.objects.filter(programme=programme).select_related("root").order_by("line")
    return [
        f"{Line(row.line).label}: {count_reached(row.root_id, row.line, row.reach, on)} đơn vị"
        f" {'trực thuộc' if row.reach == ProgrammeScope.Reach.DIRECT else 'các cấp thuộc'} {row.root.name}"
        for row in rows
    ]


def expect_adoptions(programme: Programme, on: date, *, at: datetime) -> int:
    """Every unit in scope is to adopt from this day on; returns how many. Part of the launch."""
    plans: dict[int, int] = {}
    for scope in ProgrammeScope.objects.filter(programme=programme).order_by("line"):
        plans |= _expect(programme, expected_units(scope, on), on)
    tell_expected(programme, plans, programme.lead_unit.name, on=on, at=at)
    return len(plans)


def _expect(programme: Programme, units: list[ExpectedUnit], on: date) -> dict[int, int]:
    """The expected plans by unit."""
    by_unit: dict[int, int] = {}
    for level, group in groupby(units, key=lambda row: row.level):
        made = Adoption.objects.bulk_create(
            Adoption(
                programme=programme,
                unit_id=row.unit_id,
                level=level,
                expected_since=on,
                parent_id=by_unit[row.above_id] if row.above_id else None,
            )
            for row in group
        )
        by_unit.update((adoption.unit_id, adoption.pk) for adoption in made)
    return by_unit
