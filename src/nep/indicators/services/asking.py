"""Units are asked for figures, period after period; the daily job opens the rows that they owe."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from nep.accounts.roles import Permission
from nep.indicators import access, events
from nep.indicators.domain.periods import Period, period_of, periods_between
from nep.indicators.models import Asking, Indicator
from nep.indicators.services.figures import expect
from nep.kernel.errors import RuleError
from nep.org.access import Actor
from nep.org.models import Unit, UnitClosure, UnitKind
from nep.platform.audit.events import EventType
from nep.platform.audit.trail import record
from nep.platform.clock import local

MOST_PERIODS = 60  # five years of months: more is asked by mistake


@transaction.atomic
def ask_figures(
    indicator: Indicator, root: Unit, kinds: Collection[str], since: Period, *, actor: Actor, at: datetime
) -> int:
    """Ask units of some kinds, at and below a unit, for figures from a period on; how many owe one now.

    What was asked of the same unit before ends with it.

    Raises: RuleError when no such unit is there, or the period lies too far back; AccessDenied.
    """
    access.may_ask(actor, indicator, root).require()
    if not kinds or set(kinds) - set(UnitKind.values):
        raise RuleError("Chọn ít nhất một loại đơn vị.")
    if len(periods_between(indicator.grain, since.starts_on, actor.on)) > MOST_PERIODS:
        raise RuleError(f"Chỉ yêu cầu được tối đa {MOST_PERIODS} kỳ đã qua.")
    Unit.objects.select_for_update(no_key=True).get(pk=root.pk)
    open_ones = Asking.objects.filter(indicator=indicator, root=root, until__isnull=True)
    open_ones.update(until=since.starts_on)
    asking = Asking.objects.create(
        indicator=indicator,
        root=root,
        kinds=sorted(kinds),
        since=since.starts_on,
        asked_by_id=actor.id,
        asked_at=at,
    )
    units = _open_rows(asking, actor.on, at=at)
    if not units and since.starts_on <= actor.on:
        raise RuleError(f"Dưới {root.name} không có đơn vị nào thuộc loại đã chọn.")
    _tell(events.FIGURES_ASKED, asking, since, actor, at, units=units, kinds=sorted(kinds))
    return units


@transaction.atomic
def end_asking(asking: Asking, *, actor: Actor, at: datetime) -> None:
    """Ask no more from the next period on; what is owed already stays.

    Raises: AccessDenied.
    """
    asking = (
        Asking.objects.select_for_update(of=("self",)).select_related("indicator", "root").get(pk=asking.pk)
    )
    access.may_ask(actor, asking.indicator, asking.root).require()
    if asking.until is not None:
        return
    following = period_of(asking.indicator.grain, actor.on).next
    asking.until = following.starts_on
    asking.save(update_fields=["until"])
    _tell(events.ASKING_ENDED, asking, following, actor, at)


def open_periods(at: datetime) -> None:
    """Open the rows that are owed in running periods, also of units that joined; may run at any time."""
    today = local(at).date()
    for asking in Asking.objects.select_related("indicator"):
        with transaction.atomic():
            _open_rows(asking, today, at=at, past=1)


def _open_rows(asking: Asking, today: date, *, at: datetime, past: int | None = None) -> int:
    """Rows of the periods asked for; how many units owe one in the last of them."""
    grain = asking.indicator.grain
    last = asking.until
    found = [
        one for one in periods_between(grain, asking.since, today) if last is None or one.starts_on < last
    ]
    count = 0
    for one in found if past is None else found[-1 - past :]:
        units = _owing(asking, one, today)
        expect(asking.indicator, units, one, at=at)
        count = len(units)
    return count


def _owing(asking: Asking, period: Period, today: date) -> list[int]:
    """Units of the kinds asked for that stand below the root at the end of a period, or today."""
    day = min(period.ends_on, today)
    rows = UnitClosure.objects.filter(ancestor=asking.root_id, during__contains=day)
    return list(rows.filter(descendant__kind__in=asking.kinds).values_list("descendant_id", flat=True))


def _tell(kind: EventType, asking: Asking, period: Period, actor: Actor, at: datetime, **facts: Any) -> None:
    record(
        kind,
        actor=actor.standing_at(Permission.MANAGE_INDICATORS, asking.root),
        about=[asking.indicator, asking.root],
        at=at,
        unit_id=asking.root_id,
        name=asking.indicator.name,
        period=period.name.lower(),
        **facts,
    )
