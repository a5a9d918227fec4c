"""Passkeys in a real browser with a virtual authenticator; every page of accounts at both widths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestedCredentialData
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from nep.accounts.models import Passkey, SignedInSession, User
from nep.accounts.services import factors, links
from nep.platform.clock import now
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

# Playwright runs an event loop in this thread; Django must be told that waiting for the database is meant.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@contextmanager
def device(chromium: Browser) -> Iterator[Page]:
    """A browser on a device that holds passkeys; nothing on its pages may fail."""
    context = chromium.new_context()
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    protocol = context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield page
    assert wrong == []
    context.close()


def sign_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/dang-nhap/?next=/tai-khoan/")
    page.get_by_label("Tên đăng nhập").fill("thu.dang")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def sign_out(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/dang-xuat/")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap/")


def add_key(page: Page, server: LiveServer) -> None:
    sign_in(page, server)
    page.wait_for_url("**/tai-khoan/")
    page.goto(f"{server.url}/tai-khoan/khoa/")
    page.get_by_label("Tên gợi nhớ").fill("Điện thoại")
    page.get_by_role("button", name="Tạo khóa").click()
    page.get_by_role("heading", name="Mã dự phòng của Đặng Thị Hoài Thu").wait_for()


def test_a_key_signs_in_alone_and_as_second_factor(
    user: User, live_server: LiveServer, chromium: Browser
) -> None:
    with device(chromium) as page:
        add_key(page, live_server)
        assert page.locator(".nep-codes li").count() == 10
        sign_out(page, live_server)
        page.get_by_role("link", name="Dùng khóa truy cập").click()
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        page.wait_for_url(f"{live_server.url}/")
        assert SignedInSession.objects.get().how == SignedInSession.How.PASSKEY
        sign_out(page, live_server)
        sign_in(page, live_server)
        page.wait_for_url("**/dang-nhap/buoc-hai/**")
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        page.wait_for_url("**/tai-khoan/")
        assert SignedInSession.objects.get().how == SignedInSession.How.TWO_FACTORS
        page.goto(f"{live_server.url}/tai-khoan/quan-tri/?next=/tai-khoan/")
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        page.get_by_text("Chế độ quản trị đã bật").wait_for()
        page.goto(f"{live_server.url}/tai-khoan/")
        page.get_by_role("link", name="Gỡ Điện thoại").click()
        page.get_by_role("button", name="Gỡ khóa").click()
        page.wait_for_url("**/tai-khoan/")
        assert (Passkey.objects.count(), factors.has_second_factor(user)) == (0, False)


def test_an_answer_works_once_and_a_copy_of_a_key_not_at_all(
    user: User, live_server: LiveServer, chromium: Browser
) -> None:
    with device(chromium) as page:
        add_key(page, live_server)
        sign_out(page, live_server)
        page.goto(f"{live_server.url}/dang-nhap/khoa/")
        with page.expect_request(lambda request: request.method == "POST") as sent:
            page.get_by_role("button", name="Dùng khóa truy cập").click()
        answer = sent.value.post_data_json["answer"]
        page.wait_for_url(f"{live_server.url}/")
        sign_out(page, live_server)
        page.goto(f"{live_server.url}/dang-nhap/khoa/")
        page.locator("form[data-nep-passkey] input[name=answer]").evaluate(
            "(field, answer) => { field.value = answer; field.form.submit() }", answer
        )
        page.get_by_text("Khóa truy cập không được nhận").wait_for()
        Passkey.objects.update(uses=1_000)
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        page.get_by_text("Khóa truy cập không được nhận").wait_for()
        assert SignedInSession.objects.count() == 0


def test_a_device_without_the_key_is_told_so(user: User, live_server: LiveServer, chromium: Browser) -> None:
    with device(chromium) as page:
        page.goto(f"{live_server.url}/dang-nhap/khoa/")
        page.get_by_role("button", name="Dùng khóa truy cập").click()
        page.get_by_text("Chưa dùng được khóa").wait_for()


PUBLIC = (
    "", "buoc-hai/", "khoa/", "quen/", "quen/da-gui/", "phieu/", "dat-mat-khau/CODE/", "dat-mat-khau/A/",
)  # fmt: skip
OWN = ("", "hai-lop/", "hai-lop/tat/", "ma-du-phong/", "khoa/", "khoa/KEY/go/", "xac-nhan/", "quan-tri/")
GONE = "dat-mat-khau/A/"


@pytest.mark.parametrize("width", [1280, 360])
def test_pages_fit_and_can_be_used_by_everybody(
    user: User, live_server: LiveServer, chromium: Browser, width: int
) -> None:
    code = links.make_link(user, actor=None, at=now(), way=links.ON_PAPER)[1]
    public = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    credential = bytes(AttestedCredentialData.create(bytes(16), b"1", public))
    key = Passkey.objects.create(
        user=user, name="Điện thoại", credential_id=b"1", credential=credential, made_at=now()
    )
    half, inside = Client(), Client()
    half.post("/dang-nhap/", {"login": user.login, "password": PASSWORD})
    inside.force_login(user)
    factors.start_totp(user, at=now())
    wrong: dict[str, list[str]] = {}
    for client, base, paths in ((half, "/dang-nhap/", PUBLIC), (inside, "/tai-khoan/", OWN)):
        context = chromium.new_context(viewport={"width": width, "height": 860})
        cookie = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        for path in paths:
            answer = page.goto(
                live_server.url + base + path.replace("CODE", code).replace("KEY", str(key.pk))
            )
            assert (path, answer and answer.status) == (path, 410 if path == GONE else 200)
            if found := flaws(page):
                wrong[base + path] = found
        context.close()
    assert wrong == {}


def flaws(page: Page) -> list[str]:
    """Violations that axe finds, and a page wider than its screen."""
    found = [
        f"{flaw['id']}: {flaw['nodes'][0]['html'][:100]}" for flaw in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("wider than the screen")
    return found
