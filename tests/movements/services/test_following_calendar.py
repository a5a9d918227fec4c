"""Running last days follow the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nep.kernel.decisions import ALLOWED
from nep.movements.models import AdoptedTask, Occurrence
from nep.movements.services.occurrences_daily import open_due_terms
from nep.platform.audit.models import Event
from nep.platform.calendar.hook import Effect
from nep.platform.calendar.keeping import Wish, add_days, foresee_adding, take_back
from tests.factories.province import Province
from tests.factories.running import Running, issued

EARLY, LATE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC), datetime(2026, 4, 28, 2, 0, tzinfo=UTC)


def off(day: date) -> Wish:
    return Wish(day, day, True, "nghỉ tránh lũ", "Công điện 05/CĐ-UBND")


@pytest.fixture
def monthly(province: Province, running: Running) -> AdoptedTask:
    """A task of a commune that ends with each month; March and April are open."""
    type(running.tasks["NV2"]).objects.filter(code="NV2").update(rule="monthly")
    plan = issued(province, running, "XA1")
    open_due_terms(on=date(2026, 4, 1), at=EARLY)
    return plan.tasks.get(task__code="NV2")


def days(task: AdoptedTask) -> list[date | None]:
    return list(Occurrence.objects.filter(task=task).order_by("number").values_list("due_on", flat=True))


def test_a_day_off_moves_the_running_term_and_tells_whom_it_touches(
    province: Province, monthly: AdoptedTask
) -> None:
    actor, commune = province.actor("ubnd-head"), province.units["XA1"]
    assert days(monthly) == [date(2026, 3, 31), date(2026, 5, 4)]
    wish = off(date(2026, 3, 31))
    assert foresee_adding(wish, actor=actor, at=EARLY)[1] == Effect(1, 1)
    assert days(monthly)[0] == date(2026, 3, 31)
    assert add_days(wish, allowed=ALLOWED, actor=actor, at=EARLY) == Effect(1, 1)
    monthly.refresh_from_db()
    assert (days(monthly), monthly.due_on) == ([date(2026, 4, 1), date(2026, 5, 4)], date(2026, 4, 1))
    event = Event.objects.get(kind="movements.terms_moved")
    assert event.facts == {"terms": 1, "units": 1, "unit_ids": [commune.pk], "days": ["2026-03-31"]}
    assert (event.reason, event.actor_name) == ("Công điện 05/CĐ-UBND", actor.name)
    take_back(date(2026, 3, 31), reason="Ghi nhầm.", allowed=ALLOWED, actor=actor, at=EARLY)
    assert days(monthly)[0] == date(2026, 3, 31)


def test_a_last_day_that_is_over_stays_as_does_what_was_shown(
    province: Province, monthly: AdoptedTask
) -> None:
    add_days(off(date(2026, 5, 4)), allowed=ALLOWED, actor=province.actor("ubnd-head"), at=LATE)
    assert days(monthly) == [date(2026, 3, 31), date(2026, 5, 5)]
    Occurrence.objects.filter(task=monthly).update(state="sent")
    add_days(off(date(2026, 5, 5)), allowed=ALLOWED, actor=province.actor("ubnd-head"), at=LATE)
    assert days(monthly) == [date(2026, 3, 31), date(2026, 5, 5)]


def test_the_units_own_lead_is_kept(province: Province, monthly: AdoptedTask) -> None:
    AdoptedTask.objects.filter(pk=monthly.pk).update(lead_days=2)
    Occurrence.objects.filter(task=monthly, number=2).update(due_on=date(2026, 5, 2))
    add_days(off(date(2026, 5, 4)), allowed=ALLOWED, actor=province.actor("ubnd-head"), at=LATE)
    assert days(monthly) == [date(2026, 3, 31), date(2026, 5, 3)]


def test_a_day_that_moves_nothing_is_told_by_nobody(province: Province, monthly: AdoptedTask) -> None:
    effect = add_days(off(date(2026, 5, 20)), allowed=ALLOWED, actor=province.actor("ubnd-head"), at=LATE)
    assert (effect, Event.objects.filter(kind="movements.terms_moved").count()) == (Effect(0, 0), 0)
