"""How many may stand on the highest level: first in each group of like posts, then in the pool.

Who does not find room falls to the level below and so enlarges the number of which the percent is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from nep.evaluation.domain.levels import Level


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody rated, before quotas: exact points of the year, the pool of the ranking authority, the group.

    `group` None: nobody else has a like post; only the pool's cut is met.
    """

    key: str
    level: Level
    points: Fraction
    pool: str
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The level after quotas; `tie`: fell with others of equal points, which the authority has to resolve."""

    level: Level
    tie: bool = False


def room(excellent: int, good: int, percent: Fraction, *, or_better: bool = False) -> int:
    """The most that may stay of so many excellent beside so many good ones.

    The largest x with x ≤ percent of (good + excellent − x): those not taken are good ones. `or_better`: the
    percent is of all who are good or better.
    Source: Decree 335/2025, article 20 clause 5; article 8 clause 5.

    >>> room(10, 50, Fraction(20))
    10
    """
    share = percent / 100
    most = share * (good + excellent) if or_better else share * (good + excellent) / (1 + share)
    return min(excellent, int(most))


def cut(candidates: Iterable[Candidate], percent: Fraction, *, or_better: bool = False) -> dict[str, Kept]:
    """The level of everybody after the quotas of groups and of the pool.

    Highest points stay. A tie across the cut, where there is room for one at least: the whole tied set falls
    and is flagged. The result does not depend on the order of the candidates.
    """
    rated = list(candidates)
    kept = {each.key: Kept(each.level) for each in rated}
    for by_group in (True, False):
        standing: dict[tuple[str, str | None], list[Candidate]] = {}
        good: Counter[tuple[str, str | None]] = Counter()
        for each in rated:
            if by_group and each.group is None:
                continue
            place = (each.pool, each.group if by_group else None)
            level = kept[each.key].level
            if level is Level.HTXS:
                standing.setdefault(place, []).append(each)
            elif level is Level.HTT:
                good[place] += 1
        for place, excellent in standing.items():
            free = room(len(excellent), good[place], percent, or_better=or_better)
            kept |= {key: Kept(Level.HTT, tie) for key, tie in fall(excellent, free)}
    return kept


def fallen_of_rated(excellent: Sequence[Candidate], rated: int, percent: Fraction) -> dict[str, bool]:
    """Who falls where a percent of all rated may have the highest grade; True for a tie across the cut.

    >>> fallen_of_rated([Candidate("a", Level.HTXS, Fraction(95), "x")], 3, Fraction(30))
    {'a': False}
    """
    return dict(fall(excellent, int(rated * percent / 100)))


def fall(excellent: Sequence[Candidate], free: int) -> list[tuple[str, bool]]:
    """Who of the excellent of one place falls where so many may stay, and whether in a tie across the cut."""
    if free >= len(excellent):
        return []
    ordered = sorted(excellent, key=lambda each: each.points, reverse=True)
    if free == 0:
        return [(each.key, False) for each in ordered]
    edge = ordered[free].points
    tied = ordered[free - 1].points == edge
    # Behind the cut nobody has more than the edge; before it only a tie reaches down to it.
    return [(each.key, tied and each.points == edge) for each in ordered if each.points <= edge]
