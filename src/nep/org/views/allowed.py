"""Whether an act of administration can be done now, and whether elevated mode is all that is missing."""

from __future__ import annotations

from dataclasses import dataclass

from nep.accounts.roles import Permission
from nep.kernel.decisions import Decision
from nep.org.access import Actor
from nep.org.models import Unit


@dataclass(frozen=True, slots=True)
class Right:
    """A decision; `elevates` when the same account could do it in elevated mode."""

    decision: Decision
    elevates: bool


def right_to(actor: Actor, permission: Permission, unit: Unit) -> Right:
    """Whether the actor may administer a unit now, or could in elevated mode."""
    decision = actor.may_within(permission, unit)
    if decision:
        return Right(decision, elevates=False)
    return Right(decision, elevates=bool(actor.elevated_self.may_within(permission, unit)))
