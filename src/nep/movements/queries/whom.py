"""The directory in which actors of plans are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.movements.domain.binding import Directory, Match, UnitFacts
from nep.movements.queries.scopes import units_led
from nep.org.models import Unit
from nep.org.models.units import UnitQuerySet


@dataclass(frozen=True)
class Whom:
    """Looks names up among the units that the leading unit addresses, then among all others."""

    near: Directory
    far: Directory

    @classmethod
    def seen_from(cls, lead: Unit, on: date) -> Whom:
        """Two queries, for as many names as a plan has."""
        return cls(_directory(units_led(lead, on)), _directory(Unit.objects.open_on(on)))

    def is_meant_by(self, name: str) -> tuple[Match, ...]:
        """Everybody that a name means; a unit outside counts when nobody inside goes by the name."""
        near = self.near.match(name)
        return near if any(match.known for match in near) else self.far.match(name)


def _directory(units: UnitQuerySet) -> Directory:
    rows = units.values("id", "name", "short_name", "kind", "line")
    return Directory.of(UnitFacts.of(**row) for row in rows)
