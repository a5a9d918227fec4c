"""Pages of amendments, templates, reviews and what follows, as each of their readers meets them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as WordDocument

from nep.movements.models import Amendment, Narrative, Programme, ProgrammeTemplate, Proposal
from nep.org.models import UnitKind
from tests.factories.changes import Changing, changing
from tests.factories.province import Province

Browser = Callable[[str], Client]


@pytest.fixture
def here(province: Province) -> Changing:
    """A programme that is amended and reviewed."""
    return changing(province)


def words(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, (name, answer.status_code)
    return " ".join(answer.content.decode().split())


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


OFFICER_PAGES = (
    ("programme_amendments", "programme"),
    ("programme_content", "programme"),
    ("amendment", "approved"),
    ("amendment", "drafted"),
    ("amendment_answers", "approved"),
    ("amendment_edit", "drafted"),
    ("amendment_head", "drafted"),
    ("amendment_line", "drafted"),
    ("amendment_remove", "drafted"),
    ("template_new", "programme"),
    ("template", "template"),
    ("template_edit", "template"),
    ("template_withdraw", "template"),
    ("template_draft", "template"),
    ("programme_next", "programme"),
    ("programme_reviews", "programme"),
    ("programme_review", "review"),
    ("review_words", "review"),
    ("lesson_new", "review"),
    ("lesson", "lesson"),
    ("narratives", "review"),
    ("narrative", "sent"),
    ("narrative_return", "sent"),
    ("proposal", "objected"),
)


@pytest.mark.parametrize(("name", "thing"), OFFICER_PAGES)
def test_the_office_opens_every_page(here: Changing, browser: Browser, name: str, thing: str) -> None:
    assert words(browser("ubnd-officer"), name, getattr(here, thing).pk)


def test_a_unit_reads_what_changes_for_it_before_it_answers(here: Changing, browser: Browser) -> None:
    page = words(browser("xa1-head"), "proposal", here.waiting.pk)
    assert "Thêm vào kế hoạch" in page
    assert "Sửa trong kế hoạch" in page
    assert "Ra khỏi kế hoạch" not in page  # the dropped task binds Home Affairs alone
    assert "trước ngày 31/08/2026" in page


def test_an_answer_takes_one_click(here: Changing, browser: Browser) -> None:
    answer = browser("xa1-head").post(reverse("proposal_accept", args=[here.waiting.pk]))
    assert answer["Location"] == reverse("proposal", args=[here.waiting.pk])
    assert Proposal.objects.get(pk=here.waiting.pk).state == "accepted"


def test_an_objection_says_why(here: Changing, browser: Browser) -> None:
    client, url = browser("xa1-head"), reverse("proposal_object", args=[here.waiting.pk])
    assert "Trường này" in client.post(url, {"reason": ""}).content.decode()
    client.post(url, {"reason": "Trụ sở đang sửa."})
    row = Proposal.objects.get(pk=here.waiting.pk)
    assert (row.state, row.reason) == ("objected", "Trụ sở đang sửa.")


def test_the_unit_above_rules(here: Changing, browser: Browser) -> None:
    url = reverse("proposal_rule", args=[here.objected.pk])
    browser("ubnd-head").post(url, {"decision": "mien", "ruling": "Đợi xây xong."})
    assert Proposal.objects.get(pk=here.objected.pk).state == "exempted"


@pytest.mark.parametrize(
    ("login", "name", "thing", "status"),
    [
        ("xa1-focal", "proposal_object", "waiting", 403),
        ("xa1-head", "proposal_rule", "waiting", 403),
        ("xa2-head", "proposal", "waiting", 404),
        ("xa1-head", "amendment", "drafted", 404),
        ("xa1-head", "amendment_edit", "approved", 403),
        ("ubnd-head", "amendment_edit", "drafted", 403),
        ("snv-head", "narrative", "sent", 404),
        ("xa1-head", "lesson", "lesson", 404),
        ("xa1-head", "templates", "", 403),
        ("stranger", "programme_amendments", "programme", 404),
    ],
)
def test_who_it_is_not_for(
    here: Changing, browser: Browser, login: str, name: str, thing: str, status: int
) -> None:
    args = [getattr(here, thing).pk] if thing else []
    answer = browser(login).get(reverse(name, args=args))
    assert answer.status_code == status or (login == "stranger" and answer.status_code == 403)


def test_an_amendment_is_drafted_item_by_item(here: Changing, browser: Browser) -> None:
    client, task = browser("ubnd-officer"), here.programme.tasks.get(code="NV2")
    actors = {"actors-TOTAL_FORMS": 0, "actors-INITIAL_FORMS": 0}
    item = reverse("amendment_item", args=[here.drafted.pk, "nhiem-vu", task.pk])
    assert client.get(item).status_code == 404  # the approved amendment drops it
    first = here.programme.tasks.get(code="NV1")
    item = reverse("amendment_item", args=[here.drafted.pk, "nhiem-vu", first.pk])
    page = client.get(item).content.decode()
    assert "UBND các xã, phường" in page
    sent = {"title": "Niêm yết ở mọi điểm", "deadline": "before_day", "when": "31/10/2026"}
    answer = client.post(item, sent | {"evidence_kind": "any"} | actors)
    assert answer["Location"] == reverse("amendment_edit", args=[here.drafted.pk])
    change = Amendment.objects.get(pk=here.drafted.pk).items[0]
    assert change.after is not None
    assert (change.after["title"], change.after["rule"]) == ("Niêm yết ở mọi điểm", "before:2026-10-31")
    client.post(reverse("amendment_item_keep", args=[here.drafted.pk, "nhiem-vu", first.pk]))
    assert Amendment.objects.get(pk=here.drafted.pk).changes == []


def test_a_refused_item_keeps_what_was_typed(here: Changing, browser: Browser) -> None:
    url = reverse("amendment_item_new", args=[here.drafted.pk, "chi-tieu"])
    sent = {"name": "Người hài lòng", "value": "140", "unit": "%", "subject": "people", "deadline": "none"}
    page = browser("ubnd-officer").post(url, sent).content.decode()
    assert "Mức phần trăm phải lớn hơn 0 và không quá 100." in page
    assert "Người hài lòng" in page


def test_who_submitted_does_not_approve(here: Changing, browser: Browser) -> None:
    client, first = browser("ubnd-officer"), here.programme.tasks.get(code="NV1")
    client.post(reverse("amendment_item_drop", args=[here.drafted.pk, "nhiem-vu", first.pk]))
    url = reverse("amendment_step", args=[here.drafted.pk, "submit"])
    client.post(url, {"reason": "", "state": "draft"})
    approve = reverse("amendment_step", args=[here.drafted.pk, "approve"])
    assert client.post(approve, {"reason": "", "state": "submitted"}).status_code == 403
    browser("ubnd-head").post(approve, {"reason": "", "state": "submitted"})
    assert Amendment.objects.get(pk=here.drafted.pk).state == "approved"


def test_what_was_said_on_a_past_day_is_read_again(here: Changing, browser: Browser) -> None:
    page = words(browser("xa1-staff"), "programme_content", here.programme.pk)
    assert "Niêm yết quy tắc tại trụ sở" in page
    assert "như khi phát động" in page


def test_a_narrative_is_kept_then_sent(here: Changing, browser: Browser) -> None:
    client, url = browser("xa1-focal"), reverse("narrative", args=[here.writing.pk])
    client.post(url, {"done": "Đang viết", "luu": "1"})
    assert Narrative.objects.get(pk=here.writing.pk).state == "open"
    page = client.post(url, {"done": "", "gui": "1"}).content.decode()
    assert "Ghi kết quả đã làm được trước khi gửi." in page
    client.post(url, {"done": "Đã xong", "gui": "1"})
    row = Narrative.objects.get(pk=here.writing.pk)
    assert (row.state, row.done) == ("sent", "Đã xong")


def test_nominating_and_choosing(here: Changing, browser: Browser) -> None:
    url = reverse("narrative_example", args=[here.writing.pk])
    sent = {"dien-hinh-kind": "person", "dien-hinh-name": "Má A Lử", "dien-hinh-deed": "Giúp dân."}
    browser("xa1-focal").post(url, sent)
    example = here.writing.examples.get()
    assert (example.name, example.deed) == ("Má A Lử", "Giúp dân.")
    browser("ubnd-officer").post(reverse("example_choose", args=[example.pk]), {"chon": "1"})
    example.refresh_from_db()
    assert example.chosen_by_name == "Đặng Thị Hoài Thu"


def test_a_part_is_accepted_or_returned(here: Changing, browser: Browser) -> None:
    client = browser("ubnd-officer")
    client.post(reverse("narrative_return", args=[here.sent.pk]), {"reason": "Thêm số."})
    assert Narrative.objects.get(pk=here.sent.pk).state == "returned"


def test_the_report_opens_in_word_with_its_figures(here: Changing, browser: Browser) -> None:
    client = browser("ubnd-officer")
    client.post(reverse("narrative_accept", args=[here.sent.pk]))
    client.post(reverse("example_choose", args=[here.example.pk]), {"chon": "1"})
    answer = client.get(reverse("review_docx", args=[here.review.pk]))
    document = WordDocument(io.BytesIO(answer.content))
    text = [paragraph.text for paragraph in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert [line for line in text if line[:3] in {"I. ", "II.", "III", "IV."}] == [
        "I. KẾT QUẢ THỰC HIỆN",
        "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
        "III. ĐIỂN HÌNH TIÊN TIẾN",
        "IV. BÀI HỌC KINH NGHIỆM",
    ]
    assert "- Ủy ban nhân dân phường Hải Ninh: Đã niêm yết ở 12 điểm." in text
    assert "1. Giao sớm thì xong sớm. Đề xuất: Giao từ tháng một." in text
    assert "Người được phổ biến quy tắc" in cells
    assert "2/4 (đơn vị được giao)" in cells


def test_a_draft_is_made_from_a_template_of_another_unit(here: Changing, browser: Browser) -> None:
    client, url = browser("cd-officer"), reverse("template_draft", args=[here.template.pk])
    unit = here.programme.lead_unit_id
    refused = client.post(url, {"lead_unit": unit, "kind": "plan", "title": "Thử"})
    assert refused.status_code == 200  # not a unit for which they draft
    form = client.get(url).context["form"]
    lead = form.fields["lead_unit"].queryset.get()
    sent = {"lead_unit": lead.pk, "kind": "plan", "title": "Thử mẫu", "starts_on": "2027-01-01"}
    answer = client.post(url, sent | {"ends_on": "2027-12-31"})
    made = Programme.objects.get(title="Thử mẫu")
    assert answer["Location"] == reverse("programme_edit", args=[made.pk])
    assert made.tasks.count() == 2


def test_a_template_is_kept_and_put_in_the_place_of_one(here: Changing, browser: Browser) -> None:
    client, url = browser("ubnd-officer"), reverse("template_new", args=[here.programme.pk])
    client.post(url, {"name": "Mẫu hai", "kinds": ["nhiem-vu"]})
    made = ProgrammeTemplate.objects.get(name="Mẫu hai")
    client.post(url, {"into": made.pk, "kinds": ["chi-tieu"]})
    made.refresh_from_db()
    assert [item["kind"] for item in made.content] == ["chi-tieu"]


def test_the_next_programme_stands_beside_the_one_before(here: Changing, browser: Browser) -> None:
    client, url = browser("ubnd-officer"), reverse("programme_next", args=[here.programme.pk])
    days = {"starts_on": "2027-01-01", "ends_on": "2027-12-31"}
    client.post(url, days | {"title": "Năm sau", f"lesson_{here.lesson.pk}": "nhiem-vu"})
    made = Programme.objects.get(follows=here.programme)
    page = words(client, "programme_before", made.pk)
    assert "Giao sớm thì xong sớm." in page
    assert "cũ: trước ngày 30/06/2026" in page
    assert client.get(url)["Location"] == reverse("programme", args=[made.pk])


def test_a_unit_sees_its_own_part_of_a_review(here: Changing, browser: Browser) -> None:
    page = words(browser("xa1-head"), "programme_review", here.review.pk)
    assert "Ủy ban nhân dân xã Mường Khe" in page
    assert "Hải Ninh" not in page


def test_as_many_queries_for_one_row_as_for_thirty(
    here: Changing, province: Province, browser: Browser
) -> None:
    client = browser("ubnd-officer")
    urls = [
        reverse("programme_review", args=[here.review.pk]),
        reverse("amendment", args=[here.approved.pk]),
        reverse("amendment_answers", args=[here.approved.pk]),
        reverse("narratives", args=[here.review.pk]),
    ]
    before = [queries(client, url) for url in urls]
    plans = [row.adoption for row in (here.waiting, here.objected)]
    for number in range(30):
        unit = province.open(f"TH{number + 10}", f"Trường số {number}", UnitKind.SCHOOL, parent="XA1")
        plan = here.programme.adoptions.create(
            unit=unit, parent=plans[0], level=2, expected_since="2026-03-02"
        )
        here.review.narratives.create(adoption=plan)
        here.approved.proposals.create(adoption=plan, told_on="2026-03-02", effective_on="2026-03-16")
    assert [queries(client, url) for url in urls] == before
