"""Pages of a programme on a past day, units side by side, what is late, and a unit's own page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.movements.domain.coverage import ISSUED, UNISSUED
from nep.movements.models import Adoption, Occurrence
from nep.org.models import UnitKind
from tests.factories.province import Province
from tests.factories.running import AT, LAUNCHED, Running, issued

Browser = Callable[[str], Client]
BEFORE = date(2026, 2, 20)
TODAY = date(2026, 3, 25)


@pytest.fixture(autouse=True)
def _late_in_march(_its_own_day: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.org.access.today", lambda: TODAY)


@pytest.fixture
def started(province: Province, running: Running) -> Running:
    """Both communes issued their plans on 2/3; what the first owed for March is late."""
    issued(province, running, "XA1")
    issued(province, running, "XA2")
    return running


def opened(client: Client, name: str, number: int, *more: object, **asked: object) -> Any:
    answer = client.get(reverse(name, args=[number, *more]), asked)
    assert answer.status_code == 200
    return answer


def test_a_plan_issued_later_is_not_issued_on_the_day_before(browser: Browser, started: Running) -> None:
    client, number = browser("snv-head"), started.programme.pk
    today = opened(client, "programme", number).context["seen"]
    then = opened(client, "programme", number, ngay=BEFORE)
    assert (today.issued, then.context["seen"].issued, then.context["seen"].expected) == (2, 0, 3)
    assert "Đang xem ngày <b>20/02/2026</b>" in then.content.decode()
    assert today.tasks_in_all > 0
    assert then.context["seen"].tasks_in_all == 0


def test_coverage_of_a_past_day_tells_issued_or_not(browser: Browser, started: Running) -> None:
    client, number = browser("snv-head"), started.programme.pk
    rows = opened(client, "programme_units", number, cap=1, tim="muong khe").context["list"].rows
    past = opened(client, "programme_units", number, cap=1, tim="muong khe", ngay=BEFORE)
    assert [row.stands for row in rows] == [ISSUED]
    assert [row.stands for row in past.context["list"].rows] == [UNISSUED]
    assert past.context["level_heads"] == [
        "Trong phạm vi",
        "Cấp trên chưa giao",
        "Chưa ban hành",
        "Đã ban hành",
    ]


def test_links_and_figures_keep_the_day(browser: Browser, started: Running) -> None:
    text = opened(browser("snv-head"), "programme", started.programme.pk, ngay=BEFORE).content.decode()
    drawers = re.findall(r'href="([^"]*/so/[^"]*)"', text)
    assert drawers
    assert all("ngay=2026-02-20" in url for url in drawers)
    late = reverse("programme_units", args=[started.programme.pk])
    assert f'{late}?ngay=2026-02-20"' in text


def test_a_day_to_come_or_before_the_launch_is_told_and_today_is_shown(
    browser: Browser, started: Running
) -> None:
    client, number = browser("snv-head"), started.programme.pk
    for day in (date(2030, 1, 1), date(2026, 1, 1)):
        answer = opened(client, "programme", number, ngay=day)
        assert (answer.context["at"].past, answer.context["seen"].issued) == (None, 2)
        assert "dưới đây là hôm nay" in answer.content.decode()


def test_what_is_late_stands_with_unit_task_and_days(browser: Browser, started: Running) -> None:
    shown = opened(browser("snv-head"), "programme_late", started.programme.pk).context["list"]
    late = Occurrence.objects.filter(programme=started.programme, due_on__lt=TODAY, state="open")
    assert len(shown.rows) == late.count() > 0
    assert (
        opened(browser("snv-head"), "programme_late", started.programme.pk, ngay=BEFORE).context["list"].rows
        == []
    )


def test_what_was_late_then_and_was_sent_later_is_late_on_that_day_only(
    browser: Browser, started: Running
) -> None:
    term = Occurrence.objects.filter(programme=started.programme, due_on__lt=TODAY).earliest("due_on")
    assert term.due_on is not None
    Occurrence.objects.filter(pk=term.pk).update(state="sent", sent_on=TODAY)
    client, number = browser("snv-head"), started.programme.pk
    then = date.fromordinal(term.due_on.toordinal() + 1)
    listed = opened(client, "programme_late", number).context["list"].rows
    past = opened(client, "programme_late", number, ngay=then).context["list"].rows
    assert term.pk not in {row.pk for row in listed}
    assert term.pk in {row.pk for row in past}


def test_units_of_a_block_are_ranked_and_equal_ones_share_a_place(browser: Browser, started: Running) -> None:
    for term in Occurrence.objects.filter(unit__code="XA1", due_on__lt=TODAY):
        Occurrence.objects.filter(pk=term.pk).update(state="sent", sent_on=term.due_on)
    compared = opened(browser("snv-head"), "programme", started.programme.pk).context["compared"]
    assert [(row.place, row.share) for row in compared.ranks] == [(1, 100), (2, 0)]
    assert [(tile.code, tile.tone, tile.alarm) for tile in compared.tiles] == [
        ("XA2", "1", True),
        ("XA1", "5", False),
    ]


def test_the_drawer_of_a_unit_lists_the_terms_behind_its_share(browser: Browser, started: Running) -> None:
    plan = started.adoptions["XA1"]
    answer = opened(browser("snv-head"), "programme_figure", started.programme.pk, f"unit-{plan.pk}")
    facts = answer.context["facts"]
    assert facts.records_total == Occurrence.objects.filter(adoption=plan, due_on__lt=TODAY).count() > 0
    assert (facts.numerator, facts.denominator) == ("0", f"{facts.records_total}")
    where = reverse("programme_figure", args=[started.programme.pk, "unit-999999999999999999999"])
    assert browser("snv-head").get(where).status_code == 404


def test_a_head_opens_no_drawer_of_the_unit_beside(browser: Browser, started: Running) -> None:
    other = started.adoptions["XA2"]
    where = reverse("programme_figure", args=[started.programme.pk, f"unit-{other.pk}"])
    assert browser("xa1-head").get(where).status_code == 404


def test_the_page_of_a_unit_shows_its_plans_and_what_is_late(
    browser: Browser, province: Province, started: Running
) -> None:
    unit = province.units["XA1"]
    work = opened(browser("xa1-head"), "unit_work", unit.pk).context["work"]
    assert [row.plan.pk for row in work.plans] == [started.adoptions["XA1"].pk]
    assert work.late_count == len(work.late) > 0
    then = opened(browser("xa1-head"), "unit_work", unit.pk, ngay=BEFORE).context["work"]
    assert [(row.word, row.late) for row in then.plans] == [("Chưa ban hành", 0)]


def test_who_may_not_know_how_the_unit_beside_stands_sees_nothing_of_it(
    browser: Browser, province: Province, started: Running
) -> None:
    unit = province.units["XA2"]
    assert browser("xa1-head").get(reverse("unit_work", args=[unit.pk])).status_code == 404
    assert browser("stranger").get(reverse("unit_work", args=[unit.pk])).status_code == 403


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_as_many_queries_for_three_plans_as_for_thirty_more(
    browser: Browser, province: Province, started: Running
) -> None:
    client, number = browser("snv-head"), started.programme.pk
    pages = [
        f"{reverse(name, args=[number])}{day}"
        for name in ("programme", "programme_units", "programme_late")
        for day in ("", f"?ngay={BEFORE}", "?ngay=2026-03-21")
    ]
    own, unit_page = browser("xa1-head"), reverse("unit_work", args=[province.units["XA1"].pk])
    few = [queries(client, page) for page in pages], queries(own, unit_page)
    for place in range(30):
        unit = province.open(f"M{place}", f"Xã Bản {place}", UnitKind.COMMUNE, parent="UBND")
        stands = {"expected_since": LAUNCHED, "state": "issued", "issued_by_id": 1, "issued_on": AT.date()}
        plan, _ = Adoption.objects.update_or_create(programme=started.programme, unit=unit, defaults=stands)
        task = plan.tasks.create(position=1, title="Báo cáo", task=started.tasks["NV1"])
        Occurrence.objects.create(
            programme=started.programme,
            unit=unit,
            adoption=plan,
            task=task,
            number=1,
            starts_on=AT.date(),
            ends_on=date(2026, 3, 10),
            due_on=date(2026, 3, 10),
        )
    Occurrence.objects.filter(unit__code__startswith="M", unit__code__gt="M1").update(
        unit=province.units["XA1"], adoption=started.adoptions["XA1"]
    )
    assert ([queries(client, page) for page in pages], queries(own, unit_page)) == few
