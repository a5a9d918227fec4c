"""Pages of terms, later last days and reopened periods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.movements.domain.exceptions import Later
from nep.movements.models import AdoptedTask, Evidence, Occurrence, Reopening, SpecialDate
from nep.movements.services.evidence import accept_evidence, send_for_task
from nep.movements.services.occurrences_daily import open_due_terms
from nep.movements.services.special_dates import Asked, ask_special_date, grant_special_date
from tests.factories.evidence import photo_bytes, photo_file, told
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued

Browser = Callable[[str], Client]


@pytest.fixture
def task(province: Province, running: Running) -> AdoptedTask:
    """The monthly photo of a commune: March is late, April is late, May runs."""
    task = adopted(issued(province, running, "XA1"), "NV2")
    open_due_terms(on=date(2026, 4, 21), at=AT)
    return task


def once(**given: object) -> dict[str, object]:
    return given | {"once": str(uuid4())}


def test_a_task_tells_its_terms_and_each_owed_one_leads_to_its_form(
    browser: Browser, task: AdoptedTask
) -> None:
    page = browser("xa1-focal").get(reverse("adopted_task", args=[task.pk])).content.decode()
    form = reverse("evidence_new", args=[task.pk])
    assert [f"{form}?ky={number}" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert page.count('data-label="Ngày nộp">Chưa nộp') == 3


def test_who_may_not_send_sees_terms_without_ways_to_answer(browser: Browser, task: AdoptedTask) -> None:
    page = browser("snv-head").get(reverse("adopted_task", args=[task.pk])).content.decode()
    assert ("21/02/2026 – 20/03/2026" in page, "?ky=" in page) == (True, False)


def test_the_chosen_term_is_answered(browser: Browser, task: AdoptedTask) -> None:
    client, form = browser("xa1-focal"), reverse("evidence_new", args=[task.pk])
    page = client.get(f"{form}?ky=2").content.decode()
    assert '<option value="2" selected>' in page
    sent = once(ky="2", happened_on="2026-03-01", text="", link="", attached=[photo()])
    assert client.post(form, sent)["Location"] == reverse("adopted_task", args=[task.pk])
    assert Evidence.objects.get().occurrence == Occurrence.objects.get(task=task, number=2)
    stale = client.post(form, once(ky="2", happened_on="2026-03-01", attached=[photo()]))
    assert (stale.status_code, Evidence.objects.count()) == (200, 1)
    assert "Nộp cho kỳ:" in stale.content.decode()


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("bang.jpg", photo_bytes(), "image/jpeg")


def test_the_page_of_a_task_asks_as_often_for_one_term_as_for_many(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    client, url = browser("xa1-focal"), reverse("adopted_task", args=[task.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    queries()
    one = queries()
    for _ in range(2):
        sent = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
        accept_evidence(sent, actor=province.actor("snv-head"), at=AT)
    open_due_terms(on=date(2028, 6, 1), at=AT)
    assert Occurrence.objects.filter(task=task).count() > 20
    many = queries()
    assert many - one <= 2  # files of evidence, and their rows


def test_a_later_last_day_is_asked_for_and_granted_by_the_head_above(
    browser: Browser, province: Province, task: AdoptedTask
) -> None:
    focal, head = browser("xa1-focal"), browser("snv-head")
    plan = task.adoption_id
    answer = focal.post(
        reverse("special_date_new", args=[plan]),
        once(
            duty=f"viec-{task.task_id}",
            kind="ngay",
            day="2099-05-30",
            starts_on="2026-03-01",
            expires_on="2099-06-30",
            reason="Xã bị chia cắt do lũ.",
        ),
    )
    assert answer["Location"] == reverse("special_dates", args=[plan])
    special = SpecialDate.objects.get()
    assert (special.task_id, special.due_on, special.state) == (task.task_id, date(2099, 5, 30), "asked")
    page = head.get(reverse("special_date", args=[special.pk])).content.decode()
    assert reverse("special_date_grant", args=[special.pk]) in page
    refused = focal.post(reverse("special_date_grant", args=[special.pk]), once())
    assert refused.status_code == 403
    head.post(reverse("special_date_grant", args=[special.pk]), once())
    special.refresh_from_db()
    assert (special.state, special.decided_by_name) == ("granted", "Lò Văn Thành")
    shown = focal.get(reverse("adopted_task", args=[task.pk])).content.decode()
    assert "Xã bị chia cắt do lũ. Ma Thị Nguyệt đề nghị, Lò Văn Thành đồng ý" in shown
    listed = focal.get(reverse("special_dates", args=[plan])).content.decode()
    assert "30/05/2099" in listed


def test_what_was_typed_wrong_stays_on_the_form(browser: Browser, task: AdoptedTask) -> None:
    given = once(
        duty="tat-ca",
        kind="ngay",
        day="2020-01-01",
        starts_on="2020-01-01",
        expires_on="2020-02-01",
        reason="Lũ.",
    )
    answer = browser("xa1-focal").post(reverse("special_date_new", args=[task.adoption_id]), given)
    page = answer.content.decode()
    assert (answer.status_code, "Hạn riêng 01/01/2020 đã qua" in page, "Lũ." in page) == (200, True, True)
    assert SpecialDate.objects.count() == 0


def test_a_school_year_is_a_day_of_each_year(browser: Browser, task: AdoptedTask) -> None:
    given = once(
        duty="tat-ca",
        kind="nam",
        day="2099-05-31",
        starts_on="2026-03-01",
        expires_on="2099-12-31",
        reason="Theo năm học.",
        below="on",
    )
    browser("xa1-focal").post(reverse("special_date_new", args=[task.adoption_id]), given)
    special = SpecialDate.objects.get()
    assert (special.rule, special.due_on, special.below) == ("yearly:by:05-31", None, True)


@pytest.mark.parametrize("ending", ["khong-dong-y", "thu-hoi"])
def test_a_decision_against_needs_a_reason(
    browser: Browser, province: Province, task: AdoptedTask, ending: str
) -> None:
    later = Later(date(2026, 3, 2), date(2026, 5, 31), due_on=date(2026, 4, 30))
    asked = Asked(later, "Xã bị chia cắt do lũ.")
    special = ask_special_date(task.adoption, asked, actor=province.actor("xa1-focal"), at=AT)
    if ending == "thu-hoi":
        grant_special_date(special, actor=province.actor("snv-head"), at=AT)
    before = SpecialDate.objects.get().state
    client, url = browser("snv-head"), reverse("special_date_end", args=[special.pk, ending])
    client.post(url, once(reason=""))
    assert SpecialDate.objects.get().state == before
    client.post(url, once(reason="Đường đã thông."))
    assert (SpecialDate.objects.get().state, SpecialDate.objects.get().decided_because) == (
        {"khong-dong-y": "refused", "thu-hoi": "ended"}[ending],
        "Đường đã thông.",
    )


@pytest.mark.parametrize(
    ("login", "status"),
    [("xa1-focal", 200), ("snv-head", 200), ("xa1-staff", 200), ("xa2-head", 404), ("th1-head", 404)],
)
def test_only_who_follows_a_plan_sees_its_exceptions(
    browser: Browser, task: AdoptedTask, login: str, status: int
) -> None:
    assert browser(login).get(reverse("special_dates", args=[task.adoption_id])).status_code == status


def test_a_closed_period_is_opened_by_the_head_above_only(
    browser: Browser, running: Running, task: AdoptedTask
) -> None:
    type(running.programme).objects.update(state="closed")
    url = reverse("reopening_new", args=[task.adoption_id])
    given = {
        "first": "2026-03-01",
        "last": "2026-03-31",
        "until": "2026-03-20",
        "reason": "Mất mạng cuối tháng.",
    }
    assert browser("xa1-head").post(url, once(**given)).status_code == 403
    answer = browser("snv-head").post(url, once(**given))
    assert answer["Location"] == reverse("special_dates", args=[task.adoption_id])
    assert Reopening.objects.get().opened_by_name == "Lò Văn Thành"
    page = browser("xa1-focal").get(answer["Location"]).content.decode()
    assert ("Đang mở" in page, "Mất mạng cuối tháng." in page) == (True, True)
