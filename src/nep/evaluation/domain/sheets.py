"""Sheets of criteria as they are written for the command, and what comes of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.criteria import Bonus, Deduction, Mark, Sheet, extended, score_sheet
from nep.evaluation.domain.fields import Fields
from nep.evaluation.domain.numbers import told
from nep.evaluation.domain.periods import Period
from nep.kernel.errors import RuleError
from nep.regulations.domain.criteria import CriteriaSet, Leaf
from nep.regulations.domain.nodes import Malformed, Node
from nep.regulations.domain.reading_criteria import read_leaf
from nep.regulations.domain.rulesets import RuleSet
from nep.regulations.domain.shelf import SUBJECTS


@dataclass(frozen=True, slots=True)
class SheetCase:
    """A sheet of one person or collective for one period."""

    rules: RuleSet
    subject: str
    criteria: CriteriaSet
    period: Period
    sheet: Sheet


def read_sheet(fields: Fields, rules: RuleSet, subject: str) -> SheetCase:
    """The sheet of a case whose rule set has criteria.

    Raises: RuleError that names the field.
    """
    assert rules.criteria is not None, "asked only of rule sets with criteria"
    period = Period.read(fields)
    if fields.get("year", period.year) != period.year:
        raise fields.wrong("year", f"trái với period ({period})")
    last = period.over_on - timedelta(days=1)
    if subject not in (*rules.subjects, *rules.by_decision):
        raise fields.wrong("rule_set", f"({rules.code}) không áp dụng cho {SUBJECTS[subject]}")
    if not rules.in_force_on(last, subject):
        raise fields.wrong("rule_set", f"({rules.code}) không có hiệu lực vào ngày {last:%d/%m/%Y}")
    criteria = _extended(fields, rules.criteria)
    facts = Fields(fields.get("facts", {}), fields.name("facts"))
    sheet = Sheet(
        marks={code: _marks(fields, code, criteria) for code in _codes(fields)},
        deductions=tuple(_deduction(each) for each in _listed(fields, "deductions")),
        bonuses=tuple(_bonus(each) for each in _listed(fields, "bonuses")),
        facts=frozenset(fact for fact in criteria.vetoes if facts.flag(fact, False)),
    )
    facts.end()
    fields.end()
    return SheetCase(rules, subject, criteria, period, sheet)


def _codes(fields: Fields) -> list[str]:
    marks = fields.get("marks")
    if not isinstance(marks, dict):
        raise fields.wrong("marks", "phải là một đối tượng JSON")
    return list(marks)


def _listed(fields: Fields, key: str) -> list[Fields]:
    return fields.each(key) if fields.get(key, None) is not None else []


def _extended(fields: Fields, base: CriteriaSet) -> CriteriaSet:
    """The set with the leaves that the unit added; they are written as in the file of a rule set."""
    given = fields.get("unit_leaves", None)
    if given is None:
        return base
    node = Node(given, "unit_leaves") if isinstance(given, dict) else None
    if node is None:
        raise fields.wrong("unit_leaves", "phải là một đối tượng JSON")
    try:
        added: dict[str, list[Leaf]] = {
            code: [read_leaf(leaf, Fraction(1, 2)) for leaf in node.nodes(code)] for code in list(node.data)
        }
    except Malformed as error:
        raise RuleError(f"{error}.") from error
    return extended(base, added)


def _marks(fields: Fields, code: str, criteria: CriteriaSet) -> dict[str, Mark]:
    """The marks of a leaf: one value of the last column, or a value for each column with its reason."""
    marks = fields.fields("marks")
    leaf = criteria.leaves.get(code)
    if not isinstance(marks.get(code), dict):
        last = (criteria.marked_by(leaf) if leaf else criteria.columns)[-1]
        return {last: Mark(_value(marks, code, leaf))}
    columns = marks.fields(code)
    found = {}
    for column in columns.data:
        if isinstance(columns.get(column), dict):
            reasoned = columns.fields(column)
            reason = reasoned.get("reason", "")
            if not isinstance(reason, str):
                raise reasoned.wrong("reason", "phải là chữ")
            found[column] = Mark(_value(reasoned, "value", leaf), reason)
            reasoned.end()
        else:
            found[column] = Mark(_value(columns, column, leaf))
    return found


def _value(fields: Fields, key: str, leaf: Leaf | None) -> Fraction | str | tuple[Fraction, Fraction]:
    value = fields.get(key)
    if isinstance(value, str):
        return value
    if leaf is not None and leaf.kind == "ratio":
        if not isinstance(value, list) or len(value) != 2:
            raise fields.wrong(key, "phải là [số đã làm, số phải làm]")
        parts = Fields({"done": value[0], "asked": value[1]}, fields.name(key))
        return parts.number("done"), parts.number("asked")
    return fields.number(key)


def _deduction(fields: Fields) -> Deduction:
    concluded = fields.get("concluded", "")
    found = Deduction(
        _text(fields, "leaf"), fields.count("times", 1), concluded if isinstance(concluded, str) else ""
    )
    fields.end()
    return found


def _bonus(fields: Fields) -> Bonus:
    work = fields.get("work", "")
    found = Bonus(
        _text(fields, "leaf"),
        fields.number("points"),
        work if isinstance(work, str) else "",
        fields.flag("decided", False),
    )
    fields.end()
    return found


def _text(fields: Fields, key: str) -> str:
    value = fields.get(key)
    if not isinstance(value, str):
        raise fields.wrong(key, "phải là chữ")
    return value


def sheet_result(case: SheetCase) -> dict[str, Any]:
    """What a sheet comes to, as commands print it but for its source."""
    score = score_sheet(case.criteria, case.sheet)
    law = case.rules.by_decision.get(case.subject, case.rules.title)
    return {
        "period": str(case.period),
        "groups": [
            {"group": each.group.code, "points": told(each.points), "most": told(each.group.most)}
            for each in score.groups
        ],
        "points": told(score.points),
        "level": score.grade.code if score.grade else None,
        "label": score.grade.label if score.grade else None,
        "needs_authority": False,
        "final": score.final,
        "because": [Because(law, f"Chấm theo {case.rules.title}."), *score.because],
    }
