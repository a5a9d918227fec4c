"""What upper apps are told when the tree has changed, in the transaction of the change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from nep.org.models import Unit, UnitChange
from nep.platform.access import Actor


@dataclass(frozen=True, slots=True)
class Changed:
    """A change that was recorded, or is being withdrawn; `closed` units carry on in `successors`, if any.

    Of a withdrawal followers are told before rows go back, so that they take back what they built on it.
    """

    change: UnitChange
    actor: Actor | None
    at: datetime
    closed: tuple[Unit, ...] = ()
    successors: tuple[Unit, ...] = ()
    withdrawn: bool = False


Follower = Callable[[Changed], None]

_followers: list[Follower] = []


def register_follower(follow: Follower) -> None:
    """An upper app says here, in its AppConfig.ready(), what follows for it; a refusal stops the change."""
    if follow not in _followers:
        _followers.append(follow)


def tell_followers(changed: Changed) -> None:
    """Let every upper app follow."""
    for follow in _followers:
        follow(changed)
