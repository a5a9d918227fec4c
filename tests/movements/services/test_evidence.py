"""Evidence sent, accepted and returned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nep.accounts.roles import FOCAL, HEAD, MOVEMENT_OFFICER
from nep.kernel.decisions import refuse
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.access import evidence_to_decide, may_decide
from nep.movements.models import AdoptedTask, Evidence, Occurrence
from nep.movements.services.evidence import (
    accept_evidence,
    return_evidence,
    send_for_target,
    send_for_task,
)
from nep.org.services.grants import give_acting_authority, grant_role
from nep.platform.audit.models import Event
from nep.platform.audit.trail import name_of
from nep.platform.files.models import StoredFile
from tests.factories.evidence import counted, nothing, photo_file, told
from tests.factories.province import OPENED, TODAY, Province
from tests.factories.running import AT, Running, adopted, issued, running_programme


def sent_photo(province: Province, running: Running) -> Evidence:
    """Evidence for the monthly photo, sent by the contact of the commune."""
    task = adopted(issued(province, running, "XA1"), "NV2")
    return send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)


def test_sending_keeps_words_files_term_and_sender(province: Province, running: Running) -> None:
    evidence = sent_photo(province, running)
    task = AdoptedTask.objects.get(pk=evidence.task_id)
    assert (evidence.state, evidence.term_due_on, evidence.sent_by_name) == (
        "sent",
        date(2026, 3, 19),
        "Ma Thị Nguyệt",
    )
    assert task.state == "sent"
    files = evidence.files.values_list("name", "file__media_type")
    assert list(files) == [("bang-quy-tac.jpg", "image/jpeg")]
    event = Event.objects.get(kind="movements.evidence_sent")
    assert event.about == [name_of(thing) for thing in (evidence, task, task.adoption, running.programme)]
    assert event.facts["files"] == 1


def test_what_is_asked_for_is_required(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    with pytest.raises(RuleError, match="yêu cầu ảnh"):
        send_for_task(task, told(), actor=province.actor("xa1-focal"), at=AT)
    assert (Evidence.objects.count(), adopted(task.adoption, "NV2").state) == (0, "open")


def test_a_term_is_sent_once_at_a_time(province: Province, running: Running) -> None:
    evidence = sent_photo(province, running)
    assert evidence.task is not None
    with pytest.raises(Conflict, match="đang chờ xét"):
        send_for_task(evidence.task, told(), [photo_file()], actor=province.actor("xa1-head"), at=AT)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize("login", ["xa1-staff", "xa2-head", "snv-head", "stranger", "supervisor"])
def test_who_may_not_send(province: Province, running: Running, login: str) -> None:
    task = adopted(issued(province, running, "XA1"), "NV1")
    with pytest.raises(AccessDenied):
        send_for_task(task, told(), actor=province.actor(login), at=AT)


def test_who_is_named_may_send_without_a_role(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV1")
    AdoptedTask.objects.filter(pk=task.pk).update(person=province.person("xa1-staff"))
    evidence = send_for_task(task, told(), actor=province.actor("xa1-staff"), at=AT)
    assert evidence.sent_by_name == "Nông Đức Kiên"


def test_acceptance_moves_a_rhythm_to_its_next_term(province: Province, running: Running) -> None:
    evidence = accept_evidence(sent_photo(province, running), actor=province.actor("snv-head"), at=AT)
    task = AdoptedTask.objects.get(pk=evidence.task_id)
    assert (evidence.state, evidence.decided_by_name) == ("accepted", "Lò Văn Thành")
    assert (task.state, task.due_on, task.terms_accepted) == ("open", date(2026, 4, 19), 1)
    event = Event.objects.get(kind="movements.evidence_accepted")
    assert event.facts["next_due_on"] == "2026-04-19"


def test_acceptance_of_the_last_term_ends_the_duty(province: Province, running: Running) -> None:
    evidence = sent_photo(province, running)
    last = {"ends_on": date(2030, 12, 20), "due_on": date(2030, 12, 19)}
    Occurrence.objects.filter(task=evidence.task_id).update(**last)
    accept_evidence(evidence, actor=province.actor("snv-head"), at=AT)
    task = AdoptedTask.objects.get(pk=evidence.task_id)
    assert (task.state, task.due_on) == ("accepted", date(2030, 12, 19))
    with pytest.raises(Conflict, match="đã xong"):
        send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)


def test_a_duty_that_comes_as_it_occurs_may_be_shown_again(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV4")
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    for _ in range(2):
        accept_evidence(send_for_task(task, told(), actor=focal, at=AT), actor=above, at=AT)
    task.refresh_from_db()
    assert (task.state, task.due_on, task.terms_accepted) == ("open", None, 2)


def test_a_return_says_why_and_everything_stays(province: Province, running: Running) -> None:
    above = province.actor("snv-head")
    evidence = return_evidence(sent_photo(province, running), "Ảnh mờ.", actor=above, at=AT)
    task = AdoptedTask.objects.get(pk=evidence.task_id)
    assert (evidence.state, evidence.reason, task.state) == ("returned", "Ảnh mờ.", "returned")
    again = send_for_task(
        task, told("Ảnh chụp lại."), [photo_file("lai.jpg")], actor=province.actor("xa1-focal"), at=AT
    )
    rows = Evidence.objects.filter(task=task).order_by("pk").values_list("pk", "state", "files__name")
    assert list(rows) == [(evidence.pk, "returned", "bang-quy-tac.jpg"), (again.pk, "sent", "lai.jpg")]
    assert StoredFile.objects.count() == 1


def test_a_return_without_a_reason_is_refused(province: Province, running: Running) -> None:
    evidence = sent_photo(province, running)
    with pytest.raises(RuleError, match="Ghi lý do"):
        return_evidence(evidence, "  ", actor=province.actor("snv-head"), at=AT)
    assert Evidence.objects.get(pk=evidence.pk).state == "sent"


def test_a_second_decision_is_refused_with_who_took_the_first(province: Province, running: Running) -> None:
    evidence = sent_photo(province, running)
    accept_evidence(evidence, actor=province.actor("snv-head"), at=AT)
    with pytest.raises(Conflict, match="Lò Văn Thành đã xét"):
        return_evidence(evidence, "Ảnh mờ.", actor=province.actor("snv-head"), at=AT)
    assert Event.objects.filter(kind="movements.evidence_returned").count() == 0


@pytest.mark.parametrize("login", ["xa1-head", "xa1-focal", "ubnd-head", "snv-focal", "supervisor"])
def test_only_the_unit_that_asked_decides(province: Province, running: Running, login: str) -> None:
    evidence = sent_photo(province, running)
    with pytest.raises(AccessDenied):
        accept_evidence(evidence, actor=province.actor(login), at=AT)


def test_the_sender_never_decides_even_with_both_roles(province: Province, running: Running) -> None:
    for role, unit in ((FOCAL, "XA1"), (MOVEMENT_OFFICER, "SNV")):
        grant_role(province.users["snv-staff"], role, actor=None, unit=province.units[unit], on=OPENED, at=AT)
    both = province.actor("snv-staff")
    task = adopted(issued(province, running, "XA1"), "NV1")
    evidence = send_for_task(task, told(), actor=both, at=AT)
    with pytest.raises(AccessDenied) as refused:
        accept_evidence(evidence, actor=both, at=AT)
    assert refused.value.reason == "Người nộp không tự xét minh chứng của mình."


def test_nothing_to_report_is_neither_silence_nor_zero(province: Province, running: Running) -> None:
    running.tasks["NV3"].actors.update(unit=province.units["XA1"])
    task = adopted(issued(province, running, "XA1"), "NV3")
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    none = send_for_task(task, nothing(), actor=focal, at=AT)
    assert (none.nothing, none.numerator) == (True, None)
    assert Event.objects.filter(kind="movements.nothing_sent").count() == 1
    return_evidence(none, "Có 0 lượt thì ghi 0.", actor=above, at=AT)
    zero = send_for_task(task, counted(0), actor=focal, at=AT)
    assert (zero.nothing, zero.numerator) == (False, Decimal(0))


def test_figures_of_a_target_carry_their_term_and_may_be_brought_up_to_date(
    province: Province, running: Running
) -> None:
    adoption = issued(province, running, "XA1")
    focal, above = province.actor("xa1-focal"), province.actor("snv-head")
    first = send_for_target(adoption, running.target, counted(12, 40), actor=focal, at=AT)
    assert (first.numerator, first.denominator, first.term_due_on) == (
        Decimal(12),
        Decimal(40),
        date(2026, 11, 30),
    )
    with pytest.raises(Conflict, match="đang chờ xét"):
        send_for_target(adoption, running.target, counted(40, 40), actor=focal, at=AT)
    accept_evidence(first, actor=above, at=AT)
    second = send_for_target(adoption, running.target, counted(40, 40), actor=focal, at=AT)
    assert (second.state, Evidence.objects.filter(target=running.target).count()) == ("sent", 2)


def test_a_target_of_another_programme_is_refused(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    other = running_programme(province, code="CTKL-2027").target
    with pytest.raises(RuleError, match="không thuộc chương trình"):
        send_for_target(adoption, other, counted(1, 2), actor=province.actor("xa1-focal"), at=AT)


def test_too_many_files_are_refused(province: Province, running: Running) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    files = [replace(photo_file(), name=f"{number}.jpg") for number in range(13)]
    with pytest.raises(RuleError, match="nhiều nhất 12 tệp"):
        send_for_task(task, told(), files, actor=province.actor("xa1-focal"), at=AT)


def lend(province: Province, unit: str, head: str, deputy: str) -> None:
    """The head lets a deputy act in their place from today on."""
    give_acting_authority(
        province.person(deputy),
        actor=province.actor(head),
        unit=province.units[unit],
        on=TODAY,
        until=date(2026, 6, 1),
        reason="Đi công tác",
        at=AT,
    )


def test_a_deputy_decides_in_the_place_of_the_head_and_the_trail_says_so(
    province: Province, running: Running
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    evidence = send_for_task(task, told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT)
    lend(province, "SNV", "snv-head", "snv-staff")
    accept_evidence(evidence, actor=province.actor("snv-staff"), at=AT)
    assert Event.objects.get(kind="movements.evidence_accepted").actor_name == (
        "Vũ Thị Ngọc Diệp (thay Lò Văn Thành)"
    )


@pytest.mark.parametrize("sender", ["snv-staff", "snv-head"])
def test_a_deputy_decides_neither_the_own_evidence_nor_that_of_the_head(
    province: Province, running: Running, sender: str
) -> None:
    task = adopted(issued(province, running, "XA1"), "NV2")
    grant_role(province.users[sender], FOCAL, actor=None, unit=province.units["XA1"], on=OPENED, at=AT)
    evidence = send_for_task(task, told(), [photo_file()], actor=province.actor(sender), at=AT)
    lend(province, "SNV", "snv-head", "snv-staff")
    deputy = province.actor("snv-staff")
    assert may_decide(deputy, evidence) == refuse("Người nộp không tự xét minh chứng của mình.")
    assert list(evidence_to_decide(deputy)) == []
    province.staff("snv-second", "Lù Thị Sen", "SNV", HEAD, position="Phó Giám đốc")
    assert list(evidence_to_decide(province.actor("snv-second"))) == [evidence]
