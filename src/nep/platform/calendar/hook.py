"""What upper apps are told when local days are added or taken back, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from nep.kernel.calendar import Calendar
from nep.platform.access import Actor


@dataclass(frozen=True, slots=True)
class CalendarChanged:
    """The days that changed, the calendar before and after, who did it, when and why.

    `foreseen`: nothing is to be written; the follower only says what it would do.
    """

    days: tuple[date, ...]
    before: Calendar
    after: Calendar
    actor: Actor
    at: datetime
    reason: str
    foreseen: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """How many running deadlines move, and of how many units."""

    deadlines: int = 0
    units: int = 0


Follower = Callable[[CalendarChanged], Effect | None]

_followers: list[Follower] = []


def register_follower(follow: Follower) -> None:
    """An upper app says here, in its AppConfig.ready(), how its running dates follow the calendar.

    A follower moves only last days that are not over yet, and returns how many; a refusal stops the change.
    """
    if follow not in _followers:
        _followers.append(follow)


def tell_followers(changed: CalendarChanged) -> Effect:
    """Let every upper app follow, or foresee; the sum of what they do."""
    effects = [follow(changed) or Effect() for follow in _followers]
    return Effect(sum(effect.deadlines for effect in effects), sum(effect.units for effect in effects))
