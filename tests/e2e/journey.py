"""The main job in a browser, as its users do it: from a plan document to accepted evidence.

Keys are counted: one act is one key pressed, one field filled in or one file chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from nep.sample.password import PASSWORD

MOST_TABS = 60


@dataclass
class Desk:
    """Somebody at a browser that has signed in; `acts` counts what was done by hand."""

    page: Page
    base: str
    login: str
    acts: int = 0
    foreign: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, base: str, login: str, *, width: int = 1280, height: int = 800) -> Desk:
        """Open a browser of one's own and sign in."""
        context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            reduced_motion="reduce",  # colours are looked at as they come to rest
        )
        desk = cls(context.new_page(), base, login)
        context.on("request", lambda request: desk.note(request.url))
        sign_in(desk.page, base, login)
        return desk

    def note(self, url: str) -> None:
        """Remember a request to another host than ours."""
        if not url.startswith((self.base, "data:", "blob:", "about:")):
            self.foreign.append(url)

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(f"{self.base}{path}")

    def press(self, *keys: str) -> None:
        """Press keys, each one act."""
        for key in keys:
            self.acts += 1
            self.page.keyboard.press(key)

    def tab_to(self, name: str) -> None:
        """Move with Tab to the control whose name begins so."""
        for _ in range(MOST_TABS):
            self.press("Tab")
            if self.page.evaluate("(document.activeElement.textContent || '').trim()").startswith(name):
                return
        raise AssertionError(f"no way by Tab to “{name}” on {self.page.url}")

    def main_act(self, name: str) -> None:
        """Skip to the content, move to a control and press it.

        A page reached from a form keeps `#main`: there the first Tab is already in the content.
        """
        if not self.page.url.endswith("#main"):
            self.press("Tab", "Enter")
        self.tab_to(name)
        self.press("Enter")

    def close(self) -> None:
        """Leave the browser."""
        self.page.context.close()


def sign_in(page: Page, base: str, login: str) -> None:
    """Sign in as somebody of the sample; ends on Hôm nay."""
    page.goto(f"{base}/dang-nhap/")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page).to_have_url(f"{base}/")


@dataclass(frozen=True)
class Told:
    """How a whole journey went: the programme, acts from the upload to the launch, foreign requests."""

    programme: int
    acts: int
    foreign: list[str]


def whole(browser: Browser, base: str, plan: Path, *, unit: str, photo: bytes) -> Told:
    """Office, head, ward and school, one after another, each in a browser of their own."""
    logins = ("phongtrao", "chutich", "chutich.haininh", "hieutruong.haininh", "daumoi.haininh")
    office, head, ward, school, focal = desks = [Desk.of(browser, base, login) for login in logins]
    bring_in(office, plan, unit=unit)
    programme = review(office)
    submit(office)
    launch(head, programme)
    acts = office.acts + head.acts
    adoption = adopt(ward, programme)
    pass_down(ward, adoption)
    adopt(school, programme)
    send_evidence(focal, adoption, photo)
    accept_evidence(office, programme)
    for desk in desks:
        desk.close()
    return Told(programme, acts, [url for desk in desks for url in desk.foreign])


def bring_in(desk: Desk, plan: Path, *, unit: str) -> None:
    """Choose a plan, send it, wait until it is read; ends on the review."""
    desk.open("/van-ban/dua-vao/")
    desk.page.set_input_files("input[type=file]", plan)
    if (picker := desk.page.locator("select[name=unit]")).count():
        picker.select_option(label=unit)
        desk.acts += 1
    desk.page.locator("input[type=file]").focus()
    desk.acts += 1
    desk.tab_to("Tải lên và đọc")
    desk.press("Enter")
    desk.page.wait_for_url(re.compile(r"/van-ban/\d+/xem-lai/"), timeout=60_000)


def review(desk: Desk) -> int:
    """Answer every doubt with the guess that stands first, then create the programme; its number.

    Ends on the draft of the programme.
    """
    page = desk.page
    expect(page.locator("[data-review]")).to_be_visible()
    page.locator("#review-panel [data-item]").first.wait_for()
    while page.locator("#finish-button").count() == 0:
        left = page.locator('[data-doubt="open"], [data-doubt="closed"]').count()
        assert left, "the programme cannot be created and nothing is left to answer"
        if page.locator('[data-doubt="open"] input[type=radio]:checked').count() == 0:
            desk.press("1")
        desk.press("Enter")
        page.wait_for_function(
            "left => document.querySelectorAll('[data-doubt=open], [data-doubt=closed]').length < left",
            arg=left,
        )
    desk.press("g")
    page.wait_for_url(re.compile(r"/phong-trao/\d+/"))
    if "/thong-tin/" in page.url:  # the plan names no years, so the guess is asked about
        desk.main_act("Lưu")
        page.wait_for_url(re.compile(r"/phong-trao/\d+/soan/"))
    found = re.search(r"/phong-trao/(\d+)/", page.url)
    assert found
    return int(found[1])


def submit(desk: Desk) -> None:
    """Submit the draft to the head, from the page of the draft."""
    desk.main_act("Trình phát động")
    desk.page.wait_for_url(re.compile(r"/buoc/submit/"))
    desk.main_act("Trình phát động")
    desk.page.wait_for_url(re.compile(r"/phong-trao/\d+/(#main)?$"))


def launch(desk: Desk, programme: int) -> None:
    """The head launches what waits in Hôm nay."""
    desk.open("/")
    desk.page.locator(f'a[href*="/phong-trao/{programme}/"]').first.focus()
    desk.press("Enter")
    desk.page.wait_for_url(re.compile(rf"/phong-trao/{programme}/"))
    if "/buoc/launch/" not in desk.page.url:
        desk.main_act("Phát động")
        desk.page.wait_for_url(re.compile(r"/buoc/launch/"))
    desk.main_act("Phát động")
    desk.page.wait_for_url(re.compile(rf"/phong-trao/{programme}/(#main)?$"))
    expect(desk.page.locator("main")).to_contain_text("Đang thực hiện")


def adopt(desk: Desk, programme: int) -> int:
    """The head of a unit takes the programme on and issues the unit's plan; the number of the adoption."""
    page = desk.page
    adoption = _owed_adoption(desk, programme)
    desk.open(f"/phong-trao/don-vi/{adoption}/")
    page.get_by_role("button", name="Bắt đầu chuẩn bị").click()
    page.wait_for_url(re.compile(r"/chuan-bi/"))
    if (take := page.get_by_role("button", name=re.compile("^Nhận việc này"))).count():
        take.first.click()
    if page.locator(".nep-plan-row").count():
        page.get_by_role("button", name="Ghi rõ: không có việc riêng").click()
    else:  # a plan that gives this unit no task: the unit sets one of its own
        page.locator("input[name=rieng-title]").fill("Tự kiểm tra việc thực hiện tại đơn vị")
        page.get_by_role("button", name="Thêm việc riêng").click()
    page.get_by_role("link", name="Không lập kế hoạch riêng").click()
    page.locator("textarea[name=reason]").fill("Đơn vị thực hiện theo kế hoạch của cấp trên.")
    page.get_by_role("button", name="Ghi lý do").click()
    page.get_by_role("link", name="Xem lại và ban hành").click()
    if (answers := page.locator("input[name=head_answers]")).count():
        answers.check()
    page.get_by_role("button", name="Ban hành kế hoạch").click()
    expect(page.locator("main")).to_contain_text("Đã ban hành")
    return adoption


def _owed_adoption(desk: Desk, programme: int) -> int:
    """The adoption that this person's unit owes, found through the page of the programme."""
    desk.open(f"/phong-trao/{programme}/don-vi/")
    with_link = desk.page.locator('a[href*="/phong-trao/don-vi/"]')
    links = [with_link.nth(n).get_attribute("href") or "" for n in range(with_link.count())]
    numbers = [int(found[1]) for link in links if (found := re.search(r"/don-vi/(\d+)/", link))]
    for number in numbers:
        desk.open(f"/phong-trao/don-vi/{number}/")
        if desk.page.get_by_role("button", name="Bắt đầu chuẩn bị", disabled=False).count():
            return number
    raise AssertionError(f"no adoption of {desk.login} for programme {programme}")


def pass_down(desk: Desk, adoption: int) -> None:
    """The head passes the programme to the units below."""
    desk.open(f"/phong-trao/don-vi/{adoption}/giao-xuong/")
    desk.page.get_by_role("button", name="Giao đơn vị đã chọn").click()
    expect(desk.page.locator("main")).to_contain_text("giao từ")


def send_evidence(desk: Desk, adoption: int, photo: bytes) -> None:
    """Send evidence for the first task of the unit's plan."""
    page = desk.page
    desk.open(f"/phong-trao/don-vi/{adoption}/")
    page.locator('table a[href*="/phong-trao/viec/"]').first.click()
    page.get_by_role("link", name=re.compile("Nộp minh chứng")).first.click()
    page.locator("textarea[name=text]").fill("Đã làm xong, có ảnh kèm theo.")
    page.locator("input[name=link]").fill("https://vanlinh.example/van-ban/da-ban-hanh")
    page.locator("input[type=file]").set_input_files(
        {"name": "anh.png", "mimeType": "image/png", "buffer": photo}
    )
    if page.locator("input[name=numerator]").count():
        page.locator("input[name=numerator]").fill("18")
    if page.locator("input[name=denominator]").count():
        page.locator("input[name=denominator]").fill("20")
    page.get_by_role("button", name="Nộp minh chứng").click()
    expect(page.locator("main")).to_contain_text("Chờ xét")


def accept_evidence(desk: Desk, programme: int) -> None:
    """The unit above accepts the evidence that waits for this programme."""
    page = desk.page
    desk.open("/phong-trao/minh-chung/")
    for number in range(page.locator('a[href*="/phong-trao/minh-chung/"]').count()):
        link = page.locator('a[href*="/phong-trao/minh-chung/"]').nth(number)
        if re.search(r"/minh-chung/\d+/", link.get_attribute("href") or ""):
            link.click()
            break
    while page.locator(f'a[href*="/phong-trao/{programme}/"]').count() == 0:
        page.get_by_role("link", name="Để sau, sang mục kế").click()
    page.locator("#nhan").click()
    page.wait_for_load_state()
