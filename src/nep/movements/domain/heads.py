"""What a plan says about itself as a programme: what sort it is, over which days it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nep.kernel.vietnamese import fold

MOVEMENT, CAMPAIGN, PLAN = "movement", "campaign", "plan"
FIRST_YEAR, LAST_YEAR = 2000, 2100


def programme_kind(title: str) -> str:
    """A movement, a campaign or a plan, by what its title names first.

    >>> programme_kind("Kế hoạch triển khai phong trào thi đua nơi công sở")
    'movement'
    """
    folded = fold(title)
    words_of = {MOVEMENT: "phong trao", CAMPAIGN: "cuoc van dong"}
    places = {kind: folded.find(words) for kind, words in words_of.items()}
    named = {kind: at for kind, at in places.items() if at >= 0}
    return min(named, key=lambda kind: named[kind]) if named else PLAN


@dataclass(frozen=True, slots=True)
class ProgrammeDays:
    """First and last day of a programme; `guessed` when the plan does not say them."""

    first: date
    last: date
    guessed: bool


def programme_days(
    *, first_year: int | None, last_year: int | None, issued_on: date | None, today: date
) -> ProgrammeDays:
    """The whole years that a plan names; without them the year in which it was issued, else this year."""
    years = sorted(year for year in (first_year, last_year) if year and FIRST_YEAR <= year <= LAST_YEAR)
    if years:
        return ProgrammeDays(date(years[0], 1, 1), date(years[-1], 12, 31), guessed=False)
    start = issued_on or today
    return ProgrammeDays(start, date(start.year, 12, 31), guessed=True)
