"""What followed for plans from one change of units, so that it can be taken back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import QuerySet

from nep.movements.models import Adoption, Occurrence


@dataclass
class Written:
    """Ids of what was done: plans ended; terms ended, each with its state before; plans and tasks made.

    `parents`: plans with the plan above them before. `leads`: programmes with the unit that led them before.
    """

    ended: list[int] = field(default_factory=list)
    terms: list[list[Any]] = field(default_factory=list)
    adoptions: list[int] = field(default_factory=list)
    tasks: list[int] = field(default_factory=list)
    parents: list[list[Any]] = field(default_factory=list)
    leads: list[list[int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    def end(self, plan: Adoption, owed: QuerySet[Occurrence]) -> None:
        """A plan ends, with these terms."""
        self.ended.append(plan.pk)
        self.terms += [[term, state] for term, state in owed.values_list("pk", "state")]

    def plain(self) -> dict[str, Any]:
        """In plain values."""
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> Written:
        """From plain values."""
        return cls(**told)
