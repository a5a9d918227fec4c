"""The content of a draft, part by part."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.models import LineOfWork, Programme, Target, Task, TaskActor
from nep.movements.queries.parts import KINDS, fingerprint, snapshot
from nep.movements.services.content import NewActor, add_part, change_part, move_part, remove_part
from nep.platform.audit.models import Event
from nep.platform.audit.trail import timeline
from tests.factories.drafts import AT, draft, submitted
from tests.factories.province import Province

VALUES: dict[str, dict[str, Any]] = {
    "muc-dich": {"text": "Người dân được phục vụ tận tình."},
    "chi-tieu": {"name": "Hội nghị phổ biến", "value": Decimal(4), "unit": "hội nghị", "rule": "yearly"},
    "nhom": {"name": "Tuyên truyền"},
    "nhiem-vu": {"title": "Phát thanh hằng tuần", "rule": "weekly"},
    "moc": {"text": "Sơ kết nửa kỳ", "rule": "in:2026-Q2"},
    "quy-tac": {"kind": "must_not", "text": "Để người dân chờ mà không giải thích."},
    "bo-quy-tac": {"name": "3 luôn", "items": ["luôn mỉm cười", "luôn lắng nghe", "luôn đúng hẹn"]},
    "mo-hinh": {"name": "Một cửa thân thiện"},
}


def parts(programme: Programme, slug: str) -> list[Any]:
    return list(KINDS[slug].model._default_manager.filter(programme=programme))


@pytest.mark.parametrize("slug", KINDS)
def test_every_kind_of_part_is_added_changed_and_removed(province: Province, slug: str) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    before = len(parts(programme, slug))
    part = add_part(KINDS[slug], VALUES[slug], programme=programme, actor=officer, at=AT)
    assert {name: getattr(part, name) for name in VALUES[slug]} == VALUES[slug]
    assert parts(programme, slug)[-1] == part
    change_part(part, VALUES[slug], actor=officer, at=AT)
    remove_part(part, actor=officer, at=AT)
    assert len(parts(programme, slug)) == before
    told = [event.kind for event in Event.objects.order_by("-pk")[:3]]
    assert told == ["movements.content_removed", "movements.content_changed", "movements.content_added"]
    name = KINDS[slug].name(part)
    assert timeline(programme)[0].sentence == f"Đặng Thị Hoài Thu bỏ {KINDS[slug].noun} “{name}”."


def test_codes_go_on_and_are_not_given_again(province: Province) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    third = add_part(KINDS["nhiem-vu"], {"title": "Ba"}, programme=programme, actor=officer, at=AT)
    remove_part(parts(programme, "nhiem-vu")[0], actor=officer, at=AT)
    add_part(KINDS["nhiem-vu"], {"title": "Bốn"}, programme=programme, actor=officer, at=AT)
    assert [task.code for task in parts(programme, "nhiem-vu")] == ["NV2", "NV3", "NV4"]
    assert [target.code for target in parts(programme, "chi-tieu")] == ["CT1"]
    assert third.position == 2


def test_actors_are_looked_up_or_taken_as_chosen(province: Province) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    actors = [
        NewActor("Các sở, ban, ngành; UBND các xã, phường", "execute"),
        NewActor("Sở Nội vụ", "lead"),
        NewActor("Cơ quan thường trực", "advise", unit=province.units["SYT"]),
        NewActor("Các trường trong tỉnh", "execute", group="school"),
        NewActor("Đài Phát thanh và Truyền hình", "cooperate"),
    ]
    task = add_part(
        KINDS["nhiem-vu"], {"title": "Tập huấn"}, programme=programme, actor=officer, at=AT, actors=actors
    )
    rows = TaskActor.objects.filter(task=task).values_list("name", "role", "unit__code", "group")
    assert list(rows) == [
        ("Các sở, ban, ngành; UBND các xã, phường", "execute", None, "commune"),
        ("Các sở, ban, ngành; UBND các xã, phường", "execute", None, "department"),
        ("Sở Nội vụ", "lead", "SNV", ""),
        ("Cơ quan thường trực", "advise", "SYT", ""),
        ("Các trường trong tỉnh", "execute", None, "school"),
        ("Đài Phát thanh và Truyền hình", "cooperate", None, ""),
    ]


def test_a_unit_outside_the_own_tree_is_found_too(province: Province) -> None:
    programme = draft(province, "cd-officer", unit="CD")
    task = add_part(
        KINDS["nhiem-vu"],
        {"title": "Phối hợp"},
        programme=programme,
        actor=province.actor("cd-officer"),
        at=AT,
        actors=[NewActor("Sở Y tế", "cooperate")],
    )
    assert [row.unit for row in task.actors.all()] == [province.units["SYT"]]


def test_parts_change_places(province: Province) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    first, second = parts(programme, "nhiem-vu")
    move_part(second, up=True, actor=officer, at=AT)
    assert parts(programme, "nhiem-vu") == [second, first]
    events = Event.objects.count()
    move_part(second, up=True, actor=officer, at=AT)
    assert parts(programme, "nhiem-vu") == [second, first]
    assert Event.objects.count() == events


def test_tasks_stay_when_their_line_of_work_goes(province: Province) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    line = add_part(KINDS["nhom"], VALUES["nhom"], programme=programme, actor=officer, at=AT)
    task = add_part(
        KINDS["nhiem-vu"],
        {"title": "Treo khẩu hiệu", "line_of_work": line},
        programme=programme,
        actor=officer,
        at=AT,
    )
    remove_part(line, actor=officer, at=AT)
    task.refresh_from_db()
    assert (task.line_of_work, LineOfWork.objects.count()) == (None, 0)


def test_a_line_of_work_of_another_programme_is_refused(province: Province) -> None:
    officer = province.actor("ubnd-officer")
    line = add_part(KINDS["nhom"], VALUES["nhom"], programme=draft(province), actor=officer, at=AT)
    with pytest.raises(RuleError) as refused:
        add_part(
            KINDS["nhiem-vu"],
            {"title": "Lạc", "line_of_work": line},
            programme=draft(province),
            actor=officer,
            at=AT,
        )
    assert refused.value.reason == "Chọn nhóm giải pháp của chương trình này."


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"value": Decimal(120)}, "Mức phần trăm phải lớn hơn 0 và không quá 100."),
        ({"value": Decimal(0)}, "Mức phần trăm phải lớn hơn 0 và không quá 100."),
        ({"rule": "khi nào rảnh"}, "Thời hạn chưa đúng. Chọn lại kiểu thời hạn."),
    ],
)
def test_a_target_that_is_not_right(province: Province, values: dict[str, Any], reason: str) -> None:
    target = Target.objects.get(programme=draft(province))
    with pytest.raises(RuleError) as refused:
        change_part(target, values, actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == reason
    target.refresh_from_db()
    assert (target.value, target.rule) == (Decimal(100), "in:2026")


def test_a_part_changed_meanwhile_is_not_overwritten(province: Province) -> None:
    officer = province.actor("ubnd-officer")
    task = Task.objects.filter(programme=draft(province)).first()
    assert task is not None
    seen = fingerprint(snapshot(task))
    change_part(task, {"title": "Bản thứ nhất"}, actor=officer, at=AT, seen=seen)
    with pytest.raises(Conflict):
        change_part(task, {"title": "Bản cũ"}, actor=officer, at=AT, seen=seen)
    task.refresh_from_db()
    assert task.title == "Bản thứ nhất"


@pytest.mark.parametrize("login", ["ubnd-head", "snv-head", "supervisor", "stranger"])
def test_only_who_drafts_changes_content(province: Province, login: str) -> None:
    programme = draft(province)
    events = Event.objects.count()
    with pytest.raises(AccessDenied):
        add_part(KINDS["mo-hinh"], VALUES["mo-hinh"], programme=programme, actor=province.actor(login), at=AT)
    with pytest.raises(AccessDenied):
        remove_part(parts(programme, "nhiem-vu")[0], actor=province.actor(login), at=AT)
    assert (Event.objects.count(), len(parts(programme, "nhiem-vu"))) == (events, 2)


def test_content_is_fixed_once_submitted(province: Province) -> None:
    programme = submitted(province)
    with pytest.raises(AccessDenied):
        move_part(parts(programme, "nhiem-vu")[1], up=True, actor=province.actor("ubnd-officer"), at=AT)
