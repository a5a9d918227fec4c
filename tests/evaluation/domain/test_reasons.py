"""What a result says of itself: everything that stood in the way, and never against itself."""

from __future__ import annotations

from fractions import Fraction

from nep.evaluation.domain.collectives import CollectiveFacts, Tasks, rank_collective
from nep.evaluation.domain.conditions import Conditions, rank_by_conditions
from nep.evaluation.domain.levels import Level
from nep.evaluation.domain.people import PersonFacts, Ranked, rank_person
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
