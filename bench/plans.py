"""The main job on real plans, in a browser: brought in, reviewed, launched, adopted at two levels, shown."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Browser

from nep.config.cli.prove import Options
from nep.config.refusals import Refusal
from nep.sample.photo import notice_board
from tests.e2e import journey
from tests.e2e.site import chromium, demo

WHOLE_PAGES = "00?_*.txt"  # whole documents; the other texts of such a folder are cut short
PROVINCE = "Ủy ban nhân dân tỉnh Vân Lĩnh"
MOST_ACTS = 60


def prove(options: Options) -> dict[str, object]:
    """Acts are keys pressed from the upload to the launch; seconds are those of the whole journey."""
    if options.plans is None:
        raise Refusal("Phép plans cần thư mục văn bản kế hoạch: ./nep prove plans --plans DIR")
    plans = sorted(options.plans.glob(WHOLE_PAGES)) or sorted(options.plans.glob("*.txt"))
    if not plans:
        raise Refusal(f"Không có văn bản .txt nào trong {options.plans}.")
    photo = notice_board("phường Hải Ninh", date(2026, 11, 21))
    with TemporaryDirectory() as folder, demo(Path(folder)) as base, chromium() as browser:
        told = {plan.stem: _one(browser, base, plan, photo) for plan in plans}
    running = [row for row in told.values() if row["programme"]]
    return {
        "ok": len(running) == len(plans)
        and all(row["acts"] <= MOST_ACTS and not row["foreign"] for row in running),
        "running": len(running),
        "plans": told,
    }


def _one(browser: Browser, base: str, plan: Path, photo: bytes) -> dict[str, Any]:
    began = time.perf_counter()
    told = journey.whole(browser, base, plan, unit=PROVINCE, photo=photo)
    return {
        "programme": told.programme,
        "acts": told.acts,
        "foreign": told.foreign,
        "seconds": round(time.perf_counter() - began, 1),
    }
