"""Whether figures of a unit for a period may still be told."""

from __future__ import annotations

from collections.abc import Callable, Collection

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
    return unit.pk in open_units([unit], period)


def open_units(units: Collection[Unit], period: Period) -> set[int]:
    """Those of the units of which a period still takes figures."""
    ids = {unit.pk for unit in units}
    if not LockedPeriod.objects.filter(during__contains=period.ends_on).exists():
        return ids
    locked = {unit for unit, _ in locked_figures(ids, [month_of(period.ends_on)])}
    lifted = {
        unit.pk for unit in units if unit.pk in locked and any(lifts(unit, period) for lifts in _lifters)
    }
    return ids - locked | lifted
