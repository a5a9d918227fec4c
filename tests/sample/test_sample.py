"""The sample province is invented, whole, and the same at every run."""

from __future__ import annotations

from itertools import islice

from nep.accounts.roles import ROLES
from nep.documents.domain.reader import read
from nep.sample.history import story
from nep.sample.names import invented_names
from nep.sample.organisation import HERE, POSITIONS, plan


def test_names_are_the_same_at_every_run_and_never_given_twice() -> None:
    first, second = (list(islice(invented_names(seed=2026), 400)) for _ in range(2))
    assert first == second
    assert len(set(first)) == 400


def test_people_of_the_story_hold_positions_and_roles_that_exist() -> None:
    people = plan()["people"]
    assert {person["position"] for person in people} <= POSITIONS.keys()
    assert {role for person in people for role in person["roles"]} <= ROLES.keys()
    assert {entry["login"] for entry in plan()["sign_ins"]} <= {person["login"] for person in people}


def test_every_document_has_its_place_in_the_story() -> None:
    told = {entry["document"] for entry in (*story()["programmes"], *story()["waiting"])}
    assert told == {path.stem for path in (HERE / "documents").glob("*.txt")}


def test_the_reader_reads_the_documents_whole() -> None:
    found = {path.stem: read(path.read_text()).as_json() for path in (HERE / "documents").glob("*.txt")}
    assert {
        name: (reading["kind"], reading["number"], reading["issued_on"]) for name, reading in found.items()
    } == {
        "quy-tac-ung-xu": ("plan", "27/KH-UBND", "2026-01-19"),
        "boi-duong-van-hoa-cong-vu": ("plan", "14/KH-UBND", "2026-03-03"),
        "cong-doan-noi-khong": ("plan", "08/KH-CĐVC", "2026-02-12"),
        "van-hoa-cong-so-2019-2025": ("plan", "96/KH-UBND", "2019-08-05"),
        "phong-trao-toan-tinh": ("plan", "158/KH-UBND", "2026-11-16"),
        "chan-chinh-gio-giac": ("dispatch", "412/SNV-CCHC", "2026-11-18"),
    }
    assert [len(reading["tasks"]) > 2 for reading in found.values()] == [True] * 6
