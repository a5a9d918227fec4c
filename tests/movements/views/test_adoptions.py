"""Pages of a unit's plan."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as Word

from nep.documents.models import Document
from nep.movements.models import AdoptedTask, Adoption, Task
from nep.movements.services.adoptions import pass_down
from nep.org.models import UnitKind
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued, prepared

Browser = Callable[[str], Client]


def address(name: str, adoption: Adoption) -> str:
    """The address of a page of a plan."""
    return reverse(name, args=[adoption.pk])


def test_the_first_page_says_what_binds_and_why(browser: Browser, running: Running) -> None:
    page = browser("xa1-focal").get(address("adoption", running.adoptions["XA1"])).content.decode()
    assert "Nơi làm việc nền nếp, phục vụ tận tình." in page
    assert "Kế hoạch giao “các cơ quan, đơn vị” thực hiện · trước ngày 15/12 hằng năm" in page
    assert "kỳ này đến 14/12/2026" in page
    assert "Bắt đầu chuẩn bị" in page
    assert page.index("Chụp ảnh bảng quy tắc") < page.index("Thống kê lượt phục vụ")


def test_opening_leads_to_the_workspace(browser: Browser, running: Running) -> None:
    client, adoption = browser("xa1-focal"), running.adoptions["XA1"]
    answer = client.post(address("adoption_prepare", adoption), {"once": str(uuid4())})
    assert (answer.status_code, answer["Location"]) == (302, address("adoption_prepare", adoption))
    page = client.get(answer["Location"]).content.decode()
    assert "3 việc, còn 3 việc chưa có người phụ trách" in page
    assert 'max="2026-12-14"' in page


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("xa1-focal", 200),
        ("xa1-staff", 200),
        ("snv-head", 200),
        ("ubnd-head", 200),
        ("supervisor", 200),
        ("xa2-head", 404),
        ("th1-head", 404),
        ("stranger", 403),
    ],
)
def test_who_sees_a_plan(browser: Browser, running: Running, login: str, status: int) -> None:
    assert browser(login).get(address("adoption", running.adoptions["XA1"])).status_code == status


@pytest.mark.parametrize(("login", "status"), [("xa1-staff", 403), ("snv-head", 403), ("xa2-head", 404)])
def test_who_may_not_open_it(browser: Browser, running: Running, login: str, status: int) -> None:
    answer = browser(login).post(address("adoption_prepare", running.adoptions["XA1"]))
    assert answer.status_code == status
    assert Adoption.objects.get(pk=running.adoptions["XA1"].pk).state == "expected"


def words(**more: str) -> dict[str, str]:
    """What the form of a task sends."""
    return {
        "due_on": "",
        "evidence_kind": "report",
        "note": "",
        "seen_due_on": "",
        "seen_evidence_kind": "report",
        "seen_note": "",
        "once": str(uuid4()),
    } | more


def test_a_day_too_late_is_refused_with_everything_typed_kept(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(prepared(province, running, "XA1"), "NV1")
    answer = browser("xa1-focal").post(
        reverse("adopted_task_words", args=[task.pk]), words(due_on="2026-12-16", note="Bản giấy")
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Hạn của đơn vị không được muộn hơn 14/12/2026, hạn của cấp trên." in page
    assert 'value="2026-12-16"' in page
    assert 'value="Bản giấy"' in page
    assert AdoptedTask.objects.get(pk=task.pk).due_on is None


def test_a_change_is_kept_with_and_without_scripts(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(prepared(province, running, "XA1"), "NV1")
    client, where = browser("xa1-focal"), reverse("adopted_task_words", args=[task.pk])
    plain = client.post(where, words(due_on="2026-12-01"))
    assert plain["Location"] == f"{address('adoption_prepare', task.adoption)}#viec-{task.pk}"
    more = words(due_on="2026-12-02", seen_due_on="2026-12-01")
    quiet = client.post(where, more, headers={"hx-request": "true"})
    assert "Đã lưu lúc" in quiet.content.decode()
    assert AdoptedTask.objects.get(pk=task.pk).due_on == date(2026, 12, 2)


def test_a_refused_change_is_told_in_place_where_scripts_run(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(prepared(province, running, "XA1"), "NV1")
    answer = browser("xa1-focal").post(
        reverse("adopted_task_words", args=[task.pk]),
        words(due_on="2026-12-16"),
        headers={"hx-request": "true"},
    )
    assert "không được muộn hơn 14/12/2026" in answer.content.decode()
    assert AdoptedTask.objects.get(pk=task.pk).due_on is None


def test_people_are_found_without_diacritics_and_named_for_several_tasks(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption = prepared(province, running, "XA1")
    client, where = browser("xa1-focal"), address("adoption_person", adoption)
    ids = list(adoption.tasks.values_list("pk", flat=True))
    page = client.get(where, {"viec": ids, "tim": "phung mai"}).content.decode()
    assert "Phùng Mai Chi" in page
    assert "Giàng A Sử" not in page
    stranger = client.post(where, {"viec": ids, "nguoi": province.person("xa2-head").pk})
    assert stranger.status_code == 404
    client.post(where, {"viec": ids, "nguoi": province.person("th1-staff").pk, "once": str(uuid4())})
    assert set(adoption.tasks.values_list("person__name", flat=True)) == {"Phùng Mai Chi"}


def test_own_tasks_and_the_statement_that_there_are_none(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption = prepared(province, running, "XA1")
    client = browser("xa1-focal")
    client.post(address("adoption_nothing_own", adoption), {"khong-co": "1"})
    assert Adoption.objects.get(pk=adoption.pk).nothing_own is True
    own = {"rieng-title": "Sơn cổng", "rieng-evidence_kind": "any"}
    where = address("adoption_own_task", adoption)
    refused = client.post(where, own | {"rieng-due_on": "2031-02-01"})
    assert "muộn hơn 31/12/2030" in refused.content.decode()
    client.post(where, own)
    after = Adoption.objects.get(pk=adoption.pk)
    assert (after.nothing_own, after.tasks.filter(task=None).get().title) == (False, "Sơn cổng")


def test_optional_tasks_are_taken_and_dropped(browser: Browser, province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    client = browser("xa1-focal")
    client.post(reverse("adoption_take", args=[adoption.pk, running.tasks["NV3"].pk]))
    taken = adopted(adoption, "NV3")
    client.post(reverse("adopted_task_drop", args=[taken.pk]))
    assert not Task.objects.get(pk=running.tasks["NV3"].pk).adopted.exists()
    binding = client.post(reverse("adopted_task_drop", args=[adopted(adoption, "NV1").pk]))
    assert (binding.status_code, "bắt buộc" in binding.content.decode()) == (409, True)


def test_the_head_issues_once_even_when_the_form_arrives_twice(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption = prepared(province, running, "XA1")
    client, form = browser("xa1-head"), {"head_answers": "on", "once": str(uuid4())}
    refused = client.post(address("adoption_issue", adoption), {"once": str(uuid4())}).content.decode()
    assert "Chưa ban hành được kế hoạch." in refused
    client.post(address("adoption_direct", adoption), {"reason": "Ít người."})
    answers = [client.post(address("adoption_issue", adoption), form) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, address("adoption", adoption))
    ] * 2
    assert Adoption.objects.get(pk=adoption.pk).state == "issued"


def test_withdrawing_asks_for_a_reason(browser: Browser, province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    client, where = browser("xa1-head"), address("adoption_withdraw", adoption)
    assert client.post(where, {"reason": " "}).status_code == 200
    assert client.post(where, {"reason": "Sai số."})["Location"] == address("adoption_prepare", adoption)
    assert Adoption.objects.get(pk=adoption.pk).state == "preparing"


def test_passing_down_ticked_units_only(browser: Browser, province: Province, running: Running) -> None:
    province.open("TH9", "Trường Mầm non Mường Khe", UnitKind.SCHOOL, parent="XA1")
    adoption = issued(province, running, "XA1")
    client, where = browser("xa1-head"), address("adoption_pass", adoption)
    assert "Trường Mầm non Mường Khe" in client.get(where).content.decode()
    assert "Chọn ít nhất một đơn vị" in client.post(where, {}).content.decode()
    client.post(where, {"don-vi": [province.units["TH9"].pk, province.units["SYT"].pk]})
    assert list(adoption.passed_to.values_list("unit__code", flat=True)) == ["TH9"]


def test_the_draft_comes_from_what_is_saved(browser: Browser, province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    AdoptedTask.objects.filter(adoption=adoption, task__code="NV1").update(
        due_on=date(2026, 12, 1), person=province.person("xa1-staff")
    )
    answer = browser("xa1-focal").get(address("adoption_draft_docx", adoption))
    word = Word(io.BytesIO(answer.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {
        "Nông Đức Kiên",
        "01/12/2026 (trước ngày 15/12 hằng năm)",
        "trước ngày 20 hằng tháng",
        "Công chức được phổ biến quy tắc",
    } <= set(cells)
    assert "du-thao-ke-hoach-XA1.docx" in answer["Content-Disposition"]


def signed_file(text: str = "KẾ HOẠCH\nThực hiện công sở kiểu mẫu tại xã Mường Khe.") -> io.BytesIO:
    """A signed plan as a text file."""
    file = io.BytesIO(text.encode())
    file.name = "ke-hoach.txt"
    return file


def test_the_signed_plan_goes_into_the_store_of_the_unit(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption = prepared(province, running, "XA1")
    client, where = browser("xa1-focal"), address("adoption_plan", adoption)
    form = {"number": "05/KH-UBND", "issued_on": "2026-02-20"}
    client.post(where, form | {"file": signed_file()})
    plan = Adoption.objects.get(pk=adoption.pk).plan
    assert plan is not None
    assert (plan.number, plan.issued_on, plan.owner_unit.code, plan.kind) == (
        "05/KH-UBND",
        date(2026, 2, 20),
        "XA1",
        "plan",
    )
    client.post(where, form | {"file": signed_file()})
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        ("", {}, "rỗng"),
        ("KẾ HOẠCH", {"issued_on": "2026-03-03"}, "Ngày ban hành chưa đến"),
    ],
)
def test_a_bad_plan_is_refused_on_the_form(
    browser: Browser, province: Province, running: Running, text: str, more: dict[str, str], sentence: str
) -> None:
    adoption = prepared(province, running, "XA1")
    form = {"number": "05/KH-UBND", "issued_on": "2026-02-20", "file": signed_file(text)} | more
    answer = browser("xa1-focal").post(address("adoption_plan", adoption), form)
    assert (answer.status_code, sentence in answer.content.decode()) == (200, True)
    assert Document.objects.count() == 0


def count(client: Client, where: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


@pytest.mark.parametrize("name", ["adoption", "adoption_prepare", "adoption_issue", "adoption_draft_docx"])
def test_pages_take_as_many_queries_for_one_task_as_for_thirty(
    browser: Browser, province: Province, running: Running, name: str
) -> None:
    adoption = prepared(province, running, "XA1")
    client = browser("xa1-head")
    adoption.tasks.exclude(task__code="NV1").delete()
    few = count(client, address(name, adoption))
    head = province.person("xa1-head")
    for position in range(30):
        same = {"position": 20 + position, "title": "Việc thêm"}
        task = Task.objects.create(programme=running.programme, code=f"M{position}", **same)
        AdoptedTask.objects.create(adoption=adoption, task=task, person=head, **same)
    assert count(client, address(name, adoption)) == few


def test_passing_takes_as_many_queries_for_one_unit_as_for_thirty(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption = issued(province, running, "XA1")
    client = browser("xa1-head")
    few = count(client, address("adoption_pass", adoption))
    for number in range(30):
        province.open(f"M{number}", f"Trường {number}", UnitKind.SCHOOL, parent="XA1")
    assert count(client, address("adoption_pass", adoption)) == few
    pass_down(
        adoption,
        [province.units[f"M{number}"] for number in range(20)],
        actor=province.actor("xa1-head"),
        at=AT,
    )
    assert count(client, address("adoption_pass", adoption)) == few
