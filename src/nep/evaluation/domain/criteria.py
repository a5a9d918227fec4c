"""Marking a sheet of criteria: set, groups, leaves; the same for people and collectives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from nep.evaluation.domain.because import Because
from nep.evaluation.domain.numbers import in_words, lack_in_words
from nep.evaluation.domain.people import VETO_WORDS
from nep.kernel.errors import RuleError
from nep.regulations.domain.criteria import CriteriaSet, Grade, Group, Leaf

MARKED = ("scale", "ladder", "ratio")


@dataclass(frozen=True, slots=True)
class Mark:
    """What one column says of a leaf: points of a scale, a rung of a ladder, or done and asked of a ratio.

    `reason` is owed by who says something else than the column before.
    """

    value: Fraction | str | tuple[Fraction, Fraction]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """A concluded fact: how often, and the conclusion or decision that establishes it."""

    leaf: str
    times: int
    concluded: str


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points for named work; they count once the head has decided on them."""

    leaf: str
    points: Fraction
    work: str
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A marked sheet: marks by leaf and column, what is deducted, what is added, facts that veto a title."""

    marks: Mapping[str, Mapping[str, Mark]]
    deductions: tuple[Deduction, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The points of one group."""

    group: Group
    points: Fraction


@dataclass(frozen=True, slots=True)
class SheetScore:
    """The points of a sheet. `final`: the last column marked every leaf; grade None where a set has none."""

    groups: tuple[GroupScore, ...]
    points: Fraction
    grade: Grade | None
    final: bool
    because: tuple[Because, ...]


def extended(base: CriteriaSet, added: Mapping[str, Sequence[Leaf]]) -> CriteriaSet:
    """The set of a unit: the one it inherits and its own leaves, by group, within what each group allows.

    Raises: RuleError.
    """
    groups = []
    for group in base.groups:
        own = added.get(group.code, ())
        allowed, worth = group.unit_leaves, sum((leaf.most for leaf in own), Fraction(0))
        if len(own) > allowed.count:
            raise RuleError(f"Nhóm {group.code} cho đơn vị thêm nhiều nhất {allowed.count} tiêu chí.")
        if worth > allowed.points:
            raise RuleError(f"Nhóm {group.code} cho đơn vị thêm nhiều nhất {in_words(allowed.points)} điểm.")
        if unlike := [leaf.code for leaf in own if leaf.kind not in MARKED]:
            raise RuleError(f"Đơn vị không tự đặt điểm thưởng, điểm trừ: {unlike[0]}.")
        if unmarked := [leaf.code for leaf in own if not base.marked_by(leaf)]:
            raise RuleError(f"Không cột nào của bộ chấm {unmarked[0]}.")
        groups.append(replace(group, leaves=(*group.leaves, *own)))
    codes = [leaf.code for group in groups for leaf in group.leaves]
    if twice := [code for code in codes if codes.count(code) > 1]:
        raise RuleError(f"Mã tiêu chí {twice[0]} đã có.")
    if unknown := sorted(set(added) - {group.code for group in base.groups}):
        raise RuleError(f"Không có nhóm {unknown[0]}.")
    return replace(base, groups=tuple(groups))


def score_sheet(criteria: CriteriaSet, sheet: Sheet) -> SheetScore:
    """Points and grade of a sheet; groups and the whole stop at their maxima, no group falls below zero.

    Raises: RuleError that names the leaf.
    """
    _check_codes(criteria, sheet)
    because: list[Because] = []
    groups = tuple(_group_score(group, criteria, sheet, because) for group in criteria.groups)
    total = sum((each.points for each in groups), Fraction(0))
    points = min(total, criteria.most)
    if points < total:
        because.append(Because("", f"Cả phiếu tính nhiều nhất {in_words(points)} điểm."))
    grade = _grade(criteria, groups, points, sheet, because)
    waiting = _waiting(criteria, sheet)
    if waiting:
        because.append(Because("", f"Chưa chấm xong: {', '.join(waiting)}."))
    return SheetScore(groups, points, grade, not waiting, tuple(because))


def _waiting(criteria: CriteriaSet, sheet: Sheet) -> list[str]:
    """The leaves that whoever marks them last has not marked yet."""
    marked = [leaf for leaf in criteria.leaves.values() if leaf.kind in MARKED]
    return [
        leaf.code for leaf in marked if criteria.marked_by(leaf)[-1] not in sheet.marks.get(leaf.code, {})
    ]


def _check_codes(criteria: CriteriaSet, sheet: Sheet) -> None:
    leaves = criteria.leaves
    asked = [
        *((code, MARKED) for code in sheet.marks),
        *((each.leaf, ("deduction",)) for each in sheet.deductions),
        *((each.leaf, ("bonus",)) for each in sheet.bonuses),
    ]
    for code, kinds in asked:
        if code not in leaves or leaves[code].kind not in kinds:
            raise RuleError(f"“{code}” không phải tiêu chí {_KINDS[kinds[0]]} của bộ này.")


_KINDS = {"scale": "chấm điểm", "deduction": "trừ điểm", "bonus": "thưởng điểm"}


def _group_score(group: Group, criteria: CriteriaSet, sheet: Sheet, because: list[Because]) -> GroupScore:
    gained = sum(
        (_marked(leaf, criteria, sheet) for leaf in group.leaves if leaf.kind in MARKED), Fraction(0)
    )
    gained += sum(
        (_rewarded(leaf, sheet, because) for leaf in group.leaves if leaf.kind == "bonus"), Fraction(0)
    )
    kept = min(gained, group.most)
    if kept < gained:
        because.append(Because("", f"{group.title}: tính nhiều nhất {in_words(group.most)} điểm."))
    lost = sum(
        (_deducted(leaf, sheet, because) for leaf in group.leaves if leaf.kind == "deduction"), Fraction(0)
    )
    points = max(kept - lost, Fraction(0))
    because.append(Because("", f"{group.title}: {in_words(points)}/{in_words(group.most)} điểm."))
    return GroupScore(group, points)


def _marked(leaf: Leaf, criteria: CriteriaSet, sheet: Sheet) -> Fraction:
    """The points that the latest column gives; a leaf that nobody marked has none."""
    marks, columns = sheet.marks.get(leaf.code, {}), criteria.marked_by(leaf)
    if strange := sorted(set(marks) - set(columns)):
        raise RuleError(f"“{leaf.code}”: không có cột {strange[0]}.")
    before: Mark | None = None
    worth = Fraction(0)
    for column in columns:
        mark = marks.get(column)
        if mark is None:
            continue
        worth = _worth(leaf, mark)
        if before is not None and mark.value != before.value and not mark.reason.strip():
            raise RuleError(f"“{leaf.code}”: người chấm sau đổi điểm thì phải nêu lý do.")
        before = mark
    return worth


def _worth(leaf: Leaf, mark: Mark) -> Fraction:
    value = mark.value
    if leaf.kind == "ladder":
        if leaf.rungs is None or not isinstance(value, str) or value not in leaf.rungs:
            raise RuleError(f"“{leaf.code}” phải là một trong các bậc: {', '.join(leaf.rungs or ())}.")
        return leaf.rungs[value]
    if leaf.kind == "ratio":
        if not isinstance(value, tuple) or value[1] <= 0 or value[0] < 0:
            raise RuleError(f"“{leaf.code}” phải là số đã làm trên số phải làm, số phải làm lớn hơn 0.")
        return min(value[0] / value[1], Fraction(1)) * leaf.most
    if not isinstance(value, Fraction):
        raise RuleError(f"“{leaf.code}” phải là số điểm.")
    return _stepped(leaf, value)


def _stepped(leaf: Leaf, value: Fraction) -> Fraction:
    if not 0 <= value <= leaf.most:
        raise RuleError(f"“{leaf.code}” phải từ 0 đến {in_words(leaf.most)} điểm.")
    if value % leaf.step:
        raise RuleError(f"“{leaf.code}” chấm theo bước {in_words(leaf.step)} điểm.")
    return value


def _rewarded(leaf: Leaf, sheet: Sheet, because: list[Because]) -> Fraction:
    gained = sum(
        (_bonus(leaf, each, because) for each in sheet.bonuses if each.leaf == leaf.code), Fraction(0)
    )
    if gained > leaf.most:
        because.append(Because("", f"{leaf.title}: thưởng nhiều nhất {in_words(leaf.most)} điểm."))
    return min(gained, leaf.most)


def _bonus(leaf: Leaf, bonus: Bonus, because: list[Because]) -> Fraction:
    points = _stepped(leaf, bonus.points)
    if not bonus.work.strip():
        raise RuleError(f"“{leaf.code}”: điểm thưởng phải nêu việc đã làm.")
    if not bonus.decided:
        because.append(Because("", f"{leaf.title}: điểm thưởng chờ người đứng đầu quyết định, chưa cộng."))
        return Fraction(0)
    because.append(Because("", f"{leaf.title}: thưởng {in_words(points)} điểm vì {bonus.work.strip()}."))
    return points


def _deducted(leaf: Leaf, sheet: Sheet, because: list[Because]) -> Fraction:
    lost = Fraction(0)
    concluded = [each for each in sheet.deductions if each.leaf == leaf.code]
    for each in concluded:
        if not each.concluded.strip():
            raise RuleError(f"“{leaf.code}”: chỉ trừ điểm khi đã có kết luận.")
        if each.times < 1:
            raise RuleError(f"“{leaf.code}”: số lần phải từ 1.")
        lost += each.times * leaf.each
        because.append(Because("", f"{leaf.title}: {each.times} lần, theo {each.concluded.strip()}."))
    if concluded:
        because.append(Because("", f"{leaf.title}: trừ {in_words(min(lost, leaf.most))} điểm."))
    return min(lost, leaf.most)


def _grade(
    criteria: CriteriaSet,
    groups: Sequence[GroupScore],
    points: Fraction,
    sheet: Sheet,
    because: list[Because],
) -> Grade | None:
    """The highest grade whose bound is met; a veto or a group under its least leads to the lowest."""
    if not criteria.grades:
        return None
    lowest = criteria.grades[-1]
    grade = next(each for each in criteria.grades if points >= each.points)
    hindered = [f"{VETO_WORDS[fact]}." for fact in criteria.vetoes if fact in sheet.facts]
    hindered += [
        f"{each.group.title}: chưa đủ {in_words(each.group.least)} điểm."
        for each in groups
        if each.points < each.group.least
    ]
    because += [Because("", each) for each in hindered]
    grade = lowest if hindered else grade
    because.append(Because("", f"{in_words(points)} điểm: {grade.label}."))
    above = [each for each in criteria.grades if each.points > points]
    if above:
        lacking = lack_in_words(above[-1].points - points)
        because.append(Because("", f"Còn thiếu {lacking} điểm để đạt {above[-1].label}."))
    return grade
