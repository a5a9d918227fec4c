"""Documents coming in and being read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from nep.documents.models import Document, DocumentRelation, Reading, ReviewItem
from nep.documents.services.intake import AlreadyHere, receive_document
from nep.documents.services.reading import check_may_be_read_again, keep_reading, read_text
from nep.kernel.errors import AccessDenied, Conflict
from nep.platform.audit.models import Event
from nep.platform.audit.trail import name_of, tell
from nep.platform.files.models import StoredFile
from nep.platform.files.store import path_of
from tests.documents.samples import AT, LATER, PARENT, PLAN, arrival, reading_of, received, the
from tests.factories.province import Province


def test_a_document_is_kept_by_its_content(province: Province) -> None:
    document = received(province)
    assert document.file is not None
    assert (document.text, document.file_name, document.owner_unit) == (
        PLAN,
        "ke-hoach-41.txt",
        province.units["UBND"],
    )
    assert path_of(document.file.sha256).read_text() == PLAN
    event = Event.objects.get(kind="documents.received")
    assert event.about == [name_of(document), name_of(province.units["UBND"])]
    assert tell(event).sentence == (
        "Đặng Thị Hoài Thu đưa văn bản ke-hoach-41.txt vào kho của Ủy ban nhân dân tỉnh Vân Lĩnh."
    )


def test_the_same_file_is_offered_not_kept_twice(province: Province) -> None:
    first = received(province)
    with pytest.raises(AlreadyHere) as refused:
        received(province, name="ten-khac.txt")
    assert refused.value.document == first
    assert (Document.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_two_units_keep_the_same_file_each_in_its_store(province: Province) -> None:
    first = received(province)
    own = receive_document(arrival(), actor=province.actor("xa1-focal"), unit=province.units["XA1"], at=AT)
    assert (own.file, own.owner_unit) == (first.file, province.units["XA1"])


def test_only_who_may_brings_documents_in(province: Province) -> None:
    with pytest.raises(AccessDenied) as refused:
        receive_document(arrival(), actor=province.actor("snv-staff"), unit=province.units["SNV"], at=AT)
    assert refused.value.reason == (
        "Việc này cần vai trò đầu mối của đơn vị hoặc chuyên viên phong trào hoặc thủ trưởng của Sở Nội vụ."
    )
    assert Document.objects.count() == 0


def test_a_reading_lays_out_items_and_fills_in_the_head(province: Province) -> None:
    reading = reading_of(province)
    document = Document.objects.get()
    assert (document.kind, document.number, document.issuer, str(document.issued_on)) == (
        "plan",
        "41/KH-UBND",
        "Ủy ban nhân dân tỉnh Vân Lĩnh",
        "2026-02-09",
    )
    assert document.title == "Xây dựng nếp chào hỏi nơi công sở giai đoạn 2026-2028"
    fields = list(reading.items.exclude(field="header").values_list("field", flat=True))
    assert fields == [
        "citation",
        "target",
        "aim",
        "task",
        "task",
        "task",
        "recipient",
        "recipient",
        "doubt",
        "doubt",
    ]
    task = the(reading, "task", "Sở Cơ khí")
    assert (document.text[task.start : task.end], task.state, task.decided_at) == (
        "Sở Cơ khí in và phát sổ tay đến từng bàn tiếp dân",
        "read",
        None,
    )
    assert the(reading, "doubt", "unknown_unit").part_of == task
    event = Event.objects.get(kind="documents.read")
    assert tell(event).sentence == "Đặng Thị Hoài Thu đọc văn bản: 14 mục, 2 điểm chưa chắc."


def test_what_is_read_is_found_without_diacritics(province: Province) -> None:
    reading_of(province)
    found = [
        Document.objects.matching(words).count()
        for words in ("nep chao hoi", "41/kh-ubnd", "ban tiep dan", "xe dap")
    ]
    assert found == [1, 1, 1, 0]


def test_a_citation_is_joined_when_the_cited_document_is_here(province: Province) -> None:
    parent = reading_of(province, PARENT, "kh12.txt").document
    child = reading_of(province).document
    relation = child.relations.get()
    assert (relation.kind, relation.target, relation.number) == ("carries_out", parent, "12/KH-BNV")
    assert PLAN[relation.start : relation.end] == "Kế hoạch số 12/KH-BNV ngày 05/01/2026 của Bộ Nội vụ"


def test_a_citation_is_joined_when_the_cited_document_comes_later(province: Province) -> None:
    child = reading_of(province).document
    assert child.relations.get().target is None
    parent = reading_of(province, PARENT, "kh12.txt").document
    assert child.relations.get().target == parent
    event = Event.objects.get(kind="documents.linked")
    # Not on the time line of the parent, whose readers need not see the child.
    assert event.about == [name_of(child)]


def test_another_day_is_another_document(province: Province) -> None:
    child = reading_of(province).document
    reading_of(province, PARENT.replace("ngày 05 tháng 01", "ngày 06 tháng 01"), "kh12.txt")
    assert child.relations.get().target is None


def test_what_the_actor_may_not_see_is_not_joined(province: Province) -> None:
    reading_of(province, PARENT, "kh12.txt")
    actor = province.actor("xa1-focal")
    own = receive_document(arrival(), actor=actor, unit=province.units["XA1"], at=AT)
    keep_reading(own.pk, read_text(own, actor=actor), actor=actor, at=AT)
    assert DocumentRelation.objects.get(source=own).target is None


def test_a_document_is_read_again_until_somebody_decides(province: Province) -> None:
    reading = reading_of(province)
    actor, document = province.actor("ubnd-officer"), reading.document
    again = keep_reading(document.pk, read_text(document, actor=actor), actor=actor, at=LATER)
    assert list(document.readings.all()) == [again, reading]
    ReviewItem.objects.filter(pk=again.items.all()[0].pk).update(decided_by_id=actor.id, decided_at=LATER)
    with pytest.raises(Conflict):
        check_may_be_read_again(document)
    with pytest.raises(Conflict):
        keep_reading(document.pk, read_text(document, actor=actor), actor=actor, at=LATER)
    assert Reading.objects.count() == 2


def test_the_way_of_a_file_ends_at_its_review(
    province: Province, run_jobs: Callable[[], None], signed_in: Callable[..., object]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 -- only here

    client = signed_in("ubnd-officer")
    sent = {"file": SimpleUploadedFile("ke-hoach.txt", PLAN.encode()), "unit": province.units["UBND"].pk}
    answer = client.post("/van-ban/dua-vao/", sent)  # type: ignore[attr-defined]
    run_jobs()
    done = client.get(answer.url)  # type: ignore[attr-defined]
    assert done.url == f"/van-ban/{Document.objects.get().pk}/xem-lai/"
