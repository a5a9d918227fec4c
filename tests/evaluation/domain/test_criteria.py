"""Sheets of criteria: marks, ladders, ratios, bonuses, deductions, maxima, inheritance, grades."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.evaluation.domain.cases import read_case
from nep.evaluation.domain.criteria import Bonus, Deduction, Mark, Sheet, extended, score_sheet
from nep.evaluation.domain.fields import read_json
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.quotas import Candidate, fallen_of_rated
from nep.evaluation.domain.results import result_of
from nep.kernel.errors import RuleError
from nep.regulations.domain.criteria import CriteriaSet, Leaf
from nep.regulations.domain.shelf import rule_set_named, shipped


def criteria(code: str) -> CriteriaSet:
    found = rule_set_named(code).criteria
    assert found is not None
    return found


HANOI = criteria("ha-noi-thang")
FULL = {f"A{at}": 2 for at in range(1, 11)} | {"B1": [10, 10], "B2": 20, "B3": [10, 10]}


def month(**given: Any) -> dict[str, Any]:
    """The result of a monthly sheet of Hanoi through the command's own reader."""
    case = {"subject": "cong_chuc", "rule_set": "ha-noi-thang", "period": "2026-03", "marks": FULL} | given
    return result_of(read_case(read_json(json.dumps(case, ensure_ascii=False))))


def points(result: dict[str, Any]) -> Fraction:
    return Fraction(result["points"]["exact"])


def test_a_full_sheet_has_ninety_points_and_bonuses_make_a_hundred() -> None:
    result = month()
    assert (points(result), result["level"], result["label"], result["final"]) == (90, "A", "Loại A", True)
    bonus = {"leaf": "C1", "points": 6, "work": "quy trình một cửa điện tử", "decided": True}
    more = {"leaf": "C2", "points": 6, "work": "hồ sơ tồn của ba năm", "decided": True}
    assert points(month(bonuses=[bonus])) == 96
    assert points(month(bonuses=[bonus, more])) == 100  # the group stops at ten


def test_a_bonus_needs_work_and_the_heads_decision() -> None:
    waiting = month(bonuses=[{"leaf": "C1", "points": 6, "work": "quy trình mới"}])
    assert points(waiting) == 90
    assert any("chờ người đứng đầu quyết định" in each["text"] for each in waiting["because"])
    with pytest.raises(RuleError, match="“C1”: điểm thưởng phải nêu việc"):
        month(bonuses=[{"leaf": "C1", "points": 6, "work": " ", "decided": True}])


def test_bonuses_of_one_leaf_stop_at_its_maximum() -> None:
    leaves = (
        Leaf("X1", "Sáng kiến", "bonus", Fraction(4), step=Fraction(1, 2)),
        Leaf("X2", "Việc khó", "bonus", Fraction(6), step=Fraction(1, 2)),
    )
    rewards = replace(HANOI, groups=(replace(HANOI.groups[2], leaves=leaves),))
    each = Bonus("X1", Fraction(3), "mẫu đơn mới", decided=True)
    told = score_sheet(rewards, Sheet({}, bonuses=(each, each)))
    assert told.points == 4
    assert "Sáng kiến: thưởng nhiều nhất 4 điểm." in {because.text for because in told.because}


def test_a_leaf_is_marked_by_whom_it_names() -> None:
    leaf = {
        "code": "A11",
        "title": "Giữ gọn nơi làm việc",
        "kind": "scale",
        "most": 2,
        "columns": ["self", "deputy"],
    }
    added = {"unit_leaves": {"A": [leaf]}}
    told = month(**added, marks=FULL | {"A1": 0, "A11": 2})
    assert (points(told), told["final"]) == (90, True)
    with pytest.raises(RuleError, match="“A11”: không có cột head"):
        month(**added, marks=FULL | {"A11": {"head": 2}})
    with pytest.raises(RuleError, match="không có cột boss"):
        month(unit_leaves={"A": [leaf | {"columns": ["boss"]}]})
    with pytest.raises(RuleError, match="Không cột nào của bộ chấm A11"):
        month(unit_leaves={"A": [leaf | {"columns": ["council"]}]})


def test_a_sheet_names_the_law_it_rests_on_and_the_facts_it_knows() -> None:
    assert month()["because"][0] == {
        "article": "Quy định 1841-QĐ/TU",
        "text": "Chấm theo Phiếu đánh giá tháng của Hà Nội.",
    }
    with pytest.raises(RuleError, match=r"Không hiểu “facts\.discipline_counts”"):
        month(facts={"discipline_counts": True})


def test_a_sheet_says_what_is_not_marked_yet_and_what_a_conclusion_costs() -> None:
    began = {code: mark for code, mark in FULL.items() if code not in {"A4", "B3"}}
    told = month(marks=began, deductions=[{"leaf": "AT1", "times": 4, "concluded": "Kết luận 7/KL"}])
    texts = [each["text"] for each in told["because"]]
    assert told["final"] is False
    assert "Chưa chấm xong: A4, B3." in texts
    assert "Phản ánh đúng về thái độ phục vụ: trừ 6 điểm." in texts


def test_only_concluded_facts_are_deducted() -> None:
    told = month(deductions=[{"leaf": "AT1", "times": 2, "concluded": "Thông báo 12/TB-VP"}])
    assert points(told) == 86
    with pytest.raises(RuleError, match="“AT1”: chỉ trừ điểm khi đã có kết luận"):
        month(deductions=[{"leaf": "AT1", "times": 2}])


def test_a_deduction_stops_at_its_maximum_and_a_group_at_zero() -> None:
    told = month(deductions=[{"leaf": "AT1", "times": 9, "concluded": "KL 1"}])
    assert points(told) == 84
    marks = FULL | {f"A{at}": 0 for at in range(1, 11)}
    nothing = month(marks=marks, deductions=[{"leaf": "AT1", "times": 9, "concluded": "KL 1"}])
    assert (points(nothing), nothing["level"]) == (70, "B")


@pytest.mark.parametrize(
    ("marks", "expected", "grade"),
    [
        ({"B1": [2, 3]}, Fraction(80), "B"),
        ({"B1": [12, 10]}, Fraction(90), "A"),
        ({"B1": [1, 7]}, Fraction(90 - 30) + Fraction(30, 7), "C"),
        ({"A1": 1.5}, Fraction(179, 2), "B"),
        ({"B1": [0, 1], "B2": 0}, Fraction(40), "D"),
        ({"B1": [0, 1], "B2": 10}, Fraction(50), "C"),
        ({"B2": 0}, Fraction(70), "B"),
    ],
)
def test_marks_and_grades(marks: dict[str, Any], expected: Fraction, grade: str) -> None:
    result = month(marks=FULL | marks)
    assert (points(result), result["level"]) == (expected, grade)


def test_the_last_column_counts_and_changes_owe_a_reason() -> None:
    marks = FULL | {"A1": {"self": 2, "deputy": 2, "head": {"value": 1, "reason": "đi họp muộn"}}}
    assert points(month(marks=marks)) == 89
    with pytest.raises(RuleError, match="“A1”: người chấm sau đổi điểm thì phải nêu lý do"):
        month(marks=FULL | {"A1": {"self": 2, "head": 1}})
    unfinished = month(marks=FULL | {"A1": {"self": 2}})
    assert (points(unfinished), unfinished["final"]) == (90, False)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"marks": {"A1": 2.5}}, "“A1” phải từ 0 đến 2 điểm"),
        ({"marks": {"A1": 0.25}}, "“A1” chấm theo bước 0,5 điểm"),
        ({"marks": {"A1": "tốt"}}, "“A1” phải là số điểm"),
        ({"marks": {"B1": 5}}, "“marks.B1” phải là [số đã làm, số phải làm]"),
        ({"marks": {"B1": [1, 0]}}, "“B1” phải là số đã làm trên số phải làm"),
        ({"marks": {"Z9": 1}}, "“Z9” không phải tiêu chí chấm điểm"),
        ({"marks": {"AT1": 1}}, "“AT1” không phải tiêu chí chấm điểm"),
        ({"marks": {"A1": {"chief": 1}}}, "“A1”: không có cột chief"),
        ({"deductions": [{"leaf": "A1", "times": 1, "concluded": "x"}]}, "“A1” không phải tiêu chí trừ điểm"),
        ({"deductions": [{"leaf": "AT1", "times": 0, "concluded": "x"}]}, "“AT1”: số lần phải từ 1"),
        ({"bonuses": [{"leaf": "B1", "points": 1, "work": "x"}]}, "“B1” không phải tiêu chí thưởng điểm"),
        ({"bonuses": [{"leaf": "C1", "points": 11, "work": "x"}]}, "“C1” phải từ 0 đến 10 điểm"),
        ({"period": "2021-01"}, "“rule_set” (ha-noi-thang) không có hiệu lực"),
        ({"subject": "to_chuc"}, "“rule_set” (ha-noi-thang) không áp dụng cho cơ quan hành chính"),
        ({"unknown": 1}, "Không hiểu “unknown”"),
        ({"year": 2025}, "“year” trái với period (2026-03)"),
        ({"period": "0000-01"}, "“period” phải từ năm 2020 đến năm 2100"),
        ({"period": "9999-12"}, "“period” phải từ năm 2020 đến năm 2100"),
        ({"marks": {"A1": {"self": 99, "head": {"value": 2, "reason": "x"}}}}, "“A1” phải từ 0 đến 2 điểm"),
        ({"marks": {"A1": {"self": "tốt", "head": {"value": 2, "reason": "x"}}}}, "“A1” phải là số điểm"),
    ],
)
def test_refusals(given: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleError, match=re.escape(says)):
        month(**given)


def test_units_add_leaves_within_limits() -> None:
    own = {"A": [{"code": "A.x1", "title": "Giữ sạch bàn làm việc", "kind": "scale", "most": 2}]}
    lacking = FULL | {"A1": 0, "A.x1": 2}
    assert points(month(unit_leaves=own, marks=lacking)) == 90
    leaf = Leaf("A.x", "Việc riêng", "scale", Fraction(2), step=Fraction(1, 2))
    with pytest.raises(RuleError, match="nhiều nhất 3 tiêu chí"):
        extended(HANOI, {"A": [replace(leaf, code=f"x{at}", most=Fraction(1)) for at in range(4)]})
    with pytest.raises(RuleError, match="nhiều nhất 6 điểm"):
        extended(HANOI, {"A": [replace(leaf, most=Fraction(7))]})
    with pytest.raises(RuleError, match="Nhóm B cho đơn vị thêm nhiều nhất 0 tiêu chí"):
        extended(HANOI, {"B": [leaf]})
    with pytest.raises(RuleError, match="Mã tiêu chí A1 đã có"):
        extended(HANOI, {"A": [replace(leaf, code="A1")]})
    with pytest.raises(RuleError, match="không tự đặt điểm thưởng, điểm trừ"):
        extended(HANOI, {"A": [replace(leaf, kind="bonus")]})
    with pytest.raises(RuleError, match="Không có nhóm Z"):
        extended(HANOI, {"Z": [leaf]})
    with pytest.raises(RuleError, match=re.escape("unit_leaves.A[0]: thiếu “kind”.")):
        month(unit_leaves={"A": [{"code": "x", "title": "y"}]})


def test_the_title_of_people_and_of_collectives() -> None:
    person = criteria("chuan-van-hoa-ca-nhan")
    best = {
        code: Mark(max(leaf.rungs, key=lambda rung: leaf.rungs[rung]) if leaf.rungs else _best(leaf))
        for code, leaf in person.leaves.items()
        if leaf.kind in ("scale", "ladder", "ratio")
    }
    marks = {code: {"council": mark} for code, mark in best.items()}
    assert score_sheet(person, Sheet(marks)).points == 100
    full = score_sheet(person, Sheet(marks))
    assert (full.grade.code if full.grade else None, full.final) == ("DAT", True)
    vetoed = score_sheet(person, Sheet(marks, facts=frozenset({"discipline_counts"})))
    assert (vetoed.points, vetoed.grade.code if vetoed.grade else None) == (100, "CHUA")
    # Nothing for one whole group: 90 points and more, and still no title.
    weak = score_sheet(
        person, Sheet({code: mark for code, mark in marks.items() if not code.startswith("VI.")})
    )
    assert (weak.points, weak.grade.code if weak.grade else None) == (90, "CHUA")


def _best(leaf: Leaf) -> Any:
    return (Fraction(1), Fraction(1)) if leaf.kind == "ratio" else leaf.most


def test_form_01_has_a_sum_and_no_grade() -> None:
    marks = {"I.1": 4.5, "I.2": 5, "II.4": 2.25}
    case = {"subject": "cong_chuc", "rule_set": "mau-01-nd-335", "period": "2026-03", "marks": marks}
    result = result_of(read_case(read_json(json.dumps(case))))
    assert (points(result), result["level"], result["final"]) == (Fraction(47, 4), None, False)


def test_every_shipped_set_asks_to_be_confirmed_and_adds_up() -> None:
    for rules in shipped():
        if rules.criteria is None:
            continue
        assert rules.needs_confirmation, rules.code
        rated = sum(group.most for group in rules.criteria.groups)
        assert rules.criteria.most == min(rated, 100)


def test_a_percent_of_all_who_are_rated() -> None:
    people = [Candidate(str(at), Level.HTXS, Fraction(90 + at), "x") for at in range(4)]
    assert fallen_of_rated(people, 10, Fraction(30)) == {"0": False}
    assert fallen_of_rated(people, 10, Fraction(40)) == {}
    assert fallen_of_rated([*people, Candidate("t", Level.HTXS, Fraction(91), "x")], 10, Fraction(30)) == {
        "0": False,
        "1": True,
        "t": True,
    }


steps = st.integers(0, 4).map(lambda each: Fraction(each, 2))


@given(
    st.dictionaries(st.sampled_from([f"A{at}" for at in range(1, 11)]), steps),
    st.lists(st.builds(Deduction, st.sampled_from(["AT1", "AT5", "BT2"]), st.integers(1, 20), st.just("KL"))),
    st.lists(st.builds(Bonus, st.sampled_from(["C1", "C3"]), steps, st.just("việc"), st.booleans())),
)
def test_sheets_are_bounded_and_free_of_order(
    marks: dict[str, Fraction], deductions: list[Deduction], bonuses: list[Bonus]
) -> None:
    told = {code: {"head": Mark(value)} for code, value in marks.items()}
    sheet = Sheet(told, tuple(deductions), tuple(bonuses))
    found = score_sheet(HANOI, sheet)
    assert 0 <= found.points <= 100
    assert all(0 <= each.points <= each.group.most for each in found.groups)
    turned = Sheet(dict(reversed(told.items())), tuple(reversed(deductions)), tuple(reversed(bonuses)))
    assert score_sheet(HANOI, turned).points == found.points
    assert score_sheet(HANOI, replace(sheet, deductions=())).points >= found.points
    assert score_sheet(HANOI, replace(sheet, bonuses=())).points <= found.points


def test_decimals_of_marks_are_exact() -> None:
    case = read_json('{"A1": 1.5}')
    assert case == {"A1": Decimal("1.5")}
