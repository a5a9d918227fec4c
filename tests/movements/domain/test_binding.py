"""Whom names in plans mean, and whom tasks bind."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.movements.domain.binding import (
    Directory,
    Match,
    UnitFacts,
    binds,
    match_actor,
    match_actors,
    unassigned,
)


def unit(id: int, name: str, kind: str, line: str = "authority", short: str = "") -> UnitFacts:
    return UnitFacts.of(id=id, name=name, short_name=short or name, kind=kind, line=line)


PROVINCE = unit(1, "Ủy ban nhân dân tỉnh Suối Vàng", "province", short="UBND tỉnh")
HOME_AFFAIRS = unit(2, "Sở Nội vụ", "department")
EDUCATION = unit(3, "Sở Giáo dục và Đào tạo", "department", short="Sở GD&ĐT")
WARD = unit(4, "Ủy ban nhân dân phường Cửa Nam", "commune", short="phường Cửa Nam")
SCHOOL = unit(5, "Trường Trung học cơ sở Cửa Nam", "school")
HEALTH = unit(6, "Sở Y tế", "department")
HEALTH_UNION = unit(7, "Công đoàn Sở Y tế", "union", "union")
OFFICE = unit(8, "Văn phòng Ủy ban nhân dân tỉnh", "department")
CELL = unit(9, "Chi bộ Sở Nội vụ", "party", "party")
CLINIC = unit(10, "Trung tâm Y tế khu vực Bắc", "service")
UNITS = (PROVINCE, HOME_AFFAIRS, EDUCATION, WARD, SCHOOL, HEALTH, HEALTH_UNION, OFFICE, CELL, CLINIC)


@dataclass(frozen=True)
class Actor:
    role: str = "execute"
    unit_id: int | None = None
    group: str = ""


@pytest.mark.parametrize(
    ("name", "unit_id"),
    [
        ("Sở Nội vụ", 2),
        ("Giám đốc Sở Nội vụ", 2),
        ("Sở Nội vụ tỉnh Suối Vàng", 2),
        ("SỞ NỘI VỤ", 2),
        ("Sở GD&ĐT", 3),
        ("Sở Giáo dục - Đào tạo", 3),
        ("UBND tỉnh", 1),
        ("Chủ tịch Ủy ban nhân dân tỉnh", 1),
        ("Chủ tịch UBND phường Cửa Nam", 4),
        ("Phường Cửa Nam", 4),
        ("Trường THCS Cửa Nam", 5),
        ("Ban Chấp hành Công đoàn Sở Y tế", 7),
        ("Chánh Văn phòng UBND tỉnh", 8),
        ("Bí thư Chi bộ Sở Nội vụ", 9),
    ],
)
def test_a_name_means_the_unit_that_goes_by_it(name: str, unit_id: int) -> None:
    assert match_actor(name, UNITS) == Match(unit_id, "", certain=True)


@pytest.mark.parametrize(
    ("name", "group", "certain"),
    [
        ("UBND các xã, phường", "commune", True),
        ("11 phường", "commune", True),
        ("UBND các huyện, thị xã, thành phố", "commune", False),
        ("các sở, ban, ngành", "department", True),
        ("Giám đốc các sở, Thủ trưởng các ban, ngành", "department", True),
        ("các sở, ban, ngành, đoàn thể tỉnh", "department", True),
        ("các trường học", "school", True),
        ("Hiệu trưởng các trường học trên địa bàn", "school", True),
        ("các phòng, ban chuyên môn", "division", True),
        ("các đơn vị sự nghiệp", "service", True),
        ("công đoàn cơ sở", "union", True),
        ("các cấp công đoàn", "union", True),
        ("các chi bộ", "party", True),
        ("các cơ quan, đơn vị", "all", True),
        ("Thủ trưởng các đơn vị", "all", True),
        ("các cơ quan, đơn vị, trường học", "all", True),
        ("các phòng, ban, đơn vị", "all", False),
        ("đơn vị liên quan", "all", False),
        ("cán bộ, công chức, viên chức", "all", False),
        ("Đài Phát thanh và Truyền hình", "", False),
        ("Hội Liên hiệp Phụ nữ tỉnh", "", False),
        ("Sở Tài chính", "", False),
        ("UBND phường Không Tên", "", False),
        ("Công đoàn Sở Xây dựng", "", False),
        ("Trường Mầm non Hoa Ban", "", False),
        ("Phòng Tư pháp", "", False),
        ("các đơn vị trực thuộc Sở Tài chính", "", False),
        ("các đơn vị trực thuộc", "all", True),
        ("UBND xã, phường", "commune", True),
        ("nhà trường", "school", True),
        ("công đoàn các trường học", "union", True),
        ("Sở Nội vụ và các đơn vị liên quan", "all", False),
        ("", "", False),
    ],
)
def test_a_name_means_a_kind_of_units(name: str, group: str, certain: bool) -> None:
    assert match_actor(name, UNITS) == Match(None, group, certain)


def test_a_list_means_several_kinds_and_one_answer_is_then_not_certain() -> None:
    name = "Các sở, ban, ngành; UBND các xã, phường"
    assert match_actors(name, UNITS) == (Match(None, "commune", True), Match(None, "department", True))
    assert match_actor(name, UNITS) == Match(None, "commune", False)


def test_units_below_a_named_unit() -> None:
    assert match_actor("các đơn vị trực thuộc Sở Y tế", UNITS) == Match(6, "all", True)


def test_two_units_of_one_name_are_not_guessed_between() -> None:
    twins = (unit(20, "Đội Trật tự", "division"), unit(21, "Đội Trật tự", "division"))
    assert match_actor("Đội Trật tự", twins) == Match(None, "", False)


@pytest.mark.parametrize(
    ("actors", "bound"),
    [
        ((), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
        ((Actor(unit_id=2),), {2}),
        ((Actor("lead", unit_id=2), Actor("cooperate", unit_id=3)), {2, 3}),
        ((Actor(group="commune"),), {4}),
        ((Actor(group="all"),), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
        ((Actor(unit_id=6, group="all"),), {10}),
        ((Actor(unit_id=6, group="school"),), set()),
        ((Actor(),), set()),
        ((Actor(), Actor(unit_id=2)), {2}),
        ((Actor("report_to", unit_id=2),), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
        ((Actor("report_to", unit_id=2), Actor(group="commune")), {4}),
    ],
)
def test_whom_a_task_binds(actors: tuple[Actor, ...], bound: set[int]) -> None:
    above = {CLINIC.id: {HEALTH.id, PROVINCE.id, CLINIC.id}}
    assert {one.id for one in UNITS if binds(actors, one, above.get(one.id, {one.id}))} == bound


def test_a_task_whose_actors_nobody_knows_is_unassigned() -> None:
    assert unassigned([Actor()])
    assert not unassigned([])
    assert not unassigned([Actor(), Actor(group="all")])
    assert not unassigned([Actor("report_to")])


@given(st.text(max_size=80))
def test_any_name_has_an_answer(name: str) -> None:
    matches = Directory.of(UNITS).match(name)
    assert len(matches) >= 1
    assert len({match.group for match in matches}) == len(matches)


@given(st.sampled_from(UNITS))
def test_every_unit_is_found_by_its_own_name(one: UnitFacts) -> None:
    assert match_actor(one.name, UNITS) == Match(one.id, "", certain=True)
