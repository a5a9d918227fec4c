"""Reading criteria from the file of a rule set."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from nep.regulations.domain.criteria import COLUMNS, KINDS, CriteriaSet, Grade, Group, Leaf, UnitLeaves
from nep.regulations.domain.nodes import Node


def read_criteria(node: Node) -> CriteriaSet:
    """The criteria under a key of the file.

    Raises: Malformed.
    """
    step = node.number("step")
    found = CriteriaSet(
        most=node.number("most"),
        columns=node.words("columns"),
        groups=tuple(_group(each, step) for each in node.nodes("groups")),
        grades=tuple(_grade(each) for each in node.nodes("grades")) if "grades" in node else (),
        vetoes=node.words("vetoes"),
    )
    node.end()
    _check(node, found)
    return found


def _group(node: Node, step: Fraction) -> Group:
    group = Group(
        code=node.text("code"),
        title=node.text("title"),
        most=node.number("most"),
        leaves=tuple(read_leaf(each, step) for each in node.nodes("leaves")),
        least=node.number("least") if "least" in node else Fraction(0),
        unit_leaves=_unit_leaves(node.node("unit_leaves")) if "unit_leaves" in node else UnitLeaves(),
    )
    node.end()
    return group


def _unit_leaves(node: Node) -> UnitLeaves:
    allowed = UnitLeaves(int(node.number("count")), node.number("points"))
    node.end()
    return allowed


def read_leaf(node: Node, step: Fraction) -> Leaf:
    """One leaf; `step` is the one of the set where the leaf names none.

    Raises: Malformed.
    """
    kind = node.one_of("kind", KINDS)
    more: dict[str, Any] = {}
    if kind in ("scale", "bonus"):
        more["step"] = node.number("step") if "step" in node else step
    if kind == "ladder":
        rungs = node.node("rungs")
        more["rungs"] = {key: rungs.number(key) for key in list(rungs.data)}
    if kind == "deduction":
        more["each"] = node.number("each")
    most = max(more["rungs"].values(), default=Fraction(0)) if kind == "ladder" else node.number("most")
    more |= {key: node.words(key) for key in ("evidence", "columns")}
    leaf = Leaf(node.text("code"), node.text("title"), kind, most, **more)
    node.end()
    if unknown := sorted(set(leaf.columns) - set(COLUMNS)):
        raise node.wrong("columns", f"không có cột {unknown[0]}")
    if leaf.most <= 0 or (kind in ("scale", "bonus") and (leaf.step <= 0 or leaf.most % leaf.step)):
        raise node.wrong("most", "phải lớn hơn 0 và chia hết cho bước điểm")
    return leaf


def _grade(node: Node) -> Grade:
    grade = Grade(node.text("code"), node.text("label"), node.number("points"))
    node.end()
    return grade


def _check(node: Node, found: CriteriaSet) -> None:
    if not found.columns or not set(found.columns) <= set(COLUMNS):
        raise node.wrong("columns", f"phải là một số trong: {', '.join(COLUMNS)}")
    codes = [leaf.code for group in found.groups for leaf in group.leaves]
    if len(set(codes)) != len(codes):
        raise node.wrong("groups", "có mã tiêu chí dùng hai lần")
    if unmarked := [code for code, leaf in found.leaves.items() if not found.marked_by(leaf)]:
        raise node.wrong("groups", f"không cột nào của bộ chấm {unmarked[0]}")
    for group in found.groups:
        reachable = sum(leaf.most for leaf in group.leaves if leaf.kind != "deduction")
        if reachable < group.most:
            raise node.wrong("groups", f"nhóm {group.code} có {reachable} điểm, chưa đủ {group.most}")
    if sum(group.most for group in found.groups) < found.most:
        raise node.wrong("most", "các nhóm không đủ điểm tối đa của cả bộ")
    bounds = [grade.points for grade in found.grades]
    if bounds != sorted(set(bounds), reverse=True) or (bounds and bounds[-1] != 0):
        raise node.wrong("grades", "xếp từ cao xuống thấp, mức cuối từ 0 điểm")
