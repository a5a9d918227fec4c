"""Units close, are renamed, move, are re-attached, merge and split, on a day in the past, today or ahead."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from nep.accounts.roles import ADMINISTRATOR
from nep.kernel.errors import AccessDenied, RuleError
from nep.org.access import Actor
from nep.org.domain.closure import closure
from nep.org.models import (
    Grant,
    Line,
    Posting,
    Unit,
    UnitChange,
    UnitClosure,
    UnitHost,
    UnitKind,
    UnitLink,
    UnitName,
)
from nep.org.services.changes import Decided, Handover, close_unit, move_unit, reattach_unit, rename_unit
from nep.org.services.changes_hook import Changed, _followers, register_follower
from nep.org.services.changes_ledger import span_of
from nep.org.services.changes_merging import Share, merge_units, split_unit
from nep.org.services.changes_today import show_values_of
from nep.org.services.changes_withdrawal import withdraw_change
from nep.org.services.units import NewUnit, open_unit
from nep.platform.audit.models import Event
from tests.factories.histories import tree_as_stored
from tests.factories.province import OPENED, TODAY, Province

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAST, AHEAD = date(2025, 10, 1), date(2026, 7, 1)
BY_NEP: dict[str, Any] = {"actor": None, "at": AT}
NEW = NewUnit("XA9", "Ủy ban nhân dân xã Mường Ninh", UnitKind.COMMUNE, Line.AUTHORITY)


@pytest.fixture
def units(province: Province) -> dict[str, Unit]:
    """The units of the small province by code."""
    return province.units


@pytest.fixture
def admin(province: Province) -> Actor:
    """Who administers the authority units of the province, in elevated mode."""
    user = province.staff("admin", "Tẩn Lở Mẩy", "UBND", ADMINISTRATOR)
    return Actor(user, TODAY, elevated=True)


def below(unit: Unit, day: date) -> set[str]:
    """The codes of a unit and all below it, by the stored closure."""
    assert right_closure()
    return set(Unit.objects.below([unit.pk], day).values_list("code", flat=True))


def right_closure() -> bool:
    """Whether the stored closure is what the links give."""
    rows = {(r.ancestor_id, r.descendant_id, r.depth, span_of(r.during)) for r in UnitClosure.objects.all()}
    return rows == closure(tree_as_stored()[0])


def told() -> tuple[str, dict[str, Any]]:
    """The kind and facts of the last event."""
    event = Event.objects.latest("pk")
    return event.kind, event.facts


@pytest.mark.parametrize("on", [PAST, TODAY, AHEAD])
def test_a_unit_moves_with_all_below_it(units: dict[str, Unit], on: date) -> None:
    change = move_unit(
        units["XA1"], parent=units["SNV"], on=on, decision=Decided("12/QĐ-UBND", date(2025, 9, 9)), **BY_NEP
    )
    before = date.fromordinal(on.toordinal() - 1)
    assert below(units["SNV"], before) == {"SNV"}
    assert below(units["SNV"], on) == {"SNV", "XA1", "TH1"}
    assert below(units["UBND"], on) >= {"XA1", "TH1"}
    assert (change.kind, change.on, change.decision) == ("move", on, "12/QĐ-UBND")
    assert {(part.unit.code, part.role) for part in change.parts.all()} == {
        ("XA1", "subject"),
        ("UBND", "former_parent"),
        ("SNV", "new_parent"),
    }
    assert told() == (
        "org.unit_moved",
        {"unit": units["XA1"].name, "parent": "Sở Nội vụ", "day": f"{on:%d/%m/%Y}"},
    )


def test_a_late_move_leaves_what_is_recorded_after_it(units: dict[str, Unit]) -> None:
    move_unit(units["TH1"], parent=units["XA2"], on=AHEAD, **BY_NEP)
    move_unit(units["TH1"], parent=units["SYT"], on=PAST, **BY_NEP)
    parents = [(row.parent.code, row.during.lower) for row in UnitLink.objects.filter(child=units["TH1"])]
    assert sorted(parents, key=lambda row: row[1]) == [("XA1", OPENED), ("SYT", PAST), ("XA2", AHEAD)]
    assert right_closure()


def test_a_move_may_end_by_itself(units: dict[str, Unit]) -> None:
    move_unit(units["TH1"], parent=units["XA2"], on=PAST, until=TODAY, **BY_NEP)
    assert "TH1" in below(units["XA2"], PAST)
    assert "TH1" not in below(units["XA2"], TODAY)
    assert "TH1" in below(units["XA1"], TODAY)


def test_a_unit_may_become_topmost(units: dict[str, Unit]) -> None:
    move_unit(units["SYT"], parent=None, on=TODAY, **BY_NEP)
    assert "SYT" not in below(units["UBND"], TODAY)
    assert told()[1]["parent"] == "cấp cao nhất"


@pytest.mark.parametrize(
    ("unit", "parent", "on", "sentence"),
    [
        (
            "XA1",
            "TH1",
            TODAY,
            "Ủy ban nhân dân xã Mường Khe sẽ thành cấp dưới của chính nó; chọn cấp trên khác.",
        ),
        ("XA1", "XA1", TODAY, "Ủy ban nhân dân xã Mường Khe không thể trực thuộc chính mình."),
        (
            "XA1",
            "UBND",
            TODAY,
            "Vào ngày 02/03/2026 Ủy ban nhân dân xã Mường Khe đã trực thuộc Ủy ban nhân dân tỉnh Vân Lĩnh.",
        ),
        (
            "CD1",
            "SNV",
            TODAY,
            "Công đoàn cơ sở Sở Nội vụ và Sở Nội vụ không cùng hệ thống, không thể là cấp dưới của nhau.",
        ),
        (
            "XA1",
            "SNV",
            date(2025, 6, 30),
            "Ủy ban nhân dân xã Mường Khe chưa có hoặc đã đóng vào ngày 30/06/2025.",
        ),
    ],
)
def test_a_move_that_does_not_fit_is_refused(
    units: dict[str, Unit], unit: str, parent: str, on: date, sentence: str
) -> None:
    before = UnitChange.objects.count(), UnitLink.objects.count()
    with pytest.raises(RuleError) as refused:
        move_unit(units[unit], parent=units[parent], on=on, **BY_NEP)
    assert (refused.value.reason, UnitChange.objects.count(), UnitLink.objects.count()) == (sentence, *before)


def test_a_new_name_is_shown_from_its_day(units: dict[str, Unit]) -> None:
    rename_unit(units["SYT"], "Sở Y tế và Dân số", short_name="Sở YTDS", on=AHEAD, **BY_NEP)
    assert Unit.objects.get(code="SYT").name == "Sở Y tế"
    then = Unit.objects.filter(code="SYT").named_on(AHEAD).get()
    assert (then.name_then, then.short_name_then) == ("Sở Y tế và Dân số", "Sở YTDS")
    assert show_values_of(AHEAD) == 1
    assert show_values_of(AHEAD) == 0
    shown = Unit.objects.get(code="SYT")
    assert (shown.name, shown.short_name) == ("Sở Y tế và Dân số", "Sở YTDS")
    assert list(Unit.objects.all().matching("dan so")) == [shown]


def test_a_late_name_ends_where_the_next_one_begins(units: dict[str, Unit]) -> None:
    rename_unit(units["SYT"], "Sở Y tế và Dân số", on=TODAY, **BY_NEP)
    rename_unit(units["SYT"], "Sở Sức khỏe", on=PAST, **BY_NEP)
    names = UnitName.objects.filter(unit=units["SYT"]).order_by("during").values_list("name", flat=True)
    assert list(names) == ["Sở Y tế", "Sở Sức khỏe", "Sở Y tế và Dân số"]
    shown = Unit.objects.get(code="SYT")
    assert shown.name == "Sở Y tế và Dân số"
    assert list(Unit.objects.all().matching("suc khoe")) == [shown]  # former names are found too
    assert told()[1] == {"former": "Sở Y tế", "unit": "Sở Sức khỏe", "day": "01/10/2025"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [(" ", "Ghi tên mới của đơn vị."), ("Sở Y tế", "Từ ngày 02/03/2026 đơn vị đã có tên Sở Y tế.")],
)
def test_a_name_must_be_another_one(units: dict[str, Unit], name: str, sentence: str) -> None:
    with pytest.raises(RuleError) as refused:
        rename_unit(units["SYT"], name, on=TODAY, **BY_NEP)
    assert refused.value.reason == sentence


def test_a_union_is_attached_elsewhere_from_a_day(units: dict[str, Unit]) -> None:
    change = reattach_unit(units["CD1"], host=units["SYT"], on=AHEAD, **BY_NEP)
    assert Unit.objects.get(code="CD1").host == units["SNV"]
    assert set(Unit.objects.all().attached_to([units["SYT"].pk], AHEAD)) == {units["CD1"]}
    assert set(Unit.objects.all().attached_to([units["SYT"].pk], TODAY)) == set()
    show_values_of(AHEAD)
    assert Unit.objects.get(code="CD1").host == units["SYT"]
    assert {(part.unit.code, part.role) for part in change.parts.all()} == {
        ("CD1", "subject"),
        ("SNV", "former_host"),
        ("SYT", "new_host"),
    }
    reattach_unit(units["CD1"], host=None, on=TODAY, **BY_NEP)
    assert Unit.objects.get(code="CD1").host is None


def test_an_authority_unit_has_no_host(units: dict[str, Unit]) -> None:
    with pytest.raises(RuleError, match="Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn"):
        reattach_unit(units["SNV"], host=units["SYT"], on=TODAY, **BY_NEP)


def test_a_unit_does_not_close_over_what_stands_in_it(units: dict[str, Unit]) -> None:
    with pytest.raises(RuleError) as refused:
        close_unit(units["XA1"], on=TODAY, **BY_NEP)
    assert refused.value.reason == (
        "Ủy ban nhân dân xã Mường Khe còn 1 đơn vị trực thuộc (Trường Trung học cơ sở Mường Khe), 1 tổ chức "
        "gắn với đơn vị (Công đoàn cơ sở xã Mường Khe), 3 người đang giữ vị trí công tác: chọn nơi tiếp nhận "
        "trước khi đóng."
    )


def test_a_closed_unit_hands_over_and_keeps_its_past(units: dict[str, Unit]) -> None:
    handover = Handover(units_to=units["UBND"], people_to=units["XA2"], units={units["TH1"].pk: units["XA2"]})
    change = close_unit(units["XA1"], on=TODAY, handover=handover, **BY_NEP)
    assert below(units["XA2"], TODAY) == {"XA2", "TH1", "TH2"}
    assert "XA1" in below(units["UBND"], date(2026, 3, 1))
    assert "XA1" not in below(units["UBND"], TODAY)
    assert set(Unit.objects.all().within([units["UBND"].pk], TODAY)) >= {units["XA1"]}
    assert UnitHost.objects.get(unit=units["CD2"], during__contains=TODAY).host == units["UBND"]
    posts = Posting.objects.filter(person__staff_code="NV-xa1-staff").order_by("during")
    assert [(row.unit.code, row.during.upper, row.ended_because) for row in posts] == [
        ("XA1", TODAY, "Đơn vị giải thể"),
        ("XA2", None, ""),
    ]
    assert {grant.during.upper for grant in Grant.objects.filter(unit=units["XA1"])} == {TODAY}
    ended = [entry for entry in change.written if entry["row"] == "org.grant"]
    assert len(ended) == Grant.objects.filter(unit=units["XA1"]).count() == 2
    assert told() == ("org.unit_closed", {"unit": units["XA1"].name, "day": "02/03/2026"})


@pytest.mark.parametrize("code", ["XA1", "TH1"])
def test_a_unit_that_closes_takes_nothing_itself(units: dict[str, Unit], code: str) -> None:
    handover = Handover(units_to=units[code], people_to=units[code])
    if code == "TH1":  # the child that takes over stands where its former parent stood
        close_unit(
            units["XA1"],
            on=TODAY,
            handover=Handover(units_to=units["UBND"], people_to=units["TH1"]),
            **BY_NEP,
        )
        assert "TH1" in below(units["UBND"], TODAY)
        return
    with pytest.raises(RuleError, match="đóng nên không thể tự tiếp nhận"):
        close_unit(units["XA1"], on=TODAY, handover=handover, **BY_NEP)


def test_a_unit_does_not_close_before_what_is_recorded_ahead(units: dict[str, Unit]) -> None:
    rename_unit(units["TH1"], "Trường Mường Khe", on=AHEAD, **BY_NEP)
    with pytest.raises(RuleError) as refused:
        close_unit(units["TH1"], on=TODAY, handover=Handover(postings_end=True), **BY_NEP)
    assert refused.value.reason == (
        "Đã có biến động của Trường Trung học cơ sở Mường Khe ghi từ ngày 01/07/2026; "
        "hủy ghi nhận biến động đó trước."
    )


def test_two_communes_become_a_new_one(units: dict[str, Unit]) -> None:
    made, change = merge_units([units["XA1"], units["XA2"]], NEW, on=AHEAD, **BY_NEP)
    assert below(made, AHEAD) == {"XA9", "TH1", "TH2"}
    assert below(units["UBND"], AHEAD) & {"XA1", "XA2", "XA9"} == {"XA9"}
    assert Posting.objects.filter(unit=made, during__contains=AHEAD).count() == 4
    assert {(part.unit.code, part.role) for part in change.parts.all()} >= {
        ("XA1", "predecessor"),
        ("XA2", "predecessor"),
        ("XA9", "successor"),
        ("TH1", "carried"),
    }
    assert told()[0] == "org.units_merged"


def test_a_commune_goes_into_its_neighbour_and_who_works_in_both_keeps_one_post(
    units: dict[str, Unit],
) -> None:
    main = Posting.objects.get(person__staff_code="NV-xa1-staff")
    Posting.objects.create(
        person=main.person,
        unit=units["XA2"],
        position=main.position,
        kind="concurrent",
        during=main.during,
    )
    merge_units([units["XA1"]], units["XA2"], on=TODAY, **BY_NEP)
    now = Posting.objects.filter(person=main.person, during__contains=TODAY)
    assert [(row.unit.code, row.kind) for row in now] == [("XA2", "main")]
    assert below(units["XA2"], TODAY) == {"XA2", "TH1", "TH2"}


def test_a_school_takes_the_place_of_the_commune_that_goes_into_it(units: dict[str, Unit]) -> None:
    merge_units([units["XA1"]], units["TH1"], on=TODAY, **BY_NEP)
    assert UnitLink.objects.get(child=units["TH1"], during__contains=TODAY).parent == units["UBND"]
    assert right_closure()


@pytest.mark.parametrize(
    ("closing", "into", "sentence"),
    [
        ([], "XA2", "Chọn ít nhất một đơn vị để sáp nhập."),
        (["XA2"], "XA2", "Ủy ban nhân dân phường Hải Ninh không thể nhập vào chính mình."),
        (
            ["CD1"],
            "XA2",
            "Công đoàn cơ sở Sở Nội vụ và Ủy ban nhân dân phường Hải Ninh không cùng hệ thống, "
            "không thể sáp nhập.",
        ),
    ],
)
def test_a_merger_that_does_not_fit_is_refused(
    units: dict[str, Unit], closing: list[str], into: str, sentence: str
) -> None:
    with pytest.raises(RuleError) as refused:
        merge_units([units[code] for code in closing], units[into], on=TODAY, **BY_NEP)
    assert refused.value.reason == sentence


@pytest.mark.parametrize("closes", [True, False])
def test_a_commune_is_divided(units: dict[str, Unit], province: Province, closes: bool) -> None:
    staff = province.person("xa1-staff")
    other = NewUnit("XA8", "Ủy ban nhân dân xã Mường Lò", UnitKind.COMMUNE, Line.AUTHORITY)
    shares = [Share(NEW, [units["TH1"].pk], [staff.pk]), Share(other)]
    (first, second), change = split_unit(
        units["XA1"], shares, on=TODAY, closes=closes, rest_to=1 if closes else None, **BY_NEP
    )
    assert below(first, TODAY) == {"XA9", "TH1"}
    assert ("XA1" in below(units["UBND"], TODAY)) is not closes
    now = Posting.objects.filter(during__contains=TODAY)
    assert [row.person for row in now.filter(unit=first)] == [staff]
    assert now.filter(unit=second).count() == (2 if closes else 0)
    assert now.filter(unit=units["XA1"]).count() == (0 if closes else 2)
    assert change.kind == "split"


def test_a_share_takes_only_what_the_unit_has(units: dict[str, Unit]) -> None:
    with pytest.raises(RuleError) as refused:
        split_unit(units["XA1"], [Share(NEW, [units["TH2"].pk])], on=TODAY, closes=False, **BY_NEP)
    assert refused.value.reason == (
        "Trường Tiểu học Hải Ninh không trực thuộc và không gắn với Ủy ban nhân dân xã Mường Khe "
        "từ ngày 02/03/2026."
    )


def test_districts_are_abolished_and_communes_merge_on_the_same_day(units: dict[str, Unit]) -> None:
    """As one would tell it: the district opens late, communes stand below it, all ends in July."""
    district = open_unit(
        NewUnit("H1", "Ủy ban nhân dân huyện Mường Lò", UnitKind.COMMUNE, Line.AUTHORITY),
        parent=units["UBND"],
        on=OPENED,
        **BY_NEP,
    )
    for code in ("XA1", "XA2"):
        move_unit(units[code], parent=district, on=OPENED, **BY_NEP)
    close_unit(district, on=AHEAD, handover=Handover(units_to=units["UBND"]), **BY_NEP)
    made, _ = merge_units([units["XA1"], units["XA2"]], NEW, on=AHEAD, **BY_NEP)
    assert below(district, TODAY) == {"H1", "XA1", "XA2", "TH1", "TH2"}
    assert UnitLink.objects.get(child=made).parent == units["UBND"]
    assert below(units["UBND"], AHEAD) == {"UBND", "SNV", "SYT", "XA9", "TH1", "TH2"}


def test_only_an_elevated_administrator_of_the_units_changes_them(
    units: dict[str, Unit], admin: Actor, province: Province
) -> None:
    with pytest.raises(AccessDenied):
        move_unit(units["XA1"], parent=units["SNV"], on=TODAY, actor=Actor(admin.user, TODAY), at=AT)
    with pytest.raises(AccessDenied):
        move_unit(units["XA1"], parent=units["SNV"], on=TODAY, actor=province.actor("xa1-head"), at=AT)
    change = move_unit(units["XA1"], parent=units["SNV"], on=TODAY, actor=admin, at=AT)
    assert (change.recorded_by_id, Event.objects.latest("pk").actor_name) == (admin.id, "Tẩn Lở Mẩy")
    close_unit(units["TH2"], on=PAST, handover=Handover(postings_end=True), actor=admin, at=AT)
    withdraw_change(UnitChange.objects.latest("pk"), actor=admin, at=AT, reason="Ghi nhầm trường.")
    assert Unit.objects.get(code="TH2").during.upper is None


def state() -> list[object]:
    """All dated rows of units, people and roles, without their numbers."""
    return [
        sorted(UnitLink.objects.values_list("child__code", "parent__code", "during"), key=str),
        sorted(UnitName.objects.values_list("unit__code", "name", "during"), key=str),
        sorted(UnitHost.objects.values_list("unit__code", "host__code", "during"), key=str),
        sorted(
            Posting.objects.values_list("person", "unit__code", "kind", "during", "ended_because"), key=str
        ),
        sorted(Grant.objects.values_list("user", "unit__code", "role", "during"), key=str),
        sorted(
            UnitClosure.objects.values_list("ancestor__code", "descendant__code", "depth", "during"), key=str
        ),
        sorted(
            Unit.objects.exclude(during__isempty=True).values_list("code", "during", "host__code"), key=str
        ),
    ]


ACTS: dict[str, Any] = {
    "move": lambda u: move_unit(u["XA1"], parent=u["SNV"], on=PAST, **BY_NEP),
    "rename": lambda u: rename_unit(u["XA1"], "Ủy ban nhân dân xã Mường Mới", on=AHEAD, **BY_NEP),
    "reattach": lambda u: reattach_unit(u["CD1"], host=u["SYT"], on=TODAY, **BY_NEP),
    "close": lambda u: close_unit(
        u["XA1"], on=PAST, handover=Handover(units_to=u["UBND"], postings_end=True), **BY_NEP
    ),
    "merge": lambda u: merge_units([u["XA1"], u["XA2"]], NEW, on=TODAY, **BY_NEP)[1],
    "absorb": lambda u: merge_units([u["XA1"]], u["XA2"], on=OPENED.replace(day=9), **BY_NEP)[1],
    "split": lambda u: split_unit(u["XA1"], [Share(NEW)], on=PAST, closes=True, rest_to=0, **BY_NEP)[1],
}


@pytest.mark.parametrize("act", ACTS)
def test_a_change_is_withdrawn_as_if_it_had_not_been_recorded(units: dict[str, Unit], act: str) -> None:
    before = state()
    change = ACTS[act](units)
    assert state() != before
    withdrawn = withdraw_change(change, reason="Ghi nhầm.", **BY_NEP)
    assert state() == before
    assert (withdrawn.withdrawn_at, withdrawn.withdrawn_because) == (AT, "Ghi nhầm.")
    assert told()[0] == "org.change_withdrawn"
    ACTS[act](units)  # the same may be recorded again, with the same code


def test_what_has_been_built_on_is_not_withdrawn(units: dict[str, Unit]) -> None:
    opened = open_unit(NEW, parent=units["UBND"], on=PAST, **BY_NEP)
    opening = UnitChange.objects.latest("pk")
    moved = move_unit(opened, parent=units["SNV"], on=TODAY, **BY_NEP)
    with pytest.raises(RuleError) as refused:
        withdraw_change(opening, reason="Ghi nhầm.", **BY_NEP)
    assert refused.value.reason == (
        "Biến động ghi sau (chuyển đơn vị cấp trên, từ ngày 02/03/2026) dựa trên biến động này; "
        "hủy ghi nhận biến động đó trước."
    )
    withdraw_change(moved, reason="Ghi nhầm.", **BY_NEP)
    move_unit(units["TH1"], parent=opened, on=TODAY, **BY_NEP)
    with pytest.raises(RuleError) as refused:
        withdraw_change(opening, reason="Ghi nhầm.", **BY_NEP)
    assert refused.value.reason == (
        "Đã có ghi nhận sau tại Ủy ban nhân dân xã Mường Ninh dựa trên biến động này, nên không hủy được."
    )


@pytest.mark.parametrize("again", [False, True])
def test_a_withdrawal_needs_a_reason_and_happens_once(units: dict[str, Unit], again: bool) -> None:
    change = move_unit(units["XA1"], parent=units["SNV"], on=TODAY, **BY_NEP)
    if again:
        withdraw_change(change, reason="Ghi nhầm.", **BY_NEP)
    with pytest.raises(RuleError) as refused:
        withdraw_change(change, reason="Ghi nhầm." if again else " ", **BY_NEP)
    said = "Biến động này đã được hủy ghi nhận." if again else "Ghi lý do hủy ghi nhận biến động."
    assert refused.value.reason == said


def test_a_parent_that_has_closed_meanwhile_is_not_given_back(units: dict[str, Unit]) -> None:
    moved = move_unit(units["TH1"], parent=units["XA2"], on=TODAY, **BY_NEP)
    handover = Handover(units_to=units["UBND"], people_to=units["UBND"])
    close_unit(units["XA1"], on=AHEAD, handover=handover, **BY_NEP)
    with pytest.raises(RuleError) as refused:
        withdraw_change(moved, reason="Ghi nhầm.", **BY_NEP)
    assert refused.value.reason == (
        "Ủy ban nhân dân xã Mường Khe đóng từ ngày 01/07/2026, trước khi thời gian ghi nhận kết thúc."
    )


def test_upper_apps_are_told_and_may_refuse(units: dict[str, Unit]) -> None:
    seen: list[Changed] = []

    def follow(changed: Changed) -> None:
        seen.append(changed)
        if changed.closed == (units["SYT"],):
            raise RuleError("Sở Y tế đang chủ trì một phong trào.")

    register_follower(follow)
    try:
        merge_units([units["XA1"]], units["XA2"], on=TODAY, **BY_NEP)
        assert (seen[0].closed, seen[0].successors) == ((units["XA1"],), (units["XA2"],))
        with pytest.raises(RuleError, match="đang chủ trì"):
            close_unit(units["SYT"], on=TODAY, **BY_NEP)
        assert Unit.objects.get(code="SYT").during.upper is None
    finally:
        _followers.remove(follow)
