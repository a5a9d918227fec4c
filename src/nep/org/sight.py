"""Whether units at hand may be seen: the same as the querysets of `access`, asked from each unit upwards.

A page knows which units it is about: a few. Looking up what is above them reads a few rows, where the
querysets of `access` read the whole tree below the roles. A test compares the two.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from nep.accounts.roles import Permission
from nep.org.access import Actor, predecessors_within
from nep.org.models import Unit, UnitClosure, UnitHost


def within_reach(actor: Actor, permission: str, unit: str = "pk", *, on: date | None = None) -> Q:
    """Condition on a row: the unit that it names is one of `units_with`, or the row is that unit.

    `on`: where the roles of today reached on another day.
    """
    path = "" if unit == "pk" else f"{unit}__"
    day = on or actor.on
    own, others = _roots(actor, permission)
    found = Q(_stands_below(actor, own, unit, day)) if own else Q(pk__in=[])
    for roots, lines in others.items():
        then = Q(during__contains=day)
        to_its_end = Q(unit__during__endswith__lte=day, during__endswith=F("unit__during__endswith"))
        hosts = UnitHost.objects.filter(then | to_its_end, unit=OuterRef(unit))
        attached = Exists(hosts.filter(_stands_below(actor, roots, "host", day)))
        found |= Q(attached, **{f"{path}line__in": lines})
    return found


def _roots(actor: Actor, permission: str) -> tuple[tuple[int, ...], dict[tuple[int, ...], list[str]]]:
    """Units over which the permission is held in their own line; by such units the other lines of roles."""
    by_line: dict[str, set[int]] = {}
    for grant in actor.grants_with(permission):
        by_line.setdefault("" if grant.line == grant.unit.line else grant.line, set()).add(grant.unit_id)
    own = tuple(sorted(by_line.pop("", ())))
    others: dict[tuple[int, ...], list[str]] = {}
    for line, roots in by_line.items():
        others.setdefault(tuple(sorted(roots)), []).append(line)
    return own, others


def _stands_below(actor: Actor, roots: tuple[int, ...], unit: str, on: date) -> Exists:
    """The unit is below the roots, or had ended by the day and was, to its end, below what they carry on."""
    now = Q(ancestor__in=roots, during__contains=on)
    to_its_end = Q(
        ancestor__in=actor.carried_on(roots, on),
        during__endswith__lte=on,
        during__endswith=F("descendant__during__endswith"),
    )
    return Exists(UnitClosure.objects.filter(now | to_its_end, descendant=OuterRef(unit)))


def sees(actor: Actor) -> Q:
    """Condition on a unit: one of `visible_units`."""
    own = Unit.objects.above(list(actor.posted_unit_ids), actor.on)
    return within_reach(actor, Permission.VIEW_UNITS) | Q(pk__in=own.values("pk"))


def knows(actor: Actor) -> Q:
    """Condition on a unit: one of `known_units`."""
    places = UnitClosure.objects.filter(
        within_reach(actor, Permission.VIEW_UNITS, "ancestor"),
        descendant=OuterRef("pk"),
        descendant__during__startswith__gt=actor.on,
        during__startswith=F("descendant__during__startswith"),
    )
    seen = sees(actor)
    ended = Q(pk__in=predecessors_within(actor, "units", seen), during__endswith__lte=actor.on)
    return seen | ended | Q(Exists(places))


def sees_on(actor: Actor, day: date) -> Q:
    """Condition on a unit: one of `visible_units_on`."""
    if day == actor.on:
        return sees(actor) & Q(during__contains=day)
    above = Unit.objects.above(list(actor.posted_unit_ids), day)
    seen = knows(actor) | _stood_below(actor, Permission.VIEW_UNITS, day) | Q(pk__in=above.values("pk"))
    return seen & Q(during__contains=day)


def has_page(actor: Actor, day: date) -> Q:
    """Condition on a unit: its page opens for the actor when looking at a day."""
    return knows(actor) if day == actor.on else knows(actor) | sees_on(actor, day)


def sees_people_on(actor: Actor, day: date) -> Q:
    """Condition on a unit: one of `units_whose_people_are_seen_on`."""
    own = Q(pk__in=actor.posted_unit_ids)
    if day == actor.on:
        return own | within_reach(actor, Permission.VIEW_PEOPLE)
    became = Q(pk__in=predecessors_within(actor, "people", within_reach(actor, Permission.VIEW_PEOPLE)))
    seen = own | became | _stood_below(actor, Permission.VIEW_PEOPLE, day)
    return seen & Q(during__contains=day)


def _stood_below(actor: Actor, permission: str, day: date) -> Q:
    """The unit stood, on a day, where the permission is held now."""
    paths = UnitClosure.objects.filter(
        within_reach(actor, permission, "ancestor"), descendant=OuterRef("pk"), during__contains=day
    )
    return Q(Exists(paths)) | within_reach(actor, permission, on=day)
