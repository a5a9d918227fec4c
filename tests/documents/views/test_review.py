"""The review page and its acts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.documents import review_outcome
from nep.documents.domain.review.stamps import stamp_of
from nep.documents.forms.items import FORMS
from nep.documents.models import Reading, ReviewItem
from nep.platform.audit.models import Event
from tests.documents.samples import PLAN, reading_of, the
from tests.factories.province import Province

Browser = Callable[[str], Client]


@pytest.fixture
def reading(province: Province) -> Reading:
    """The plan, read."""
    return reading_of(province)


@pytest.fixture
def browser(reading: Reading, signed_in: Browser) -> Client:
    """The officer's browser."""
    return signed_in("ubnd-officer")


def address(reading: Reading, name: str = "review", *more: int) -> str:
    """An address of the review."""
    return reverse(name, args=[reading.document_id, *more])


def act(name: str, item: ReviewItem) -> str:
    """The value of a button."""
    return f"{name}:{item.pk}:{stamp_of(item)}"


def form_of(browser: Client, reading: Reading, item: ReviewItem) -> dict[str, object]:
    """The form of an item as a browser would send it, unchanged."""
    form = browser.get(address(reading), {"sua": item.pk}).context["edit_form"]
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    filled = {name: str(value) for name, value in values.items() if value is not None}
    return {**filled, "stamp": stamp_of(item)}


def test_both_sides_are_shown_and_lead_to_each_other(reading: Reading, browser: Client) -> None:
    page = browser.get(address(reading)).content.decode()
    task = the(reading, "task", "Sở Cơ khí")
    assert f'href="#n-{task.position}" data-n="{task.position}"' in page
    assert f'id="n-{task.position}"' in page
    assert f'href="#m-{task.position}"' in page
    assert "Chưa tạo được chương trình." in page


def test_a_text_without_work_says_what_to_do(province: Province, signed_in: Browser) -> None:
    bare = reading_of(province, "Hôm nay trời đẹp.\nKhông có gì ở đây.")
    page = signed_in("ubnd-officer").get(address(bare)).content.decode()
    assert "Nếp không thấy chỉ tiêu, nhiệm vụ hay quy tắc nào." in page
    assert "Xem lại bản đọc</h1>" in page


def test_the_sheet_shows_every_word(reading: Reading, browser: Client) -> None:
    lines = browser.get(address(reading)).context["shown"].lines
    told = " ".join("".join(piece.text for piece in line.pieces) for line in lines)
    assert told.split() == PLAN.split()


def test_doubts_come_first_and_one_is_open(reading: Reading, browser: Client) -> None:
    cards = browser.get(address(reading)).context["shown"].cards
    assert [(card.item.value["code"], card.state, card.number) for card in cards] == [
        ("unknown_unit", "open", the(reading, "task", "Sở Cơ khí").position),
        ("numbering_gap", "closed", 16),
    ]
    second = cards[1].item.pk
    chosen = browser.get(address(reading), {"muc": second}).context["shown"].cards
    assert [card.state for card in chosen] == ["closed", "open"]


def test_each_act_is_saved_at_once(reading: Reading, browser: Client) -> None:
    target = the(reading, "target")
    for name, state in (("confirm", "accepted"), ("drop", "dropped"), ("restore", "accepted")):
        target.refresh_from_db()
        answer = browser.post(
            address(reading, "review_act"), {"act": act(name, target), "once": str(uuid4())}
        )
        assert answer.url == f"{address(reading)}?muc={target.pk}#muc-{target.pk}"  # type: ignore[attr-defined]
        target.refresh_from_db()
        assert target.state == state


def test_a_doubt_is_answered_from_its_card(reading: Reading, browser: Client) -> None:
    doubt = the(reading, "doubt", "unknown_unit")
    data = {"act": act("answer", doubt), f"answer-{doubt.pk}-0": "drop"}
    browser.post(address(reading, "review_act"), data)
    doubt.refresh_from_db()
    assert (doubt.state, doubt.value["answers"]) == ("accepted", ["drop"])


@pytest.mark.parametrize("part", ["²", "9" * 12, "-1"])
def test_an_answer_to_no_part_answers_nothing(reading: Reading, browser: Client, part: str) -> None:
    doubt = the(reading, "doubt", "unknown_unit")
    answer = browser.post(
        address(reading, "review_act"), {"act": act("answer", doubt), f"answer-{doubt.pk}-{part}": "drop"}
    )
    assert answer.context["refused"] == "Chọn một câu trả lời cho từng chỗ chưa chắc."


def test_no_number_of_an_item_opens_no_form(reading: Reading, browser: Client) -> None:
    assert browser.get(address(reading), {"sua": "²"}).context["edit_form"] is None


def test_an_act_sent_twice_acts_once(reading: Reading, browser: Client) -> None:
    data = {"act": act("drop", the(reading, "target")), "once": str(uuid4())}
    answers = [browser.post(address(reading, "review_act"), data).status_code for _ in range(2)]
    assert (answers, Event.objects.filter(kind="documents.item_dropped").count()) == ([302, 302], 1)


def test_a_stale_act_is_a_conflict(reading: Reading, browser: Client) -> None:
    seen = act("drop", the(reading, "target"))
    browser.post(address(reading, "review_act"), {"act": act("confirm", the(reading, "target"))})
    answer = browser.post(address(reading, "review_act"), {"act": seen})
    assert (answer.status_code, the(reading, "target").state) == (409, "accepted")


def test_a_refused_act_says_why_on_the_page(reading: Reading, browser: Client) -> None:
    answer = browser.post(
        address(reading, "review_act"), {"act": act("answer", the(reading, "doubt", "gap"))}
    )
    assert (answer.status_code, answer.context["refused"]) == (
        200,
        "Chọn một câu trả lời cho từng chỗ chưa chắc.",
    )


@pytest.mark.parametrize("broken", ["", "drop", "drop:x:0", "drop:999999:0", "explode:{}:0"])
def test_an_act_that_does_not_exist_is_not_found(reading: Reading, browser: Client, broken: str) -> None:
    data = {"act": broken.format(the(reading, "target").pk)}
    assert browser.post(address(reading, "review_act"), data).status_code == 404


def test_items_of_another_document_are_out_of_reach(
    province: Province, reading: Reading, browser: Client
) -> None:
    other = reading_of(province, PLAN + "\nBản hai\n", "hai.txt")
    answer = browser.post(address(reading, "review_act"), {"act": act("drop", the(other, "target"))})
    assert (answer.status_code, the(other, "target").state) == (404, "read")


def test_who_only_sees_may_not_decide(reading: Reading, signed_in: Browser) -> None:
    browser = signed_in("supervisor")
    assert browser.get(address(reading)).status_code == 200
    answer = browser.post(address(reading, "review_act"), {"act": act("drop", the(reading, "target"))})
    assert (answer.status_code, the(reading, "target").state) == (403, "read")


def test_every_form_gives_back_what_it_was_given(reading: Reading, browser: Client) -> None:
    for item in reading.items.filter(field__in=FORMS):
        form = FORMS[item.field](
            item.value, {k: v for k, v in form_of(browser, reading, item).items() if k != "stamp"}
        )
        assert (form.is_valid(), dict(form.errors)) == (True, {})
        assert form.value() == item.value


def test_a_deadline_is_changed_by_its_parts(reading: Reading, browser: Client) -> None:
    task = the(reading, "task", "Sở Cơ khí")
    data = form_of(browser, reading, task)
    data |= {"muc-when_kind": "yearly", "muc-when_day_of_month": "15", "muc-when_month": "12"}
    browser.post(address(reading, "review_edit", task.pk), data)
    assert the(reading, "task", "Sở Cơ khí").value["rule"] == "yearly:before:12-15"


def test_a_wrong_form_keeps_what_was_typed(reading: Reading, browser: Client) -> None:
    target = the(reading, "target")
    data = form_of(browser, reading, target) | {"muc-value_": "nhiều", "muc-when_kind": "before_day"}
    answer = browser.post(address(reading, "review_edit", target.pk), data)
    form = answer.context["edit_form"]
    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "value_": ["Nhập số, ví dụ 1.234 hoặc 12,5."],
        "when_day": ["Chọn ngày."],
    }
    assert form["value_"].value() == "nhiều"
    assert the(reading, "target").state == "read"


def test_both_what_was_read_and_what_holds_are_shown(reading: Reading, browser: Client) -> None:
    target = the(reading, "target")
    browser.post(
        address(reading, "review_edit", target.pk), form_of(browser, reading, target) | {"muc-value_": "95,5"}
    )
    row = next(
        row
        for group in browser.get(address(reading)).context["shown"].groups
        for row in group.rows
        if row.item.pk == target.pk
    )
    assert (row.was, row.now) == ("90\u00a0%", "95,5\u00a0%")


def test_adding_begins_with_the_quoted_words(reading: Reading, browser: Client) -> None:
    page = browser.get(address(reading), {"them": "", "trich": "90% công chức", "tu": "0"})
    assert page.context["add_form"]["them"].value() == "target"
    assert page.context["new_form"].initial["name"] == "Công chức"


def test_an_item_is_added_where_its_words_stand(reading: Reading, browser: Client) -> None:
    data = {"them": "aim", "trich": "phát sổ tay", "tu": "0", "muc-text": "Ai cũng có sổ tay"}
    assert browser.post(address(reading, "review_add"), data).status_code == 302
    item = the(reading, "aim", "Ai cũng có sổ tay")
    assert (PLAN[item.start : item.end], item.state) == ("phát sổ tay", "added")


def test_a_quote_that_is_not_there_is_refused_and_kept(reading: Reading, browser: Client) -> None:
    data = {"them": "aim", "trich": "không hề viết", "muc-text": "Một ý"}
    answer = browser.post(address(reading, "review_add"), data)
    assert answer.context["add_form"].errors == {
        "trich": ["Đoạn trích này không có trong văn bản. Chép đúng chữ từ văn bản hoặc để trống."]
    }
    assert answer.context["new_form"]["text"].value() == "Một ý"


def test_another_kind_of_item_asks_for_other_fields(reading: Reading, browser: Client) -> None:
    data = {"them": "model", "trich": "bàn tiếp dân", "retype": "1"}
    answer = browser.post(address(reading, "review_add"), data)
    assert list(answer.context["new_form"].fields) == ["name"]


def test_the_review_ends_with_what_is_made_of_it(
    reading: Reading, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        review_outcome, "_outcomes", [lambda document, actor, at: f"/lam-xong/{document.pk}/"]
    )
    refused = browser.post(address(reading, "review_finish"))
    assert refused.context["refused"] == "Chưa tạo được chương trình. Còn 2 mục chưa xác nhận."
    for doubt in reading.items.filter(field="doubt"):
        browser.post(
            address(reading, "review_act"), {"act": act("answer", doubt), f"answer-{doubt.pk}-0": "keep"}
        )
    done = browser.post(address(reading, "review_finish"))
    assert done.url == f"/lam-xong/{reading.document_id}/"  # type: ignore[attr-defined]
    assert browser.post(address(reading, "review_finish")).status_code == 409


def test_the_page_asks_as_much_for_few_items_as_for_many(
    province: Province, reading: Reading, browser: Client
) -> None:
    more = "".join(
        f"\n\n{n}. Sở Y tế tổ chức buổi trao đổi thứ {n} trước ngày 30/6/2026." for n in range(5, 36)
    )
    many = reading_of(province, PLAN.replace("\n\nNơi nhận", f"{more}\n\nNơi nhận"), "nhieu.txt")
    counts = []
    for one in (reading, many):
        browser.get(address(one))
        with CaptureQueriesContext(connection) as asked:
            browser.get(address(one))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert many.items.count() > reading.items.count() + 30
