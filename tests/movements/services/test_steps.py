"""The steps in the life of a programme."""

from __future__ import annotations

from datetime import date

import pytest

from nep.accounts.roles import HEAD, MOVEMENT_OFFICER
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.kernel.states import Transition
from nep.movements.access import may_take_step
from nep.movements.domain import states
from nep.movements.models import Adoption, Programme, ProgrammeScope, ProgrammeStep
from nep.movements.services.programmes import create_programme
from nep.movements.services.scopes import NewScope, set_scopes
from nep.movements.services.steps import EVENTS, take_step
from nep.org.models import Line
from nep.org.services.grants import give_acting_authority, grant_role
from nep.platform.audit.models import Event
from nep.platform.audit.trail import timeline
from tests.factories.drafts import AT, document, draft, head, launched, submitted
from tests.factories.province import OPENED, TODAY, Province

STEPS = tuple(states.PROGRAMME)


def in_state(province: Province, state: str) -> Programme:
    """A programme brought to a state without the steps before it."""
    programme = draft(province)
    launched_on = None if state in {states.DRAFT, states.SUBMITTED} else TODAY
    Programme.objects.filter(pk=programme.pk).update(state=state, launched_on=launched_on)
    programme.refresh_from_db()
    return programme


def who(step: Transition) -> str:
    return "ubnd-officer" if step.name == "submit" else "ubnd-head"


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_step_is_written_with_who_when_and_why(province: Province, step: Transition) -> None:
    programme = in_state(province, step.sources[0])
    actor = province.actor(who(step))
    paper = document(province) if step.needs_document else None
    events = Event.objects.count()
    take_step(step.name, programme=programme, actor=actor, at=AT, document=paper, reason=" Đã họp bàn. ")
    programme.refresh_from_db()
    written = ProgrammeStep.objects.get(programme=programme)
    assert programme.state == step.target
    assert (written.name, written.source, written.target) == (step.name, step.sources[0], step.target)
    assert (written.reason, written.document, written.taken_at) == ("Đã họp bàn.", paper, AT)
    event = Event.objects.latest("pk")
    more = 2 if step.name.startswith("open_") else 1  # who opens a review asks units for their part
    assert (Event.objects.count(), event.kind) == (events + more, EVENTS[step.name].code)
    assert event.before == {"state": step.sources[0]}
    assert event.after is not None
    assert (event.after["state"], event.reason) == (step.target, "Đã họp bàn.")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("state", states.PROGRAMME.states)
def test_no_step_from_another_state(province: Province, step: Transition, state: str) -> None:
    if state in step.sources:
        return
    programme = in_state(province, state)
    with pytest.raises(RuleError):
        take_step(
            step.name,
            programme=programme,
            actor=province.actor(who(step)),
            at=AT,
            reason="Có",
            document=document(province),
        )
    programme.refresh_from_db()
    assert (programme.state, ProgrammeStep.objects.count()) == (state, 0)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
@pytest.mark.parametrize("login", ["ubnd-officer", "ubnd-head", "snv-head", "supervisor", "stranger"])
def test_only_the_role_of_the_table_takes_a_step(province: Province, step: Transition, login: str) -> None:
    if login == who(step):
        return
    programme = in_state(province, step.sources[0])
    with pytest.raises(AccessDenied):
        take_step(
            step.name,
            programme=programme,
            actor=province.actor(login),
            at=AT,
            reason="Có",
            document=document(province),
        )
    assert ProgrammeStep.objects.count() == 0


@pytest.mark.parametrize("step", [step for step in STEPS if step.needs_reason], ids=lambda step: step.name)
def test_a_step_that_needs_a_reason_has_one(province: Province, step: Transition) -> None:
    programme = in_state(province, step.sources[0])
    with pytest.raises(RuleError) as refused:
        take_step(
            step.name,
            programme=programme,
            actor=province.actor("ubnd-head"),
            at=AT,
            reason="  ",
            document=document(province),
        )
    assert refused.value.reason == f"Ghi lý do trước khi “{step.label}”."


def test_closing_needs_a_document_in_sight(province: Province) -> None:
    programme = in_state(province, states.FINAL_REVIEW)
    boss = province.actor("ubnd-head")
    with pytest.raises(RuleError) as refused:
        take_step("close", programme=programme, actor=boss, at=AT, reason="Đã tổng kết")
    assert refused.value.reason == "Chọn văn bản làm căn cứ trước khi “Kết thúc chương trình”."
    province.open("XA3", "Ủy ban nhân dân xã Ngoài Tỉnh", province.units["XA1"].kind)
    with pytest.raises(RuleError) as hidden:
        take_step(
            "close",
            programme=programme,
            actor=boss,
            at=AT,
            reason="Đã tổng kết",
            document=document(province, "XA3"),
        )
    assert hidden.value.reason == "Chọn một văn bản trong kho của đơn vị."


def test_a_stale_page_does_not_act_twice(province: Province) -> None:
    programme = draft(province)
    officer = province.actor("ubnd-officer")
    take_step("submit", programme=programme, actor=officer, at=AT, seen_state="draft")
    with pytest.raises(Conflict):
        take_step("submit", programme=programme, actor=officer, at=AT, seen_state="draft")
    assert ProgrammeStep.objects.count() == 1


def test_the_launch_makes_every_unit_right_below_owe_its_plan(province: Province) -> None:
    programme = launched(province)
    rows = Adoption.objects.filter(programme=programme).order_by("unit__code")
    assert list(rows.values_list("unit__code", "level", "parent", "state", "expected_since")) == [
        (code, 1, None, "expected", TODAY) for code in ("SNV", "SYT", "XA1", "XA2")
    ]
    assert programme.launched_on == TODAY
    assert timeline(programme)[0].sentence == "Hà Đức Thuận phát động chương trình, giao cho 4 đơn vị."


def test_with_all_levels_each_unit_stands_below_the_one_that_passes_down(province: Province) -> None:
    programme, units = draft(province), province.units
    scopes = [
        NewScope(Line.AUTHORITY, units["UBND"], "all"),
        NewScope(Line.UNION, units["CD"], "all"),
        NewScope(Line.PARTY, units["DU"], "direct"),
    ]
    set_scopes(programme, scopes, actor=province.actor("ubnd-officer"), at=AT)
    take_step("submit", programme=programme, actor=province.actor("ubnd-officer"), at=AT)
    take_step("launch", programme=programme, actor=province.actor("ubnd-head"), at=AT)
    rows = Adoption.objects.filter(programme=programme).order_by("unit__code")
    assert list(rows.values_list("unit__code", "level", "parent__unit__code")) == [
        ("CB1", 1, None),
        ("CD1", 1, None),
        ("CD2", 1, None),
        ("SNV", 1, None),
        ("SYT", 1, None),
        ("TH1", 2, "XA1"),
        ("TH2", 2, "XA2"),
        ("XA1", 1, None),
        ("XA2", 1, None),
    ]


def test_a_launch_that_lacks_something_says_all_of_it(province: Province) -> None:
    programme = create_programme(head(province), actor=province.actor("ubnd-officer"), at=AT)
    ProgrammeScope.objects.filter(programme=programme).delete()
    with pytest.raises(RuleError) as refused:
        take_step("submit", programme=programme, actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == "Chưa có chỉ tiêu hoặc nhiệm vụ nào. Phạm vi chưa có đơn vị nào."


def test_a_movement_of_the_past_is_launched_to_enter_what_was_done(province: Province) -> None:
    assert launched(province, ends_on=date(2026, 3, 1)).state == states.LAUNCHED


def test_who_submitted_does_not_launch_while_another_may(province: Province) -> None:
    user, unit = province.users["snv-staff"], province.units["UBND"]
    for role in (HEAD, MOVEMENT_OFFICER):
        grant_role(user, role, actor=None, unit=unit, on=OPENED, at=AT)
    both = province.actor("snv-staff")
    programme = draft(province)
    take_step("submit", programme=programme, actor=both, at=AT)
    with pytest.raises(AccessDenied) as refused:
        take_step("launch", programme=programme, actor=both, at=AT)
    assert refused.value.reason == (
        "Người trình không tự phát động. Thủ trưởng khác của Ủy ban nhân dân tỉnh Vân Lĩnh xem và phát động."
    )
    take_step("launch", programme=programme, actor=province.actor("ubnd-head"), at=AT)


def test_where_nobody_else_may_the_submitter_launches(province: Province) -> None:
    user, unit = province.users["cd-head"], province.units["CD"]
    grant_role(user, MOVEMENT_OFFICER, actor=None, unit=unit, on=OPENED, at=AT)
    boss = province.actor("cd-head")
    programme = draft(province, "cd-head", unit="CD")
    take_step("submit", programme=programme, actor=boss, at=AT)
    take_step("launch", programme=programme, actor=boss, at=AT)
    rows = Adoption.objects.filter(programme=programme).order_by("unit__code")
    assert list(rows.values_list("unit__code", flat=True)) == ["CD1", "CD2"]


@pytest.mark.parametrize(
    ("submits", "may"), [("snv-staff", True), ("ubnd-officer", False), ("ubnd-head", False)]
)
def test_a_deputy_launches_neither_the_own_programme_nor_that_of_the_head(
    province: Province, submits: str, may: bool
) -> None:
    """The officer stands in for the head; another head could launch, so nobody approves the own hand."""
    unit = province.units["UBND"]
    for login in ("snv-staff", "ubnd-head"):
        grant_role(province.users[login], MOVEMENT_OFFICER, actor=None, unit=unit, on=OPENED, at=AT)
    grant_role(province.users["snv-head"], HEAD, actor=None, unit=unit, on=OPENED, at=AT)
    give_acting_authority(
        province.person("ubnd-officer"),
        actor=province.actor("ubnd-head"),
        unit=unit,
        on=TODAY,
        until=date(2026, 6, 1),
        reason="Đi công tác",
        at=AT,
    )
    programme = draft(province)
    take_step("submit", programme=programme, actor=province.actor(submits), at=AT)
    deputy = province.actor("ubnd-officer")
    launch = next(step for step in STEPS if step.name == "launch")
    programme.refresh_from_db()
    assert bool(may_take_step(deputy, programme, launch)) is may
    if may:
        take_step("launch", programme=programme, actor=deputy, at=AT)
        told = Event.objects.get(kind="movements.programme_launched")
        assert told.actor_name == "Đặng Thị Hoài Thu (thay Hà Đức Thuận)"


def test_a_review_is_concluded_on_the_figures_of_its_day(province: Province) -> None:
    programme, boss = launched(province), province.actor("ubnd-head")
    take_step("open_interim", programme=programme, actor=boss, at=AT)
    take_step("close_interim", programme=programme, actor=boss, at=AT, reason="Tiếp tục, đôn đốc phổ biến.")
    event = Event.objects.latest("pk")
    assert event.after is not None
    assert event.after["figures"] == {
        "targets": [
            {
                "code": "CT1",
                "name": "Người được phổ biến quy tắc",
                "goal": "100\u00a0%",
                "value": "missing",
                "word": "Chưa có số",
            }
        ],
        "tasks": {"done": 0, "waiting": 0, "doing": 0, "late": 0, "not_due": 0},
        "units": {"issued": 0, "expected": 4},
    }


def test_a_returned_draft_is_changed_and_submitted_again(province: Province) -> None:
    programme, boss = submitted(province), province.actor("ubnd-head")
    take_step("return", programme=programme, actor=boss, at=AT, reason="Bổ sung mốc sơ kết.")
    take_step("submit", programme=programme, actor=province.actor("ubnd-officer"), at=AT)
    steps = ProgrammeStep.objects.filter(programme=programme).values_list("name", "reason")
    assert list(steps) == [("submit", ""), ("return", "Bổ sung mốc sơ kết."), ("submit", "")]


@pytest.mark.parametrize(
    ("line", "root", "reason"),
    [
        (Line.UNION, "UBND", "Đơn vị gốc phải thuộc đúng hệ thống đã chọn."),
        (Line.UNION, "CD", ""),
        (Line.AUTHORITY, "XA1", ""),
    ],
)
def test_roots_are_of_their_line(province: Province, line: Line, root: str, reason: str) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    scopes = [NewScope(line, province.units[root], "direct")]
    if not reason:
        set_scopes(programme, scopes, actor=officer, at=AT)
        assert [scope.root for scope in programme.scopes.all()] == [province.units[root]]
        return
    with pytest.raises(RuleError) as refused:
        set_scopes(programme, scopes, actor=officer, at=AT)
    assert refused.value.reason == reason


def test_a_root_outside_the_own_tree_is_refused(province: Province) -> None:
    programme = draft(province, "cd-officer", unit="CD")
    with pytest.raises(RuleError) as refused:
        set_scopes(
            programme,
            [NewScope(Line.AUTHORITY, province.units["UBND"], "all")],
            actor=province.actor("cd-officer"),
            at=AT,
        )
    assert refused.value.reason == (
        "Đơn vị gốc phải là đơn vị chủ trì hoặc đơn vị trong hệ thống của đơn vị chủ trì."
    )
