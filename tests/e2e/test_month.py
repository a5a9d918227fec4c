"""A month with the clock moved: staff, office and head do what each day brings, one click from Hôm nay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from nep.kernel.holidays import VIETNAM
from nep.platform.clock import today
from nep.platform.ui.formats import day_of_year
from tests.e2e.journey import Desk
from tests.e2e.site import copied, demo
from tests.e2e.test_pages import flaws

pytestmark = pytest.mark.slow
MONTHLY = "Đánh giá việc thực hiện Quy tắc ứng xử trong sinh hoạt chuyên môn hằng tháng"  # trước ngày 25
WARD = "phường Hải Ninh"


def working(day: date) -> date:
    """The day, or the next one on which offices are open."""
    return VIETNAM.next_working(day)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


@contextmanager
def living_on(folder: Path, day: date, browser: Browser, login: str) -> Iterator[Desk]:
    """Somebody at their desk on a day, on Hôm nay, which has no flaw."""
    with demo(folder, day) as base:
        desk = Desk.of(browser, base, login)
        expect(desk.page.get_by_role("heading", level=1)).to_contain_text(f"{day:%d/%m/%Y}")
        assert flaws(desk.page) == []
        yield desk
        assert desk.foreign == []
        desk.close()


def rows(desk: Desk, card: str) -> Locator:
    """The rows of a card of Hôm nay."""
    return desk.page.locator(".nep-card", has=desk.page.get_by_role("heading", name=card)).locator("li")


def duty(desk: Desk, title: str, unit: str) -> Locator:
    """The row of a duty, of one unit where the person owes for several."""
    return (
        rows(desk, "Việc tôi phải làm")
        .filter(has_text=title)
        .filter(has_text=re.compile(unit, re.IGNORECASE))
        .first
    )


def test_a_month_of_staff_head_and_office(browser: Browser, province: Path, tmp_path: Path) -> None:
    folder = copied(province, tmp_path / "data")
    first = next_month(today())
    begins, due = working(first + timedelta(days=1)), first.replace(day=24)

    # Staff: what the month asks is there, and one click opens its form.
    with living_on(folder, begins, browser, "daumoi.haininh") as staff:
        asked = duty(staff, MONTHLY, f"^(?!.*công đoàn).*{WARD}")
        expect(asked).to_be_visible()
        asked.get_by_role("link").first.click()
        expect(staff.page).to_have_url(re.compile(r"/viec/\d+/minh-chung/\?ky=\d+"))
        assert flaws(staff.page) == []
        staff.page.locator("textarea[name=text]").fill("Đã chấm điểm tại cuộc họp, kết quả gửi kèm.")
        staff.page.locator("input[name=link]").fill("https://vanlinh.example/ket-qua-thang")
        staff.page.get_by_role("button", name="Nộp minh chứng").click()
        expect(staff.page.locator("main")).to_contain_text("Chờ xét")

    # Office: what was sent waits for a decision, one click away, and a letter to the late is one click away.
    with living_on(folder, working(begins + timedelta(days=1)), browser, "phongtrao") as office:
        rows(office, "Chờ tôi quyết định").first.get_by_role("link").first.click()
        expect(office.page).to_have_url(re.compile(r"/minh-chung/\d+/"))
        assert flaws(office.page) == []
        office.page.locator("#nhan").click()
        office.page.wait_for_load_state()
        office.open("/")
        late = office.page.get_by_role("link", name=re.compile("có việc trễ hạn")).first
        late.click()
        expect(office.page).to_have_url(re.compile(r"/phong-trao/\d+/(don-vi|tre-han)/"))
        office.page.wait_for_load_state()
        assert flaws(office.page) == []

    # Head: three working days after a last day the reminder has come, once, and leads to the task.
    told = VIETNAM.add_working(VIETNAM.previous_working(due), 3)
    with living_on(folder, told, browser, "lq.thutruong") as head:
        head.page.get_by_role("link", name=re.compile("^Thông báo")).first.click()
        notices = head.page.locator("main li").filter(has_text=re.compile("trễ"))
        expect(notices.first).to_be_visible()
        assert flaws(head.page) == []
        notices.first.get_by_role("button", name=re.compile("^Mở")).click()
        expect(head.page).to_have_url(re.compile(r"/thong-bao/\d{4}-\d{2}-\d{2}/"))
        assert flaws(head.page) == []

    # Staff: the next month has opened its own term; the one that was sent is not asked again.
    with living_on(folder, working(next_month(first)), browser, "daumoi.haininh") as staff:
        asked = duty(staff, MONTHLY, f"^(?!.*công đoàn).*{WARD}")
        expect(asked).to_contain_text(day_of_year(next_month(first).replace(day=24))[:2])
        assert flaws(staff.page) == []
