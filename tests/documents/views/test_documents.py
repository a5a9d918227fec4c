"""Pages of the store of documents."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.documents.models import Document
from nep.documents.services.intake import receive_document
from nep.platform.audit.models import Event
from nep.platform.jobs.models import JobRun
from tests.documents.samples import AT, PARENT, PLAN, arrival, reading_of, received
from tests.factories.province import Province

Browser = Callable[[str], Client]


def sent(province: Province, content: bytes = PLAN.encode(), name: str = "ke-hoach.txt") -> dict[str, object]:
    """What the form of a new document carries."""
    unit = province.units["UBND"].pk
    return {"file": SimpleUploadedFile(name, content), "unit": unit, "pasted": "", "once": str(uuid4())}


def words_of(answer: HttpResponse) -> str:
    """A page as text."""
    return " ".join(answer.content.decode().split())


def test_a_file_is_kept_and_its_reading_followed(province: Province, signed_in: Browser) -> None:
    answer = signed_in("ubnd-officer").post(reverse("document_new"), sent(province))
    run = JobRun.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("job", args=[run.pk]))  # type: ignore[attr-defined]
    assert (run.title, Document.objects.get().text) == ("Đọc văn bản ke-hoach.txt", PLAN)


def test_pasted_text_is_a_document_too(province: Province, signed_in: Browser) -> None:
    data = {"pasted": PLAN, "unit": province.units["UBND"].pk}
    assert signed_in("ubnd-officer").post(reverse("document_new"), data).status_code == 302
    assert (Document.objects.get().text, Document.objects.get().file_name) == (PLAN, "van-ban-dan.txt")


def test_a_form_sent_twice_acts_once(province: Province, signed_in: Browser) -> None:
    browser, form = signed_in("ubnd-officer"), sent(province)
    first = browser.post(reverse("document_new"), form)
    second = browser.post(
        reverse("document_new"), {**form, "file": SimpleUploadedFile("x.txt", PLAN.encode())}
    )
    assert (first.url, Document.objects.count()) == (second.url, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (
            b"MZ" + bytes(400),
            "ke-hoach.docx",
            "Tệp là chương trình máy tính, không phải văn bản, nên không được nhận.",
        ),
        (b" \n ", "trang.txt", "Tệp không có chữ nào để đọc; hãy kiểm tra rồi gửi lại."),
    ],
)
def test_a_refused_file_says_why(
    province: Province, signed_in: Browser, content: bytes, name: str, sentence: str
) -> None:
    answer = signed_in("ubnd-officer").post(reverse("document_new"), sent(province, content, name))
    assert answer.context["form"].errors == {"file": [sentence]}
    assert (Document.objects.count(), JobRun.objects.count()) == (0, 0)


def test_nothing_and_too_much_are_refused_and_what_was_typed_stays(
    province: Province, signed_in: Browser
) -> None:
    browser, unit = signed_in("ubnd-officer"), province.units["UBND"].pk
    nothing = browser.post(reverse("document_new"), {"unit": unit})
    assert nothing.context["form"].non_field_errors() == ["Chọn một tệp hoặc dán nội dung văn bản."]
    both = browser.post(reverse("document_new"), {**sent(province), "pasted": "Một câu đã gõ"})
    assert both.context["form"].non_field_errors() == ["Chỉ chọn một cách: gửi tệp, hoặc dán nội dung."]
    assert "Một câu đã gõ</textarea>" in words_of(both)


def test_the_same_file_leads_to_the_existing_document(province: Province, signed_in: Browser) -> None:
    existing = received(province)
    answer = signed_in("ubnd-officer").post(reverse("document_new"), sent(province))
    assert answer.context["existing"] == existing
    assert f'href="{reverse("document", args=[existing.pk])}"' in words_of(answer)


def test_legacy_letters_are_warned_about(province: Province, signed_in: Browser) -> None:
    reading = reading_of(province)
    warning = "Chữ trong tệp có thể là bảng mã cũ."
    Document.objects.update(warnings=[warning])
    for name in ("document", "review"):
        assert warning in words_of(signed_in("ubnd-officer").get(reverse(name, args=[reading.document_id])))


def test_a_document_that_could_not_be_read_is_kept_and_read_again(
    province: Province, signed_in: Browser, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("no text is known to break the reader, so the test breaks it")

    browser = signed_in("ubnd-officer")
    with monkeypatch.context() as broken:
        broken.setattr("nep.documents.services.reading.read", fails)
        browser.post(reverse("document_new"), sent(province))
        run_jobs()
    document, run = Document.objects.get(), JobRun.objects.get()
    assert (run.state, run.message) == (
        "failed",
        "Nếp chưa đọc được văn bản này. Văn bản vẫn được giữ; có thể đọc lại sau, "
        "hoặc soạn chương trình bằng tay.",
    )
    assert Event.objects.filter(kind="documents.reading_failed").count() == 1
    assert browser.get(reverse("review", args=[document.pk])).status_code == 404
    browser.post(reverse("document_read", args=[document.pk]))
    run_jobs()
    assert browser.get(reverse("review", args=[document.pk])).status_code == 200


def test_a_document_shows_its_relations_both_ways(province: Province, signed_in: Browser) -> None:
    child = reading_of(province).document
    parent = reading_of(province, PARENT, "kh12.txt").document
    browser = signed_in("ubnd-officer")
    forth = browser.get(reverse("document", args=[child.pk])).context["shown"].forth
    back = browser.get(reverse("document", args=[parent.pk])).context["shown"].back
    assert [(other.words, other.name, other.document_id) for other in forth] == [
        ("Thực hiện", "Kế hoạch số 12/KH-BNV", parent.pk)
    ]
    assert [(other.words, other.name, other.document_id) for other in back] == [
        ("Được thực hiện bởi", "Kế hoạch số 41/KH-UBND", child.pk)
    ]


def test_out_of_sight_is_not_found(province: Province, signed_in: Browser) -> None:
    document = reading_of(province).document
    browser = signed_in("xa1-focal")
    for name in ("document", "document_file", "document_head", "review"):
        assert browser.get(reverse(name, args=[document.pk])).status_code == 404


def test_the_file_comes_back_as_it_was(province: Province, signed_in: Browser) -> None:
    document = received(province)
    answer = signed_in("ubnd-officer").get(reverse("document_file", args=[document.pk]))
    assert b"".join(answer.streaming_content).decode() == PLAN  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == 'attachment; filename="ke-hoach-41.txt"'


def test_the_head_is_corrected_with_a_reason(province: Province, signed_in: Browser) -> None:
    document, browser = reading_of(province).document, signed_in("ubnd-officer")
    address = reverse("document_head", args=[document.pk])
    form = browser.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {
        "number": "43/KH-UBND",
        "seen": form["seen"].value(),
    }
    refused = browser.post(address, {**typed, "reason": ""})
    assert refused.context["form"].errors == {"reason": ["Trường này là bắt buộc."]}
    assert refused.context["form"]["number"].value() == "43/KH-UBND"
    answer = browser.post(address, {**typed, "reason": "Theo bản giấy"})
    assert (answer.status_code, Document.objects.get().number) == (302, "43/KH-UBND")
    assert browser.post(address, {**typed, "number": "44/KH", "reason": "Lại sửa"}).status_code == 409


def listed(browser: Client, **asked: str) -> list[str]:
    """The file names that the list shows."""
    return [row.file_name for row in browser.get(reverse("documents"), asked).context["documents"].rows]


def test_the_list_searches_and_narrows(province: Province, signed_in: Browser) -> None:
    reading_of(province)
    reading_of(province, PARENT, "kh12.txt")
    browser = signed_in("ubnd-officer")
    assert listed(browser) == ["kh12.txt", "ke-hoach-41.txt"]
    assert listed(browser, tim="ban tiep dan") == ["ke-hoach-41.txt"]
    assert listed(browser, loai="news") == listed(browser, nam="2026", tim="khong thay") == []
    assert listed(browser, nam="2026", loai="plan") == ["kh12.txt", "ke-hoach-41.txt"]
    assert listed(browser, nam="so-la", loai="gi-do") == ["kh12.txt", "ke-hoach-41.txt"]


def test_an_empty_store_teaches_the_next_step(province: Province, signed_in: Browser) -> None:
    assert "Tải kế hoạch đã ban hành" in words_of(signed_in("ubnd-officer").get(reverse("documents")))
    assert reverse("document_new") not in words_of(signed_in("snv-staff").get(reverse("documents")))


def queries(browser: Client, address: str) -> int:
    """How many queries a page asks, once everything kept between pages is kept."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


def test_the_list_asks_as_much_for_one_row_as_for_thirty(province: Province, signed_in: Browser) -> None:
    browser = signed_in("ubnd-officer")
    reading_of(province)
    one = queries(browser, reverse("documents"))
    for number in range(29):
        text = PLAN + f"\nBản {number}\n"
        receive_document(
            arrival(text, f"ban-{number}.txt"),
            actor=province.actor("ubnd-officer"),
            unit=province.units["UBND"],
            at=AT,
        )
    assert (queries(browser, reverse("documents")), len(listed(browser))) == (one, 30)


def test_a_document_asks_as_much_with_one_citation_as_with_many(
    province: Province, signed_in: Browser
) -> None:
    few = reading_of(province).document
    cited = "".join(f", Kế hoạch số {n}/KH-BNV ngày 05/01/2026 của Bộ Nội vụ" for n in range(60, 90))
    many = reading_of(
        province, PLAN.replace(" của Bộ Nội vụ, Ủy", f" của Bộ Nội vụ{cited}, Ủy"), "nhieu.txt"
    ).document
    browser = signed_in("ubnd-officer")
    assert (few.relations.count(), many.relations.count()) == (1, 31)
    counts = [queries(browser, reverse("document", args=[document.pk])) for document in (few, many)]
    assert counts[0] == counts[1]


def test_reading_again_is_refused_after_a_decision(province: Province, signed_in: Browser) -> None:
    reading = reading_of(province)
    reading.items.filter(field="target").update(
        decided_by_id=province.users["ubnd-officer"].pk, decided_at=AT
    )
    answer = signed_in("ubnd-officer").post(reverse("document_read", args=[reading.document_id]))
    assert answer.status_code == 409
