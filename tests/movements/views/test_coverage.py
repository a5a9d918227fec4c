"""The coverage page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nep.movements.models import Adoption
from nep.movements.services.adoptions import pass_down
from nep.org.models import UnitKind
from tests.factories.province import Province
from tests.factories.running import AT, LAUNCHED, Running, issued, prepared

Browser = Callable[[str], Client]


def page(client: Client, running: Running, view: str = "", **asked: object) -> str:
    """A view of the coverage page as text."""
    answer = client.get(reverse(f"programme_units{view}", args=[running.programme.pk]), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def units_listed(text: str) -> list[str]:
    """The units in the list of the page."""
    table = text[text.index('aria-label="Từng đơn vị"') :]
    return [re.sub(r"<[^>]+>", "", row) for row in re.findall(r'<th scope="row">(.*?)</th>', table)]


def figures(text: str) -> dict[str, list[int]]:
    """The figures of each row of the first table."""
    table = text[text.index('aria-label="Từng cấp"') : text.index("</table>")]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.S)
    return {name: [int(value) for value in re.findall(r">(\d+)<span", cells)] for name, cells in rows}


@pytest.fixture
def spread(province: Province, running: Running) -> Running:
    """XA1 has issued and passed down, XA2 prepares, SYT has not opened, SNV and a school were not asked."""
    adoption = issued(province, running, "XA1")
    prepared(province, running, "XA2")
    pass_down(adoption, [province.units["TH1"]], actor=province.actor("xa1-head"), at=AT)
    return running


def test_every_unit_in_scope_is_counted_asked_or_not(browser: Browser, spread: Running) -> None:
    text = page(browser("snv-head"), spread)
    assert figures(text) == {
        # in scope, not passed, not opened, opened, preparing, issued
        "Chính quyền, cấp 1": [4, 1, 1, 2, 1, 1],
        "Chính quyền, cấp 2": [2, 1, 1, 0, 0, 0],
    }
    assert "Tính mọi đơn vị trong phạm vi của chương trình, kể cả đơn vị cấp trên chưa giao." in text


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"trang-thai": "chua-giao"}, ["Sở Nội vụ", "Trường Tiểu học Hải Ninh"]),
        ({"trang-thai": "chua-mo"}, ["Sở Y tế", "Trường Trung học cơ sở Mường Khe"]),
        ({"trang-thai": "da-ban-hanh"}, ["Ủy ban nhân dân xã Mường Khe"]),
        ({"trang-thai": "da-mo"}, ["Ủy ban nhân dân phường Hải Ninh", "Ủy ban nhân dân xã Mường Khe"]),
        ({"cap": "2"}, ["Trường Tiểu học Hải Ninh", "Trường Trung học cơ sở Mường Khe"]),
        ({"tim": "muong khe", "cap": "1"}, ["Ủy ban nhân dân xã Mường Khe"]),
        ({"he-thong": "union"}, []),
        ({"trang-thai": "tre"}, []),
        (
            {"giao": "toi", "trang-thai": "chua-ban-hanh"},
            ["Sở Y tế", "Ủy ban nhân dân phường Hải Ninh"],
        ),
    ],
)
def test_the_list_is_narrowed(
    browser: Browser, spread: Running, asked: dict[str, str], expected: list[str]
) -> None:
    text = page(browser("snv-head"), spread, **asked)
    if expected:
        assert units_listed(text) == expected
    else:
        assert "Không có dòng nào khớp" in text


def test_every_figure_opens_its_own_rows(browser: Browser, spread: Running) -> None:
    client = browser("snv-head")
    text = page(client, spread)
    table = text[text.index('aria-label="Từng cấp"') : text.index("</table>")]
    opened = re.findall(r'href="(\?[^"]+)"[^>]*>(\d+)<span', table)
    assert len(opened) == 12
    where = reverse("programme_units", args=[spread.programme.pk])
    for query, value in opened:
        shown = client.get(where + query.replace("&amp;", "&")).context["list"]
        assert (shown.asked.problems, shown.notices, len(shown.rows)) == ((), [], int(value))


def test_who_has_not_is_named_with_head_and_day(browser: Browser, spread: Running) -> None:
    text = page(browser("snv-head"), spread, **{"trang-thai": "chua-ban-hanh", "tim": "phuong hai ninh"})
    assert units_listed(text) == ["Ủy ban nhân dân phường Hải Ninh"]
    assert "Chu Bích Hằng" in text
    assert f"{LAUNCHED:%d/%m/%Y}" in text


def test_task_by_task_bound_taken_and_missing(browser: Browser, spread: Running) -> None:
    client = browser("snv-head")
    text = page(client, spread, "_tasks")
    rows = re.findall(r'<th scope="row">(NV\d)(.*?)</tr>', text, re.S)
    counts = {code: [int(value) for value in re.findall(r">(\d+)<span", cells)] for code, cells in rows}
    assert counts == {"NV1": [6, 1, 5], "NV2": [2, 1, 1], "NV3": [1, 0, 1], "NV4": [6, 1, 5]}
    missing = page(client, spread, **{"nhiem-vu": spread.tasks["NV2"].pk, "nhan": "thieu"})
    assert units_listed(missing) == ["Ủy ban nhân dân phường Hải Ninh"]


def test_the_matrix_tells_every_cell(browser: Browser, spread: Running) -> None:
    text = page(browser("snv-head"), spread, "_grid", tim="xa muong khe", cap="1")
    row = text[text.index("<tbody>") : text.index("</tbody>")]
    assert re.findall(r"nep-cell-(\w+)", row) == ["open", "open", "none", "open"]
    assert '<td class="nep-num" data-label="Đã nhận">3/3</td>' in row


def test_only_what_the_actor_may_see_is_counted_and_said(browser: Browser, spread: Running) -> None:
    text = page(browser("xa1-head"), spread)
    assert figures(text) == {
        "Chính quyền, cấp 1": [1, 0, 0, 1, 0, 1],
        "Chính quyền, cấp 2": [1, 0, 1, 0, 0, 0],
    }
    assert "Chỉ tính đơn vị trong phạm vi được xem." in text


def test_who_is_not_reached_does_not_know_of_the_programme(browser: Browser, spread: Running) -> None:
    where = reverse("programme_units", args=[spread.programme.pk])
    assert browser("stranger").get(where).status_code == 403
    assert browser("cd1-head").get(where).status_code == 404


def test_the_drawer_lists_the_rows_of_a_figure(browser: Browser, spread: Running) -> None:
    where = reverse("programme_units", args=[spread.programme.pk])
    asked = {"he-thong": "authority", "cap": "1", "trang-thai": "chua-mo"}
    text = browser("snv-head").get(where, asked, headers={"hx-request": "true"}).content.decode()
    assert "<html" not in text
    assert "Sở Y tế" in text
    assert "Hệ thống: Chính quyền · Cấp: Cấp 1 · Tình trạng: Chưa mở" in text


@pytest.mark.parametrize("view", ["", "_tasks", "_grid"])
def test_as_many_queries_for_six_units_as_for_thirty_more(
    browser: Browser, province: Province, spread: Running, view: str
) -> None:
    client = browser("snv-head")

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, spread, view)
        return len(seen)

    few = queries()
    for number in range(30):
        unit = province.open(f"M{number}", f"Xã Bản {number}", UnitKind.COMMUNE, parent="UBND")
        Adoption.objects.get_or_create(
            programme=spread.programme, unit=unit, defaults={"expected_since": LAUNCHED}
        )
    assert queries() == few
