"""The main job, on plans of our own writing: from the document to accepted evidence at two levels."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from docx import Document as WordDocument
from playwright.sync_api import Browser, expect

from nep.sample.photo import notice_board
from tests.e2e import journey
from tests.e2e.journey import Desk

pytestmark = pytest.mark.slow
PLANS = Path(__file__).parent / "plans"
PROVINCE = "Ủy ban nhân dân tỉnh Vân Lĩnh"
MOST_ACTS = 60  # from the upload to the launch, by keyboard


def as_word(plan: Path, folder: Path) -> Path:
    """The same plan as a Word file."""
    word = WordDocument()
    for line in plan.read_text().splitlines():
        word.add_paragraph(line)
    path = folder / f"{plan.stem}.docx"
    word.save(str(path))
    return path


@pytest.mark.parametrize(
    ("plan", "word"), [("nep-song-cong-so.txt", True), ("chuyen-muc-guong-tot.txt", False)]
)
def test_from_the_plan_to_accepted_evidence(
    site: str, browser: Browser, tmp_path: Path, plan: str, word: bool
) -> None:
    path = as_word(PLANS / plan, tmp_path) if word else PLANS / plan
    told = journey.whole(
        browser, site, path, unit=PROVINCE, photo=notice_board("xã Mường Khe", date(2026, 11, 21))
    )
    assert told.acts <= MOST_ACTS
    assert told.foreign == []
    office = Desk.of(browser, site, "phongtrao")
    office.open(f"/phong-trao/{told.programme}/")
    expect(office.page.locator("main")).to_contain_text("Đang thực hiện")
    office.close()


def test_a_figure_opens_its_evidence_by_keyboard_and_gives_the_focus_back(
    site: str, browser: Browser
) -> None:
    desk = Desk.of(browser, site, "phongtrao")
    desk.open("/phong-trao/")
    desk.page.get_by_role("link", name="Thực hiện Quy tắc ứng xử").first.click()
    figure = desk.page.locator("a.nep-figure").first
    figure.focus()
    desk.press("Enter")
    drawer = desk.page.locator("#nep-drawer aside, #nep-drawer .nep-drawer")
    expect(drawer.first).to_be_visible()
    expect(drawer.first).to_contain_text("Tử số")
    desk.press("Escape")
    expect(drawer).to_have_count(0)
    expect(figure).to_be_focused()
    desk.close()


def test_without_scripts_a_figure_is_a_page(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    journey.sign_in(page, site, "phongtrao")
    page.goto(f"{site}/phong-trao/")
    page.get_by_role("link", name="Thực hiện Quy tắc ứng xử").first.click()
    page.locator("a.nep-figure").first.click()
    expect(page.locator("main")).to_contain_text("Tử số")
    context.close()
