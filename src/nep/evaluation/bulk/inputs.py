"""What is read: two Parquet files, checked before anything is ranked; faults are counted and shown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from nep.evaluation.bulk.engines import Engine
from nep.evaluation.bulk.expressions import LEVELS, TWICE
from nep.evaluation.bulk.scale import MOST_DENOMINATOR, MOST_PERIODS, MOST_POINTS
from nep.evaluation.domain.levels import RANKED
from nep.evaluation.domain.people import LEAVES
from nep.kernel.errors import RuleError
from nep.regulations.domain.rulesets import PeopleLevels

FIRST = 5
PEOPLE = (
    "person_id",
    "agency_id",
    "group_id",
    "is_head",
    "is_leader",
    "unit_level",
    "months_worked",
    "leave",
    "veto",
)
MONTHS = ("person_id", "month", "points_num", "points_den")
ANY_VETO = "degradation_concluded"  # what a plain yes in `veto` counts as: it binds everybody


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault: how many rows have it, and the first of them."""

    text: str
    count: int
    rows: list[dict[str, Any]]


class BadInput(RuleError):
    """The files cannot be ranked as they are."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{each.text}: {each.count} dòng" for each in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Read:
    """Both files in the columns and types that the expressions ask for."""

    people: ir.Table
    months: ir.Table
    denominators: dict[int, int]


def opened(engine: Engine, folder: Path) -> tuple[ir.Table, ir.Table]:
    """Both files as they are.

    Raises: RuleError when one is missing, is no Parquet, or lacks a column.
    """
    found = []
    for name, columns in (("people.parquet", PEOPLE), ("months.parquet", MONTHS)):
        path = folder / name
        if not path.exists():
            raise RuleError(f"Không có {path}.")
        try:
            table = engine.read(path)
        except Exception as error:  # each engine has errors of its own
            raise RuleError(f"Không đọc được {path}: không phải tệp Parquet đọc được.") from error
        if missing := [each for each in columns if each not in table.columns]:
            raise RuleError(f"{path} thiếu cột {', '.join(missing)}.")
        found.append(table)
    return found[0], found[1]


def read(engine: Engine, folder: Path, rules: PeopleLevels) -> Read:
    """Both files, checked as far as a look at each alone can tell.

    Raises: RuleError, BadInput.
    """
    raw_people, raw_months = opened(engine, folder)
    people, months = _people(raw_people), _months(raw_months)
    _check_people(engine, people, rules)
    return Read(_ranks(people), months, _checked_denominators(engine, months))


def _people(raw: ir.Table) -> ir.Table:
    _ask(raw, "person_id", "là chữ", raw.person_id.type().is_string())
    for name in ("is_head", "is_leader"):
        _ask(raw, name, "là đúng/sai", raw[name].type().is_boolean() or raw[name].type().is_integer())
    for name in ("unit_level", "leave"):
        _ask(raw, name, "là chữ", raw[name].type().is_string() or raw[name].type().is_null())
    _ask(raw, "months_worked", "là số", raw.months_worked.type().is_numeric())
    kind = raw.veto.type()
    _ask(raw, "veto", "là đúng/sai hoặc mã sự việc", kind.is_boolean() or kind.is_string() or kind.is_null())
    veto = (
        ibis.ifelse(raw.veto, ANY_VETO, ibis.null("string")) if kind.is_boolean() else raw.veto.cast("string")
    )
    text = {name: raw[name].cast("string") for name in ("agency_id", "group_id", "unit_level", "leave")}
    flags = {name: raw[name].cast("boolean") for name in ("is_head", "is_leader")}
    return raw.select("person_id", "months_worked", veto=veto, **flags, **text)


def _months(raw: ir.Table) -> ir.Table:
    _ask(raw, "person_id", "là chữ", raw.person_id.type().is_string())
    for name in ("points_num", "points_den"):
        _ask(raw, name, "là số nguyên", raw[name].type().is_integer())
    kind = raw.month.type()
    if kind.is_string():
        month = raw.month.right(2).try_cast("int64")
    elif kind.is_temporal():
        month = raw.month.month().cast("int64")
    else:
        _ask(raw, "month", "là số tháng, chữ như 2026-01, hoặc ngày", kind.is_integer())
        month = raw.month.cast("int64")
    points = {name: raw[name].cast("int64") for name in ("points_num", "points_den")}
    return raw.select("person_id", month=month, **points)


def _ask(table: ir.Table, column: str, told: str, holds: bool) -> None:
    if not holds:
        raise RuleError(f"Cột {column} phải {told}, tệp có {table[column].type()}.")


def _check_people(engine: Engine, people: ir.Table, rules: PeopleLevels) -> None:
    """One look at the words that occur and one at the counts; what is wrong is looked up only then."""
    words = engine.rows(people.group_by(["unit_level", "leave", "veto"]).agg(rows=people.count()))
    known = {"unit_level": RANKED, "leave": LEAVES, "veto": sorted(veto.fact for veto in rules.vetoes)}
    wrong = {
        "people.parquet: thiếu mã người hoặc cơ quan": people.person_id.isnull() | people.agency_id.isnull(),
        "people.parquet: thiếu is_head hoặc is_leader": people.is_head.isnull() | people.is_leader.isnull(),
        "people.parquet: months_worked phải từ 0 đến 12": ~people.months_worked.between(0, 12).fill_null(
            False
        ),
    }
    for column, allowed in known.items():
        if strange := {each[column] for each in words} - {None, *allowed}:
            wrong[f"people.parquet: {column} phải là {', '.join(allowed)}"] = people[column].isin(
                sorted(strange)
            )
    counts = refuse(engine, people, wrong, people=people.person_id.nunique())
    if counts["rows"] == 0:
        raise RuleError("people.parquet không có người nào.")
    if counts["rows"] != counts["people"]:
        twice = people.group_by("person_id").agg(times=people.count()).filter(lambda each: each.times > 1)
        raise BadInput([_fault(engine, "people.parquet: một người có hai lần", twice)])


def refuse(
    engine: Engine, table: ir.Table, wrong: dict[str, ir.BooleanValue], **more: ir.IntegerScalar
) -> dict[str, int]:
    """Refuse rows of which a wrong thing holds; everything is counted in one pass, and given back.

    Raises: BadInput.
    """
    names = {f"wrong_{at}": (text, condition) for at, (text, condition) in enumerate(wrong.items())}
    sums = {name: condition.sum() for name, (_, condition) in names.items()}
    (counts,) = engine.rows(table.agg(rows=table.count(), **sums, **more))
    faults = [
        _fault(engine, text, table.filter(condition))
        for name, (text, condition) in names.items()
        if counts[name]
    ]
    if faults:
        raise BadInput(faults)
    return counts


def _fault(engine: Engine, text: str, rows: ir.Table) -> Fault:
    (counted,) = engine.rows(rows.agg(rows=rows.count()))
    return Fault(text, counted["rows"], engine.rows(rows.order_by(list(rows.columns)).limit(FIRST)))


def _ranks(people: ir.Table) -> ir.Table:
    """Levels as their places, so that the lower of two is the greater number."""
    first, *rest = [(str(level), at) for at, level in enumerate(LEVELS)]
    return people.mutate(
        unit_level=people.unit_level.cases(first, *rest, else_=ibis.null("int64")).cast("int64")
    )


def _checked_denominators(engine: Engine, months: ir.Table) -> dict[int, int]:
    """How often each denominator occurs; one cheap pass also finds points that cannot be."""
    per = months.group_by("points_den").agg(
        rows=months.count(),
        least=months.points_num.min(),
        most=months.points_num.max(),
        without=months.points_num.isnull().sum(),
    )
    found = engine.fetch(per).to_pydict()
    if not all(map(_sound, *(found[name] for name in ("points_den", "rows", "least", "most", "without")))):
        _refuse_points(engine, months)
    _check_months(engine, months)
    return {
        den: rows for den, rows in zip(found["points_den"], found["rows"], strict=True) if den is not None
    }


def _sound(den: int | None, rows: int, least: int | None, most: int | None, without: int) -> bool:
    if den is None:
        return rows == without
    if not 1 <= den <= MOST_DENOMINATOR or without:
        return False
    return least is not None and most is not None and least >= 0 and most <= MOST_POINTS * den


def _refuse_points(engine: Engine, months: ir.Table) -> None:
    num, den = months.points_num, months.points_den
    over = (num > den * MOST_POINTS) & den.between(1, MOST_DENOMINATOR)
    refuse(
        engine,
        months,
        {
            "months.parquet: mẫu số bằng 0": (den == 0).fill_null(False),
            f"months.parquet: mẫu số phải từ 1 đến {MOST_DENOMINATOR}": (
                (den < 0) | (den > MOST_DENOMINATOR)
            ).fill_null(False),
            "months.parquet: điểm âm": ((num < 0) & (den != 0)).fill_null(False),
            f"months.parquet: điểm quá {MOST_POINTS}": over.fill_null(False),
            "months.parquet: có tử số mà không có mẫu số, hoặc ngược lại": num.isnull() != den.isnull(),
        },
    )


def _check_months(engine: Engine, months: ir.Table) -> None:
    seen = [each["month"] for each in engine.rows(months.group_by("month").agg(rows=months.count()))]
    if all(each is not None and 1 <= each <= MOST_PERIODS for each in seen):
        return
    wrong = ~months.month.between(1, MOST_PERIODS).fill_null(False)
    refuse(engine, months, {"months.parquet: tháng phải từ 1 đến 12": wrong})


def check_sums(engine: Engine, found: Read, sums: ir.Table, people: ir.Table) -> None:
    """Refuse months that repeat, and months of people who are not in the list.

    Raises: BadInput.
    """
    twice = ((sums.seen & TWICE) != 0) | (sums.rows > MOST_PERIODS)
    (counts,) = engine.rows(sums.agg(people=sums.count(), twice=twice.sum()))
    (listed,) = engine.rows(people.agg(people=people.given.sum()))
    faults = []
    if counts["twice"]:
        per = found.months.group_by(["person_id", "month"]).agg(times=found.months.count())
        faults.append(
            _fault(engine, "months.parquet: một người có một tháng hai lần", per.filter(per.times > 1))
        )
    if counts["people"] != listed["people"]:
        unknown = sums.anti_join(found.people, "person_id").select("person_id", "rows")
        faults.append(_fault(engine, "months.parquet: người không có trong people.parquet", unknown))
    if faults:
        raise BadInput(faults)
