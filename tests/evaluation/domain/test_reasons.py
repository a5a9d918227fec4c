"""What a result says of itself: everything that stood in the way, and never against itself."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from bench.kit.cases import FACTS
from nep.evaluation.domain.cases import read_case
from nep.evaluation.domain.collectives import CollectiveFacts, Tasks, rank_collective
from nep.evaluation.domain.conditions import Conditions, rank_by_conditions
from nep.evaluation.domain.fields import read_json
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.people import PersonFacts, Ranked, rank_person
from nep.evaluation.domain.results import result_of
from nep.regulations.domain.shelf import rule_set_named

RULES, WITHOUT_POINTS = rule_set_named("nd-335-2025"), rule_set_named("nd-90-2020")
assert RULES.people_levels is not None
assert RULES.collective_levels is not None
assert WITHOUT_POINTS.people_conditions is not None
PEOPLE, COLLECTIVES, CONDITIONS = (
    RULES.people_levels,
    RULES.collective_levels,
    WITHOUT_POINTS.people_conditions,
)
ALMOST = Fraction(1, 10**15)


def said(ranked: Ranked) -> list[tuple[str, str]]:
    return [(each.article, each.text) for each in ranked.because]


def test_every_veto_that_binds_is_told() -> None:
    facts = PersonFacts(
        degradation_concluded=True, discipline_counts=True, unit_corruption=True, is_leader=True
    )
    ranked = rank_person(Fraction(95), facts, PEOPLE)
    assert ranked.level is Level.KHT
    assert [article for article, _ in said(ranked)] == [
        "Điều 20 khoản 4 điểm b",
        "Điều 20 khoản 4 điểm c",
        "Điều 20 khoản 4 điểm d",
    ]
    found = Conditions("good", Tasks(10, 10, 4, 0))
    failing = rank_by_conditions(found, PersonFacts(discipline_counts=True), CONDITIONS, "cong_chuc")
    assert [text for _, text in said(failing)] == [
        "Đã bị kỷ luật trong năm về hoạt động công vụ.",
        "6 trong 10 nhiệm vụ không bảo đảm tiến độ, quá 50 %.",
    ]


def test_a_veto_of_leaders_is_told_to_whom_it_does_not_bind() -> None:
    ranked = rank_person(Fraction(95), PersonFacts(unit_corruption=True), PEOPLE)
    assert ranked.level is Level.HTXS
    assert said(ranked)[-1] == (
        "Điều 20 khoản 4 điểm d",
        "Đơn vị phụ trách đã bị xử lý về tham ô, tham nhũng, lãng phí: "
        "chỉ xét với người giữ chức vụ lãnh đạo, quản lý.",
    )


def test_a_failing_collective_hears_every_reason_and_what_the_next_level_asks() -> None:
    facts = CollectiveFacts(personnel_wrongdoing=True)
    ranked = rank_collective(50 - ALMOST, Tasks(10, 6, 6, 0), facts, COLLECTIVES)
    assert (ranked.level, ranked.needs_authority) == (Level.KHT, False)
    assert said(ranked) == [
        (
            "Điều 8 khoản 4 điểm a",
            "Cấp có thẩm quyền đã kết luận có sai phạm trong công tác cán bộ hoặc mất đoàn kết nội bộ.",
        ),
        ("Điều 8 khoản 4", "49,99 điểm, dưới 50 điểm."),
        ("Điều 8 khoản 4 điểm b", "Hoàn thành 60 % nhiệm vụ, dưới 70 %."),
        ("Điều 8 khoản 3", "Chưa đạt mức Hoàn thành nhiệm vụ: còn thiếu chưa đến 0,01 điểm."),
        ("Điều 8 khoản 3", "Chưa đạt mức Hoàn thành nhiệm vụ: hoàn thành 60 % nhiệm vụ, cần 100 %."),
        (
            "Điều 8 khoản 3",
            "Chưa đạt mức Hoàn thành nhiệm vụ: chậm tiến độ 4 trong 10 nhiệm vụ, nhiều nhất 20 %.",
        ),
    ]


def test_force_majeure_leaves_the_other_conditions_told() -> None:
    tasks, facts = Tasks(10, 6, 6, 3), CollectiveFacts(force_majeure=True)
    ranked = rank_collective(Fraction(92), tasks, facts, COLLECTIVES)
    assert (ranked.level, ranked.needs_authority) == (Level.HTNV, True)
    articles = [article for article, _ in said(ranked)]
    assert articles[0] == "Điều 8 khoản 4 điểm b"
    assert {"Điều 8 khoản 1", "Điều 8 khoản 2", "Điều 8 khoản 3"} <= set(articles)


def test_a_delay_just_over_the_bound_does_not_read_as_the_bound() -> None:
    ranked = rank_collective(Fraction(60), Tasks(100_000, 100_000, 79_999, 0), CollectiveFacts(), COLLECTIVES)
    assert said(ranked)[0] == (
        "Điều 8 khoản 3",
        "Chưa đạt mức Hoàn thành nhiệm vụ: chậm tiến độ 20001 trong 100000 nhiệm vụ, nhiều nhất 20 %.",
    )


def printed(periods: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    case = {"subject": "cong_chuc", "year": 2026, "periods": periods, "facts": FACTS} | more
    return result_of(read_case(read_json(json.dumps(case))))


def test_no_replacement_is_asked_for_before_the_year_has_closed() -> None:
    december = {"period": "2026-12", "general": 20, "work": [{"units": 1, "done": True}]}
    waiting = printed([december | {"provisional": True}], decided_level="HTT")
    assert (waiting["level"], waiting["provisional"], waiting["replacement"]) == ("HTXS", True, None)
    november = {"period": "2026-11", "general": 20, "work": [], "provisional": True}
    assert printed([november, december])["because"][-1]["text"].startswith("Tháng 11/2026 chưa chốt nên")
    closed = printed([december], decided_level="HTT")
    assert (closed["provisional"], closed["replacement"]) == (False, {"before": "HTT", "after": "HTXS"})


def test_the_three_shares_of_a_leader_are_told() -> None:
    led = {"results": 100, "organising": 50, "unity": 100}
    period = {"period": "2026-01", "general": 20, "work": [{"units": 1, "done": True}], "leadership": led}
    assert {
        "article": "Điều 15 khoản 3",
        "text": "Lãnh đạo, quản lý: kết quả của đơn vị 100 %; tổ chức triển khai 50 %; đoàn kết 100 %.",
    } in printed([period])["because"]


def test_a_sheet_tells_what_the_next_grade_lacks() -> None:
    marks = {"B1": [1, 3], "B2": 20, "B3": [1, 1]} | {f"A{at}": 2 for at in range(1, 11)}
    case = {"subject": "cong_chuc", "rule_set": "ha-noi-thang", "period": "2026-03", "marks": marks}
    result = result_of(read_case(read_json(json.dumps(case))))
    assert result["label"] == "Loại B"
    assert {"article": "", "text": "Còn thiếu 20 điểm để đạt Loại A."} in result["because"]


def test_a_period_with_nothing_but_extra_work_says_so() -> None:
    period = {"period": "2026-02", "general": 20, "work": [{"units": 2, "done": True, "extra": True}]}
    assert printed([period])["because"][0]["text"] == (
        "Tháng 2/2026 chỉ có việc nhận thêm, không được giao việc nên không có điểm."
    )


def test_who_is_ranked_by_the_time_really_worked_hears_why() -> None:
    facts = PersonFacts(months_worked=Fraction(4), leave="sick_or_maternity")
    ranked = rank_person(Fraction(95), facts, PEOPLE)
    assert said(ranked)[0] == (
        "Điều 11 khoản 2",
        "Công tác 4 tháng do nghỉ ốm hoặc nghỉ thai sản: xếp loại theo thời gian làm việc thực tế.",
    )
    whole_year = rank_person(Fraction(95), PersonFacts(leave="sick_or_maternity"), PEOPLE)
    assert "Điều 11 khoản 2" not in {article for article, _ in said(whole_year)}


def test_a_period_marked_otherwise_than_the_year_is_pointed_out() -> None:
    led = {"results": 100, "organising": 100, "unity": 100}
    own = {"period": "2026-01", "general": 20, "work": [{"units": 1, "done": True}]}
    both = [own, own | {"period": "2026-02", "leadership": led}]
    leader = printed(both, facts=FACTS | {"is_leader": True})
    assert {
        "article": "Điều 16 khoản 1",
        "text": "Có giữ chức vụ lãnh đạo, quản lý nhưng không có ba tỷ lệ của lãnh đạo: tháng 1/2026.",
    } in leader["because"]
    other = printed(both)
    assert {
        "article": "Điều 16 khoản 2",
        "text": "Không ghi là lãnh đạo, quản lý nhưng có ba tỷ lệ của lãnh đạo: tháng 2/2026.",
    } in other["because"]
    assert not any("ba tỷ lệ" in each["text"] for each in printed([own])["because"])
