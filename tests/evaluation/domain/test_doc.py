"""The cases that `docs/evaluation.md` shows are cases that the command accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nep.evaluation.domain.cases import read_case
from nep.evaluation.domain.fields import read_json
from nep.evaluation.domain.results import result_of
from nep.regulations.domain.shelf import shipped

PAGE = (Path(__file__).parents[3] / "docs" / "evaluation.md").read_text(encoding="utf-8")
CASES = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)


LEVELS = ("HTT", "HTNV", "HTT", "C")


@pytest.mark.parametrize(("case", "level"), list(zip(CASES, LEVELS, strict=True)), ids=LEVELS)
def test_a_case_of_the_page(case: str, level: str) -> None:
    assert result_of(read_case(read_json(case)))["level"] == level


def test_the_page_names_every_rule_set() -> None:
    assert {each.code for each in shipped()} <= set(re.findall(r"`([\w-]+)`", PAGE))
