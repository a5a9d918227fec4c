"""The review in a real browser: by keyboard, with both sides lit, at two widths, with and without scripts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from nep.accounts.models import User
from nep.documents.models import Reading, ReviewItem
from tests.documents.samples import PLAN, reading_of, the
from tests.factories.province import small_province

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Playwright runs an event loop in this thread; Django must be told that waiting for the database is meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def reading() -> Reading:
    """The plan, read in a province of its own."""
    return reading_of(small_province())


@contextmanager
def opened(
    chromium: Browser,
    server: LiveServer,
    reading: Reading,
    *,
    width: int = 1280,
    script: bool = True,
    more: str = "",
) -> Iterator[Page]:
    """The review as the officer sees it; nothing may fail on the page."""
    client = Client()
    client.force_login(User.objects.get(login="ubnd-officer"))
    context = chromium.new_context(viewport={"width": width, "height": 860}, java_script_enabled=script)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}]
    )
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{server.url}/van-ban/{reading.document_id}/xem-lai/{more}")
    page.wait_for_load_state("networkidle")
    yield page
    # A refusal is an answer, but the browser notes its status as an error.
    assert [words for words in wrong if "409" not in words] == []
    context.close()


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def saved(page: Page) -> None:
    """Wait until an act has been saved."""
    expect(page.locator("#review-said")).to_have_text("Đã lưu.")
    page.evaluate("document.getElementById('review-said').textContent = ''")


def test_the_whole_review_is_done_by_keys(
    chromium: Browser, live_server: LiveServer, reading: Reading
) -> None:
    unknown, gap = the(reading, "doubt", "unknown_unit"), the(reading, "doubt", "numbering_gap")
    target, recipient = the(reading, "target"), the(reading, "recipient", "Sở Nội vụ")
    with opened(chromium, live_server, reading) as page:
        assert focused(page) == f"muc-{unknown.pk}"
        page.keyboard.press("2")
        page.keyboard.press("Enter")
        saved(page)
        assert focused(page) == f"muc-{gap.pk}"
        page.keyboard.press("Enter")
        saved(page)
        page.locator(f"#muc-{target.pk} .nep-draft-what").click()
        page.keyboard.press("Enter")
        saved(page)
        page.locator(f"#muc-{recipient.pk} .nep-draft-what").click()
        page.keyboard.press("x")
        saved(page)
        page.keyboard.press("k")
        page.keyboard.press("r")
        saved(page)
        expect(page.locator("#finish-button")).to_be_visible()
    states = ReviewItem.objects.in_bulk([unknown.pk, gap.pk, target.pk, recipient.pk])
    assert [states[item.pk].state for item in (unknown, gap, target, recipient)] == ["accepted"] * 4
    assert states[unknown.pk].value["answers"] == ["drop"]


def test_both_sides_are_lit(chromium: Browser, live_server: LiveServer, reading: Reading) -> None:
    target = the(reading, "target")
    with opened(chromium, live_server, reading) as page:
        page.locator(f'#review-sheet a[data-n="{target.position}"]').first.click()
        assert focused(page) == f"muc-{target.pk}"
        expect(page.locator(f"#muc-{target.pk}")).to_have_class("nep-draft nep-review-row nep-draft-lit")
        lit = page.locator("#review-sheet .nep-mark-now").all_text_contents()
        assert lit == [f"{target.position}90% công chức, viên chức được tập huấn cách đón tiếp người dân"]


def test_an_item_is_edited_and_the_focus_stays(
    chromium: Browser, live_server: LiveServer, reading: Reading
) -> None:
    task = the(reading, "task", "Sở Cơ khí")
    with opened(chromium, live_server, reading) as page:
        page.locator(f"#muc-{task.pk} .nep-draft-what").click()
        page.keyboard.press("e")
        page.locator("[name=muc-when_kind]").select_option("in_quarter")
        expect(page.locator("[name=muc-when_day]")).to_be_hidden()
        page.locator("[name=muc-when_quarter]").select_option("4")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".nep-error")).to_contain_text("Ghi năm, ví dụ 2026.")
        page.locator("[name=muc-when_year]").fill("2026")
        page.keyboard.press("Control+Enter")
        saved(page)
        expect(page.locator(f"#muc-{task.pk}")).to_contain_text("Sửa thành: trong quý IV/2026")
    assert the(reading, "task", "Sở Cơ khí").value["rule"] == "in:2026-Q4"


SELECT = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("review-sheet"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    const node = walker.currentNode;
    if (at >= 0) document.getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def test_a_selection_becomes_an_item(chromium: Browser, live_server: LiveServer, reading: Reading) -> None:
    with opened(chromium, live_server, reading) as page:
        page.evaluate(SELECT, "phát sổ tay đến từng bàn")
        page.keyboard.press("a")
        expect(page.locator("[name=trich]")).to_have_value("phát sổ tay đến từng bàn")
        page.locator("[name=them]").select_option("aim")
        expect(page.locator("[name=muc-text]")).to_have_value("phát sổ tay đến từng bàn")
        page.locator("[name=muc-text]").focus()
        page.keyboard.press("Control+Enter")
        saved(page)
    item = the(reading, "aim", "phát sổ tay")
    assert (PLAN[item.start : item.end], item.state) == ("phát sổ tay đến từng bàn", "added")


def test_a_stale_act_is_told_and_changes_nothing(
    chromium: Browser, live_server: LiveServer, reading: Reading
) -> None:
    target = the(reading, "target")
    with opened(chromium, live_server, reading) as page:
        page.locator(f"#muc-{target.pk} .nep-draft-what").click()
        drop = page.locator(f"#muc-{target.pk} [data-act=drop]")
        drop.evaluate("button => { button.value = `${button.value}1`; }")
        page.keyboard.press("x")
        expect(page.locator("#review-failed-words")).to_have_text(
            "Mục 8 vừa được sửa ở nơi khác. Mở lại trang rồi quyết định tiếp."
        )
    assert the(reading, "target").state == "read"


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("more", ["", "?sua={}", "?them="])
def test_the_review_fits_and_can_be_used_by_everybody(
    chromium: Browser, live_server: LiveServer, reading: Reading, width: int, more: str
) -> None:
    where = more.format(the(reading, "task").pk)
    with opened(chromium, live_server, reading, width=width, more=where) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        violations = Axe().run(page).response["violations"]
        assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []


def test_everything_works_without_scripts(
    chromium: Browser, live_server: LiveServer, reading: Reading
) -> None:
    target = the(reading, "target")
    with opened(chromium, live_server, reading, script=False) as page:
        page.get_by_role("button", name="Xác nhận", exact=True).click()
        page.get_by_role("button", name="Xác nhận", exact=True).click()
        expect(page.locator("#finish-button")).to_be_visible()
        page.get_by_role("link", name=f"Sửa mục {target.position}", exact=True).click()
        page.locator("[name=muc-value_]").fill("92,5")
        page.get_by_role("button", name="Lưu", exact=True).click()
        expect(page.locator(f"#muc-{target.pk}")).to_contain_text("Sửa thành: 92,5")
    assert the(reading, "target").value["value"] == "92.5"
