"""Every page of the journey at 1280 and 360 px: accessible, no wider than its screen, all from our host."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from nep.sample.password import PASSWORD
from tests.e2e.journey import Desk

pytestmark = pytest.mark.slow

# Who looks at which pages. Angle brackets stand for the first link of that kind on the page before.
TOURS = {
    "phongtrao": (
        "/",
        "/van-ban/",
        "/van-ban/dua-vao/",
        "/van-ban/1/",
        "/van-ban/1/xem-lai/",
        "/phong-trao/",
        "/phong-trao/moi/",
        "/phong-trao/2/",
        "/phong-trao/2/nhiem-vu/",
        "/phong-trao/2/?ngay=2026-06-30",
        "/phong-trao/2/don-vi/",
        "/phong-trao/2/don-vi/nhiem-vu/",
        "/phong-trao/2/don-vi/bang/",
        "/phong-trao/2/tre-han/",
        "/phong-trao/2/nhac-viec/",
        "/phong-trao/2/quy-tac/",
        "/phong-trao/2/sua-doi/",
        "<amendment>",
        "/phong-trao/2/so-ket-tong-ket/",
        "/phong-trao/2/van-ban/",
        "/phong-trao/2/dien-bien/",
        "/phong-trao/2/so/units/",
        "/phong-trao/2/so/tasks-late/",
        "/phong-trao/3/",
        "/phong-trao/4/",
        "/phong-trao/5/",
        "/phong-trao/1/",
        "/phong-trao/1/so-ket-tong-ket/",
        "<review>",
        "/phong-trao/mau/",
        "<template>",
        "/phong-trao/don-doc/",
        "<letter>",
        "/phong-trao/minh-chung/",
        "/chi-so/",
        "/chi-so/so-lieu/",
        "/chi-so/cua/viec-dung-han/",
        "/chi-so/dat-moi/",
        "/chi-so/cua/dvctt-toan-trinh/so/1/2026-10/",
        "/chi-so/cua/dvctt-toan-trinh/nhap/1/",
        "/chi-so/cua/dvctt-toan-trinh/yeu-cau/1/",
        "/chi-so/cua/dvctt-toan-trinh/nhap-tep/1/",
        "/thong-bao/",
        "/thong-bao/cach-nhan/",
        "/to-chuc/",
        "/to-chuc/1/",
        "/to-chuc/nguoi/",
        "/to-chuc/nguoi/1/",
        "/tai-khoan/",
        "/ui/",
        "/khong-co-trang-nay/",
    ),
    "daumoi.noivu": ("/", "/van-ban/6/xem-lai/"),
    "chutich": (
        "/",
        "/phong-trao/6/",
        "/phong-trao/6/buoc/launch/",
        "/phong-trao/2/buoc/open_interim/",
        "/phong-trao/2/don-doc/",
        "/phong-trao/2/don-doc/",
        "/phong-trao/don-doc/",
        "/phong-trao/don-doc/dot/1/",
        "/phong-trao/don-doc/1/",
        "/to-chuc/1/uy-quyen/",
        "/to-chuc/ky-so-lieu/",
        "/to-chuc/vai-tro/",
    ),
    "chutich.haininh": ("/", "/phong-trao/2/", "/phong-trao/2/don-vi/", "<adoption>", "<task>"),
    "congdoan": ("/", "/phong-trao/3/so-ket-tong-ket/", "<review>", "/phong-trao/4/"),
    "daumoi.haininh": (
        "/",
        "<form>",
        "/thong-bao/",
        "/phong-trao/bao-cao/52/",
        "/phong-trao/sua-doi/tra-loi/94/",
    ),
    "kS.thutruong": ("/", "<prepare>"),
    "congchuc.noivu": ("/", "/phong-trao/", "/phong-trao/2/"),
    "giamsat": ("/", "/phong-trao/2/", "/phong-trao/2/don-vi/"),
    "quantri": (
        "/",
        "/to-chuc/lich-nghi/",
        "/to-chuc/",
        "/to-chuc/?ngay=2025-06-30",
        "/to-chuc/?tim=hai+ninh",
        "/to-chuc/4/doi-ten/",
        "/to-chuc/bien-dong/",
        "/to-chuc/nhap/",
        "/to-chuc/nhap/1/",
        "/to-chuc/chuc-vu/",
        "/to-chuc/nguoi/chuyen-doi/",
        "/to-chuc/quyen/",
        "/hop-thu/",
        "/tai-khoan/hai-lop/",
        "<elevate>",
        "/to-chuc/1/them/",
        "/to-chuc/4/chuyen/",
        "/to-chuc/4/sap-nhap/",
        "/to-chuc/4/chia-tach/",
        "/to-chuc/4/giai-the/",
        "/to-chuc/4/moi/",
        "/to-chuc/nhap/tai-len/",
        "/to-chuc/nguoi/them/",
        "/to-chuc/nguoi/40/",
        "/to-chuc/nguoi/40/sua/",
        "/to-chuc/nguoi/40/vi-tri/",
        "/to-chuc/nguoi/40/dieu-dong/",
        "/to-chuc/nguoi/40/vai-tro/",
        "/to-chuc/nguoi/40/quyen/",
        "/to-chuc/nguoi/40/moi/",
        "/danh-sach/nguoi/cot/",
        "/danh-sach/nguoi/cach-xem/",
    ),
    "kiemsoat": ("/nhat-ky/", "<event>", "/nhat-ky/xuat/"),
}
LINKS = {
    "<adoption>": 'a[href*="/phong-trao/don-vi/"]',
    "<task>": 'a[href*="/phong-trao/viec/"]',
    "<prepare>": 'a[href*="/phong-trao/don-vi/"]',
    "<form>": 'a[href*="/minh-chung/?ky="]',
    "<amendment>": 'main a[href^="/phong-trao/sua-doi/"]',
    "<review>": 'main a[href^="/phong-trao/so-ket-tong-ket/"]',
    "<template>": 'main a[href^="/phong-trao/mau/"]',
    "<letter>": 'tbody a[href^="/phong-trao/don-doc/"]',
    "<event>": 'tbody a[href^="/nhat-ky/"]',
}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
@pytest.mark.parametrize("login", TOURS)
def test_pages_are_accessible_at_both_widths(
    site: str, browser: Browser, login: str, width: int, height: int
) -> None:
    desk = Desk.of(browser, site, login.lower(), width=width, height=height)
    errors: list[str] = []
    desk.page.on("pageerror", lambda error: errors.append(str(error)))
    wrong = {}
    for path in TOURS[login]:
        if path == "<elevate>":
            elevate(desk)
            continue
        if path in LINKS:
            path = desk.page.locator(LINKS[path]).first.get_attribute("href") or ""
        desk.open(path)
        if found := flaws(desk.page):
            wrong[path] = found
    assert wrong == {}
    assert (desk.foreign, errors) == ([], [])
    desk.close()


def elevate(desk: Desk) -> None:
    """Enter the elevated mode of administrators, as they do."""
    desk.open("/tai-khoan/quan-tri/")
    assert flaws(desk.page) == []
    desk.page.get_by_label("Mật khẩu").fill(PASSWORD)
    desk.page.keyboard.press("Enter")
    desk.page.get_by_text("Chế độ quản trị đến").wait_for()


def flaws(page: Page) -> list[str]:
    """Violations that axe finds, and a page wider than its screen."""
    violations = Axe().run(page).response["violations"]
    found = [f"{violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in violations]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    return found
