"""Programmes come to be and their head is changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.movements.models import Programme, ProgrammeParent, ProgrammeScope
from nep.movements.queries.parts import fingerprint
from nep.movements.services.programmes import change_head, create_programme, head_said, set_parents
from nep.platform.audit.models import Event
from nep.platform.audit.trail import timeline
from tests.factories.drafts import AT, document, draft, head, launched, submitted
from tests.factories.province import Province


def kinds() -> list[str]:
    """The events of this app so far, in order."""
    events = Event.objects.filter(kind__startswith="movements.").order_by("pk")
    return list(events.values_list("kind", flat=True))


def test_a_programme_by_hand(province: Province) -> None:
    programme = create_programme(head(province), actor=province.actor("ubnd-officer"), at=AT)
    assert (programme.code, programme.state, programme.document) == ("PT-2026-001", "draft", None)
    assert programme.search == "cong so nen nep pt 2026 001 uy ban nhan dan tinh van linh"
    assert list(ProgrammeScope.objects.values_list("programme", "line", "root", "reach")) == [
        (programme.pk, "authority", province.units["UBND"].pk, "direct")
    ]
    assert kinds() == ["movements.programme_created"]
    assert timeline(programme)[0].sentence == (
        "Đặng Thị Hoài Thu lập chương trình PT-2026-001 “Công sở nền nếp”."
    )


def test_codes_go_on(province: Province) -> None:
    made = [create_programme(head(province), actor=province.actor("ubnd-officer"), at=AT) for _ in range(3)]
    assert [programme.code for programme in made] == ["PT-2026-001", "PT-2026-002", "PT-2026-003"]


def test_a_programme_of_a_document_is_made_once(province: Province) -> None:
    plan = document(province)
    officer = province.actor("ubnd-officer")
    create_programme(head(province), actor=officer, at=AT, document=plan)
    with pytest.raises(RuleError) as refused:
        create_programme(head(province), actor=officer, at=AT, document=plan)
    assert refused.value.reason == "Văn bản này đã lập thành chương trình PT-2026-001."


def test_a_document_out_of_sight_is_refused(province: Province) -> None:
    plan = document(province, "CD")
    with pytest.raises(RuleError) as refused:
        create_programme(
            head(province, "CD"),
            actor=province.actor("cd-officer"),
            at=AT,
            document=document(province, "SYT"),
        )
    assert refused.value.reason == "Chọn một văn bản trong kho của đơn vị."
    assert (
        create_programme(
            head(province, "CD"), actor=province.actor("cd-officer"), at=AT, document=plan
        ).document
        == plan
    )


@pytest.mark.parametrize(
    "login", ["ubnd-head", "snv-head", "xa1-focal", "supervisor", "stranger", "cd-officer"]
)
def test_only_who_drafts_for_the_unit_makes_one(province: Province, login: str) -> None:
    with pytest.raises(AccessDenied):
        create_programme(head(province), actor=province.actor(login), at=AT)
    assert Programme.objects.count() == 0
    assert kinds() == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": "  "}, "Ghi tên chương trình."),
        ({"ends_on": date(2025, 12, 31)}, "Ngày kết thúc phải bằng hoặc sau ngày bắt đầu."),
    ],
)
def test_a_head_that_is_not_right(province: Province, given: dict[str, Any], reason: str) -> None:
    with pytest.raises(RuleError) as refused:
        create_programme(head(province, **given), actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == reason


def test_the_head_is_changed_and_both_versions_stay_in_the_trail(province: Province) -> None:
    programme = draft(province)
    officer = province.actor("ubnd-officer")
    new = head(province, title="Công sở  văn minh", kind="movement", ends_on=date(2030, 12, 31))
    change_head(programme, new, actor=officer, at=AT)
    programme.refresh_from_db()
    assert (programme.title, programme.kind, programme.ends_on) == (
        "Công sở văn minh",
        "movement",
        date(2030, 12, 31),
    )
    entry = timeline(programme)[0]
    assert entry.sentence == "Đặng Thị Hoài Thu sửa thông tin chung của chương trình."
    assert entry.before is not None
    assert entry.after is not None
    assert (entry.before["title"], entry.after["title"]) == ("Công sở nền nếp", "Công sở văn minh")


def test_a_head_changed_meanwhile_is_not_overwritten(province: Province) -> None:
    programme = draft(province)
    officer = province.actor("ubnd-officer")
    seen = fingerprint(head_said(programme))
    change_head(programme, head(province, title="Bản của người thứ nhất"), actor=officer, at=AT, seen=seen)
    with pytest.raises(Conflict):
        change_head(programme, head(province, title="Bản cũ"), actor=officer, at=AT, seen=seen)
    programme.refresh_from_db()
    assert programme.title == "Bản của người thứ nhất"


@pytest.mark.parametrize("begin", [submitted, launched])
def test_content_is_fixed_once_submitted(province: Province, begin: Any) -> None:
    programme = begin(province)
    with pytest.raises(AccessDenied) as refused:
        change_head(programme, head(province, title="Muộn"), actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == "Chương trình đã trình. Thủ trưởng trả lại thì mới sửa được nội dung."


def test_the_leading_unit_stays(province: Province) -> None:
    with pytest.raises(RuleError) as refused:
        change_head(draft(province), head(province, "CD"), actor=province.actor("ubnd-officer"), at=AT)
    assert refused.value.reason == "Không đổi được đơn vị chủ trì. Lập chương trình mới cho đơn vị đó."


def test_a_programme_carries_out_several_parents(province: Province) -> None:
    officer = province.actor("ubnd-officer")
    movement, campaign = draft(province, title="Phong trào"), draft(province, title="Cuộc vận động")
    plan = document(province)
    own = draft(province)
    set_parents(own, programmes=[movement, campaign], documents=[plan], actor=officer, at=AT)
    rows = ProgrammeParent.objects.filter(programme=own).order_by("pk")
    assert list(rows.values_list("parent", "document")) == [
        (movement.pk, None),
        (campaign.pk, None),
        (None, plan.pk),
    ]
    assert timeline(own)[0].sentence == (
        "Đặng Thị Hoài Thu ghi chương trình thực hiện: Phong trào; Cuộc vận động; Kế hoạch số 21/KH-UBND."
    )
    set_parents(own, programmes=[campaign], documents=[], actor=officer, at=AT)
    assert list(rows.values_list("parent", "document")) == [(campaign.pk, None)]


def test_no_programme_carries_itself_out_over_any_steps(province: Province) -> None:
    officer = province.actor("ubnd-officer")
    top, middle, low = (draft(province, title=title) for title in ("Trên", "Giữa", "Dưới"))
    set_parents(middle, programmes=[top], documents=[], actor=officer, at=AT)
    set_parents(low, programmes=[middle], documents=[], actor=officer, at=AT)
    with pytest.raises(RuleError) as refused:
        set_parents(top, programmes=[low], documents=[], actor=officer, at=AT)
    assert refused.value.reason == "Chương trình cấp trên không thể lại thực hiện chính chương trình này."
    assert list(ProgrammeParent.objects.filter(programme=top)) == []
