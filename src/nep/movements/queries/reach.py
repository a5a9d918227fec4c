"""Whom a programme reaches from a unit downwards."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from nep.movements.models import Adoption
from nep.org.models import Person, Unit, UnitHost, UnitLink
from nep.org.models.people import PersonQuerySet
from nep.org.models.units import UnitQuerySet


def units_to_pass_to(adoption: Adoption, on: date) -> UnitQuerySet:
    """Units to which a unit may still pass the programme: its children and attached units in its lines."""
    lines = adoption.programme.scopes.values("line")
    children = UnitLink.objects.filter(parent=adoption.unit_id, during__contains=on).values("child_id")
    attached = UnitHost.objects.filter(host=adoption.unit_id, during__contains=on).values("unit_id")
    below = Q(pk__in=children) | Q(pk__in=attached)
    has_it = Adoption.objects.filter(programme=adoption.programme_id).values("unit_id")
    return Unit.objects.open_on(on).filter(below, line__in=lines).exclude(pk__in=has_it)


def people_of(unit: Unit, on: date) -> PersonQuerySet:
    """The people whom a unit may name for its tasks: its own and those of the units below it."""
    return Person.objects.posted_in(Unit.objects.below([unit.pk], on), on)
