"""Pages of evidence."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from nep.movements.models import AdoptedTask, Evidence, EvidenceFile
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_task
from nep.org.access import Actor
from tests.factories.evidence import photo_bytes, photo_file, told
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued

Browser = Callable[[str], Client]


def photo(name: str = "bang.jpg", shade: int = 40) -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, photo_bytes(shade), "image/jpeg")


def sent(province: Province, running: Running) -> Evidence:
    """Evidence for the monthly photo, waiting."""
    task = adopted(issued(province, running, "XA1"), "NV2")
    return send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)


def test_several_photos_are_sent_and_shown_small(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    client = browser("xa1-focal")
    answer = client.post(
        reverse("evidence_new", args=[task.pk]),
        {
            "happened_on": "2026-03-01",
            "text": "",
            "link": "",
            "once": str(uuid4()),
            "attached": [photo("mot.jpg"), photo("hai.jpg", 90)],
        },
    )
    assert answer["Location"] == reverse("adopted_task", args=[task.pk])
    files = list(EvidenceFile.objects.order_by("pk"))
    assert [file.name for file in files] == ["mot.jpg", "hai.jpg"]
    page = client.get(answer["Location"]).content.decode()
    assert f"{reverse('evidence_file', args=[files[0].pk])}?nho=1" in page


def test_what_is_asked_for_is_demanded_on_the_form(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    answer = browser("xa1-focal").post(
        reverse("evidence_new", args=[task.pk]), {"happened_on": "2026-03-01", "text": "Đã treo bảng."}
    )
    page = answer.content.decode()
    assert (answer.status_code, "Việc này yêu cầu ảnh." in page, "Đã treo bảng." in page) == (200, True, True)
    assert Evidence.objects.count() == 0


def test_a_program_under_a_photo_name_is_refused(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    answer = browser("xa1-focal").post(
        reverse("evidence_new", args=[task.pk]),
        {"happened_on": "2026-03-01", "attached": SimpleUploadedFile("anh.jpg", b"MZ\x90\x00" + b"\0" * 90)},
    )
    assert "Không nhận loại tệp của “anh.jpg”." in answer.content.decode()
    assert Evidence.objects.count() == 0


def test_nothing_to_report_needs_only_the_explanation(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    client, where = browser("xa1-focal"), reverse("evidence_new", args=[task.pk])
    silent = client.post(where, {"happened_on": "2026-03-01", "nothing": "on"})
    assert "Giải thích vì sao không phát sinh" in silent.content.decode()
    client.post(where, {"happened_on": "2026-03-01", "nothing": "on", "text": "Chưa có nơi tiếp dân."})
    assert list(Evidence.objects.values_list("nothing", "text")) == [(True, "Chưa có nơi tiếp dân.")]
    assert "Không phát sinh" in client.get(reverse("adopted_task", args=[task.pk])).content.decode()


def test_zero_of_a_target_is_a_figure(browser: Browser, province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    client = browser("xa1-focal")
    where = reverse("evidence_new_target", args=[adoption.pk, running.target.pk])
    lacking = client.post(where, {"happened_on": "2026-03-01", "numerator": "0"}).content.decode()
    assert "Ghi tổng số để tính tỷ lệ." in lacking
    client.post(where, {"happened_on": "2026-03-01", "numerator": "0", "denominator": "40"})
    page = client.get(reverse("adoption", args=[adoption.pk])).content.decode()
    assert "0/40" in page


def test_figures_are_typed_with_points_and_a_comma(
    browser: Browser, province: Province, running: Running
) -> None:
    adoption = issued(province, running, "XA1")
    where = reverse("evidence_new_target", args=[adoption.pk, running.target.pk])
    given = {"happened_on": "2026-03-01", "numerator": "1.234,5", "denominator": "một nghìn"}
    refused = browser("xa1-focal").post(where, given).content.decode()
    assert "Nhập số, ví dụ 1.234 hoặc 12,5." in refused
    assert 'value="1.234,5"' in refused
    browser("xa1-focal").post(where, given | {"denominator": "2.000"})
    assert list(Evidence.objects.values_list("numerator", "denominator")) == [(Decimal("1234.5"), 2000)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"link": "javascript:alert(1)"}, "Đường dẫn chưa đúng."),
        ({"happened_on": "1926-03-01"}, "Ngày thực hiện trước khi chương trình bắt đầu, 01/01/2026."),
        ({"happened_on": "2126-03-01"}, "Ngày thực hiện chưa đến."),
    ],
)
def test_what_is_typed_wrong_is_said_once_in_the_list_and_once_at_the_field(
    browser: Browser, province: Province, running: Running, typed: dict[str, str], sentence: str
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV1")
    given = {"happened_on": "2026-03-01", "text": "Đã làm & ghi <lại>."} | typed
    text = browser("xa1-focal").post(reverse("evidence_new", args=[task.pk]), given).content.decode()
    assert (text.count(sentence), "Đã làm &amp; ghi &lt;lại&gt;." in text) == (2, True)
    assert Evidence.objects.count() == 0


def test_a_form_that_arrives_twice_is_one_piece_of_evidence(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV1")
    client, form = browser("xa1-focal"), {"happened_on": "2026-03-01", "text": "Xong.", "once": str(uuid4())}
    for _ in range(2):
        answer = client.post(reverse("evidence_new", args=[task.pk]), form)
        assert answer["Location"] == reverse("adopted_task", args=[task.pk])
    assert Evidence.objects.count() == 1


def test_accepting_leads_to_the_next_waiting(browser: Browser, province: Province, running: Running) -> None:
    first = sent(province, running)
    second = send_for_task(
        adopted(first.adoption, "NV4"), told(), actor=province.actor("xa1-focal"), at=AT + timedelta(hours=1)
    )
    client = browser("snv-head")
    listed = client.get(reverse("evidence_waiting")).content.decode()
    assert listed.index("Chụp ảnh bảng quy tắc") < listed.index("Chấn chỉnh khi có phản ánh")
    answer = client.post(reverse("evidence_accept", args=[first.pk]))
    assert answer["Location"] == reverse("evidence", args=[second.pk])
    answer = client.post(reverse("evidence_return", args=[second.pk]), {"reason": "Chưa rõ nơi nào."})
    assert answer["Location"] == reverse("evidence_waiting")
    assert "Không còn minh chứng nào chờ xét" in client.get(answer["Location"]).content.decode()
    assert dict(Evidence.objects.values_list("pk", "state")) == {first.pk: "accepted", second.pk: "returned"}


def test_a_return_without_a_reason_stays_on_the_page(
    browser: Browser, province: Province, running: Running
) -> None:
    evidence = sent(province, running)
    answer = browser("snv-head").post(reverse("evidence_return", args=[evidence.pk]), {"reason": ""})
    assert answer.status_code == 200
    assert Evidence.objects.get(pk=evidence.pk).state == "sent"


def test_a_decision_on_a_stale_page_is_told(browser: Browser, province: Province, running: Running) -> None:
    evidence = sent(province, running)
    accept_evidence(evidence, actor=province.actor("snv-head"), at=AT)
    answer = browser("snv-head").post(reverse("evidence_accept", args=[evidence.pk]))
    assert (answer.status_code, "Lò Văn Thành đã xét" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("login", "status"),
    [
        ("xa1-focal", 200),
        ("xa1-staff", 200),
        ("snv-head", 200),
        ("ubnd-head", 200),
        ("supervisor", 200),
        ("xa2-head", 404),
        ("th1-staff", 404),
        ("stranger", 403),
    ],
)
def test_files_go_only_to_who_may_see_the_evidence(
    browser: Browser, province: Province, running: Running, login: str, status: int
) -> None:
    file = sent(province, running).files.get()
    assert browser(login).get(reverse("evidence_file", args=[file.pk])).status_code == status


def test_the_small_copy_is_small(browser: Browser, province: Province, running: Running) -> None:
    file = sent(province, running).files.get()
    answer = browser("snv-head").get(reverse("evidence_file", args=[file.pk]), {"nho": "1"})
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (answer["Content-Type"], picture.size) == ("image/jpeg", (320, 240))


@pytest.mark.parametrize(("login", "status"), [("xa1-head", 403), ("snv-focal", 403), ("xa2-head", 404)])
def test_who_may_not_decide(
    browser: Browser, province: Province, running: Running, login: str, status: int
) -> None:
    evidence = sent(province, running)
    answer = browser(login).post(reverse("evidence_accept", args=[evidence.pk]))
    assert answer.status_code == status
    assert Evidence.objects.get(pk=evidence.pk).state == "sent"


def test_the_reason_of_a_return_stands_over_the_form(
    browser: Browser, province: Province, running: Running
) -> None:
    evidence = return_evidence(sent(province, running), "Ảnh mờ.", actor=province.actor("snv-head"), at=AT)
    page = browser("xa1-focal").get(reverse("evidence_new", args=[evidence.task_id])).content.decode()
    assert "Lần trước bị trả lại:</b> Ảnh mờ." in page


def queries(client: Client, where: str) -> int:
    """How many queries a page takes."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)


def _again(last: Evidence, sender: Actor, above: Actor) -> Evidence:
    """The evidence comes back and is sent again."""
    return_evidence(last, "Lại.", actor=above, at=AT)
    task = AdoptedTask.objects.get(pk=last.task_id)
    return send_for_task(task, told(), [photo_file()], actor=sender, at=AT)


def test_pages_take_as_many_queries_for_one_version_as_for_thirty(
    browser: Browser, province: Province, running: Running
) -> None:
    evidence = sent(province, running)
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    last = _again(evidence, focal, above)
    task_page = reverse("adopted_task", args=[evidence.task_id])
    pages = {
        "snv-head": [reverse("evidence_waiting"), task_page],
        "xa1-focal": [task_page, reverse("evidence", args=[evidence.pk])],
    }
    clients = {login: browser(login) for login in pages}
    few = {(login, where): queries(clients[login], where) for login, all_ in pages.items() for where in all_}
    for _ in range(30):
        last = _again(last, focal, above)
    many = {(login, where): queries(clients[login], where) for login, where in few}
    assert many == few


def test_somebody_of_a_unit_below_who_is_named_sends_and_sees_what_they_sent(
    browser: Browser, province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    AdoptedTask.objects.filter(pk=task.pk).update(person=province.person("th1-staff"))
    client = browser("th1-staff")
    form = {"happened_on": "2026-03-01", "attached": [photo()]}
    assert client.post(reverse("evidence_new", args=[task.pk]), form).status_code == 302
    file = EvidenceFile.objects.get()
    assert client.get(reverse("evidence_file", args=[file.pk])).status_code == 200
    assert browser("th1-head").get(reverse("evidence_file", args=[file.pk])).status_code == 404
