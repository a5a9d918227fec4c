"""What holds for the finders of duties on any text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nep.documents.domain.reader import lexicon as lex
from nep.documents.domain.reader import read
from tests.documents.domain.reader.samples import PLAN

PIECES = st.sampled_from(
    ["Sở Nội vụ", "các sở, ngành", "UBND các xã", "Chủ tịch", "chủ trì", "phối hợp với", "giao", "báo cáo về",
     "trước ngày 31/2", "hằng năm", "kịp thời", "không được", "phải", "cán bộ", ",", ";", ".", ":", "(", ")",
     "\n", "\n1. ", "\n- ", "“", "”",
     "quý IV", "ngày 15", "Văn phòng", "tổ chức", "TỔ CHỨC THỰC HIỆN", "Nơi nhận:"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map(" ".join))
LISTS = ("deadlines", "actors", "rules", "tasks", "aims")


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_item_is_a_part_of_the_text(original: str) -> None:
    reading = read(original).as_json()
    for name in LISTS:
        assert [original[item["start"] : item["end"]] for item in reading[name]] == [
            item["text"] for item in reading[name]
        ]


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_tasks_point_at_actors_and_deadlines_that_are_there(original: str) -> None:
    reading = read(original).as_json()
    assert all(
        set(task["actors"]) <= set(range(len(reading["actors"])))
        and set(task["deadlines"]) <= set(range(len(reading["deadlines"])))
        for task in reading["tasks"]
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_line_ends_change_nothing(original: str) -> None:
    unix, windows = read(original).as_json(), read(original.replace("\n", "\r\n")).as_json()
    for key, name in (("rule", "deadlines"), ("role", "actors"), ("kind", "rules"), ("evidence", "tasks")):
        assert [item[key] for item in unix[name]] == [item[key] for item in windows[name]]


def test_work_grows_with_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[int] = Counter()
    match = lex.Phrases.match

    def counted(phrases: lex.Phrases, words: tuple[str, ...], at: int) -> int:
        asked[copies] += 1
        return match(phrases, words, at)

    monkeypatch.setattr(lex.Phrases, "match", counted)
    body = PLAN.partition("Nơi nhận")[0]
    for copies in (1, 8):
        read(body * copies)
    assert asked[8] <= 9 * asked[1]
