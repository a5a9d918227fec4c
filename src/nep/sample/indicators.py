"""Figures of 2025 and 2026 for the sample province, asked for and entered month by month as it happened."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from nep.indicators.domain.figures import Said
from nep.indicators.domain.periods import MONTH, YEAR, Period, periods_between, read_period
from nep.indicators.models import Figure, Indicator
from nep.indicators.queries.folding import fold
from nep.indicators.services.asking import ask_figures, open_periods
from nep.indicators.services.computing import refresh_all
from nep.indicators.services.figures import enter_figure
from nep.movements.services.indicators import catch_up
from nep.org.models import Grant, Unit, UnitKind
from nep.platform.clock import now, today

if TYPE_CHECKING:
    from nep.sample.history import Teller

OFFICER, TOP = "phongtrao", "VL"
BEGUN = date(2025, 9, 3)
FULL, PART, STANDARD = "dvctt-toan-trinh", "dvctt-mot-phan", "co-quan-dat-chuan-van-hoa"
SYSTEM = "Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh"
DECISION = "Quyết định công nhận cơ quan đạt chuẩn văn hóa năm 2025"
SILENT, NOTHING = 0.06, 0.04  # so often a unit does not answer, or had no file at all


def tell_figures(teller: Teller) -> None:
    """The province asks its departments and communes; most answer in the first days of the next month."""
    top = Unit.objects.get(code=TOP)
    officer = teller.actor(OFFICER, BEGUN)
    kinds = [UnitKind.DEPARTMENT, UnitKind.COMMUNE]
    first = read_period(MONTH, "2025-09")
    asked = {code: Indicator.objects.get(code=code) for code in (FULL, PART, STANDARD)}
    for code in (FULL, PART):
        ask_figures(asked[code], top, kinds, first, actor=officer, at=teller.at(BEGUN))
    ask_figures(asked[STANDARD], top, kinds, read_period(YEAR, "2025"), actor=officer, at=teller.at(BEGUN))
    for period in periods_between(MONTH, first.starts_on, today()):
        told_on = period.next.starts_on + timedelta(days=4)
        open_periods(teller.at(max(period.starts_on, BEGUN)))
        if told_on < today():
            _month(teller, asked[FULL], asked[PART], period, told_on)
        if period.starts_on == date(2026, 1, 1):
            _year(teller, asked[STANDARD], read_period(YEAR, "2025"), period.starts_on + timedelta(days=19))
    while catch_up(now()):
        pass
    refresh_all(now())
    fold(least=2)


def _owing(indicator: Indicator, period: Period) -> list[Unit]:
    rows = Figure.objects.current().filter(indicator=indicator, starts_on=period.starts_on)
    known = Grant.objects.filter(role__in=["focal", "movement_officer", "head"]).values("unit")
    units = Unit.objects.filter(pk__in=rows.values("unit")).filter(pk__in=known)
    return list(units.order_by("code"))


def _month(teller: Teller, full: Indicator, part: Indicator, period: Period, day: date) -> None:
    """Files of one month: what was done wholly online grows, what was done in part gives way to it."""
    months = (period.starts_on.year - 2025) * 12 + period.starts_on.month - 9
    for unit in _owing(full, period):
        roll = teller.draw.random()
        if roll < SILENT:
            continue
        files = teller.draw.randrange(40, 900)
        online = min(0.38 + 0.025 * months + teller.draw.uniform(-0.12, 0.12), 0.97)
        wholly = int(files * online)
        partly = int((files - wholly) * teller.draw.uniform(0.3, 0.6))
        late = timedelta(days=teller.draw.choice([0, 0, 0, 1, 2, 6]))
        told = Said(nothing=True) if roll > 1 - NOTHING else Said(Decimal(wholly), Decimal(files))
        _enter(teller, full, unit, period, told, SYSTEM, day + late)
        if not told.nothing:
            _enter(teller, part, unit, period, Said(Decimal(partly), Decimal(files)), SYSTEM, day + late)


def _year(teller: Teller, indicator: Indicator, period: Period, day: date) -> None:
    for unit in _owing(indicator, period):
        if teller.draw.random() < SILENT:
            continue
        reached = Decimal(int(teller.draw.random() < 0.9))
        _enter(teller, indicator, unit, period, Said(reached, Decimal(1)), DECISION, day)


def _enter(
    teller: Teller, indicator: Indicator, unit: Unit, period: Period, said: Said, source: str, day: date
) -> None:
    if day < today() and day in unit.during:
        sender = teller.sender_of(unit, day)
        enter_figure(indicator, unit, period, said, source, actor=sender, at=teller.at(day))
