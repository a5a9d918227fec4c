"""Whom tasks bind, asked of the database: the same as `domain.binding.binds`, over any number of units."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from nep.movements.domain.binding import ALL, BINDING_ROLES, Acting
from nep.org.models import UnitClosure, UnitHost

EVERYBODY = Q()


def groups_bound(actors: Iterable[Acting]) -> frozenset[str] | None:
    """The kinds of units that a task binds (`all` for every unit); None when it names units too."""
    asked = [actor for actor in actors if actor.role in BINDING_ROLES]
    if not asked:
        return frozenset({ALL})
    if any(actor.unit_id is not None for actor in asked):
        return None
    return frozenset(actor.group for actor in asked if actor.group)


def bound_by(actors: Iterable[Acting], on: date, unit: str = "") -> Q:
    """Condition on a unit, or on what leads to it by the path `unit`: a task with these actors binds it."""
    asked = [actor for actor in actors if actor.role in BINDING_ROLES]
    if not asked:
        return EVERYBODY
    path = f"{unit}__" if unit else ""
    found = Q(pk__in=[])
    for actor in asked:
        condition = _means(actor, on, path)
        if condition == EVERYBODY:
            return EVERYBODY
        found |= condition
    return found


def _means(actor: Acting, on: date, path: str) -> Q:
    if actor.unit_id is None:
        if actor.group == ALL:
            return EVERYBODY
        return Q(**{f"{path}kind": actor.group}) if actor.group else Q(pk__in=[])
    if not actor.group:
        return Q(**{f"{path}pk": actor.unit_id})
    below = _below(actor.unit_id, on)
    attached = UnitHost.objects.filter(host__in=below, during__contains=on).values("unit_id")
    inside = Q(**{f"{path}pk__in": below}) | Q(**{f"{path}pk__in": attached})
    kind = EVERYBODY if actor.group == ALL else Q(**{f"{path}kind": actor.group})
    return kind & inside & ~Q(**{f"{path}pk": actor.unit_id})


def _below(unit_id: int, on: date) -> QuerySet[UnitClosure, Any]:
    return UnitClosure.objects.filter(ancestor=unit_id, during__contains=on).values("descendant_id")
