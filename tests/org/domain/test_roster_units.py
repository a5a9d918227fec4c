"""A file of units against the tree: order is free, circles and strangers are refused, nothing is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from nep.org.domain.roster_findings import Value
from nep.org.domain.roster_places import KnownUnit
from nep.org.domain.roster_units import UnitOutcome, UnitState, check_units

OPENED, ON = date(2025, 7, 1), date(2026, 11, 2)


def unit(number: int, code: str, name: str, parent: int | None, line: str = "authority") -> KnownUnit:
    return KnownUnit(number, code, name, name, "division", line, parent, None, OPENED)


ROOT = KnownUnit(1, "SNV", "Sở Nội vụ", "Sở Nội vụ", "department", "authority", None, None, OPENED)
STATE = UnitState(
    root=ROOT,
    units=(ROOT, unit(2, "TC", "Phòng Tổ chức", 1), unit(3, "VP", "Văn phòng", 1), unit(4, "TO", "Tổ Xe", 3)),
    taken=frozenset({"xa1"}),
    lines=frozenset({"authority", "union"}),
    kinds={
        "department": "Sở, ban, ngành",
        "division": "Phòng, ban",
        "union": "Công đoàn",
        "school": "Trường học",
    },
    line_names={"authority": "Chính quyền", "union": "Công đoàn", "party": "Đảng"},
    on=ON,
)


@dataclass(frozen=True)
class Line:
    number: int
    values: Mapping[str, Value]
    band: str = ""


def check(*rows: dict[str, Value]) -> UnitOutcome:
    lines = [Line(number, {"kind": "Phòng"} | row) for number, row in enumerate(rows, start=2)]
    return check_units(lines, STATE, {})


def steps(outcome: UnitOutcome) -> list[tuple[str, str, str]]:
    return [(step.does, step.row.code, step.row.parent) for step in outcome.plan.steps]


def told(outcome: UnitOutcome, weight: str = "error") -> list[tuple[int, str, str]]:
    return [
        (finding.row, finding.key, finding.says) for finding in outcome.findings if finding.weight == weight
    ]


def test_units_open_below_their_parents_in_any_order_of_rows() -> None:
    outcome = check(
        {"code": "C", "name": "Tổ C", "parent_code": "B"},
        {"code": "A", "name": "Phòng A"},
        {"code": "B", "name": "Ban B", "parent": "phong a"},
    )
    assert told(outcome) == []
    assert steps(outcome) == [("open", "A", "SNV"), ("open", "B", "A"), ("open", "C", "B")]
    assert told(outcome, "change") == [
        (2, "", "Lập mới Tổ C (mã C) trực thuộc Ban B."),
        (3, "", "Lập mới Phòng A (mã A) trực thuộc Sở Nội vụ."),
        (4, "", "Lập mới Ban B (mã B) trực thuộc Phòng A."),
    ]
    assert outcome.plan.gone == 3


def test_a_known_unit_is_renamed_with_a_warning_moved_or_left_as_it_is() -> None:
    outcome = check(
        {"code": "TC", "name": "Phòng Tổ chức cán bộ", "kind": None},
        {"code": "to", "name": "Tổ Xe", "kind": None, "parent_code": "TC"},
        {"code": "VP", "name": "Văn phòng", "kind": None},
    )
    assert steps(outcome) == [("rename", "TC", ""), ("move", "TO", "TC")]
    assert outcome.plan.unchanged == 1
    assert told(outcome, "change") == [
        (
            2,
            "",
            "Đổi tên Phòng Tổ chức thành Phòng Tổ chức cán bộ từ 02/11/2026. "
            "Đổi tên đúng cách là ghi một biến động kèm quyết định; chỉ ghi bằng tệp khi sửa cho khớp.",
        ),
        (3, "", "Chuyển Tổ Xe từ Văn phòng về Phòng Tổ chức từ 02/11/2026."),
    ]


def test_a_union_is_attached_to_its_agency() -> None:
    outcome = check(
        {"code": "CD", "name": "Công đoàn Sở", "kind": "Công đoàn", "line": "Công đoàn", "host_code": "SNV"}
    )
    assert (told(outcome), steps(outcome)) == ([], [("open", "CD", "")])
    assert told(outcome, "change") == [(2, "", "Lập mới Công đoàn Sở (mã CD) gắn với Sở Nội vụ.")]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{"name": "A"}], [(2, "code", "Thiếu mã đơn vị.")]),
        ([{"code": "A"}], [(2, "name", "Thiếu tên đơn vị.")]),
        ([{"code": "A", "name": "A"}, {"code": "A", "name": "B"}], [(3, "code", "Mã A đã có ở dòng 2.")]),
        ([{"code": "XA1", "name": "A"}], [(2, "code", "Mã XA1 đã cấp cho đơn vị ngoài Sở Nội vụ.")]),
        (
            [{"code": "A", "name": "A", "kind": "Hội"}],
            [
                (
                    2,
                    "kind",
                    "Không rõ loại đơn vị “Hội”. Ghi một trong: "
                    "Sở, ban, ngành; Phòng, ban; Công đoàn; Trường học.",
                )
            ],
        ),
        (
            [{"code": "A", "name": "A", "line": "Hội"}],
            [(2, "line", "Không rõ hệ thống “Hội”. Ghi một trong: Chính quyền, Công đoàn, Đảng.")],
        ),
        (
            [{"code": "A", "name": "A", "line": "Đảng", "host_code": "SNV"}],
            [(2, "line", "Tệp này không được lập đơn vị thuộc hệ thống Đảng.")],
        ),
        (
            [{"code": "A", "name": "A", "parent_code": "K"}],
            [(2, "parent_code", "Không có đơn vị mã K trong tệp hoặc trong Sở Nội vụ.")],
        ),
        (
            [{"code": "A", "name": "A", "parent": "Phòng Tổ chứ"}],
            [(2, "parent", "Không có đơn vị “Phòng Tổ chứ”. Gần nhất: Phòng Tổ chức (TC).")],
        ),
        (
            [{"code": "A", "name": "A", "parent_code": "B"}, {"code": "B", "name": "B", "parent_code": "A"}],
            [(2, "parent_code", "Cấp trên đi vòng: A → B → A.")],
        ),
        (
            [{"code": "A", "name": "A", "parent_code": "A"}],
            [(2, "parent_code", "Cấp trên đi vòng: A → A.")],
        ),
        (
            [{"code": "VP", "name": "Văn phòng", "kind": None, "parent_code": "TO"}],
            [(2, "parent", "Tổ Xe đang là cấp dưới của Văn phòng.")],
        ),
        (
            [{"code": "SNV", "name": "Sở Nội vụ", "kind": None, "parent_code": "VP"}],
            [(2, "parent", "Tệp của Sở Nội vụ không đổi cấp trên của chính nó.")],
        ),
        (
            [{"code": "A", "name": "A", "host_code": "VP"}],
            [(2, "host", "Chỉ tổ chức công đoàn hoặc tổ chức đảng gắn với một cơ quan chính quyền.")],
        ),
        (
            [{"code": "A", "name": "A", "line": "Công đoàn", "parent_code": "VP"}],
            [(2, "parent", "Văn phòng thuộc hệ thống khác nên không thể là cấp trên của A.")],
        ),
    ],
)
def test_what_must_be_put_right(rows: list[dict[str, Value]], says: list[tuple[int, str, str]]) -> None:
    outcome = check(*rows)
    assert told(outcome) == says


def test_a_chain_as_long_as_the_file_is_walked() -> None:
    rows: list[dict[str, Value]] = [
        {"code": f"D{number}", "name": f"Tổ {number}", "parent_code": f"D{number + 1}"}
        for number in range(2000)
    ]
    outcome = check(*rows, {"code": "D2000", "name": "Tổ 2000"})
    assert told(outcome) == []
    assert [code for _, code, _ in steps(outcome)] == [f"D{number}" for number in range(2000, -1, -1)]
