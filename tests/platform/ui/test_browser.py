"""The kit in a real browser: widths, accessibility, drawer, dialog, theme, with and without scripts."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Playwright runs an event loop in this thread; Django must be told that waiting for the database is meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@contextmanager
def opened(browser: Browser, address: str, *, width: int = 1280, script: bool = True) -> Iterator[Page]:
    """A page opened at an address; nothing on it may have failed to load or to run."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    yield page
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("path", ["/ui/", "/ui/evidence/"])
def test_pages_fit_and_can_be_used_by_everybody(
    live_server: LiveServer, chromium: Browser, path: str, width: int
) -> None:
    with opened(chromium, live_server.url + path, width=width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        violations = Axe().run(page).response["violations"]
        assert [(found["id"], found["nodes"][0]["html"]) for found in violations] == []


def test_dates_and_files_speak_as_the_office_does(live_server: LiveServer, chromium: Browser) -> None:
    with opened(chromium, f"{live_server.url}/ui/") as page:
        due = page.locator("input[type=date]").first
        due.fill("2026-11-22")
        assert due.locator("+ .nep-date-words").inner_text() == "Chủ nhật, 22/11/2026"
        due.fill("")
        assert due.locator("+ .nep-date-words").inner_text() == ""
        drop = page.locator("[data-nep-drop]").first
        assert drop.locator(".nep-button").inner_text() == "Chọn tệp"
        drop.locator("input").set_input_files(
            {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x"}
        )
        assert drop.locator(".nep-drop-list").inner_text() == "a.pdf, 1 kB"


def test_drawer_opens_beside_the_page_and_gives_the_focus_back(
    live_server: LiveServer, chromium: Browser
) -> None:
    with opened(chromium, f"{live_server.url}/ui/") as page:
        figure = page.locator("#figure a.nep-figure").first
        figure.focus()
        page.keyboard.press("Enter")
        page.locator("#nep-drawer .nep-drawer").wait_for()
        page.wait_for_url("**/ui/evidence/")
        assert page.evaluate("document.activeElement.id") == "evidence-title"
        page.keyboard.press("Escape")
        page.wait_for_url("**/ui/")
        assert page.locator("#nep-drawer .nep-drawer").count() == 0
        assert figure.evaluate("element => element === document.activeElement") is True


def test_drawer_follows_the_history(live_server: LiveServer, chromium: Browser) -> None:
    with opened(chromium, f"{live_server.url}/ui/") as page:
        page.locator("#figure a.nep-figure").first.click()
        page.locator("#nep-drawer .nep-drawer").wait_for()
        page.go_back()
        page.locator("#nep-drawer .nep-drawer").wait_for(state="detached")
        page.go_forward()
        page.locator("#nep-drawer .nep-drawer").wait_for()
        page.reload()
        assert page.locator("main .nep-drawer").count() == 1


def test_without_scripts_the_figure_leads_to_its_page(live_server: LiveServer, chromium: Browser) -> None:
    with opened(chromium, f"{live_server.url}/ui/", script=False) as page:
        page.locator("#figure a.nep-figure").first.click()
        assert page.url == f"{live_server.url}/ui/evidence/"
        assert page.locator("main .nep-drawer h2").inner_text() == "Người đã ký cam kết"


def test_theme_changes_at_once_and_stays(live_server: LiveServer, chromium: Browser) -> None:
    with opened(chromium, f"{live_server.url}/ui/") as page:
        for theme, button in (("dark", "Nền tối"), ("light", "Nền sáng"), ("dark", "Nền tối")):
            with page.expect_response("**/ui/theme/"):
                page.locator("header").get_by_role("button", name=button).click()
            assert page.locator("html").get_attribute("data-theme") == theme
        page.reload()
        assert page.locator("html").get_attribute("data-theme") == "dark"


def test_dialog_and_keys(live_server: LiveServer, chromium: Browser) -> None:
    with opened(chromium, f"{live_server.url}/ui/") as page:
        page.get_by_role("link", name="Trả lại kèm lý do").first.click()
        assert page.locator("dialog[open] h2").inner_text() == "Trả lại minh chứng"
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert page.locator("dialog[open] h2").inner_text() == "Phím tắt của trang"


def test_a_page_weighs_little(live_server: LiveServer, chromium: Browser) -> None:
    """Compressed and without fonts: a page with all styles and scripts stays under 100 kB."""
    bodies: dict[str, bytes] = {}

    def keep(response: Response) -> None:
        if response.request.resource_type != "font":
            bodies[response.url] = gzip.compress(response.body())

    page = chromium.new_page()
    page.on("response", keep)
    page.goto(f"{live_server.url}/ui/evidence/")
    page.wait_for_load_state("networkidle")
    assert sum(len(body) for body in bodies.values()) <= 100_000
    assert {url.split("/")[2] for url in bodies} == {live_server.url.split("/")[2]}
