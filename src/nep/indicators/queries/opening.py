"""Whether figures of a unit for a period may still be told."""

from __future__ import annotations

from collections.abc import Callable

from nep.indicators.domain.periods import Period
from nep.org.domain.months import month_of
from nep.org.models import LockedPeriod, Unit
from nep.org.queries.months import locked_figures

Lifter = Callable[[Unit, Period], bool]

_lifters: list[Lifter] = []


def register_lifter(lifts: Lifter) -> None:
    """An upper app says here, in its AppConfig.ready(), which locked periods it opened again for a unit."""
    if lifts not in _lifters:
        _lifters.append(lifts)


def is_open(unit: Unit, period: Period) -> bool:
    """Whether a period still takes figures of a unit: its last month is not locked, or was opened again."""
    if not LockedPeriod.objects.filter(during__contains=period.ends_on).exists():
        return True
    if (unit.pk, month_of(period.ends_on)) not in locked_figures([unit.pk], [month_of(period.ends_on)]):
        return True
    return any(lifts(unit, period) for lifts in _lifters)
