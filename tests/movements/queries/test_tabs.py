"""The further tabs of a programme."""

from __future__ import annotations

import pytest

from nep.documents.models import DocumentRelation, Field
from nep.movements.models import AdoptedTask, Adoption, Programme, ProgrammeParent, Task
from nep.movements.queries.parts import KINDS
from nep.movements.queries.related import documents_tab
from nep.movements.queries.rules import rules_tab
from nep.movements.queries.sources import source_of
from nep.movements.queries.tasks import tasks_tab
from nep.movements.queries.timeline import timeline_tab
from nep.movements.services.adoptions import prepare_adoption
from nep.movements.services.content import NewActor, add_part
from nep.movements.services.from_plans import create_programme_from_review
from tests.factories.drafts import AT, document, draft, launched, review
from tests.factories.province import TODAY, Province


def test_tasks_stand_with_how_many_units_are_done_late_and_waiting(province: Province) -> None:
    programme = launched(province)
    task = Task.objects.get(programme=programme, code="NV1")
    first = TODAY.replace(day=1)
    for unit, state, due in (("XA1", "accepted", None), ("XA2", "open", first), ("SYT", "sent", None)):
        adoption = Adoption.objects.get(programme=programme, unit__code=unit)
        Adoption.objects.filter(pk=adoption.pk).update(state="issued", issued_by_id=1, issued_on=TODAY)
        AdoptedTask.objects.create(
            adoption=adoption, task=task, position=1, title=task.title, state=state, due_on=due
        )
    row = tasks_tab(programme, province.actor("ubnd-officer"), TODAY).groups[0].rows[0]
    assert (row.done, row.waiting, row.late, row.adopted) == (1, 1, 1, 3)
    assert (row.deadline, [(who.name, who.role) for who in row.actors]) == (
        "trước ngày 30/06/2026",
        [("UBND các xã, phường", "thực hiện")],
    )
    own = tasks_tab(programme, province.actor("xa1-head"), TODAY).groups[0].rows[0]
    assert (own.done, own.waiting, own.late, own.adopted) == (1, 0, 0, 1)


def test_tasks_stand_by_line_of_work_the_others_last(province: Province) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    line = add_part(KINDS["nhom"], {"name": "Tuyên truyền"}, programme=programme, actor=officer, at=AT)
    add_part(
        KINDS["nhiem-vu"],
        {"title": "Phát tờ rơi", "line_of_work": line},
        programme=programme,
        actor=officer,
        at=AT,
        actors=[NewActor("Hội Người cao tuổi", "cooperate")],
    )
    groups = tasks_tab(programme, officer, TODAY).groups
    assert [(group.title, [row.task.code for row in group.rows]) for group in groups] == [
        ("Tuyên truyền", ["NV3"]),
        ("Nhiệm vụ khác", ["NV1", "NV2"]),
    ]
    assert [(row.unassigned, row.actors[0].unknown) for row in groups[0].rows] == [(True, True)]


def test_a_task_leads_to_its_sentence_in_the_plan(province: Province) -> None:
    words = "Các đơn vị niêm yết quy tắc."
    plan = document(province, text=f"KẾ HOẠCH\n{words}\n")
    value = {
        "title": "Niêm yết quy tắc",
        "text": words,
        "line": "",
        "rule": "",
        "evidence": "any",
        "actors": [],
    }
    (item,) = review(plan, (Field.TASK, value, 9, 9 + len(words)))
    officer = province.actor("ubnd-officer")
    programme, _ = create_programme_from_review(actor=officer, document=plan, at=AT)
    row = tasks_tab(programme, officer, TODAY).groups[0].rows[0]
    assert row.source_url == f"/van-ban/{plan.pk}/xem-lai/#m-{item.position}"
    source = source_of(item.pk)
    assert source is not None
    assert (source.document, source.quote, source.url) == ("Kế hoạch số 21/KH-UBND", words, row.source_url)
    assert source_of(None) is None


def test_rules_have_stable_numbers_by_whom_they_bind(province: Province) -> None:
    programme, officer = draft(province), province.actor("ubnd-officer")
    for kind, binds, text in (
        ("must", "everyone", "Chào hỏi."),
        ("must_not", "leaders", "Áp đặt."),
        ("must", "leaders", "Nêu gương."),
        ("must_not", "everyone", "Đi muộn."),
    ):
        add_part(
            KINDS["quy-tac"],
            {"kind": kind, "binds": binds, "text": text},
            programme=programme,
            actor=officer,
            at=AT,
        )
    assert [
        (whom, [rule.code for rule in must], [rule.code for rule in must_not])
        for whom, must, must_not in rules_tab(programme).groups
    ] == [("Mọi người", ["P1"], ["K2"]), ("Người đứng đầu, lãnh đạo", ["P2"], ["K1"])]


def test_documents_out_of_sight_stand_by_name_only(province: Province) -> None:
    plan, hidden = document(province), document(province, "CD1", number="09/KH-CĐCS")
    programme = draft(province, "ubnd-officer")
    Programme.objects.filter(pk=programme.pk).update(document=plan)
    programme.refresh_from_db()
    parent, secret = draft(province, title="Phong trào cấp trên"), draft(province, title="Bản nháp")
    Programme.objects.filter(pk=parent.pk).update(state="launched", launched_on=TODAY)
    for above in (parent, secret):
        ProgrammeParent.objects.create(programme=programme, parent=above)
    DocumentRelation.objects.create(source=plan, target=hidden, number="09/KH-CĐCS", kind="cites")
    DocumentRelation.objects.create(source=plan, number="", name="Luật Thi đua, khen thưởng", kind="cites")
    child = draft(province, title="Chương trình cấp dưới")
    ProgrammeParent.objects.create(programme=child, parent=programme)
    named = documents_tab(programme, province.actor("snv-head"))
    assert [(row.words, row.name, bool(row.url)) for row in named] == [
        ("Văn bản của chương trình", "Kế hoạch số 21/KH-UBND", True),
        ("Thực hiện chương trình", "Phong trào cấp trên", False),
        ("Căn cứ, viện dẫn", "09/KH-CĐCS", False),
        ("Căn cứ, viện dẫn", "Luật Thi đua, khen thưởng", False),
    ]
    officers = documents_tab(programme, province.actor("ubnd-officer"))
    assert [(row.words, bool(row.url)) for row in officers][-1] == ("Được thực hiện bởi", True)


DRAFTED = "Đặng Thị Hoài Thu lập chương trình PT-2026-001 “Công sở nền nếp”."
LAUNCHED = "Hà Đức Thuận phát động chương trình, giao cho 4 đơn vị."


@pytest.mark.parametrize(
    ("login", "opened", "first"),
    [("ubnd-officer", 1, DRAFTED), ("xa1-head", 1, LAUNCHED), ("xa2-head", 0, LAUNCHED)],
)
def test_what_happens_in_a_unit_is_told_only_to_who_may_see_it(
    province: Province, login: str, opened: int, first: str
) -> None:
    programme = launched(province)
    adoption = Adoption.objects.get(programme=programme, unit=province.units["XA1"])
    prepare_adoption(adoption, actor=province.actor("xa1-focal"), at=AT)
    moments = timeline_tab(programme, province.actor(login), "", {}).moments
    told = [moment.sentence for moment in moments if moment.sentence.startswith("Ma Thị Nguyệt")]
    assert (len(told), moments[-1].sentence) == (opened, first)
