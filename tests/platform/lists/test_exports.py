"""Lists as Excel sheets: what is in them, who gets them, how long they are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nep.org.models import Person, Posting
from nep.org.services.people import post_person, register_person
from nep.platform.audit.models import Event
from nep.platform.clock import now
from nep.platform.jobs.models import JobRun
from nep.platform.lists import exports
from nep.platform.lists.models import ListExport
from nep.platform.lists.sheets import harmless
from tests.factories.province import AT, OPENED, Province

pytestmark = pytest.mark.django_db

SignIn = Callable[[str], Client]
EXPORT = "/danh-sach/nguoi/xuat/"


def sheet(client: Client, query: str = "") -> list[list[Any]]:
    """The rows of the sheet that a list hands out."""
    answer = client.post(EXPORT + query, follow=True)
    assert answer.status_code == 200
    return rows_of(b"".join(answer.streaming_content))


def rows_of(content: bytes) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def staff(province: Province, name: str) -> Person:
    person = register_person(f"NV-{name}", name, actor=None, at=AT)
    post = province.person("snv-staff").postings.get().position
    post_person(person, actor=None, unit=province.units["SNV"], position=post, on=OPENED, at=AT)
    return person


def test_the_sheet_holds_the_rows_and_columns_of_the_list(province: Province, signed_in: SignIn) -> None:
    client = signed_in("snv-focal")
    assert sheet(client) == [
        ["Họ và tên", "Chức vụ", "Đơn vị", "Mã nhân sự"],
        ["Vũ Thị Ngọc Diệp", "Chuyên viên", "Sở Nội vụ", "NV-snv-staff"],
        ["Phan Tiến Dũng", "Chuyên viên", "Sở Nội vụ", "NV-snv-focal"],
        ["Lò Văn Thành", "Thủ trưởng", "Sở Nội vụ", "NV-snv-head"],
    ]
    client.post("/danh-sach/nguoi/cot/", {"cot": ["ma"]})
    assert sheet(client, "?tim=dung") == [["Họ và tên", "Mã nhân sự"], ["Phan Tiến Dũng", "NV-snv-focal"]]


@pytest.mark.usefixtures("with_days")
def test_days_and_figures_stay_days_and_formulas_stay_words(province: Province, signed_in: SignIn) -> None:
    Person.objects.filter(name="Phan Tiến Dũng").update(born_on="1980-02-01", staff_code="=1+1")
    client = signed_in("snv-focal")
    client.post("/danh-sach/nguoi/cot/", {"cot": ["ma", "sinh"]})
    name, code, born = sheet(client, "?tim=dung")[1]
    assert (name, code, f"{born:%Y-%m-%d}") == ("Phan Tiến Dũng", "'=1+1", "1980-02-01")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_is_taken_for_a_formula(start: str) -> None:
    assert (harmless(f"{start}1"), harmless("Sở 1"), len(harmless("a" * 40_000))) == (
        f"'{start}1",
        "Sở 1",
        32_766,
    )


def test_a_sheet_is_an_event_that_names_the_question(province: Province, signed_in: SignIn) -> None:
    sheet(signed_in("snv-focal"), "?tim=dung")
    event = Event.objects.get(kind="lists.exported")
    assert (event.actor_name, event.facts["count"], event.facts["query"], event.facts["list"]) == (
        "Phan Tiến Dũng",
        1,
        "tim=dung",
        "nguoi",
    )


def test_a_sheet_is_for_who_asked_and_for_a_day(province: Province, signed_in: SignIn) -> None:
    sheet(signed_in("snv-focal"))
    export = ListExport.objects.get()
    address = reverse("list_file", args=[export.pk])
    assert (
        signed_in("snv-focal").get(address).status_code,
        signed_in("snv-head").get(address).status_code,
    ) == (
        200,
        404,
    )
    assert (exports.remove_old(), exports.path_of(export).exists()) == (0, True)
    ListExport.objects.update(expires_at=now() - timedelta(seconds=1))
    assert signed_in("snv-focal").get(address).status_code == 404
    assert (exports.remove_old(), exports.path_of(export).exists()) == (1, False)


def test_a_large_list_is_written_by_a_job_with_the_rights_of_that_moment(
    province: Province, signed_in: SignIn, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(exports, "PIECE", 2)
    for name in ("Bùi An", "Cao Bình", "Đỗ Châu"):
        staff(province, name)
    client = signed_in("snv-focal")
    answer = client.post(EXPORT)
    run = JobRun.objects.get()
    assert (answer["Location"], ListExport.objects.count()) == (reverse("job", args=[run.pk]), 0)
    Posting.objects.filter(person__name="Cao Bình").delete()
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done, run.total) == ("done", 5, 5)
    content = b"".join(client.get(run.result_url).streaming_content)  # type: ignore[arg-type]  # a file
    assert [row[0] for row in rows_of(content)[1:]] == [
        "Bùi An",
        "Đỗ Châu",
        "Vũ Thị Ngọc Diệp",
        "Phan Tiến Dũng",
        "Lò Văn Thành",
    ]


def test_a_job_refuses_an_account_that_was_closed(
    province: Province, signed_in: SignIn, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    signed_in("snv-focal").post(EXPORT)
    user = province.users["snv-focal"]
    user.is_active = False
    user.save()
    run_jobs()
    run = JobRun.objects.get()
    assert (run.state, run.message, ListExport.objects.count()) == (
        "failed",
        "Tài khoản đã yêu cầu việc này không còn hoạt động.",
        0,
    )


def test_a_page_opened_instead_of_sent_leads_back_and_hands_out_nothing(
    province: Province, signed_in: SignIn
) -> None:
    answer = signed_in("snv-focal").get(f"{EXPORT}?tim=dung")
    assert (answer["Location"], ListExport.objects.count()) == ("/to-chuc/nguoi/?tim=dung", 0)
