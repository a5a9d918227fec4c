"""Later last days that units of the sample province asked for, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nep.movements.domain.exceptions import Later
from nep.movements.models import Adoption, Programme
from nep.movements.services.special_dates import Asked, ask_special_date, grant_special_date

if TYPE_CHECKING:
    from nep.sample.history import Teller


def tell_special_dates(teller: Teller, told: dict[str, Any], programme: Programme) -> None:
    """Each is asked for by the unit; most are granted by the head of the unit above, the last may wait."""
    for asked in told.get("special", ()):
        plans = Adoption.objects.select_related("programme__lead_unit", "unit", "parent__unit")
        plan = plans.get(programme=programme, unit__code=asked["unit"])
        later = Later(asked["starts_on"], asked["expires_on"], due_on=asked["due_on"])
        special = ask_special_date(
            plan,
            Asked(later, asked["reason"]),
            actor=teller.sender_of(plan.unit, asked["asked"]),
            at=teller.at(asked["asked"]),
        )
        if "granted" in asked:
            head = teller.actor(told["head"], asked["granted"])
            grant_special_date(special, actor=head, at=teller.at(asked["granted"]))
