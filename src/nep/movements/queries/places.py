"""Units as binding looks at them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nep.movements.domain.adoption import Place
from nep.movements.domain.binding import UnitFacts
from nep.org.models import Unit, UnitClosure


def facts_of(unit: Unit) -> UnitFacts:
    """What binding needs of a unit."""
    return UnitFacts.of(
        id=unit.pk, name=unit.name, short_name=unit.short_name, kind=unit.kind, line=unit.line
    )


def places_of(units: Iterable[Unit], on: date) -> dict[int, Place]:
    """Each unit with the units above it on a day, in one query.

    An attached union or party unit also stands below its host and whatever is above the host.
    """
    known = list(units)
    asked = {unit.pk for unit in known} | {unit.host_id for unit in known if unit.host_id}
    above: dict[int, set[int]] = {}
    rows = UnitClosure.objects.filter(descendant__in=asked, during__contains=on)
    for descendant, ancestor in rows.values_list("descendant_id", "ancestor_id"):
        above.setdefault(descendant, set()).add(ancestor)
    return {
        unit.pk: Place(
            facts_of(unit),
            frozenset(
                above.get(unit.pk, set()) | (above.get(unit.host_id, set()) if unit.host_id else set())
            ),
        )
        for unit in known
    }
