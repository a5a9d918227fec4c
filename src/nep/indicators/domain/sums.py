"""What is known of an indicator for a unit and all below it in one period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MISSING, NOTHING, TOLD = "missing", "nothing", "told"


@dataclass(frozen=True, slots=True)
class Sum:
    """Units that should tell a figure, those that told one or said that there is nothing, and their sums.

    A unit that is silent, one that had nothing to report and one that counted zero stay three things.
    """

    expected: int = 0
    told: int = 0
    nothing: int = 0
    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)
    locked: bool = False

    @property
    def missing(self) -> int:
        """Units that are silent."""
        return self.expected - self.told - self.nothing

    @property
    def state(self) -> str:
        """A figure as soon as one unit told one; nothing when all who spoke had nothing; else silence."""
        if self.told:
            return TOLD
        return NOTHING if self.nothing else MISSING

    @property
    def share(self) -> Decimal | None:
        """The part of the whole in per cent; None without a whole."""
        return 100 * self.numerator / self.denominator if self.told and self.denominator else None


EMPTY = Sum()
