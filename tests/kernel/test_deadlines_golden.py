"""Deadlines against tables counted by hand: `deadlines.yml` and `deadlines_running.yml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from nep.kernel.deadlines import due
from nep.kernel.deadlines_running import RunningTerm
from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM

HERE = Path(__file__).parent
CASES = yaml.safe_load((HERE / "deadlines.yml").read_text("utf-8"))
RUNNING = yaml.safe_load((HERE / "deadlines_running.yml").read_text("utf-8"))


def _names(cases: list[dict[str, Any]]) -> list[str]:
    return [case["name"] for case in cases]


def test_there_are_enough_cases_each_with_a_name_and_a_source_of_its_own() -> None:
    cases = CASES + RUNNING
    assert len(cases) >= 190
    assert len(set(_names(cases))) == len(cases)
    assert all(case["source"] for case in cases)


@pytest.mark.parametrize("case", CASES, ids=_names(CASES))
def test_a_deadline_is_as_counted_by_hand(case: dict[str, Any]) -> None:
    found = due(case["rule"], case["from"], VIETNAM)
    assert (found.named_on, found.last_day) == (case["due"], case.get("last_day", case["due"]))
    assert [words for words in case.get("says", ()) if words not in found.explanation] == []
    assert found.source


@pytest.mark.parametrize("case", RUNNING, ids=_names(RUNNING))
def test_a_running_term_is_as_counted_by_hand(case: dict[str, Any]) -> None:
    term = RunningTerm(case["rule"], case["from"], case.get("may_extend", ""))
    if "refused" in case:
        for number, (act, day) in enumerate(case["acts"][:-1], start=1):
            term = _after(term, act, day, number)
        act, day = case["acts"][-1]
        with pytest.raises(RuleError) as refused:
            _after(term, act, day, len(case["acts"]))
        assert refused.value.reason == case["refused"]
        return
    for number, (act, day) in enumerate(case["acts"], start=1):
        term = _after(term, act, day, number)
    found = term.due(VIETNAM)
    assert (found.named_on, found.last_day) == (case["due"], case["due"])
    assert [words for words in case.get("says", ()) if words not in found.explanation] == []


def _after(term: RunningTerm, act: str, day: date, number: int) -> RunningTerm:
    if act == "suspend":
        return term.suspended(day, f"vì lý do lần {number}", VIETNAM)
    if act == "resume":
        return term.resumed(day)
    return term.extended(day, f"vì lý do lần {number}", VIETNAM)


def test_suspending_and_extending_need_a_reason() -> None:
    term = RunningTerm("days:30", date(2026, 3, 2), "days:30")
    with pytest.raises(RuleError, match=r"Ghi lý do tạm dừng\."):
        term.suspended(date(2026, 3, 5), " ", VIETNAM)
    with pytest.raises(RuleError, match=r"Ghi lý do gia hạn\."):
        term.extended(date(2026, 3, 5), "", VIETNAM)


def test_a_suspended_term_has_no_end_yet() -> None:
    term = RunningTerm("days:30", date(2026, 3, 2)).suspended(date(2026, 3, 5), "chờ giám định", VIETNAM)
    with pytest.raises(RuleError, match=r"đang tạm dừng từ ngày 05/03/2026 \(chờ giám định\)"):
        term.due(VIETNAM)


@pytest.mark.parametrize(("rule", "more"), [("yearly", ""), ("days:30", "months:1"), ("days:30", "foo")])
def test_a_running_term_is_counted_and_extended_in_one_unit(rule: str, more: str) -> None:
    with pytest.raises(RuleError):
        RunningTerm(rule, date(2026, 3, 2), more)
