"""What a person owes, decides and asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.movements.models import AdoptedTask, Occurrence
from nep.movements.queries.duties import Asked, asked, decisions, duties
from nep.movements.queries.duty_rows import Decision, Duty
from nep.movements.services.adoptions import pass_down
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_target, send_for_task
from nep.movements.services.occurrences_daily import turn_the_day
from nep.org.access import Actor
from nep.org.models import UnitKind
from tests.factories.evidence import counted, photo_file, told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, adopted, issued, prepared

TITLE = "Công sở kiểu mẫu 2026–2030"


def test_a_plan_not_opened_is_owed_by_contact_and_head(province: Province, running: Running) -> None:
    expected = Duty(
        None,
        f"Lập kế hoạch thực hiện “{TITLE}”",
        "Giao từ 02/02/2026",
        reverse("adoption", args=[running.adoptions["XA1"].pk]),
        "Xem việc được giao",
        "warn",
        "Chưa mở",
        unit="Ủy ban nhân dân xã Mường Khe",
    )
    for login in ("xa1-focal", "xa1-head"):
        assert duties(province.actor(login), TODAY) == [expected]
    assert duties(province.actor("xa1-staff"), TODAY) == []


def test_a_plan_in_preparation_leads_each_to_their_part(province: Province, running: Running) -> None:
    prepared(province, running, "XA1")
    verbs = {
        login: [duty.verb for duty in duties(province.actor(login), TODAY)]
        for login in ("xa1-focal", "xa1-head")
    }
    assert verbs == {"xa1-focal": ["Chuẩn bị tiếp"], "xa1-head": ["Xem và ban hành"]}


def test_tasks_are_owed_by_day_and_say_how_late(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    day = date(2026, 3, 25)
    owed = duties(province.actor("xa1-focal", day), day)
    assert [(duty.title, duty.due_on, duty.state, duty.word, duty.late_days) for duty in owed] == [
        ("Chụp ảnh bảng quy tắc tại nơi tiếp dân", date(2026, 3, 19), "bad", "Trễ 4 ngày", 4),
        ("Báo số liệu: Công chức được phổ biến quy tắc", date(2026, 11, 30), "quiet", "Chưa đến kỳ", 0),
        ("Báo cáo kết quả hằng năm", date(2026, 12, 14), "quiet", "Chưa đến kỳ", 0),
        ("Chấn chỉnh khi có phản ánh", None, "quiet", "Khi phát sinh", 0),
    ]
    assert owed[0].source == f"{TITLE} · trước ngày 20 hằng tháng"
    form = reverse("evidence_new", args=[adopted(adoption, "NV2").pk])
    assert owed[0].url == f"{form}?ky=1"


def test_who_is_named_owes_the_task_without_a_role(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV1")
    AdoptedTask.objects.filter(pk=task.pk).update(person=province.person("xa1-staff"))
    assert [duty.title for duty in duties(province.actor("xa1-staff"), TODAY)] == ["Báo cáo kết quả hằng năm"]


def test_returned_evidence_is_owed_with_its_reason(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    sent = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
    assert task.title not in [duty.title for duty in duties(province.actor("xa1-focal"), TODAY)]
    return_evidence(sent, "Ảnh mờ.", actor=province.actor("snv-head"), at=AT)
    first = duties(province.actor("xa1-focal"), TODAY)[0]
    assert (first.title, first.source, first.verb, first.state, first.word) == (
        task.title,
        "Trả lại: Ảnh mờ.",
        "Sửa và nộp lại",
        "bad",
        "Trả lại",
    )


def test_figures_told_for_the_term_are_no_longer_owed(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    sent = send_for_target(adoption, running.target, counted(0, 40), actor=province.actor("xa1-focal"), at=AT)

    def owes_figures(day: date) -> bool:
        return any(
            duty.title.startswith("Báo số liệu") for duty in duties(province.actor("xa1-focal", day), day)
        )

    assert owes_figures(TODAY) is False
    return_evidence(sent, "Thiếu người.", actor=province.actor("snv-head"), at=AT)
    assert owes_figures(TODAY) is True
    sent = send_for_target(adoption, running.target, counted(1, 40), actor=province.actor("xa1-focal"), at=AT)
    accept_evidence(sent, actor=province.actor("snv-head"), at=AT)
    assert owes_figures(TODAY) is False
    turn_the_day(on=date(2027, 1, 5), at=AT)
    assert owes_figures(date(2027, 1, 5)) is True


def test_evidence_waits_for_the_unit_that_asked(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    sent = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
    day = TODAY + timedelta(days=2)
    assert decisions(province.actor("snv-head", day), day) == [
        Decision(
            "Ủy ban nhân dân xã Mường Khe",
            task.title,
            reverse("evidence", args=[sent.pk]),
            AT,
            "warn",
            "Chờ 2 ngày",
        )
    ]
    for login in ("xa1-focal", "xa1-head", "ubnd-head", "snv-focal", "supervisor"):
        assert decisions(province.actor(login, day), day) == []


def test_submitted_programmes_wait_for_the_head(province: Province, running: Running) -> None:
    running.programme.state = "submitted"
    running.programme.save()
    found = decisions(province.actor("snv-head"), TODAY)
    assert [(one.who, one.what, one.url, one.word) for one in found] == [
        (
            "Sở Nội vụ",
            f"Trình phát động “{TITLE}”",
            reverse("programme", args=[running.programme.pk]),
            "Mới gửi",
        )
    ]
    assert decisions(province.actor("snv-focal"), TODAY) == []


def test_what_was_asked_and_is_missing(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    day = date(2026, 3, 25)
    units = reverse("programme_units", args=[running.programme.pk])
    assert asked(province.actor("snv-head", day), day) == [
        Asked(
            TITLE,
            unissued=2,
            late_units=1,
            late_tasks=1,
            unissued_url=f"{units}?giao=toi&trang-thai=chua-ban-hanh",
            late_url=f"{units}?giao=toi&trang-thai=tre",
            late_list_url=f"{reverse('programme_late', args=[running.programme.pk])}?giao=toi",
            urge_url=reverse("letters_new", args=[running.programme.pk]),
        )
    ]
    assert asked(province.actor("xa1-head", day), day) == []


def test_who_passed_a_programme_down_asks_those_below(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    pass_down(issued(province, running, "XA1"), [province.units["TH1"]], actor=head, at=AT)
    assert [(one.unissued, one.late_units) for one in asked(head, TODAY)] == [(1, 0)]


def test_nothing_is_owed_in_a_closed_programme(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    running.programme.state = "closed"
    running.programme.save()
    day = date(2026, 3, 25)
    for login in ("xa1-head", "snv-head", "xa2-head"):
        actor = province.actor(login, day)
        assert (duties(actor, day), decisions(actor, day), asked(actor, day)) == ([], [], [])


@pytest.mark.parametrize(
    ("read", "login"),
    [
        (duties, "xa1-focal"),
        (decisions, "snv-head"),
        (asked, "snv-head"),
    ],
)
def test_as_many_queries_for_one_row_as_for_thirty(
    province: Province, running: Running, read: Callable[[Actor, date], list[object]], login: str
) -> None:
    day = date(2026, 4, 25)
    adoption = issued(province, running, "XA1")
    focal = province.actor("xa1-focal")
    sent = send_for_task(adopted(adoption, "NV2"), told(), [photo_file()], actor=focal, at=AT)
    more = send_for_task(adopted(adoption, "NV4"), told(), actor=focal, at=AT)
    return_evidence(more, "Lại.", actor=province.actor("snv-head"), at=AT)

    def count() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as seen:
            rows = len(read(province.actor(login, day), day))
        return len(seen), rows

    few, rows = count()
    owed = Occurrence.objects.get(task__task__code="NV1", adoption=adoption)
    for number in range(30):
        task = AdoptedTask.objects.create(adoption=adoption, position=50, title=f"Việc {number}", due_on=day)
        owed.pk, owed.task = None, task
        owed.save()
        sent.pk = None
        sent.save()
        unit = province.open(f"M{number}", f"Xã Bản {number}", UnitKind.COMMUNE, parent="UBND")
        assert running.programme.adoptions.filter(unit=unit).count() == 1  # whoever comes is asked at once
    many, rows_then = count()
    assert many == few
    assert rows_then >= rows


def test_late_terms_of_one_duty_stand_in_one_row(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    day = date(2026, 5, 21)
    turn_the_day(on=day, at=AT)
    photo = duties(province.actor("xa1-focal", day), day)[0]
    assert (photo.title, photo.due_on, photo.late_days, photo.source) == (
        "Chụp ảnh bảng quy tắc tại nơi tiếp dân",
        date(2026, 3, 19),
        42,
        f"3 kỳ chưa nộp · {TITLE} · trước ngày 20 hằng tháng",
    )
