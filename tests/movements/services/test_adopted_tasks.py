"""The tasks of a plan in preparation."""

from __future__ import annotations

from datetime import date

import pytest

from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.models import AdoptedTask, Adoption
from nep.movements.services.adopted_tasks import (
    TaskWords,
    add_own_task,
    assign_tasks,
    change_task,
    drop_task,
    say_nothing_own,
    take_task,
    words_of,
    write_note,
)
from nep.platform.audit.models import Event
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued, prepared

OWN = TaskWords(date(2026, 6, 30), "photo")


def last_event() -> Event:
    """The latest event."""
    return Event.objects.order_by("-pk")[0]


def test_a_task_that_does_not_bind_may_be_taken_and_dropped(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    adoption = prepared(province, running, "XA1")
    taken = take_task(adoption, running.tasks["NV3"], actor=focal, at=AT)
    assert (taken.title, taken.rule, taken.evidence_kind) == ("Thống kê lượt phục vụ", "in:2026", "figures")
    assert last_event().kind == "movements.task_taken"
    drop_task(taken, actor=focal, at=AT)
    assert not AdoptedTask.objects.filter(pk=taken.pk).exists()
    assert last_event().kind == "movements.task_dropped"


def test_a_binding_task_cannot_be_dropped(province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(RuleError) as refused:
        drop_task(adopted(adoption, "NV1"), actor=province.actor("xa1-head"), at=AT)
    assert refused.value.reason == "Việc này bắt buộc với đơn vị, không bỏ được."
    assert adoption.tasks.count() == 3


def test_a_task_is_in_a_plan_once(province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(Conflict):
        take_task(adoption, running.tasks["NV1"], actor=province.actor("xa1-focal"), at=AT)


def test_a_task_dropped_by_somebody_else_is_gone(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    own = add_own_task(prepared(province, running, "XA1"), "Sơn lại cổng", OWN, actor=focal, at=AT)
    drop_task(own, actor=focal, at=AT)
    with pytest.raises(Conflict, match="vừa được bỏ"):
        change_task(AdoptedTask(pk=own.pk or 0, adoption=own.adoption), OWN, actor=focal, at=AT, seen=OWN)


def test_an_own_task_takes_back_that_there_is_none(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    adoption = prepared(province, running, "XA1")
    say_nothing_own(adoption, True, actor=focal, at=AT)
    assert Adoption.objects.get(pk=adoption.pk).nothing_own is True
    own = add_own_task(adoption, " Sơn lại cổng ", OWN, actor=focal, at=AT)
    assert (own.title, own.task, own.due_on, own.position) == ("Sơn lại cổng", None, date(2026, 6, 30), 5)
    assert Adoption.objects.get(pk=adoption.pk).nothing_own is False
    with pytest.raises(RuleError, match="đang có việc riêng"):
        say_nothing_own(adoption, True, actor=focal, at=AT)


def test_saying_twice_that_there_is_none_is_one_event(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    adoption = prepared(province, running, "XA1")
    for _ in range(2):
        say_nothing_own(adoption, True, actor=focal, at=AT)
    say_nothing_own(adoption, False, actor=focal, at=AT)
    kinds = Event.objects.filter(kind__contains="nothing_own").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["movements.nothing_own_said", "movements.nothing_own_unsaid"]


@pytest.mark.parametrize(
    ("title", "due", "sentence"),
    [
        ("  ", None, "Ghi tên việc."),
        ("Sơn cổng", date(2031, 1, 1), "Hạn của đơn vị không được muộn hơn 31/12/2030, hạn của cấp trên."),
        ("Sơn cổng", date(2026, 3, 1), "Ngày 01/03/2026 đã qua. Chọn từ 02/03/2026 đến 31/12/2030."),
    ],
)
def test_an_own_task_needs_a_name_and_a_day_in_the_programme(
    province: Province, running: Running, title: str, due: date | None, sentence: str
) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(RuleError) as refused:
        add_own_task(adoption, title, TaskWords(due, "any"), actor=province.actor("xa1-focal"), at=AT)
    assert refused.value.reason == sentence


def test_a_change_keeps_before_and_after(province: Province, running: Running) -> None:
    task = adopted(prepared(province, running, "XA1"), "NV1")
    words = TaskWords(date(2026, 12, 1), "report", "Gửi bản ký số.")
    changed = change_task(task, words, actor=province.actor("xa1-focal"), at=AT, seen=words_of(task))
    assert words_of(changed) == words
    event = last_event()
    assert event.before == {"due_on": None, "evidence_kind": "report", "note": ""}
    assert event.after == {"due_on": "2026-12-01", "evidence_kind": "report", "note": "Gửi bản ký số."}


def test_a_day_after_that_of_the_unit_above_is_refused(province: Province, running: Running) -> None:
    task = adopted(prepared(province, running, "XA1"), "NV1")
    with pytest.raises(RuleError) as refused:
        change_task(
            task,
            TaskWords(date(2026, 12, 16), "report"),
            actor=province.actor("xa1-focal"),
            at=AT,
            seen=words_of(task),
        )
    assert refused.value.reason == "Hạn của đơn vị không được muộn hơn 14/12/2026, hạn của cấp trên."
    assert adopted(task.adoption, "NV1").due_on is None


def test_a_stale_change_is_refused_and_the_same_twice_is_none(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    task = adopted(prepared(province, running, "XA1"), "NV4")
    seen, words = words_of(task), TaskWords(None, "document", "Bản giấy.")
    change_task(task, words, actor=focal, at=AT, seen=seen)
    before = Event.objects.count()
    change_task(task, words, actor=focal, at=AT, seen=seen)
    assert Event.objects.count() == before
    with pytest.raises(Conflict, match="người khác sửa"):
        change_task(task, TaskWords(None, "photo"), actor=focal, at=AT, seen=seen)


def test_evidence_that_the_programme_asks_for_is_not_the_units_to_change(
    province: Province, running: Running
) -> None:
    task = adopted(prepared(province, running, "XA1"), "NV2")
    focal = province.actor("xa1-focal")
    with pytest.raises(RuleError) as refused:
        change_task(task, TaskWords(None, "any"), actor=focal, at=AT, seen=words_of(task))
    assert refused.value.reason == "Kế hoạch yêu cầu minh chứng là ảnh, không đổi được."


def test_people_of_the_unit_and_below_may_be_named(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    adoption = prepared(province, running, "XA1")
    tasks = list(adoption.tasks.all())
    assign_tasks(adoption, tasks, province.person("th1-staff"), actor=focal, at=AT)
    assert set(adoption.tasks.values_list("person__name", flat=True)) == {"Phùng Mai Chi"}
    assert Event.objects.filter(kind="movements.task_assigned").count() == 3
    assign_tasks(adoption, tasks, province.person("th1-staff"), actor=focal, at=AT)
    assert Event.objects.filter(kind="movements.task_assigned").count() == 3


def test_people_of_other_units_may_not(province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(RuleError, match="Chu Bích Hằng không công tác tại"):
        assign_tasks(
            adoption,
            adoption.tasks.all(),
            province.person("xa2-head"),
            actor=province.actor("xa1-focal"),
            at=AT,
        )


def test_a_note_is_kept_with_what_stood_before(province: Province, running: Running) -> None:
    focal = province.actor("xa1-focal")
    adoption = prepared(province, running, "XA1")
    write_note(adoption, "Họp ngày 05/3. ", actor=focal, at=AT)
    write_note(adoption, "Họp ngày 05/3.", actor=focal, at=AT)
    event = Event.objects.get(kind="movements.adoption_noted")
    assert (event.before, event.after) == ({"note": ""}, {"note": "Họp ngày 05/3."})


def test_an_issued_plan_is_closed_to_changes(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    task = adopted(adoption, "NV1")
    focal = province.actor("xa1-focal")
    with pytest.raises(AccessDenied, match="đã ban hành"):
        change_task(task, TaskWords(None, "any"), actor=focal, at=AT, seen=words_of(task))
    with pytest.raises(AccessDenied, match="đã ban hành"):
        add_own_task(adoption, "Sơn cổng", OWN, actor=focal, at=AT)


def test_an_unopened_plan_is_closed_to_changes(province: Province, running: Running) -> None:
    with pytest.raises(RuleError, match="Mở chương trình trước"):
        say_nothing_own(running.adoptions["XA1"], True, actor=province.actor("xa1-focal"), at=AT)
