"""Long runs of one sign, by accident or on purpose, do not keep the reader busy."""

from __future__ import annotations

import time

import pytest

from nep.documents.domain.reader import read

LENGTH = 20_000
ENOUGH = 5  # seconds; each of these took from 15 seconds to minutes


@pytest.mark.parametrize(
    "run", [" ", "\t", "\u00a0", "\t ", "\n ", "\r", "\x0b", "\u2028", ".", "…", "!", " |", "“", "(", "-"]
)
def test_a_long_run_is_read_at_once(run: str) -> None:
    began = time.monotonic()
    answer = read(f"Sở Nội vụ{run * (LENGTH // len(run))}chủ trì").as_json()
    assert time.monotonic() - began < ENOUGH
    assert answer["places"] is not None


def test_a_wide_gap_keeps_the_places_of_what_follows() -> None:
    original = (
        "KẾ HOẠCH"
        + " " * 500
        + "\nCông sở nền nếp\n1. Trước ngày 15/12/2026, Sở Nội vụ"
        + " " * 300
        + "báo cáo."
    )
    found = read(original).as_json()["deadlines"]
    assert [original[item["start"] : item["end"]] for item in found] == ["Trước ngày 15/12/2026"]
