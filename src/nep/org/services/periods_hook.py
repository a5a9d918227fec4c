"""What upper apps are told when a month is locked, in the same transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from nep.org.models import LockedPeriod

Keeper = Callable[[LockedPeriod, datetime], None]

_keepers: list[Keeper] = []


def register_keeper(keep: Keeper) -> None:
    """An upper app says here, in its AppConfig.ready(), how it keeps its figures of a locked month."""
    if keep not in _keepers:
        _keepers.append(keep)


def tell_keepers(period: LockedPeriod, at: datetime) -> None:
    """Let every upper app keep what it counts."""
    for keep in _keepers:
        keep(period, at)
