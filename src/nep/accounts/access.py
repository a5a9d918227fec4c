"""Who must have a second factor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from nep.platform.access import Actor


def must_have_second_factor(actor: Actor | None) -> bool:
    """Whether one of the roles held today asks for it; the operator names these roles."""
    grants: Iterable[Any] = getattr(actor, "grants", ())  # what `org` makes of an account on a day
    return any(grant.role in settings.NEP_REQUIRE_SECOND_FACTOR for grant in grants)
