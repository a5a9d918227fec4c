"""A reviewed plan becomes a programme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nep.documents.models import Document, DocumentRelation, Field, Reading
from nep.documents.review_outcome import made_from, outcome
from nep.kernel.errors import AccessDenied, RuleError
from nep.movements.models import (
    Aim,
    ConductRule,
    GoodModel,
    LineOfWork,
    Milestone,
    Programme,
    ProgrammeParent,
    RuleSet,
    Target,
    Task,
    TaskActor,
)
from nep.movements.services.from_plans import create_programme_from_review
from nep.platform.audit.models import Event
from nep.platform.audit.trail import timeline
from tests.factories.drafts import AT, document, draft, review
from tests.factories.province import Province


def task(title: str, line: str, rule: str, *actors: tuple[str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "text": f"{title}.",
        "line": line,
        "rule": rule,
        "evidence": "report",
        "actors": [{"name": name, "role": role} for name, role in actors],
    }


def heads(**values: Any) -> list[tuple[Field, dict[str, Any], int, int]]:
    return [(Field.HEADER, {"key": key, "is": value}, 0, 1) for key, value in values.items()]


def reviewed(province: Province, **head: Any) -> Document:
    """A plan whose review is closed, with one item of every kind."""
    plan = document(province)
    given = {"title": "Phong trào thi đua công sở nền nếp", "period": {"from": 2026, "to": 2030}} | head
    review(
        plan,
        *heads(**given),
        (Field.AIM, {"text": "Phục vụ tận tình."}, 10, 20),
        (
            Field.TARGET,
            {
                "name": "Người được phổ biến",
                "value": "100",
                "unit": "%",
                "subject": "people",
                "rule": "yearly",
                "source": "Báo cáo của đơn vị",
            },
            20,
            30,
        ),
        (
            Field.TASK,
            task(
                "Niêm yết quy tắc",
                "Tuyên truyền",
                "before:2026-06-30",
                ("UBND các xã, phường", "execute"),
                ("Đài Phát thanh", "cooperate"),
            ),
            30,
            40,
        ),
        (
            Field.TASK,
            task("Tổng hợp báo cáo", "Theo dõi", "yearly:before:12-15", ("Sở Nội vụ", "lead")),
            40,
            50,
        ),
        (Field.TASK, task("Tập huấn", "Tuyên truyền", ""), 50, 60),
        (Field.DEADLINE, {"rule": "in:2028", "text": "Sơ kết giữa kỳ"}, 60, 70),
        (
            Field.RULE,
            {"kind": "must", "binds": "leaders", "topic": "Giao tiếp", "text": "Lắng nghe."},
            70,
            80,
        ),
        (Field.RULE_SET, {"name": "3 luôn", "items": ["luôn đúng giờ", "luôn gọn", "luôn vui"]}, 80, 90),
        (Field.MODEL, {"name": "Một cửa thân thiện"}, 90, 100),
    )
    return plan


def make(province: Province, plan: Document) -> Programme:
    programme, _ = create_programme_from_review(actor=province.actor("ubnd-officer"), document=plan, at=AT)
    return programme


def test_every_part_of_the_plan_is_in_the_programme(province: Province) -> None:
    plan = reviewed(province)
    programme = make(province, plan)
    assert (programme.code, programme.kind, programme.title, programme.state, programme.document) == (
        "PT-2026-001",
        "movement",
        "Phong trào thi đua công sở nền nếp",
        "draft",
        plan,
    )
    assert (programme.lead_unit, programme.starts_on, programme.ends_on) == (
        province.units["UBND"],
        date(2026, 1, 1),
        date(2030, 12, 31),
    )
    assert list(Aim.objects.values_list("text", flat=True)) == ["Phục vụ tận tình."]
    target = Target.objects.get()
    assert (target.code, target.value, target.unit, target.subject) == ("CT1", Decimal(100), "%", "people")
    assert (target.rule, target.source_of_figures) == ("yearly", "Báo cáo của đơn vị")
    assert list(LineOfWork.objects.values_list("position", "name")) == [(0, "Tuyên truyền"), (1, "Theo dõi")]
    assert list(Task.objects.values_list("code", "title", "line_of_work__name", "rule", "evidence_kind")) == [
        ("NV1", "Niêm yết quy tắc", "Tuyên truyền", "before:2026-06-30", "report"),
        ("NV2", "Tổng hợp báo cáo", "Theo dõi", "yearly:before:12-15", "report"),
        ("NV3", "Tập huấn", "Tuyên truyền", "", "report"),
    ]
    assert list(TaskActor.objects.values_list("task__code", "name", "role", "unit__code", "group")) == [
        ("NV1", "UBND các xã, phường", "execute", None, "commune"),
        ("NV1", "Đài Phát thanh", "cooperate", None, ""),
        ("NV2", "Sở Nội vụ", "lead", "SNV", ""),
    ]
    assert list(Milestone.objects.values_list("rule", "text")) == [("in:2028", "Sơ kết giữa kỳ")]
    assert list(ConductRule.objects.values_list("kind", "binds", "topic", "text")) == [
        ("must", "leaders", "Giao tiếp", "Lắng nghe.")
    ]
    assert [rules.items for rules in RuleSet.objects.all()] == [["luôn đúng giờ", "luôn gọn", "luôn vui"]]
    assert list(GoodModel.objects.values_list("name", flat=True)) == ["Một cửa thân thiện"]


def test_every_part_leads_to_its_words(province: Province) -> None:
    plan = reviewed(province)
    make(province, plan)
    found = [
        row.item
        for model in (Aim, Target, Task, Milestone, ConductRule, RuleSet, GoodModel)
        for row in model.objects.select_related("item__reading")
    ]
    assert [(item.start, item.reading.document_id) for item in found if item] == [
        (start, plan.pk) for start in (10, 20, 30, 40, 50, 60, 70, 80, 90)
    ]


def test_the_trail_tells_of_which_plan(province: Province) -> None:
    plan = reviewed(province)
    programme = make(province, plan)
    told = (
        "Đặng Thị Hoài Thu lập chương trình PT-2026-001 “Phong trào thi đua công sở nền nếp” "
        "từ Kế hoạch số 21/KH-UBND."
    )
    assert [entry.sentence for entry in timeline(programme)] == [told]
    assert timeline(plan)[0].sentence == told


def test_parents_are_the_plans_it_carries_out_that_are_here(province: Province) -> None:
    plan = reviewed(province)
    with_programme, without = document(province, number="01/KH-TU"), document(province, number="02/CT-TTg")
    parent = draft(province, title="Chương trình của cấp trên")
    Programme.objects.filter(pk=parent.pk).update(document=with_programme)
    for target, kind in (
        (with_programme, "carries_out"),
        (without, "carries_out"),
        (None, "carries_out"),
        (document(province, number="03/NQ-CP"), "cites"),
    ):
        DocumentRelation.objects.create(source=plan, target=target, number="Số", kind=kind)
    programme = make(province, plan)
    rows = ProgrammeParent.objects.filter(programme=programme).values_list("parent", "document")
    assert sorted(rows, key=str) == sorted([(parent.pk, None), (None, without.pk)], key=str)


def test_days_that_the_plan_does_not_say_are_asked(province: Province) -> None:
    plan = reviewed(province, period=None)
    address = outcome(plan, province.actor("ubnd-officer"), AT)
    programme = Programme.objects.get()
    assert (programme.starts_on, programme.ends_on) == (date(2026, 2, 12), date(2026, 12, 31))
    assert address == f"/phong-trao/{programme.pk}/thong-tin/?ky=doan"


def test_the_document_lists_what_was_made_of_it_to_who_may_see(province: Province) -> None:
    plan = reviewed(province)
    programme = make(province, plan)
    made = made_from(plan, province.actor("ubnd-officer"))
    assert [(one.title, one.url, one.state) for one in made] == [
        ("PT-2026-001 Phong trào thi đua công sở nền nếp", f"/phong-trao/{programme.pk}/", "Bản nháp")
    ]
    assert made_from(plan, province.actor("xa1-head")) == ()


def test_a_plan_makes_one_programme(province: Province) -> None:
    plan = reviewed(province)
    make(province, plan)
    events = Event.objects.count()
    with pytest.raises(RuleError):
        make(province, plan)
    assert (Programme.objects.count(), Event.objects.count()) == (1, events)


def test_a_plan_that_was_not_read_makes_none(province: Province) -> None:
    plan = document(province)
    with pytest.raises(RuleError) as refused:
        make(province, plan)
    assert refused.value.reason == "Văn bản chưa được đọc. Mở trang xem lại trước khi lập chương trình."
    Reading.objects.create(document=plan, reader_version="1", result={}, read_at=AT)
    assert make(province, plan).title == "Công sở nền nếp"


def test_only_who_drafts_for_the_unit_of_the_plan(province: Province) -> None:
    plan = reviewed(province)
    with pytest.raises(AccessDenied):
        create_programme_from_review(actor=province.actor("ubnd-head"), document=plan, at=AT)
    assert Programme.objects.count() == 0


def count_queries(province: Province, tasks: int) -> int:
    plan = document(province, number=f"{tasks}/KH")
    review(
        plan,
        *heads(title="Kế hoạch"),
        *[
            (
                Field.TASK,
                task(f"Việc {number}", f"Nhóm {number}", "", ("Sở Nội vụ", "lead")),
                number,
                number + 1,
            )
            for number in range(tasks)
        ],
    )
    with CaptureQueriesContext(connection) as queries:
        make(province, plan)
    return len(queries)


def test_a_long_plan_takes_no_more_queries(province: Province) -> None:
    assert count_queries(province, 1) == count_queries(province, 30)
