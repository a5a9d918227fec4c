"""Plans follow changes of units."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from nep.kernel.errors import AccessDenied, RuleError
from nep.movements.models import Adoption, Evidence, FollowedChange, Occurrence, ProgrammeScope
from nep.movements.queries.tallies import Counted, plan_sums, task_sums
from nep.movements.services.adoptions import carry_out_directly, issue_adoption, pass_down, prepare_adoption
from nep.movements.services.carrying import tasks_handed_on
from nep.movements.services.evidence import accept_evidence, return_evidence, send_for_task
from nep.movements.services.occurrences_daily import open_due_terms, turn_the_day
from nep.org.models import Line, UnitKind
from nep.org.services.changes import close_unit, move_unit
from nep.org.services.changes_frame import Decided
from nep.org.services.changes_handover import Handover
from nep.org.services.changes_merging import Share, merge_units, split_unit
from nep.org.services.changes_withdrawal import withdraw_change
from nep.org.services.units import NewUnit, open_unit
from nep.platform.audit.models import Event
from tests.factories.evidence import photo_file, told
from tests.factories.province import Province
from tests.factories.running import AT, Running, adopted, issued

APRIL = date(2026, 4, 1)
ON_THE_DAY = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
WHY = "Ủy ban nhân dân xã Mường Khe sáp nhập vào Ủy ban nhân dân phường Hải Ninh từ ngày 01/04/2026 (9/NQ)."


def merged(province: Province, *, at: datetime = ON_THE_DAY) -> object:
    """The commune is merged into the ward on 1 April."""
    units = province.units
    _, change = merge_units(
        [units["XA1"]], units["XA2"], actor=None, on=APRIL, at=at, decision=Decided("9/NQ")
    )
    return change


def stands(adoption: Adoption) -> set[tuple[str | None, str, date | None]]:
    rows = Occurrence.objects.filter(adoption=adoption)
    return set(rows.values_list("task__task__code", "state", "due_on"))


def test_what_a_merged_unit_owed_ends_with_a_sentence_and_its_evidence_stays(
    province: Province, running: Running
) -> None:
    plan = issued(province, running, "XA1")
    sent = send_for_task(
        adopted(plan, "NV2"), told(), [photo_file()], actor=province.actor("xa1-focal"), at=AT
    )
    merged(province)
    plan.refresh_from_db()
    assert (plan.ended_on, plan.ended_because) == (APRIL, WHY)
    assert stands(plan) == {
        ("NV1", "ended", date(2026, 12, 14)),
        ("NV2", "sent", date(2026, 3, 19)),
        ("NV4", "ended", None),
        (None, "ended", date(2026, 11, 30)),
    }
    assert set(Occurrence.objects.filter(state="ended").values_list("ended_because", "settled_at")) == {
        (WHY, ON_THE_DAY)
    }
    event = Event.objects.get(kind="movements.adoption_ended")
    assert (event.facts["terms"], event.facts["because"], event.unit_id) == (3, WHY.rstrip("."), plan.unit_id)
    accept_evidence(sent, actor=province.actor("snv-head"), at=ON_THE_DAY)
    assert Evidence.objects.get().adoption == plan
    assert open_due_terms(on=date(2026, 9, 1), at=AT) == 0
    with pytest.raises(AccessDenied, match="sáp nhập vào"):
        send_for_task(adopted(plan, "NV1"), told(), actor=province.actor("xa1-head"), at=AT)


def test_evidence_returned_to_a_closed_unit_is_owed_no_more(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    sent = send_for_task(adopted(plan, "NV1"), told(), actor=province.actor("xa1-focal"), at=AT)
    merged(province)
    return_evidence(sent, "Thiếu số liệu.", actor=province.actor("snv-head"), at=ON_THE_DAY)
    term = Occurrence.objects.get(task__task__code="NV1")
    assert (term.state, term.ended_because) == ("ended", WHY)


def test_a_plan_that_ended_counts_no_more(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    issued(province, running, "XA2")
    merged(province)
    rows = Adoption.objects.filter(programme=running.programme)
    for whole in (True, False):
        counted = Counted(running.programme, rows, whole=whole)
        assert plan_sums(counted) == {("authority", 1): {"issued": 1, "expected": 1}}
        assert task_sums(counted).counts.total() == 3


def test_a_successor_without_a_plan_owes_one_and_its_children_stand_below_it(
    province: Province, running: Running
) -> None:
    plan = issued(province, running, "XA1")
    (below,) = pass_down(plan, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    new = NewUnit("XA9", "Ủy ban nhân dân xã Khe Sim", UnitKind.COMMUNE, Line.AUTHORITY)
    successor, _ = merge_units([province.units["XA1"]], new, actor=None, on=APRIL, at=ON_THE_DAY)
    made = Adoption.objects.get(unit=successor)
    assert (made.state, made.level, made.parent, made.expected_since) == ("expected", 1, None, APRIL)
    below.refresh_from_db()
    assert (below.parent, below.ended_on) == (made, None)
    event = Event.objects.get(kind="movements.adoption_expected")
    assert event.facts == {
        "unit": successor.name,
        "programme": running.programme.title,
        "day": "01/04/2026",
        "former": "Ủy ban nhân dân xã Mường Khe",
    }


def test_a_successor_gets_only_the_tasks_that_its_plan_lacks(province: Province, running: Running) -> None:
    running.tasks["NV3"].actors.update(unit=province.units["XA1"])
    plan, held = issued(province, running, "XA1"), issued(province, running, "XA2")
    merged(province)
    assert sorted(held.tasks.values_list("task__code", flat=True)) == ["NV1", "NV2", "NV3", "NV4"]
    taken = adopted(held, "NV3")
    assert (taken.state, taken.due_on, taken.person) == ("open", date(2026, 12, 31), None)
    owed = Occurrence.objects.owed().values_list("adoption", "task__task__code").order_by("task__position")
    assert [code for adoption, code in owed if code] == ["NV1", "NV2", "NV3", "NV4"]
    assert {adoption for adoption, _ in owed} == {held.pk}
    assert plan.tasks.count() == 4


def test_what_was_shown_before_a_merger_is_not_owed_again(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    task = adopted(plan, "NV1")
    accept_evidence(
        send_for_task(task, told(), actor=province.actor("xa1-focal"), at=AT),
        actor=province.actor("snv-head"),
        at=AT,
    )
    merged(province)
    held = issued_later(province, running, "XA2", date(2026, 4, 2))
    rows = Occurrence.objects.filter(task=adopted(held, "NV1")).order_by("number")
    assert list(rows.values_list("due_on", "state")) == [
        (date(2026, 12, 14), "ended"),
        (date(2027, 12, 14), "open"),
    ]
    assert rows[0].ended_because == ("Ủy ban nhân dân xã Mường Khe đã nộp kỳ này trước khi sắp xếp đơn vị.")
    assert stands(held) >= {("NV2", "open", date(2026, 4, 19))}


def issued_later(province: Province, running: Running, unit: str, on: date) -> Adoption:
    """A plan issued on a later day."""
    head = province.actor(f"{unit.lower()}-head", on)
    plan = prepare_adoption(running.adoptions[unit], actor=head, at=AT)
    carry_out_directly(plan, "Đơn vị có ít người.", actor=head, at=AT)
    return issue_adoption(plan, actor=head, at=AT, head_answers=True)


def test_a_dissolved_unit_hands_on_nothing(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    taker = Handover(units_to=province.units["XA2"], people_to=province.units["XA2"])
    close_unit(province.units["XA1"], actor=None, on=APRIL, at=ON_THE_DAY, handover=taker)
    plan.refresh_from_db()
    assert plan.ended_because == "Ủy ban nhân dân xã Mường Khe kết thúc hoạt động từ ngày 01/04/2026."
    assert Adoption.objects.get(unit=province.units["XA2"]).state == "expected"
    assert Occurrence.objects.owed().count() == 0


def test_a_change_ahead_acts_on_its_day_and_not_before(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    merged(province, at=AT)
    turn_the_day(on=date(2026, 3, 31), at=AT)
    plan.refresh_from_db()
    assert (plan.ended_on, FollowedChange.objects.count()) == (None, 0)
    for _ in range(2):
        turn_the_day(on=APRIL, at=ON_THE_DAY)
    plan.refresh_from_db()
    assert (plan.ended_on, FollowedChange.objects.count()) == (APRIL, 1)
    assert Event.objects.get(kind="movements.adoption_ended").actor_name == "Nếp"


def test_a_withdrawn_merger_brings_back_what_it_ended(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    (below,) = pass_down(plan, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    sent = send_for_task(adopted(plan, "NV1"), told(), actor=province.actor("xa1-focal"), at=AT)
    return_evidence(sent, "Thiếu số liệu.", actor=province.actor("snv-head"), at=AT)
    before = stands(plan)
    new = NewUnit("XA9", "Ủy ban nhân dân xã Khe Sim", UnitKind.COMMUNE, Line.AUTHORITY)
    successor, change = merge_units([province.units["XA1"]], new, actor=None, on=APRIL, at=ON_THE_DAY)
    withdraw_change(change, actor=None, at=ON_THE_DAY, reason="Ghi nhầm.")
    plan.refresh_from_db()
    below.refresh_from_db()
    assert (plan.ended_on, plan.ended_because, below.parent) == (None, "", plan)
    assert stands(plan) == before | {("NV2", "open", date(2026, 4, 19))}
    assert not Adoption.objects.filter(unit=successor).exists()
    assert Event.objects.filter(kind="movements.adoption_resumed").count() == 1
    turn_the_day(on=date(2026, 4, 2), at=ON_THE_DAY)
    plan.refresh_from_db()
    assert plan.ended_on is None


def test_a_merger_on_which_somebody_has_built_is_not_withdrawn(province: Province, running: Running) -> None:
    issued(province, running, "XA1")
    new = NewUnit("XA9", "Ủy ban nhân dân xã Khe Sim", UnitKind.COMMUNE, Line.AUTHORITY)
    successor, change = merge_units([province.units["XA1"]], new, actor=None, on=APRIL, at=ON_THE_DAY)
    made = Adoption.objects.get(unit=successor)
    Evidence.objects.create(
        adoption=made,
        target=running.target,
        happened_on=APRIL,
        nothing=True,
        text="Chưa có.",
        sent_by_id=1,
        sent_by_name="Người nộp",
        sent_at=ON_THE_DAY,
    )
    with pytest.raises(RuleError, match="Đã có ghi nhận sau"):
        withdraw_change(change, actor=None, at=ON_THE_DAY, reason="Ghi nhầm.")


def test_each_unit_of_a_split_owes_a_plan_and_the_named_task_goes_to_the_first(
    province: Province, running: Running
) -> None:
    running.tasks["NV3"].actors.update(unit=province.units["XA2"])
    issued(province, running, "XA2")
    shares = [
        Share(NewUnit("XA21", "Ủy ban nhân dân phường Hải Đông", UnitKind.COMMUNE, Line.AUTHORITY)),
        Share(NewUnit("XA22", "Ủy ban nhân dân phường Hải Tây", UnitKind.COMMUNE, Line.AUTHORITY)),
    ]
    made, _ = split_unit(
        province.units["XA2"], shares, actor=None, on=APRIL, at=ON_THE_DAY, closes=True, rest_to=0
    )
    plans = [Adoption.objects.get(unit=unit) for unit in made]
    assert [plan.state for plan in plans] == ["expected", "expected"]
    nv3 = running.tasks["NV3"].pk
    assert [nv3 in tasks_handed_on(plan) for plan in plans] == [True, False]


def test_a_unit_opened_within_the_scope_owes_a_plan_from_then_on(
    province: Province, running: Running
) -> None:
    new = NewUnit("SO9", "Sở Khoa học và Công nghệ", UnitKind.DEPARTMENT, Line.AUTHORITY)
    unit = open_unit(new, actor=None, on=APRIL, at=ON_THE_DAY, parent=province.units["UBND"])
    assert list(Adoption.objects.filter(unit=unit).values_list("level", "state", "expected_since")) == [
        (1, "expected", APRIL)
    ]
    school = NewUnit("TH9", "Trường Tiểu học Khe Sim", UnitKind.SCHOOL, Line.AUTHORITY)
    lower = open_unit(school, actor=None, on=APRIL, at=ON_THE_DAY, parent=province.units["XA1"])
    assert not Adoption.objects.filter(unit=lower).exists()
    ProgrammeScope.objects.update(reach=ProgrammeScope.Reach.ALL)
    another = NewUnit("TH8", "Trường Tiểu học Nà Hang", UnitKind.SCHOOL, Line.AUTHORITY)
    lower = open_unit(another, actor=None, on=APRIL, at=ON_THE_DAY, parent=province.units["XA1"])
    assert Adoption.objects.get(unit=lower).parent == running.adoptions["XA1"]


def test_a_moved_unit_is_decided_by_the_unit_above_it_now(province: Province, running: Running) -> None:
    plan = issued(province, running, "XA1")
    (below,) = pass_down(plan, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    other = issued(province, running, "XA2")
    change = move_unit(
        province.units["TH1"], actor=None, on=APRIL, at=ON_THE_DAY, parent=province.units["XA2"]
    )
    below.refresh_from_db()
    assert below.parent == other
    withdraw_change(change, actor=None, at=ON_THE_DAY, reason="Ghi nhầm.")
    below.refresh_from_db()
    assert below.parent == plan


def test_the_unit_after_the_one_that_led_a_programme_leads_it(province: Province, running: Running) -> None:
    merge_units([province.units["SNV"]], province.units["SYT"], actor=None, on=APRIL, at=ON_THE_DAY)
    running.programme.refresh_from_db()
    assert running.programme.lead_unit == province.units["SYT"]
    assert Event.objects.get(kind="movements.programme_handed_on").facts == {
        "former": "Sở Nội vụ",
        "unit": "Sở Y tế",
    }
