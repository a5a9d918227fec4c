"""A launched programme changes by amendments, which every adopting unit hears of before their day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.models import AdoptedTask, Adoption, Amendment, Occurrence, Programme, Proposal, Task
from nep.movements.queries.contents import content_on
from nep.movements.queries.parts import KINDS
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, pass_down, prepare_adoption
from nep.movements.services.amendments import (
    AmendmentHead,
    change_amendment,
    put_head,
    put_item,
    remove_amendment,
    start_amendment,
    step_amendment,
    take_back_item,
)
from nep.movements.services.amendments_in_effect import put_in_effect
from nep.movements.services.content import NewActor
from nep.movements.services.proposals import accept_proposal, object_to_proposal, rule_on_objection
from nep.platform.audit.models import Event
from tests.factories.drafts import AT, launched
from tests.factories.province import TODAY, Province

DAY = date(2026, 3, 16)
BEFORE = date(2026, 3, 15)
TASK = KINDS["nhiem-vu"]
TARGET = KINDS["chi-tieu"]


@pytest.fixture
def programme(province: Province) -> Programme:
    """Runs since today over the departments and communes below the province."""
    return launched(province)


def drafted(province: Province, programme: Programme, because: str = "Theo ý kiến cơ sở.") -> Amendment:
    head = AmendmentHead(because, DAY)
    return start_amendment(programme, head, actor=province.actor("ubnd-officer"), at=AT)


def task(programme: Programme, code: str) -> Task:
    found: Task = Task.ever.get(programme=programme, code=code)
    return found


def of(programme: Programme, unit: str) -> Adoption:
    return Adoption.objects.get(programme=programme, unit__code=unit)


def issued(province: Province, programme: Programme, unit: str, login: str) -> Adoption:
    head = province.actor(login)
    plan = prepare_adoption(of(programme, unit), actor=head, at=AT)
    carry_out_directly(plan, "Đơn vị ít người.", actor=head, at=AT)
    return issue_adoption(plan, actor=head, at=AT, head_answers=True)


def three_changes(province: Province, programme: Programme) -> Amendment:
    """A task for all comes in, the one of the communes gets more time, the one of Home Affairs is dropped."""
    amendment, officer = drafted(province, programme), province.actor("ubnd-officer")
    values = {"title": "Lập hòm thư góp ý", "rule": "before:2026-09-30"}
    put_item(amendment, TASK, 0, values, actor=officer, at=AT)
    put_item(
        amendment,
        TASK,
        task(programme, "NV1").pk,
        {"rule": "before:2026-08-31"},
        actors=[NewActor("UBND các xã, phường", "execute")],
        actor=officer,
        at=AT,
    )
    put_item(amendment, TASK, task(programme, "NV2").pk, None, actor=officer, at=AT)
    return amendment


def approved(province: Province, amendment: Amendment) -> Amendment:
    step_amendment("submit", amendment, actor=province.actor("ubnd-officer"), at=AT)
    return step_amendment("approve", amendment, actor=province.actor("ubnd-head"), at=AT)


def proposal(amendment: Amendment, unit: str) -> Proposal:
    return Proposal.objects.get(amendment=amendment, adoption__unit__code=unit)


def told() -> list[str]:
    kinds = ("movements.amendment", "movements.proposal")
    rows = Event.objects.order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("movements.") for kind in rows if kind.startswith(kinds)]


def test_an_amendment_keeps_each_item_before_and_after(province: Province, programme: Programme) -> None:
    amendment = three_changes(province, programme)
    amendment.refresh_from_db()
    assert [(change.act, change.key, change.values["code"]) for change in amendment.items] == [
        ("add", -1, "NV3"),
        ("change", task(programme, "NV1").pk, "NV1"),
        ("drop", task(programme, "NV2").pk, "NV2"),
    ]
    assert amendment.number == 1
    assert told() == ["amendment_drafted", *["amendment_item_put"] * 3]


def test_nothing_changes_before_the_day(province: Province, programme: Programme) -> None:
    approved(province, three_changes(province, programme))
    before = content_on(programme, TODAY)
    assert put_in_effect(on=BEFORE, at=AT) == 0
    assert content_on(programme, BEFORE) == before
    assert [row.code for row in Task.objects.filter(programme=programme)] == ["NV1", "NV2"]


def test_on_its_day_the_programme_says_it_and_what_it_said_stays_readable(
    province: Province, programme: Programme
) -> None:
    before = content_on(programme, TODAY)
    amendment = approved(province, three_changes(province, programme))
    put_in_effect(on=DAY, at=AT)
    amendment.refresh_from_db()
    programme.refresh_from_db()
    rows = Task.objects.filter(programme=programme).values_list("code", "title", "rule")
    assert list(rows) == [
        ("NV1", "Niêm yết quy tắc tại trụ sở", "before:2026-08-31"),
        ("NV3", "Lập hòm thư góp ý", "before:2026-09-30"),
    ]
    assert amendment.state == "in_effect"
    assert content_on(programme, BEFORE) == before
    assert content_on(programme, DAY) != before
    assert task(programme, "NV2").dropped_on == DAY


def test_a_second_run_on_the_day_changes_nothing(province: Province, programme: Programme) -> None:
    issued(province, programme, "XA1", "xa1-head")
    approved(province, three_changes(province, programme))
    assert put_in_effect(on=DAY, at=AT) == 1 + 4
    count = Event.objects.count()
    assert put_in_effect(on=DAY, at=AT) == 0
    assert Event.objects.count() == count


def test_a_plan_follows_for_the_time_ahead(province: Province, programme: Programme) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    AdoptedTask.objects.filter(adoption=commune).update(note="Dán ở cửa một cửa")
    amendment = approved(province, three_changes(province, programme))
    accept_proposal(proposal(amendment, "XA1"), actor=province.actor("xa1-head"), at=AT)
    put_in_effect(on=DAY, at=AT)
    rows = AdoptedTask.objects.filter(adoption=commune).order_by("position")
    assert [(row.title, row.note, row.rule) for row in rows] == [
        ("Niêm yết quy tắc tại trụ sở", "Dán ở cửa một cửa", "before:2026-08-31"),
        ("Lập hòm thư góp ý", "", "before:2026-09-30"),
    ]
    terms = Occurrence.objects.filter(task__in=rows).order_by("task__position")
    assert [(term.number, term.named_on, term.state) for term in terms] == [
        (1, date(2026, 8, 31), "open"),
        (1, date(2026, 9, 30), "open"),
    ]
    assert proposal(amendment, "XA1").applied_on == DAY
    assert {row.person for row in rows} == {province.person("xa1-head")}


def test_a_dropped_task_leaves_the_plan_and_its_terms_end(province: Province, programme: Programme) -> None:
    province.staff("snv-officer", "Lê Thị Bưởi", "SNV")
    office = issued(province, programme, "SNV", "snv-head")
    approved(province, three_changes(province, programme))
    put_in_effect(on=DAY, at=AT)
    left = AdoptedTask.objects.get(adoption=office, task=task(programme, "NV2"))
    assert (left.left_on, left.state) == (DAY, "ended")
    terms = Occurrence.objects.filter(task=left).values_list("state", "ended_because")
    assert list(terms) == [("ended", "Việc đã bỏ theo sửa đổi lần 1.")]
    assert AdoptedTask.objects.owed().filter(adoption=office).values_list("title", flat=True).get() == (
        "Lập hòm thư góp ý"
    )


def test_silence_until_the_day_holds(province: Province, programme: Programme) -> None:
    amendment = approved(province, three_changes(province, programme))
    put_in_effect(on=DAY, at=AT)
    rows = Proposal.objects.filter(amendment=amendment).values_list("state", "applied_on")
    assert list(rows) == [("taken", DAY)] * 4


def test_an_objection_waits_for_the_unit_above(province: Province, programme: Programme) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    amendment = approved(province, three_changes(province, programme))
    objected = object_to_proposal(
        proposal(amendment, "XA1"), "Xã chưa có nơi đặt hòm thư.", actor=province.actor("xa1-head"), at=AT
    )
    put_in_effect(on=DAY, at=AT)
    objected.refresh_from_db()
    assert (objected.state, objected.applied_on) == ("objected", None)
    assert [row.title for row in commune.tasks.all()] == ["Niêm yết quy tắc tại trụ sở"]


def test_a_unit_is_exempt_and_keeps_its_plan(province: Province, programme: Programme) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    amendment = approved(province, three_changes(province, programme))
    row, head = proposal(amendment, "XA1"), province.actor("ubnd-head")
    object_to_proposal(row, "Xã chưa có nơi đặt hòm thư.", actor=province.actor("xa1-head"), at=AT)
    ruled = rule_on_objection(row, exempt=True, ruling="Trụ sở đang sửa.", actor=head, at=AT)
    assert (ruled.state, ruled.ruling) == ("exempted", "Trụ sở đang sửa.")
    put_in_effect(on=DAY, at=AT)
    assert [(row.title, row.rule) for row in commune.tasks.all()] == [
        ("Niêm yết quy tắc tại trụ sở", "before:2026-06-30")
    ]


def test_an_objection_that_is_not_followed_gives_notice_again(
    province: Province, programme: Programme
) -> None:
    amendment = approved(province, three_changes(province, programme))
    row, head = proposal(amendment, "XA1"), province.actor("ubnd-head", date(2026, 3, 13))
    object_to_proposal(row, "Chưa có kinh phí.", actor=province.actor("xa1-head"), at=AT)
    kept = rule_on_objection(row, exempt=False, ruling="Dùng hòm thư sẵn có.", actor=head, at=AT)
    assert (kept.state, kept.effective_on) == ("kept", date(2026, 3, 18))
    put_in_effect(on=DAY, at=AT)
    kept.refresh_from_db()
    assert kept.applied_on is None
    put_in_effect(on=date(2026, 3, 18), at=AT)
    kept.refresh_from_db()
    assert kept.applied_on == date(2026, 3, 18)


def test_who_passed_the_programme_down_passes_the_proposal_on(
    province: Province, programme: Programme
) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    head = province.actor("xa1-head")
    pass_down(commune, [province.units["TH1"]], actor=head, at=AT)
    amendment = approved(province, three_changes(province, programme))
    assert not Proposal.objects.filter(adoption__unit__code="TH1").exists()
    accept_proposal(proposal(amendment, "XA1"), actor=head, at=AT)
    passed = proposal(amendment, "TH1")
    assert (passed.parent, passed.told_on, passed.effective_on) == (proposal(amendment, "XA1"), TODAY, DAY)
    assert proposal(amendment, "XA1").passed_on == TODAY


def test_a_unit_told_late_has_its_days_to_answer(province: Province, programme: Programme) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    pass_down(commune, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    amendment = approved(province, three_changes(province, programme))
    put_in_effect(on=DAY, at=AT)
    assert proposal(amendment, "TH1").effective_on == date(2026, 3, 19)
    assert put_in_effect(on=date(2026, 3, 19), at=AT) == 1


def test_a_target_gets_another_value(province: Province, programme: Programme) -> None:
    amendment, officer = drafted(province, programme), province.actor("ubnd-officer")
    target = programme.targets.get()
    put_item(amendment, TARGET, target.pk, {"value": Decimal("95")}, actor=officer, at=AT)
    amendment.refresh_from_db()
    change = amendment.items[0]
    assert (change.before["value"], change.after["value"]) == ("100.00", "95.00")  # type: ignore[index]
    approved(province, amendment)
    put_in_effect(on=DAY, at=AT)
    target.refresh_from_db()
    assert target.value == Decimal("95.00")


def test_the_programme_runs_longer_under_another_name(province: Province, programme: Programme) -> None:
    amendment, officer = drafted(province, programme), province.actor("ubnd-officer")
    put_head(amendment, title="Công sở nền nếp 2026–2027", ends_on=date(2027, 6, 30), actor=officer, at=AT)
    approved(province, amendment)
    put_in_effect(on=DAY, at=AT)
    programme.refresh_from_db()
    assert (programme.title, programme.ends_on) == ("Công sở nền nếp 2026–2027", date(2027, 6, 30))
    assert content_on(programme, BEFORE)["thong-tin", 0] == {
        "title": "Công sở nền nếp",
        "ends_on": "2026-12-31",
    }


def test_an_item_put_back_is_no_change(province: Province, programme: Programme) -> None:
    amendment, officer = three_changes(province, programme), province.actor("ubnd-officer")
    take_back_item(amendment, "nhiem-vu", task(programme, "NV2").pk, actor=officer, at=AT)
    put_item(amendment, TASK, -1, None, actor=officer, at=AT)
    amendment.refresh_from_db()
    assert [change.act for change in amendment.items] == ["change"]


@pytest.mark.parametrize(
    ("because", "day", "reason"),
    [
        ("", DAY, "Ghi lý do sửa đổi."),
        (
            "Vì",
            date(2026, 3, 4),
            "Đơn vị cần ít nhất 3 ngày làm việc để xem và trả lời: chọn ngày có hiệu lực từ 05/03/2026.",
        ),
        ("Vì", date(2027, 1, 1), "Chương trình kết thúc ngày 31/12/2026; chọn ngày trước đó."),
    ],
)
def test_what_an_amendment_needs(
    province: Province, programme: Programme, because: str, day: date, reason: str
) -> None:
    officer = province.actor("ubnd-officer")
    with pytest.raises(RuleError) as refused:
        start_amendment(programme, AmendmentHead(because, day), actor=officer, at=AT)
    assert refused.value.reason == reason
    amendment = drafted(province, programme)
    with pytest.raises(RuleError) as refused:
        change_amendment(amendment, AmendmentHead(because, day), actor=officer, at=AT)
    assert refused.value.reason == reason


def test_one_amendment_at_a_time_is_drafted(province: Province, programme: Programme) -> None:
    amendment = drafted(province, programme)
    with pytest.raises(Conflict):
        drafted(province, programme)
    remove_amendment(amendment, actor=province.actor("ubnd-officer"), at=AT)
    assert drafted(province, programme).number == 1


def test_an_empty_amendment_is_not_submitted(province: Province, programme: Programme) -> None:
    with pytest.raises(RuleError) as refused:
        step_amendment("submit", drafted(province, programme), actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == "Sửa đổi chưa có mục nào. Thêm, sửa hoặc bỏ ít nhất một mục."


def test_a_returned_amendment_is_changed_and_submitted_again(
    province: Province, programme: Programme
) -> None:
    amendment, officer = three_changes(province, programme), province.actor("ubnd-officer")
    step_amendment("submit", amendment, actor=officer, at=AT)
    with pytest.raises(AccessDenied):
        put_item(amendment, TASK, 0, {"title": "Thêm nữa"}, actor=officer, at=AT)
    step_amendment("return", amendment, actor=province.actor("ubnd-head"), at=AT, reason="Thêm căn cứ.")
    amendment.refresh_from_db()
    assert (amendment.state, amendment.returned_because) == ("draft", "Thêm căn cứ.")
    assert approved(province, amendment).state == "approved"


@pytest.mark.parametrize("login", ["snv-head", "ubnd-head", "supervisor", "xa1-head", "stranger"])
def test_who_does_not_draft_for_the_leading_unit_does_not_amend(
    province: Province, programme: Programme, login: str
) -> None:
    with pytest.raises(AccessDenied):
        start_amendment(programme, AmendmentHead("Vì", DAY), actor=province.actor(login), at=AT)


@pytest.mark.parametrize("login", ["ubnd-officer", "snv-head", "stranger"])
def test_only_the_head_approves(province: Province, programme: Programme, login: str) -> None:
    amendment = three_changes(province, programme)
    step_amendment("submit", amendment, actor=province.actor("ubnd-officer"), at=AT)
    with pytest.raises(AccessDenied):
        step_amendment("approve", amendment, actor=province.actor(login), at=AT)


@pytest.mark.parametrize("login", ["xa1-focal", "ubnd-head", "xa2-head"])
def test_only_the_head_of_the_unit_answers(province: Province, programme: Programme, login: str) -> None:
    amendment = approved(province, three_changes(province, programme))
    with pytest.raises(AccessDenied):
        accept_proposal(proposal(amendment, "XA1"), actor=province.actor(login), at=AT)


def test_an_answer_is_given_once(province: Province, programme: Programme) -> None:
    amendment = approved(province, three_changes(province, programme))
    row, head = proposal(amendment, "XA1"), province.actor("xa1-head")
    accept_proposal(row, actor=head, at=AT)
    with pytest.raises(Conflict) as refused:
        object_to_proposal(row, "Thôi.", actor=head, at=AT)
    assert refused.value.reason == "Giàng A Sử đã trả lời sửa đổi này. Mở lại trang để xem."


def test_a_second_amendment_stands_on_the_first(province: Province, programme: Programme) -> None:
    first = approved(province, three_changes(province, programme))
    second = start_amendment(
        programme, AmendmentHead("Gia hạn nữa.", DAY), actor=province.actor("ubnd-officer"), at=AT
    )
    nv1 = task(programme, "NV1")
    put_item(
        second,
        TASK,
        nv1.pk,
        {"rule": "before:2026-10-31"},
        actors=[NewActor("UBND các xã, phường", "execute")],
        actor=province.actor("ubnd-officer"),
        at=AT,
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.items[0].before == first.items[1].after
    approved(province, second)
    put_in_effect(on=DAY, at=AT)
    nv1.refresh_from_db()
    assert nv1.rule == "before:2026-10-31"


def with_rule(province: Province, programme: Programme, code: str, rule: str, name: str) -> Amendment:
    amendment, officer = drafted(province, programme), province.actor("ubnd-officer")
    row, actors = task(programme, code), [NewActor(name, "execute")]
    put_item(amendment, TASK, row.pk, {"rule": rule}, actors=actors, actor=officer, at=AT)
    return approved(province, amendment)


def test_a_new_rhythm_begins_on_the_day(province: Province, programme: Programme) -> None:
    office = issued(province, programme, "SNV", "snv-head")
    with_rule(province, programme, "NV2", "quarterly:before:20", "Sở Nội vụ")
    put_in_effect(on=DAY, at=AT)
    held = office.tasks.get()
    terms = Occurrence.objects.filter(task=held).order_by("number")
    assert [(term.number, term.state, term.ends_on, term.due_on) for term in terms][:2] == [
        (1, "ended", DAY, date(2026, 12, 14)),
        (2, "open", date(2026, 6, 20), date(2026, 6, 19)),
    ]
    assert (held.rule, held.state, held.due_on) == ("quarterly:before:20", "open", date(2026, 6, 19))


def test_a_task_that_is_done_is_not_asked_for_again(province: Province, programme: Programme) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    term = Occurrence.objects.get(task__adoption=commune)
    Occurrence.objects.filter(pk=term.pk).update(state="accepted", settled_at=AT, sent_on=TODAY)
    with_rule(province, programme, "NV1", "before:2026-08-31", "UBND các xã, phường")
    put_in_effect(on=DAY, at=AT)
    rows = Occurrence.objects.filter(task__adoption=commune).values_list("state", "named_on")
    assert list(rows) == [("accepted", date(2026, 6, 30))]


def test_a_late_task_that_gets_more_time_is_late_no_more(province: Province, programme: Programme) -> None:
    commune = issued(province, programme, "XA1", "xa1-head")
    later = date(2026, 7, 10)
    officer, head = province.actor("ubnd-officer", later), province.actor("ubnd-head", later)
    told = AmendmentHead("Mưa lũ.", date(2026, 7, 20))
    amendment = start_amendment(programme, told, actor=officer, at=AT)
    put_item(
        amendment,
        TASK,
        task(programme, "NV1").pk,
        {"rule": "before:2026-08-31"},
        actors=[NewActor("UBND các xã, phường", "execute")],
        actor=officer,
        at=AT,
    )
    step_amendment("submit", amendment, actor=officer, at=AT)
    step_amendment("approve", amendment, actor=head, at=AT)
    assert AdoptedTask.objects.late(later).filter(adoption=commune).count() == 1
    put_in_effect(on=date(2026, 7, 20), at=AT)
    assert AdoptedTask.objects.late(date(2026, 7, 20)).filter(adoption=commune).count() == 0
    assert Occurrence.objects.get(task__adoption=commune).named_on == date(2026, 8, 31)
