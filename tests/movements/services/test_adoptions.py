"""The life of a unit's plan."""

from __future__ import annotations

from datetime import date

import pytest

from nep.documents.models import Document
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.models import Adoption
from nep.movements.services.adoptions import (
    attach_plan,
    carry_out_directly,
    issue_adoption,
    pass_down,
    prepare_adoption,
    withdraw_adoption,
)
from nep.movements.services.evidence import send_for_task
from nep.org.models import Unit, UnitKind
from nep.platform.audit.models import Event
from nep.platform.audit.trail import timeline
from tests.factories.evidence import photo_file, told
from tests.factories.province import TODAY, Province
from tests.factories.running import AT, Running, adopted, issued, prepared


def kinds() -> list[str]:
    """The events of this app so far, in order."""
    events = Event.objects.filter(kind__startswith="movements.").order_by("pk")
    return list(events.values_list("kind", flat=True))


def signed_plan(province: Province, unit: str, **more: object) -> Document:
    """A plan in the store of a unit."""
    given = {
        "kind": "plan",
        "number": "05/KH-UBND",
        "issued_on": date(2026, 2, 20),
        "owner_unit": province.units[unit],
        "text": "Kế hoạch",
        "search": "",
        "received_by_id": 1,
        "received_at": AT,
    } | more
    return Document.objects.create(**given)


def test_opening_takes_over_the_tasks_that_bind(province: Province, running: Running) -> None:
    adoption = prepare_adoption(running.adoptions["XA1"], actor=province.actor("xa1-focal"), at=AT)
    rows = adoption.tasks.values_list("task__code", "rule", "evidence_kind", "due_on", "state")
    assert adoption.state == "preparing"
    assert list(rows) == [
        ("NV1", "yearly:before:12-15", "report", None, "open"),
        ("NV2", "monthly:before:20", "photo", None, "open"),
        ("NV4", "prompt", "any", None, "open"),
    ]
    assert kinds() == ["movements.adoption_opened"]
    assert timeline(adoption)[0].sentence == (
        "Ma Thị Nguyệt mở “Công sở kiểu mẫu 2026–2030” cho Ủy ban nhân dân xã Mường Khe: "
        "3 việc phải thực hiện."
    )


def test_opening_twice_changes_nothing(province: Province, running: Running) -> None:
    for _ in range(2):
        prepare_adoption(running.adoptions["XA1"], actor=province.actor("xa1-focal"), at=AT)
    assert running.adoptions["XA1"].tasks.count() == 3
    assert kinds() == ["movements.adoption_opened"]


@pytest.mark.parametrize("login", ["xa1-staff", "xa2-head", "ubnd-head", "snv-head", "stranger"])
def test_only_the_unit_itself_prepares(province: Province, running: Running, login: str) -> None:
    with pytest.raises(AccessDenied):
        prepare_adoption(running.adoptions["XA1"], actor=province.actor(login), at=AT)
    assert running.adoptions["XA1"].tasks.count() == 0
    assert kinds() == []


def test_nothing_is_prepared_after_the_programme_is_closed(province: Province, running: Running) -> None:
    running.programme.state = "closed"
    running.programme.save()
    with pytest.raises(AccessDenied, match="đã kết thúc"):
        prepared(province, running, "XA1")


def test_issue_says_all_that_is_lacking(province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(RuleError) as refused:
        issue_adoption(adoption, actor=province.actor("xa1-head"), at=AT)
    assert refused.value.reason == (
        "Chưa ban hành được kế hoạch. Còn 3 việc của chương trình chưa có người phụ trách. "
        "Chưa đính kèm kế hoạch đã ký của đơn vị, cũng chưa nêu lý do thực hiện thẳng kế hoạch của cấp trên."
    )
    assert Adoption.objects.get(pk=adoption.pk).state == "preparing"


def test_issue_with_the_own_plan_sets_the_running_terms(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = prepared(province, running, "XA1")
    own = adopted(adoption, "NV1")
    own.due_on = date(2026, 12, 1)
    own.save()
    attach_plan(adoption, signed_plan(province, "XA1"), actor=head, at=AT)
    adoption = issue_adoption(adoption, actor=head, at=AT, head_answers=True)
    assert (adoption.state, adoption.issued_by_id, adoption.issued_on) == ("issued", head.id, TODAY)
    assert dict(adoption.tasks.values_list("task__code", "due_on")) == {
        "NV1": date(2026, 12, 1),
        "NV2": date(2026, 3, 19),
        "NV4": None,
    }
    assert set(adoption.tasks.values_list("person__name", flat=True)) == {"Giàng A Sử"}
    assert kinds() == ["movements.adoption_opened", "movements.plan_attached", "movements.adoption_issued"]


def test_issue_twice_is_refused(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    with pytest.raises(AccessDenied, match="đã ban hành"):
        issue_adoption(adoption, actor=province.actor("xa1-head"), at=AT, head_answers=True)
    assert kinds().count("movements.adoption_issued") == 1


@pytest.mark.parametrize("login", ["xa1-focal", "xa1-staff", "ubnd-head"])
def test_only_the_head_issues(province: Province, running: Running, login: str) -> None:
    adoption = prepared(province, running, "XA1")
    carry_out_directly(adoption, "Ít người.", actor=province.actor("xa1-focal"), at=AT)
    with pytest.raises(AccessDenied, match="thủ trưởng"):
        issue_adoption(adoption, actor=province.actor(login), at=AT, head_answers=True)


def test_an_unopened_plan_cannot_be_issued(province: Province, running: Running) -> None:
    with pytest.raises(RuleError, match="Mở chương trình"):
        issue_adoption(running.adoptions["XA1"], actor=province.actor("xa1-head"), at=AT)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"number": ""}, "Kế hoạch đã ký phải có số và ngày ban hành."),
        ({"issued_on": None}, "Kế hoạch đã ký phải có số và ngày ban hành."),
    ],
)
def test_a_plan_needs_number_and_date(
    province: Province, running: Running, more: dict[str, object], sentence: str
) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(RuleError) as refused:
        attach_plan(adoption, signed_plan(province, "XA1", **more), actor=province.actor("xa1-head"), at=AT)
    assert refused.value.reason == sentence


def test_a_plan_of_another_unit_is_refused(province: Province, running: Running) -> None:
    adoption = prepared(province, running, "XA1")
    with pytest.raises(RuleError, match="kho của đơn vị mình"):
        attach_plan(adoption, signed_plan(province, "XA2"), actor=province.actor("xa1-head"), at=AT)


def test_plan_and_direct_carrying_out_exclude_each_other(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = prepared(province, running, "XA1")
    carry_out_directly(adoption, "Ít người.", actor=head, at=AT)
    attach_plan(adoption, signed_plan(province, "XA1"), actor=head, at=AT)
    after = Adoption.objects.get(pk=adoption.pk)
    assert (after.plan is not None, after.directly_because) == (True, "")
    carry_out_directly(adoption, "Kế hoạch cấp trên đủ chi tiết.", actor=head, at=AT)
    after = Adoption.objects.get(pk=adoption.pk)
    assert (after.plan, after.directly_because) == (None, "Kế hoạch cấp trên đủ chi tiết.")


def issued_with_own_day(province: Province, running: Running) -> Adoption:
    """A commune's issued plan that sets an earlier day for one task."""
    head = province.actor("xa1-head")
    adoption = prepared(province, running, "XA1")
    own = adopted(adoption, "NV1")
    own.due_on = date(2026, 12, 1)
    own.save()
    carry_out_directly(adoption, "Ít người.", actor=head, at=AT)
    return issue_adoption(adoption, actor=head, at=AT, head_answers=True)


def test_withdrawing_opens_the_plan_again_and_keeps_own_days(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = issued_with_own_day(province, running)
    withdraw_adoption(adoption, "Sai ngày.", actor=head, at=AT)
    after = Adoption.objects.get(pk=adoption.pk)
    assert (after.state, after.issued_on, after.issued_by_id) == ("preparing", None, None)
    assert dict(after.tasks.values_list("task__code", "due_on")) == {
        "NV1": date(2026, 12, 1),
        "NV2": None,
        "NV4": None,
    }
    assert Event.objects.get(kind="movements.adoption_withdrawn").reason == "Sai ngày."


def test_withdrawing_needs_a_reason_and_no_settled_evidence(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = issued(province, running, "XA1")
    with pytest.raises(RuleError, match="Ghi lý do"):
        withdraw_adoption(adoption, " ", actor=head, at=AT)
    send_for_task(adopted(adoption, "NV2"), told(), [photo_file()], actor=head, at=AT)
    with pytest.raises(AccessDenied, match="không thu hồi được"):
        withdraw_adoption(adoption, "Đổi ý.", actor=head, at=AT)


def test_passing_down_reaches_the_chosen_children(province: Province, running: Running) -> None:
    adoption = issued(province, running, "XA1")
    passed = pass_down(adoption, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    assert [(row.unit.code, row.parent_id, row.level, row.state, row.expected_since) for row in passed] == [
        ("TH1", adoption.pk, 2, "expected", TODAY)
    ]
    event = Event.objects.get(kind="movements.adoption_passed")
    assert (event.facts["count"], event.facts["units"]) == (1, ["Trường Trung học cơ sở Mường Khe"])


def test_a_unit_opened_later_can_be_added(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = issued(province, running, "XA1")
    pass_down(adoption, [province.units["TH1"]], actor=head, at=AT)
    later = province.open("TH9", "Trường Mầm non Mường Khe", UnitKind.SCHOOL, parent="XA1")
    pass_down(adoption, [later], actor=head, at=AT)
    assert set(adoption.passed_to.values_list("unit__code", flat=True)) == {"TH1", "TH9"}


@pytest.mark.parametrize("unit", ["TH1", "TH2", "CD2", "SYT"])
def test_nobody_gets_it_twice_or_from_outside(province: Province, running: Running, unit: str) -> None:
    head = province.actor("xa1-head")
    adoption = issued(province, running, "XA1")
    pass_down(adoption, [province.units["TH1"]], actor=head, at=AT)
    with pytest.raises(Conflict, match="đã được giao hoặc ngoài phạm vi"):
        pass_down(adoption, [province.units[unit]], actor=head, at=AT)


def test_attached_units_get_it_when_their_line_is_reached(province: Province, running: Running) -> None:
    running.programme.scopes.create(line="union", root=province.units["CD"])
    adoption = issued(province, running, "XA1")
    units = list(Unit.objects.filter(code__in=["CD2", "TH1"]))
    passed = pass_down(adoption, units, actor=province.actor("xa1-head"), at=AT)
    assert {row.unit.code for row in passed} == {"CD2", "TH1"}


def test_passing_needs_an_issued_plan_and_a_unit(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = prepared(province, running, "XA1")
    with pytest.raises(AccessDenied, match="trước khi giao xuống"):
        pass_down(adoption, [province.units["TH1"]], actor=head, at=AT)
    adoption = issued(province, running, "XA1")
    with pytest.raises(RuleError, match="ít nhất một đơn vị"):
        pass_down(adoption, [], actor=head, at=AT)


def test_a_day_of_the_unit_above_binds_the_unit_below(province: Province, running: Running) -> None:
    head = province.actor("xa1-head")
    adoption = issued_with_own_day(province, running)
    (running.adoptions["TH1"],) = pass_down(adoption, [province.units["TH1"]], actor=head, at=AT)
    below = issued(province, running, "TH1")
    assert dict(below.tasks.values_list("task__code", "due_on")) == {"NV1": date(2026, 12, 1), "NV4": None}
