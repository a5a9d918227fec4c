"""Which rule set binds whom on which day, and that a published file never changes."""

from __future__ import annotations

import hashlib
from datetime import date
from importlib.resources import files

import pytest

from nep.kernel.deadlines import due
from nep.kernel.errors import RuleError
from nep.kernel.holidays import VIETNAM
from nep.regulations.domain.shelf import SUBJECTS, rule_set_for, rule_set_named, shipped

FOLDER = files("nep.regulations").joinpath("rulesets")


def test_a_published_file_never_changes() -> None:
    """A failure here means: put the file back, and say what is new in the next version."""
    kept = dict(
        line.split() for line in FOLDER.joinpath("published.txt").read_text(encoding="utf-8").splitlines()
    )
    there = {
        file.name.removesuffix(".yaml"): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in FOLDER.iterdir()
        if file.name.endswith(".yaml")
    }
    assert there == kept


def test_files_are_named_by_code_and_version() -> None:
    names = {file.name for file in FOLDER.iterdir() if file.name.endswith(".yaml")}
    assert names == {f"{each.code}@{each.version}.yaml" for each in shipped()}


def test_subjects_are_known() -> None:
    for each in shipped():
        assert {*each.subjects, *each.by_decision, *each.ends_for} <= set(SUBJECTS)


@pytest.mark.parametrize(
    ("subject", "day", "code"),
    [
        ("cong_chuc", date(2026, 1, 1), "nd-335-2025"),
        ("cong_chuc", date(2026, 12, 31), "nd-335-2025"),
        ("to_chuc", date(2026, 12, 31), "nd-335-2025"),
        ("cong_chuc", date(2025, 12, 31), "nd-90-2020"),
        ("cong_chuc", date(2020, 8, 20), "nd-90-2020"),
        ("vien_chuc", date(2026, 6, 30), "nd-90-2020"),
        ("vien_chuc", date(2026, 7, 1), "nd-233-2026"),
        ("don_vi_su_nghiep", date(2026, 12, 31), "nd-233-2026"),
    ],
)
def test_chosen_by_subject_and_day(subject: str, day: date, code: str) -> None:
    assert rule_set_for(subject, day).code == code


def test_nothing_is_chosen_where_nothing_binds() -> None:
    with pytest.raises(
        RuleError, match="Chưa có bộ quy định nào bắt buộc cho cơ quan hành chính vào ngày 31/12/2025"
    ):
        rule_set_for("to_chuc", date(2025, 12, 31))
    with pytest.raises(RuleError, match="cơ quan quyết định áp dụng bộ nào thì nêu rõ bộ đó: "):
        rule_set_for("hop_dong", date(2026, 12, 31))


def test_named_with_version_and_hash() -> None:
    rules = rule_set_named("nd-335-2025")
    assert rule_set_named("nd-335-2025@1") is rules
    assert rule_set_named(rules.name) is rules
    with pytest.raises(RuleError, match="có nội dung khác với"):
        rule_set_named("nd-335-2025@1#000000000000")
    with pytest.raises(RuleError, match="Không có bộ quy định “nd-335-2025@9”"):
        rule_set_named("nd-335-2025@9")


def test_what_was_not_read_in_the_law_itself_says_so() -> None:
    assert {each.code for each in shipped() if not each.needs_confirmation} == {"nd-335-2025"}


def test_deadlines_of_the_law_can_be_reckoned() -> None:
    rules = rule_set_named("nd-335-2025")
    asked_on = date(2026, 10, 5)
    last = {key: due(each.rule, asked_on, VIETNAM).last_day for key, each in rules.deadlines.items()}
    assert last == {
        "ranking": date(2026, 12, 14),
        "ranking_of_collectives": date(2026, 12, 14),
        "late_calendar": date(2027, 1, 14),
        "objection": date(2026, 10, 14),
        "national_database": date(2026, 10, 12),
    }
    for each in shipped():
        for deadline in each.deadlines.values():
            assert due(deadline.rule, asked_on, VIETNAM).last_day > asked_on


def test_quotas_and_the_parameters_of_agencies_say_the_same() -> None:
    for each in shipped():
        if (parameter := each.parameters.get("quota_percent")) is None:
            continue
        for quota in each.quotas.values():
            assert (quota.percent, quota.most_percent, quota.of) == (
                parameter.default,
                parameter.most,
                each.parameters["quota_of"].default,
            )
