"""Who may open and who may act, at every address, inside, outside and at the edges: the whole matrix.

`matrix.txt` holds what was agreed on: a line for each address and place, a column for each walker, in each
cell the answer to opening and the answer to an empty form. A change of who may do what shows up as a change
of that file. To agree to one: `NEP_WALK=write ./nep test tests/conformity/walk/test_matrix.py`, then read
the difference line by line before it is committed. The other tests here hold whatever the file says.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import URLPattern, reverse

from nep.org.access import Actor
from tests.conformity.test_addresses import addresses
from tests.conformity.walk.conftest import World
from tests.conformity.walk.people import BY_CODE, WALKERS, Walker, browser
from tests.conformity.walk.places import Place
from tests.factories.province import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FILE = Path(__file__).with_name("matrix.txt")
ANSWERS = {200: "2", 302: ">", 403: "x", 404: ".", 405: "-", 409: "c"}
# What a walker's own requests leave behind on their way: sessions, and that sensitive data was read.
PASSING = ("django_session", "accounts_signedinsession", "audit_event", "audit_readingmark")
# Things of all units alike, or of the walker alone: an address that needs no other thing has no outside.
SHARED = frozenset(
    {"code", "act", "position_id", "session_id", "key", "kind", "step", "year", "month", "day", "template_id"}
)

# Who opens the pages of the own account, which show nothing but that.
OWN_ACCOUNT = ("V", "S", "h1", "A1")

Cells = dict[tuple[str, str], dict[str, str]]


@dataclass(frozen=True)
class Stop:
    """One address with the thing of one place behind it."""

    address: URLPattern
    place: str
    url: str

    @property
    def key(self) -> tuple[str, str]:
        return (self.address.name or "", self.place)


def stops(places: dict[str, Place]) -> Iterator[Stop]:
    """Every address that asks who comes, in each place; KeyError names a thing that no place has yet."""
    for address in addresses():
        if address.callback.policy.kind == "public":
            continue
        wanted = tuple(address.pattern.converters)
        tied = not set(wanted) <= SHARED
        for name, place in places.items() if tied else [("-", places["own"])]:
            kwargs = place.kwargs(address.name, wanted)
            yield Stop(address, name, reverse(address.name, kwargs=kwargs))


class Walk:
    """One walker's way past every address."""

    def __init__(self, world: World, walker: Walker) -> None:
        self.walker, self.client = walker, browser(world.province, walker)
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        login = walker.login
        self.actor = Actor(world.province.users[login], TODAY, walker.elevated) if login else None
        self.turned_away: dict[str, str] = {}

    def goes_to(self, stop: Stop) -> bool:
        """Whether they walk there: pages of the own account, alike for all, are opened by a few."""
        if stop.place == "-" and stop.address.callback.policy.kind == "signed_in":
            return self.walker.code in OWN_ACCOUNT
        return stop.place in ("-", *self.walker.to)

    def answers(self, stop: Stop) -> str:
        """What opening and an empty form are answered with; what the form did is taken back.

        Whom the policy of an address turns away is turned away before its view looks for the thing: they
        knock once.
        """
        name, policy = stop.address.name or "", stop.address.callback.policy
        if name not in self.turned_away:
            told = self._knocked(stop)
            if policy.decide(self.actor):
                return told
            self.turned_away[name] = told
        return self.turned_away[name]

    def _knocked(self, stop: Stop) -> str:
        opened = self._asked(self.client, "get", stop)
        if not stop.address.callback.writes:
            return opened
        with transaction.atomic():
            sent = self._asked(self.client, "post", stop)
            transaction.set_rollback(sent in {"2", ">"})
        return opened + sent

    def _asked(self, client: Client, method: str, stop: Stop) -> str:
        client.cookies.clear()
        client.cookies.load(self.cookies)
        status = getattr(client, method)(stop.url).status_code
        return ANSWERS.get(status, "!")


@contextmanager
def without_pages() -> Iterator[None]:
    """The matrix asks who comes in, not what the page shows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda self, context=None, request=None: "")
        yield


def kept() -> dict[str, str]:
    """What each table of ours holds, as a digest."""
    tables = [model._meta.db_table for model in apps.get_models() if model.__module__.startswith("nep.")]
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(tables) - set(PASSING)):
            cursor.execute(f"SELECT md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM {table} AS t")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture(scope="module")
def cells(world: World) -> Cells:
    """Every walker at every address of every place; nothing of it stays in the database."""
    found: Cells = {stop.key: {} for stop in stops(world.places)}
    walks, way = [Walk(world, walker) for walker in WALKERS], list(stops(world.places))
    before = kept()
    with without_pages():
        for walk in walks:
            for stop in filter(walk.goes_to, way):
                found[stop.key][walk.walker.code] = walk.answers(stop)
    assert kept() == before, "a page that was opened, or a form that was refused, wrote something"
    return found


def written(cells: Cells) -> str:
    """The matrix as its file holds it."""
    signs = "2 trang · > dẫn đi tiếp · x không có quyền · . không thấy · - không nhận · c đã khác"
    lines = [f"# {walker.code:<3} {walker.says}" for walker in WALKERS]
    lines += [f"# {signs}; ký hiệu đầu: mở trang, ký hiệu sau: gửi biểu mẫu", ""]
    lines.append(f"{'':<34}" + " ".join(f"{walker.code:<2}" for walker in WALKERS))
    for (name, place), row in sorted(cells.items()):
        told = " ".join(f"{row.get(walker.code, ''):<2}" for walker in WALKERS)
        lines.append(f"{name:<25} {place:<8}{told}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def test_the_matrix_is_the_one_agreed_on(cells: Cells) -> None:
    """Fix: close the door; or agree to the change, as the module says."""
    if os.environ.get("NEP_WALK") == "write":
        FILE.write_text(written(cells), encoding="utf-8")
    assert written(cells) == FILE.read_text(encoding="utf-8")


def test_no_answer_is_an_error(cells: Cells) -> None:
    wrong = [(key, code) for key, row in cells.items() for code, told in row.items() if "!" in told]
    assert wrong == []


def test_outside_nothing_opens_and_no_form_acts(cells: Cells) -> None:
    open_doors = [
        (name, place, code, told)
        for (name, place), row in cells.items()
        for code, told in row.items()
        if place != "-" and place not in BY_CODE[code].inside and set(told) & {"2", ">", "c"} and code != "V"
    ]
    assert open_doors == []


def test_a_visitor_is_led_to_the_sign_in_everywhere(cells: Cells) -> None:
    visited = [row["V"] for row in cells.values() if "V" in row]
    assert {told[0] for told in visited} <= {">", "-"}
    assert {told[1:] for told in visited} <= {"", "x", "-"}


@pytest.mark.parametrize("walker", [one for one in WALKERS if one.like], ids=lambda one: one.code)
def test_at_an_edge_nothing_is_left_or_given_ahead(cells: Cells, walker: Walker) -> None:
    """An ended, coming, unconfirmed or expired role, and a posting that ended, give nothing."""
    walked = {key: row for key, row in cells.items() if {walker.code, walker.like} <= set(row)}
    more = {key: row[walker.code] for key, row in walked.items() if row[walker.code] != row[walker.like]}
    assert len(walked) > 60
    assert more == {}


def test_an_administrator_who_is_not_elevated_changes_nothing_of_others(cells: Cells) -> None:
    """They act as an official of their unit does, but may do what is anybody's own."""
    acts = {
        (key, code): row[code]
        for key, row in cells.items()
        for code, official in (("a1", "o1"), ("a0", "o0"))
        if row.get(code, "")[1:] == ">" != row.get(official, "")[1:]
    }
    assert acts == {}


def test_who_administers_or_audits_knows_of_movements_what_an_official_knows(cells: Cells) -> None:
    about = {
        address.name
        for address in addresses()
        if address.callback.__module__.startswith(("nep.movements", "nep.documents"))
    }
    more = {
        (name, place, code): row[code]
        for (name, place), row in cells.items()
        for code in ("a1", "A1", "u1")
        if name in about and code in row and row.get("o1", row[code]) != row[code]
    }
    assert len(about) > 40
    assert more == {}
