"""Units as the places in which saved views of lists are shared."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from nep.accounts.roles import Permission
from nep.org.access import Actor
from nep.org.models import Unit, UnitClosure
from nep.platform.lists.saved import Place


class UnitsAsPlaces:
    """Who shares where: people in the units where they work or hold a role; see `lists.saved.Places`."""

    def own(self, actor: Actor) -> list[Place]:
        """The units in which the actor works or holds a role, the home unit first."""
        ids = [*dict.fromkeys([*actor.posted_unit_ids, *(grant.unit_id for grant in actor.grants)])]
        names = dict(Unit.objects.open_on(actor.on).filter(pk__in=ids).values_list("pk", "name"))
        return [Place(one, names[one]) for one in ids if one in names]

    def seen(self, actor: Actor) -> QuerySet[Any, Any]:
        """The units in which the actor works or holds a role, and those below such a role in its line."""
        over = [grant.unit_id for grant in actor.grants if grant.line == grant.unit.line]
        within = [*actor.posted_unit_ids, *(grant.unit_id for grant in actor.grants)]
        paths = UnitClosure.objects.filter(
            Q(ancestor__in=over) | Q(ancestor__in=within, depth=0), during__contains=actor.on
        )
        return paths.values("descendant_id")

    def leads(self, actor: Actor, place_id: int) -> bool:
        """Whether the actor is a head of the unit."""
        return place_id in actor.unit_ids_at(Permission.DELEGATE)
