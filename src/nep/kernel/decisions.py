"""A decision on whether an act is allowed, with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from nep.kernel.errors import AccessDenied


@dataclass(frozen=True, slots=True)
class Decision:
    """Allowed or refused; a refusal carries the sentence shown beside the disabled button."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Do nothing when allowed.

        Raises: AccessDenied with the reason when refused.
        """
        if not self.allowed:
            raise AccessDenied(self.reason)


ALLOWED = Decision(allowed=True)


def refuse(reason: str) -> Decision:
    """A refusal with its Vietnamese sentence."""
    return Decision(allowed=False, reason=reason)


def all_of(*decisions: Decision) -> Decision:
    """The first refusal, or permission when there is none."""
    return next((decision for decision in decisions if not decision), ALLOWED)
