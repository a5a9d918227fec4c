"""Reading rule sets: what is wrong in a file is refused with its place."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files

import pytest

from nep.regulations.domain.nodes import Malformed
from nep.regulations.domain.reading import read_rule_set

DECREE = files("nep.regulations").joinpath("rulesets", "nd-335-2025@1.yaml").read_text(encoding="utf-8")


def read(text: str):  # type: ignore[no-untyped-def]
    return read_rule_set(text.encode(), place="tep.yaml")


def test_what_is_read() -> None:
    rules = read(DECREE)
    assert (rules.code, rules.version, rules.starts_on, rules.ends_on) == (
        "nd-335-2025",
        1,
        date(2026, 1, 1),
        None,
    )
    assert rules.name == f"nd-335-2025@1#{rules.hash}"
    assert [(each.level, each.points) for each in rules.people_levels.levels] == [
        ("HTXS", 90),
        ("HTT", 70),
        ("HTNV", 50),
        ("KHT", 0),
    ]
    assert rules.deadlines["objection"].rule == "working-days:7"
    assert rules.needs_confirmation == ()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("code: nd-335-2025", "kode: nd-335-2025", "tep.yaml: thiếu “code”"),
        ("version: 1", "version: one", "tep.yaml.version: phải là số"),
        ("version: 1", "version: 1\nversion: 2", "version có hai lần"),
        ("from: 2026-01-01, to: null", "from: 2026-01-01, to: 2025-01-01", "tep.yaml.in_force.to: ngày hết"),
        ("from: 2026-01-01", "from: sớm", "tep.yaml.in_force.from: phải là ngày"),
        ("people: [cong_chuc]", "people: cong_chuc", "tep.yaml.people: phải là danh sách chữ"),
        ("level: HTXS, points: 90", "level: HTXS, points: 60", "tep.yaml.people_levels.from: đủ bốn mức"),
        ("level: HTT, points: 70", "level: XS, points: 70", "level: phải là một trong: HTXS, HTT, HTNV, KHT"),
        ("level: KHT, points: 0,", "level: KHT, points: 1,", "mức cuối từ 0 điểm"),
        ("loses_percent: 25, article", "loses_percent: 25, why: x, article", "không hiểu mục why"),
        ("most: 30", 'most: "1e999999999"', "tep.yaml.score.general.most: phải là số"),
        ("most: 30", "most: 30.5", "tep.yaml.score.general.most: phải là số nguyên"),
        ("leaders_only: true", "leaders_only: yes please", "leaders_only: phải là true hoặc false"),
        ("default: 20", "default: 15", "tep.yaml.parameters.quota_percent.default: nằm ngoài"),
        ("needs_confirmation: []", "needs_confirmation: []\nextra: 1", "tep.yaml: không hiểu mục extra"),
        ("quota:", "quota: [", "không đọc được YAML"),
    ],
)
def test_refusals(old: str, new: str, says: str) -> None:
    assert old in DECREE
    with pytest.raises(Malformed, match=re.escape(says)):
        read(DECREE.replace(old, new, 1))


def test_the_hash_tells_contents_apart() -> None:
    assert read(DECREE).hash == read(DECREE).hash
    assert read(DECREE).hash != read(DECREE + "\n").hash
