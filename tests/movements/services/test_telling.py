"""What people are told inside Nếp at once: who sent evidence, who heads a unit, who reports for it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.kernel.errors import RuleError
from nep.movements.domain.exceptions import Later
from nep.movements.services.adoptions import pass_down
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_task
from nep.movements.services.occurrences_daily import open_due_terms
from nep.movements.services.reopening import reopen_period
from nep.movements.services.special_dates import Asked, ask_special_date, grant_special_date
from nep.movements.services.telling import tell_expected
from nep.org.services.periods import lock_period
from nep.platform.notify.models import Notice
from tests.factories.evidence import photo_file, told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, adopted, issued

APRIL, LATER = date(2026, 4, 8), datetime(2026, 4, 8, 2, 0, tzinfo=UTC)
PROGRAMME = "Công sở kiểu mẫu 2026–2030"


def notices(province: Province, key: str) -> dict[str, tuple[str, str]]:
    """By sign-in: text and address of the notices whose key begins so."""
    logins = {user.pk: login for login, user in province.users.items()}
    rows = Notice.objects.filter(key__startswith=key)
    return {logins[row.user_id]: (row.text, row.url) for row in rows}


def test_the_sender_is_told_what_became_of_evidence(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    first = send_for_task(task, told(), [photo_file()], actor=focal, at=AT)
    return_evidence(first, "Ảnh mờ, không đọc được.", actor=above, at=AT)
    second = send_for_task(task, told(), [photo_file()], actor=focal, at=AT)
    accept_evidence(second, actor=above, at=AT)
    head, what = province.users["snv-head"].name, "“Chụp ảnh bảng quy tắc tại nơi tiếp dân”"
    assert notices(province, f"evidence-{first.pk}") == {
        "xa1-focal": (f"{head} trả lại {what}: Ảnh mờ, không đọc được.", reverse("evidence", args=[first.pk]))
    }
    assert notices(province, f"evidence-{second.pk}") == {
        "xa1-focal": (f"{head} đã nhận {what}.", reverse("evidence", args=[second.pk]))
    }


def test_nobody_is_told_of_what_was_refused(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    sent = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
    with pytest.raises(RuleError):
        return_evidence(sent, " ", actor=province.actor("snv-head"), at=AT)
    assert notices(province, "evidence-") == {}


def test_heads_of_units_below_are_told_when_a_programme_is_passed_on(
    province: Province, running: Running
) -> None:
    plan = issued(province, running, "XA1")
    [passed] = pass_down(plan, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    text = f"{plan.unit.name} giao “{PROGRAMME}”: xem việc được giao và lập kế hoạch thực hiện."
    assert notices(province, "expected-") == {"th1-head": (text, reverse("adoption", args=[passed.pk]))}


def test_as_many_questions_for_two_units_as_for_one(province: Province, running: Running) -> None:
    plans = {running.adoptions[name].unit_id: running.adoptions[name].pk for name in ("XA1", "XA2")}
    counts = []
    for units in (list(plans)[:1], list(plans)):
        Notice.objects.all().delete()
        told_of = {unit: plans[unit] for unit in units}
        with CaptureQueriesContext(connection) as asked:
            tell_expected(running.programme, told_of, "Sở Nội vụ", on=TODAY, at=AT)
        counts.append((len(asked), Notice.objects.count()))
    assert counts == [(2, 1), (2, 2)]


def test_who_reports_for_the_unit_is_told_of_a_later_last_day(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    flood = Asked(Later(TODAY, date(2026, 5, 31), due_on=date(2026, 4, 30)), "Xã bị chia cắt do lũ.")
    special = ask_special_date(plan, flood, actor=province.actor("xa1-focal"), at=AT)
    assert notices(province, "special-") == {}
    grant_special_date(special, actor=province.actor("snv-head"), at=AT)
    text = f"{PROGRAMME}: được lùi hạn đến 30/04/2026 (mọi việc và chỉ tiêu)."
    page = reverse("adoption", args=[plan.pk])
    assert notices(province, "special-") == {"xa1-focal": (text, page), "xa1-head": (text, page)}


def test_who_reports_for_the_unit_is_told_of_a_period_that_is_open_again(
    province: Province, running: Running
) -> None:
    plan = issued(province, running, "XA1")
    open_due_terms(on=APRIL, at=AT)
    lock_period(province.units["UBND"], date(2026, 3, 1), actor=province.actor("ubnd-head", APRIL), at=LATER)
    reopen_period(
        plan,
        date(2026, 3, 1),
        date(2026, 3, 31),
        until=date(2026, 4, 15),
        reason="Mất mạng cuối tháng.",
        actor=province.actor("snv-head", APRIL),
        at=LATER,
    )
    text = f"{PROGRAMME}: kỳ 01/03/2026–31/03/2026 được mở lại đến hết 15/04/2026."
    page = reverse("adoption", args=[plan.pk])
    assert notices(province, "reopening-") == {"xa1-focal": (text, page), "xa1-head": (text, page)}
