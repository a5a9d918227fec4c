"""Indicators that Nếp computes: each is refreshed while its period is open, from what other apps know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from nep.indicators.domain.periods import Period, period_of
from nep.indicators.domain.sums import MISSING, NOTHING, TOLD
from nep.indicators.models import Figure, Indicator
from nep.indicators.services.figures import Telling, put
from nep.platform.clock import local

Counted = tuple[int, int, int]  # a unit, numerator, denominator
Provider = Callable[[Period, date], Iterable[Counted]]

_providers: dict[str, Provider] = {}


def register_provider(code: str, provider: Provider) -> None:
    """An app says here, in its AppConfig.ready(), what counts a shipped indicator in a period up to a day."""
    _providers[code] = provider


def refresh_all(at: datetime) -> None:
    """Count every computed indicator anew, in the running period and the one before."""
    today = local(at).date()
    for indicator in Indicator.objects.in_use().filter(code__in=_providers):
        running = period_of(indicator.grain, today)
        for period in (running.last, running):
            refresh(indicator, period, at=at)


@transaction.atomic
def refresh(indicator: Indicator, period: Period, *, at: datetime) -> int:
    """Count one computed indicator in one period; how many figures changed.

    A unit for which nothing is counted any more has nothing to report.
    """
    today = local(at).date()
    found = {one[0]: one for one in _providers[indicator.code](period, today)}
    rows = Figure.objects.current().filter(indicator=indicator, starts_on=period.starts_on)
    gone = set(rows.exclude(state=MISSING).values_list("unit_id", flat=True)) - found.keys()
    counted = [*found.values(), *((unit, 0, 0) for unit in gone)]
    return put([telling(indicator, one, period) for one in counted], by=None, at=at)


def telling(indicator: Indicator, counted: Counted, period: Period) -> Telling:
    """What a provider counted, as a figure; of nothing there is nothing to report."""
    unit, numerator, denominator = counted
    computed = Figure.Origin.COMPUTED
    if not denominator:
        return Telling(indicator.pk, unit, period, NOTHING, origin=computed)
    return Telling(
        indicator.pk, unit, period, TOLD, Decimal(numerator), Decimal(denominator), origin=computed
    )
