"""Takes the pictures of the README from a running demo: `.venv/bin/python -m tools.take_pictures`."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page

from tests.e2e.journey import Desk
from tests.e2e.site import ROOT, chromium, demo

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 256  # enough for screens of paper and ink, at half of the size


def save(page: Page, name: str) -> None:
    """The visible part of a page as a small PNG."""
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot()))
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"{name}.png", optimize=True)


def main() -> None:
    """Hôm nay, a programme with its evidence drawer, a review, coverage, and Hôm nay on a phone."""
    with TemporaryDirectory() as folder, demo(Path(folder)) as base, chromium() as browser:
        ward = Desk.of(browser, base, "chutich.haininh")
        save(ward.page, "hom-nay")
        office = Desk.of(browser, base, "phongtrao")
        office.open("/phong-trao/2/")
        office.page.locator("a.nep-figure").first.click()
        save(office.page, "chuong-trinh")
        office.open("/phong-trao/2/don-vi/")
        save(office.page, "do-phu")
        focal = Desk.of(browser, base, "daumoi.noivu")
        focal.open("/van-ban/6/xem-lai/")
        save(focal.page, "xem-lai")
        phone = Desk.of(browser, base, "chutich.haininh", width=360, height=740)
        save(phone.page, "hom-nay-dien-thoai")


if __name__ == "__main__":
    main()
