"""Units as binding looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nep.movements.domain.adoption import Place
from nep.movements.domain.binding import UnitFacts
from nep.org.models import Unit, UnitClosure, UnitHost


def facts_of(unit: Unit) -> UnitFacts:
    """What binding needs of a unit."""
    return UnitFacts.of(
        id=unit.pk, name=unit.name, short_name=unit.short_name, kind=unit.kind, line=unit.line
    )


def places_of(units: Iterable[Unit], on: date) -> dict[int, Place]:
    """Each unit with the units above it on a day, in two queries.

    An attached union or party unit also stands below its host and whatever is above the host.
    """
    known = list(units)
    dated = UnitHost.objects.filter(unit__in=[unit.pk for unit in known], during__contains=on)
    hosts = dict(dated.values_list("unit_id", "host_id"))
    asked = {unit.pk for unit in known} | set(hosts.values())
    above: dict[int, set[int]] = {}
    rows = UnitClosure.objects.filter(descendant__in=asked, during__contains=on)
    for descendant, ancestor in rows.values_list("descendant_id", "ancestor_id"):
        above.setdefault(descendant, set()).add(ancestor)
    return {
        unit.pk: Place(
            facts_of(unit),
            frozenset(above.get(unit.pk, set()) | above.get(hosts.get(unit.pk, 0), set())),
        )
        for unit in known
    }
