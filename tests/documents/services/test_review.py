"""Decisions of an officer on what was read."""

from __future__ import annotations

import pytest

from nep.documents import review_outcome
from nep.documents.domain.review.stamps import stamp_of
from nep.documents.models import Document, Reading, ReviewItem
from nep.documents.queries import current_reading, draft_of
from nep.documents.services.reading import keep_reading, read_text
from nep.documents.services.review import (
    NewItem,
    Pick,
    add_item,
    answer_doubt,
    confirm_item,
    drop_item,
    edit_item,
    finish_review,
    restore_item,
)
from nep.kernel.errors import AccessDenied, Conflict, RuleError
from nep.platform.audit.models import Event
from nep.platform.audit.trail import name_of, tell
from tests.documents.samples import AT, LATER, PARENT, PLAN, reading_of, the
from tests.factories.province import Province


@pytest.fixture
def reading(province: Province) -> Reading:
    """The plan, read."""
    return reading_of(province)


def pick(item: ReviewItem) -> Pick:
    """The item as it stands now."""
    return Pick(item.pk, stamp_of(ReviewItem.objects.get(pk=item.pk)))


def last_event() -> Event:
    """What was told last."""
    return Event.objects.order_by("-id")[0]


def test_confirming_says_who_and_when(province: Province, reading: Reading) -> None:
    actor, target = province.actor("ubnd-officer"), the(reading, "target")
    confirm_item(pick(target), actor=actor, at=LATER)
    target.refresh_from_db()
    assert (target.state, target.decided_by_id, target.decided_at) == ("accepted", actor.id, LATER)
    event = last_event()
    assert event.about == [name_of(target), name_of(reading), name_of(reading.document)]
    assert tell(event).sentence == (
        "Đặng Thị Hoài Thu xác nhận mục 8: Công chức, viên chức được tập huấn cách đón tiếp người dân."
    )


def test_editing_keeps_what_was_read(province: Province, reading: Reading) -> None:
    target = the(reading, "target")
    read = dict(target.read)
    edit_item(pick(target), {**target.value, "value": "95"}, actor=province.actor("ubnd-officer"), at=LATER)
    target.refresh_from_db()
    assert (target.state, target.value["value"], target.read) == ("edited", "95", read)
    event = last_event()
    assert (event.kind, event.before, event.after) == (
        "documents.item_edited",
        {"value": "Công chức, viên chức được tập huấn cách đón tiếp người dân · 90\u00a0% · tính trên người"},
        {"value": "Công chức, viên chức được tập huấn cách đón tiếp người dân · 95\u00a0% · tính trên người"},
    )


def test_a_stale_act_is_refused(province: Province, reading: Reading) -> None:
    actor, target = province.actor("ubnd-officer"), the(reading, "target")
    seen = pick(target)
    edit_item(seen, {**target.value, "value": "95"}, actor=actor, at=LATER)
    with pytest.raises(Conflict) as refused:
        drop_item(seen, actor=actor, at=LATER)
    assert refused.value.reason == "Mục 8 vừa được sửa ở nơi khác. Mở lại trang rồi quyết định tiếp."
    assert ReviewItem.objects.get(pk=target.pk).state == "edited"


def test_dropping_and_restoring(province: Province, reading: Reading) -> None:
    actor, recipient = province.actor("ubnd-officer"), the(reading, "recipient", "xã")
    drop_item(pick(recipient), actor=actor, at=AT)
    assert [name.name for name in draft_of(reading).recipients] == ["Sở Nội vụ"]
    restore_item(pick(recipient), actor=actor, at=LATER)
    assert [name.name for name in draft_of(reading).recipients] == ["Sở Nội vụ", "UBND các xã, phường"]
    assert [e.kind for e in Event.objects.order_by("id")][-2:] == [
        "documents.item_dropped",
        "documents.item_restored",
    ]


def test_an_edited_item_goes_back_to_what_was_read(province: Province, reading: Reading) -> None:
    actor, target = province.actor("ubnd-officer"), the(reading, "target")
    edit_item(pick(target), {**target.value, "value": "95"}, actor=actor, at=AT)
    restore_item(pick(target), actor=actor, at=LATER)
    target.refresh_from_db()
    assert (target.state, target.value["value"]) == ("read", "90")


def test_the_head_is_corrected_never_dropped(province: Province, reading: Reading) -> None:
    actor, number = province.actor("ubnd-officer"), the(reading, "header", "41/KH-UBND")
    with pytest.raises(RuleError):
        drop_item(pick(number), actor=actor, at=AT)
    edit_item(pick(number), {"key": "number", "is": "42/KH-UBND"}, actor=actor, at=LATER)
    assert Document.objects.get().number == "42/KH-UBND"


def test_a_citation_that_is_dropped_is_no_relation(province: Province, reading: Reading) -> None:
    drop_item(pick(the(reading, "citation")), actor=province.actor("ubnd-officer"), at=LATER)
    assert reading.document.relations.count() == 0


def test_an_edited_citation_finds_its_document(province: Province, reading: Reading) -> None:
    parent = reading_of(province, PARENT.replace("12/KH-BNV", "13/KH-BNV"), "kh13.txt").document
    cited = the(reading, "citation")
    edit_item(
        pick(cited), {**cited.value, "number": "13/kh-bnv"}, actor=province.actor("ubnd-officer"), at=LATER
    )
    assert reading.document.relations.get().target == parent


def test_an_answer_changes_the_item_that_it_is_about(province: Province, reading: Reading) -> None:
    doubt = the(reading, "doubt", "unknown_unit")
    answer_doubt(pick(doubt), ["drop"], actor=province.actor("ubnd-officer"), at=LATER)
    doubt.refresh_from_db()
    task = the(reading, "task", "in và phát")
    assert (doubt.state, doubt.value["answers"], task.value["actors"], task.state) == (
        "accepted",
        ["drop"],
        [],
        "edited",
    )
    assert tell(last_event()).sentence == (
        "Đặng Thị Hoài Thu trả lời “Không tìm thấy “Sở Cơ khí” trong danh sách đơn vị. Đó là đơn vị nào?”: "
        "Không giao cho tên này."
    )


def test_an_answered_doubt_may_be_asked_again(province: Province, reading: Reading) -> None:
    actor, doubt = province.actor("ubnd-officer"), the(reading, "doubt", "numbering_gap")
    answer_doubt(pick(doubt), ["keep"], actor=actor, at=AT)
    restore_item(pick(doubt), actor=actor, at=LATER)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.value["answers"]) == ("read", [None])


@pytest.mark.parametrize("answers", [[], [""], ["maybe"]])
def test_only_an_offered_answer_settles_a_doubt(
    province: Province, reading: Reading, answers: list[str]
) -> None:
    doubt = the(reading, "doubt", "unknown_unit")
    with pytest.raises(RuleError) as refused:
        answer_doubt(pick(doubt), answers, actor=province.actor("ubnd-officer"), at=LATER)
    assert refused.value.reason == "Chọn một câu trả lời cho từng chỗ chưa chắc."
    with pytest.raises(RuleError):
        confirm_item(pick(doubt), actor=province.actor("ubnd-officer"), at=LATER)


def test_editing_an_item_settles_what_was_asked_about_it(province: Province, reading: Reading) -> None:
    task = the(reading, "task", "Sở Cơ khí")
    value = {**task.value, "actors": [{"name": "Sở Y tế", "role": "lead"}]}
    edit_item(pick(task), value, actor=province.actor("ubnd-officer"), at=LATER)
    doubt = the(reading, "doubt", "unknown_unit")
    assert (doubt.state, doubt.value["answers"]) == ("accepted", ["manual"])


def test_added_items_stand_where_their_words_are(province: Province, reading: Reading) -> None:
    actor = province.actor("ubnd-officer")
    item = add_item(
        reading, NewItem("aim", {"text": "Sổ tay ở từng bàn"}, "sổ  tay đến từng bàn"), actor=actor, at=LATER
    )
    assert (item.state, item.read, item.position) == ("added", None, 17)
    assert PLAN[item.start : item.end] == "sổ tay đến từng bàn"
    assert [aim.text for aim in draft_of(reading).aims][-1] == "Sổ tay ở từng bàn"
    with pytest.raises(RuleError):
        add_item(reading, NewItem("aim", {"text": "x"}, "không hề viết"), actor=actor, at=LATER)


def test_only_who_drafts_programmes_decides(province: Province, reading: Reading) -> None:
    target = the(reading, "target")
    acts = [confirm_item, drop_item, restore_item]
    for act in acts:
        with pytest.raises(AccessDenied):
            act(pick(target), actor=province.actor("snv-head"), at=LATER)
    assert ReviewItem.objects.filter(decided_at__isnull=False).count() == 0


def test_open_doubts_hold_the_programme_back(province: Province, reading: Reading) -> None:
    with pytest.raises(RuleError) as refused:
        finish_review(reading.document, actor=province.actor("ubnd-officer"), at=LATER)
    assert refused.value.reason == "Chưa tạo được chương trình. Còn 2 mục chưa xác nhận."


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Document, int]]:
    """What the upper app was asked to make, instead of a programme."""
    asked: list[tuple[Document, int]] = []

    def make(document: Document, actor: object, at: object) -> str:
        reading = current_reading(document)
        assert reading is not None
        asked.append((document, len(draft_of(reading).tasks)))
        return "/xong/"

    monkeypatch.setattr(review_outcome, "_outcomes", [make])
    return asked


def answered(province: Province, reading: Reading) -> None:
    """All doubts of the plan settled."""
    for doubt in reading.items.open_doubts():
        answer_doubt(pick(doubt), ["keep"], actor=province.actor("ubnd-officer"), at=AT)


def test_a_finished_review_is_handed_on_once(
    province: Province, reading: Reading, made: list[tuple[Document, int]]
) -> None:
    actor = province.actor("ubnd-officer")
    answered(province, reading)
    edited = the(reading, "target")
    edit_item(pick(edited), {**edited.value, "value": "95"}, actor=actor, at=AT)
    drop_item(pick(the(reading, "recipient", "xã")), actor=actor, at=AT)
    assert finish_review(reading.document, actor=actor, at=LATER) == "/xong/"
    reading.refresh_from_db()
    assert (reading.closed_at, made) == (LATER, [(reading.document, 3)])
    assert tell(last_event()).sentence == (
        "Đặng Thị Hoài Thu xem lại xong: 12 mục như đã đọc, 1 mục đã sửa, 0 mục thêm, 1 mục bỏ."
    )
    for act in (
        lambda: finish_review(reading.document, actor=actor, at=LATER),
        lambda: confirm_item(pick(edited), actor=actor, at=LATER),
    ):
        with pytest.raises(Conflict):
            act()
    assert len(made) == 1


def test_an_older_reading_is_closed_to_decisions(province: Province, reading: Reading) -> None:
    actor, document = province.actor("ubnd-officer"), reading.document
    keep_reading(document.pk, read_text(document, actor=actor), actor=actor, at=LATER)
    with pytest.raises(Conflict):
        confirm_item(pick(the(reading, "target")), actor=actor, at=LATER)
