"""Criteria as data: a set of groups, a group of leaves, for people and collectives alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

KINDS = ("scale", "ladder", "ratio", "bonus", "deduction")
COLUMNS = ("self", "deputy", "head", "council")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One criterion and how it is marked.

    - scale: points in steps of `step`, up to `most`
    - ladder: one of `rungs`, each with its points
    - ratio: the share that was done of what was asked, times `most`; never more than `most`
    - bonus: up to `most`, for work that is named and that the head has decided on
    - deduction: `each` for every concluded fact, up to `most`

    `evidence` names what may prove it. `columns`: who marks it, where not everybody of the set does.
    """

    code: str
    title: str
    kind: str
    most: Fraction
    step: Fraction = Fraction(0)
    rungs: Mapping[str, Fraction] | None = None
    each: Fraction = Fraction(0)
    evidence: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitLeaves:
    """What a unit may add to a group that it inherits: so many leaves, worth so many points together."""

    count: int = 0
    points: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Group:
    """Leaves that share a maximum. `least`: what a title asks of this group, whatever the sum is."""

    code: str
    title: str
    most: Fraction
    leaves: tuple[Leaf, ...]
    least: Fraction = Fraction(0)
    unit_leaves: UnitLeaves = UnitLeaves()


@dataclass(frozen=True, slots=True)
class Grade:
    """What a sum of points comes to."""

    code: str
    label: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """Groups with a maximum over all of them; grades from the highest down, none where there is only a sum.

    `columns`: who marks, in order; the last one decides. `vetoes`: facts that lead to the lowest grade.
    """

    most: Fraction
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    grades: tuple[Grade, ...]
    vetoes: tuple[str, ...] = ()

    def marked_by(self, leaf: Leaf) -> tuple[str, ...]:
        """Who marks a leaf, in the order of the set."""
        return tuple(each for each in self.columns if not leaf.columns or each in leaf.columns)

    @property
    def leaves(self) -> dict[str, Leaf]:
        """Every leaf by its code."""
        return {leaf.code: leaf for group in self.groups for leaf in group.leaves}
