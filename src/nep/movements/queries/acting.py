"""Who acts for units: those to whom something that concerns a unit is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import F

from nep.accounts.roles import Permission, roles_with
from nep.org.access import in_force
from nep.org.models import Grant


def acting_at(units: Collection[int], permission: Permission, on: date) -> dict[int, list[int]]:
    """By unit the accounts that hold a permission right there on a day, in its own line; one query."""
    roles = [role.code for role in roles_with(permission)]
    held = in_force(Grant.objects.filter(unit__in=units, role__in=roles), on)
    acting = held.filter(line=F("unit__line"), user__is_active=True).order_by("unit", "user")
    found: dict[int, list[int]] = defaultdict(list)
    for unit, user in acting.values_list("unit_id", "user_id").distinct():
        found[unit].append(user)
    return found
