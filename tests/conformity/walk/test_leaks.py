"""What must not be known elsewhere is on no page, in no search, count, sheet or refusal that others get.

Each place carries a word of its own in all that it has: names, e-mail, decisions, documents, programmes,
evidence, files, reasons. Everybody walks through all lists and from link to link, and may meet only the words
of the places where things are theirs to see.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.urls import reverse
from python_calamine import CalamineWorkbook

from nep.platform.lists.filters import Pick
from nep.platform.lists.spec import _LISTS as LISTS
from nep.platform.lists.spec import ListSpec
from tests.conformity.walk.conftest import World
from tests.conformity.walk.people import BY_CODE, Walker, browser
from tests.conformity.walk.places import WORDS
from tests.conformity.walk.test_matrix import stops

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MOST_PAGES = 45
READERS = ("S", "o1", "h1", "s1", "A1", "u1", "h0", "hu", "ob", "o2", "ep", "eg")
LINK = re.compile(r'(?:href|hx-get|action|data-url)="(/[^"#]*)')
COUNTED = re.compile(r'id="so-dong">\s*(\d+) ')
NOT_FOLLOWED = ("/static/", "/dang-xuat/")
BEGINNINGS = (
    "today",
    "people",
    "programmes",
    "documents",
    "evidence_waiting",
    "unit_changes",
    "periods",
    "rotation",
    "grants_waiting",
    "imports",
    "trail",
    "jobs",
    "rights",
    "positions",
    "person_new",
    "document_new",
    "programme_new",
    "import_new",
)
INSIDE = {  # lists that stand in a thing
    "tra-loi-sua-doi": "amendment_id",
    "bao-cao-so-ket": "review_id",
    **dict.fromkeys(("do-phu", "don-vi-nhiem-vu", "nhiem-vu-don-vi", "tre-han"), "programme_id"),
}
DAYS = ("", "?ngay=2026-01-15", "?ngay=2025-09-01")


class Reader:
    """Somebody who opens pages; `secrets` are the words they must not meet."""

    def __init__(self, world: World, walker: Walker) -> None:
        self.walker, self.client = walker, browser(world.province, walker)
        self.secrets = [word for place, word in WORDS.items() if place not in walker.inside]
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        # A union names the unit that it is attached to; that unit, where it acts, the union attached to it.
        other = {"own": "union", "union": "own"}
        self.known = [world.places[other[name]].unit.name for name in other if name in walker.inside]
        self.met: list[tuple[str, str, str]] = []

    def come_back(self) -> None:
        """Be signed in as before, whatever was sent."""
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)

    def look(self, url: str, answer: HttpResponseBase | None = None) -> str:
        """The text of a page, after looking for words that must not be there."""
        answer = answer if answer is not None else self.client.get(url)
        kind = answer.headers.get("Content-Type", "")
        if answer.streaming or not kind.startswith(("text/", "application/json")):
            return ""
        text = unescape(answer.content.decode())
        self.note(url, text)
        return text

    def note(self, where: str, text: str) -> None:
        """Remember each word that must not be met here, with what stands around it."""
        for name in self.known:
            text = text.replace(name, "")
        for word in self.secrets:
            if (at := text.find(word)) >= 0:
                self.met.append((self.walker.code, where, " ".join(text[max(0, at - 80) : at + 40].split())))


@pytest.fixture(params=READERS)
def reader(world: World, request: pytest.FixtureRequest) -> Reader:
    """Each of these in turn."""
    return Reader(world, BY_CODE[request.param])


def begun() -> Iterator[str]:
    """Where walking begins: every address that needs nothing, lists, the tree on three days."""
    yield from (reverse(name) for name in BEGINNINGS)
    yield from (f"{reverse('units')}{day}" for day in DAYS)


def test_no_link_leads_to_what_is_elsewhere(world: World, reader: Reader) -> None:
    """Breadth first from the lists, a bounded number of pages, one of each address for each kind of thing."""
    ahead, known, opened = deque(begun()), set(begun()), 0
    shapes: dict[str, int] = {}
    while ahead and opened < MOST_PAGES:
        url = ahead.popleft()
        shape = re.sub(r"\d+", "#", url.partition("?")[0])
        if shapes.setdefault(shape, 0) >= 3:
            continue
        shapes[shape] += 1
        opened += 1
        for link in LINK.findall(reader.look(url)):
            if link not in known and not link.startswith(NOT_FOLLOWED):
                known.add(link)
                ahead.append(link)
    assert reader.met == []


def searches(spec: ListSpec, word: str, world: World) -> Iterator[tuple[str, bool]]:
    """Addresses that ask a list for a word, and whether it must then count nothing."""
    url, asked = spec.url(world.places["own"].things.get(INSIDE.get(spec.code, ""))), word.lower()
    if spec.search:
        yield f"{url}?{urlencode({'tim': asked, 'dem': 'co'})}", True
    for each in spec.filters:
        if isinstance(each, Pick):
            yield f"{url}?{urlencode({each.key: asked, 'dem': 'co'})}", False


def test_no_search_finds_or_counts_what_is_elsewhere(world: World, reader: Reader) -> None:
    counts: dict[str, str] = {}
    for word in reader.secrets:
        for spec in LISTS.values():
            for url, must_be_none in searches(spec, word, world):
                counted = COUNTED.search(reader.look(url))
                if must_be_none and counted and counted[1] != "0":
                    counts[url] = counted[1]
        for day in DAYS:
            reader.look(f"{reverse('units')}{day or '?'}&{urlencode({'tim': word.lower()})}")
    assert reader.met == []
    assert counts == {}


def test_no_sheet_holds_what_is_elsewhere(world: World, reader: Reader) -> None:
    for spec in LISTS.values():
        with transaction.atomic():
            sent = reader.client.post(reverse("list_export", args=[spec.code]))
            if sent.status_code == 302:
                made = reader.client.get(sent["Location"])
                sheet = CalamineWorkbook.from_filelike(io.BytesIO(made.getvalue())).get_sheet_by_index(0)
                reader.note(spec.code, str(sheet.to_python()))
            transaction.set_rollback(True)
    assert reader.met == []


@pytest.mark.parametrize("code", ["o1", "A1"])
def test_no_refusal_tells_what_is_elsewhere(world: World, code: str) -> None:
    """Every thing elsewhere, opened by its number and sent a form: the answer names nothing of it."""
    reader = Reader(world, BY_CODE[code])
    for stop in stops(world.places):
        if stop.place in reader.walker.inside or stop.place == "-":
            continue
        reader.look(stop.url)
        if stop.address.callback.writes:
            with transaction.atomic():
                reader.look(f"POST {stop.url}", reader.client.post(stop.url))
                transaction.set_rollback(True)
    assert reader.met == []


FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*>")


def fields(page: str, value: str) -> dict[str, str]:
    """A form filled in with one value wherever a person chooses; days and hidden parts as they should be."""
    filled = {}
    for tag in FIELD.findall(page):
        parts = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if name := parts.get("name"):
            given = parts.get("value", "")
            kept = tag.startswith("<button") or parts.get("type") in {"hidden", "checkbox"}
            day = "2026-03-02" if parts.get("type") == "date" else value
            filled[name] = given if kept and given else day
    return filled | {"once": ""}


@pytest.mark.parametrize("code", ["m1", "h1", "A1"])
def test_no_form_of_the_own_unit_takes_or_tells_what_is_elsewhere(world: World, code: str) -> None:
    """Each form one may send, with the numbers and names of things elsewhere in all its fields."""
    reader, elsewhere = Reader(world, BY_CODE[code]), world.places["sibling"]
    named = ("unit_id", "person_id", "document_id", "programme_id")
    values = [str(elsewhere.things[name]) for name in named] + [elsewhere.word.lower()]
    tried = 0
    for stop in stops(world.places):
        if stop.place not in {"own", "-"} or not stop.address.callback.writes:
            continue
        page = reader.look(stop.url)
        if not page or 'method="post"' not in page:
            continue
        for value in values:
            tried += 1
            with transaction.atomic():
                answer = reader.client.post(stop.url, fields(page, value))
                reader.look(f"{stop.address.name} {value}", answer)
                if answer.status_code == 302 and stop.address.name != "sign_out":
                    reader.look(f"{stop.address.name} {value} then", reader.client.get(answer["Location"]))
                transaction.set_rollback(True)
            reader.come_back()
    assert tried > 100
    assert reader.met == []


ASKED = (
    ("units", "mo"),
    ("units", "tu"),
    ("periods", "don-vi"),
    ("import_new", "don-vi"),
    ("people", "don-vi"),
    ("people", "vi-tri"),
    ("trail", "don-vi"),
    ("trail", "ai"),
    ("imports", "don-vi"),
    ("programmes", "don-vi"),
    ("evidence_waiting", "don-vi"),
    ("evidence_waiting", "phong-trao"),
    ("documents", "don-vi"),
    ("rotation", "don-vi"),
)


@pytest.mark.parametrize("code", ["h1", "A1", "u1", "hu"])
def test_no_number_in_an_address_opens_what_is_elsewhere(world: World, code: str) -> None:
    """Filters by a number: of a unit, a person, an account, a programme that are not theirs to see."""
    reader = Reader(world, BY_CODE[code])
    user = world.province.users["XA3-head"].pk
    for place in (world.places[name] for name in WORDS if name not in reader.walker.inside):
        numbers = [place.things[name] for name in ("unit_id", "person_id", "programme_id")] + [user]
        for name, key in ASKED:
            for number in numbers:
                reader.look(f"{reverse(name)}?{key}={number}")
    assert reader.met == []


def test_those_who_may_do_meet_the_words(world: World) -> None:
    """Without this, words that nobody meets would prove nothing."""
    reader = Reader(world, BY_CODE["h1"])
    reader.secrets = [WORDS["own"]]
    urls = [reverse(name) for name in ("people", "programmes", "documents", "today", "unit_changes")]
    for url in urls:
        reader.look(url)
    assert {url for _, url, _ in reader.met} == set(urls)
