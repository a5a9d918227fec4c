"""What is read: two Parquet files, checked before anything is ranked; faults are counted and shown."""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow.compute as pc

from nep.evaluation.bulk.engines import Engine
from nep.evaluation.bulk.expressions import LEVELS, ROW, SEEN
from nep.evaluation.bulk.scale import MOST_DENOMINATOR, MOST_PERIODS, MOST_POINTS, Scale, common_scale
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
FILES = {"people.parquet": PEOPLE, "months.parquet": MONTHS}
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
    """Both files in the columns and types that the expressions ask for, and the scale of the points."""

    people: ir.Table
    months: ir.Table
    scale: Scale


def opened(engine: Engine, folder: Path) -> tuple[ir.Table, ir.Table]:
    """Both files as they are.

    Raises: RuleError when one is missing, is no Parquet, or lacks a column.
    """
    found = []
    for name, columns in FILES.items():
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
    return Read(_ranks(people), months, _scale(engine, months))


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
    # An empty text says as little as none.
    words = {name: raw[name].cast("string").nullif("") for name in ("group_id", "unit_level", "leave")}
    flags = {name: raw[name].cast("boolean") for name in ("is_head", "is_leader")}
    agency = raw.agency_id.cast("string")
    return raw.select("person_id", "months_worked", agency_id=agency, veto=veto.nullif(""), **flags, **words)


def _months(raw: ir.Table) -> ir.Table:
    _ask(raw, "person_id", "là chữ", raw.person_id.type().is_string())
    for name in ("points_num", "points_den"):
        _ask(raw, name, "là số nguyên", raw[name].type().is_integer())
    points = {name: raw[name].cast("int64") for name in ("points_num", "points_den")}
    return raw.select("person_id", **_month(raw.month), **points)


def _month(given: ir.Column) -> dict[str, ir.Value]:
    """The number of the month, and the year where the file names it."""
    kind = given.type()
    if kind.is_string():
        in_form = given.re_search("^[0-9]{4}-(0[1-9]|1[0-2])$")
        month, year = (
            ibis.ifelse(in_form, part, ibis.null("string")).cast("int64")
            for part in (given.right(2), given.left(4))
        )
    elif kind.is_temporal():
        month, year = given.month().cast("int64"), given.year().cast("int64")
    else:
        told = "là số tháng, chữ như 2026-01, hoặc ngày"
        if not kind.is_integer():
            raise RuleError(f"Cột month phải {told}, tệp có {kind}.")
        return {"month": given.cast("int64")}
    return {"month": month, "year": year}


def _ask(table: ir.Table, column: str, told: str, holds: bool) -> None:
    if not holds:
        raise RuleError(f"Cột {column} phải {told}, tệp có {table[column].type()}.")


def _check_people(engine: Engine, people: ir.Table, rules: PeopleLevels) -> None:
    """One look at the words that occur and one at the counts; what is wrong is looked up only then."""
    words = engine.rows(people.group_by(["unit_level", "leave", "veto"]).agg(rows=people.count()))
    known = {"unit_level": RANKED, "leave": LEAVES, "veto": sorted(veto.fact for veto in rules.vetoes)}
    wrong = {
        "people.parquet: thiếu mã người hoặc cơ quan": functools.reduce(
            operator.or_, (people[name].fill_null("") == "" for name in ("person_id", "agency_id"))
        ),
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
    if not refuse(engine, people, wrong):
        raise RuleError("people.parquet không có người nào.")


def refuse(engine: Engine, table: ir.Table, wrong: dict[str, ir.BooleanValue]) -> int:
    """Refuse rows of which a wrong thing holds; everything is counted in one pass. Gives the number of rows.

    Raises: BadInput.
    """
    names = {f"wrong_{at}": (text, condition) for at, (text, condition) in enumerate(wrong.items())}
    sums = {name: condition.sum() for name, (_, condition) in names.items()}
    (counts,) = engine.rows(table.agg(rows=table.count(), **sums))
    faults = [
        _fault(engine, text, table.filter(condition))
        for name, (text, condition) in names.items()
        if counts[name]
    ]
    if faults:
        raise BadInput(faults)
    rows: int = counts["rows"]
    return rows


def _fault(engine: Engine, text: str, rows: ir.Table) -> Fault:
    (counted,) = engine.rows(rows.agg(rows=rows.count()))
    return Fault(text, counted["rows"], engine.rows(rows.order_by(list(rows.columns)).limit(FIRST)))


def _ranks(people: ir.Table) -> ir.Table:
    """Levels as their places, so that the lower of two is the greater number."""
    first, *rest = [(str(level), at) for at, level in enumerate(LEVELS)]
    return people.mutate(
        unit_level=people.unit_level.cases(first, *rest, else_=ibis.null("int64")).cast("int64")
    )


def _scale(engine: Engine, months: ir.Table) -> Scale:
    """The scale for the denominators that occur; the same pass finds months and points that cannot be."""
    wrong = _wrong_months(months)
    at = _through_the_years(months)
    span = {} if at is None else {"first": at.min(), "last": at.max()}
    per = months.group_by(den=months.points_den.fill_null(0)).agg(
        rows=months.count(), wrong=functools.reduce(operator.or_, wrong.values()).sum(), **span
    )
    found = engine.fetch(per)
    denominators, rows, faulty = (found[name].to_numpy() for name in ("den", "rows", "wrong"))
    if faulty.any():
        refuse(engine, months, wrong)
    if at is not None and len(rows):
        last = pc.max(found["last"]).as_py()
        if last - pc.min(found["first"]).as_py() >= MOST_PERIODS:
            text = "months.parquet: các tháng phải nằm trong một năm công tác"
            refuse(engine, months, {text: at <= last - MOST_PERIODS})
    return common_scale(denominators[denominators > 0], rows[denominators > 0])


def _through_the_years(months: ir.Table) -> ir.IntegerValue | None:
    """Months counted through the years, to refuse what twelve in a row do not hold; None without years."""
    at: ir.IntegerValue | None = (
        months.year * MOST_PERIODS + months.month if "year" in months.columns else None
    )
    return at


def _wrong_months(months: ir.Table) -> dict[str, ir.BooleanValue]:
    num, den = months.points_num, months.points_den
    # Cut off, so that the product stays an integer of the engine whatever the file says.
    most = ibis.least(den, ibis.literal(MOST_DENOMINATOR, "int64")) * MOST_POINTS
    wrong = {
        "months.parquet: mẫu số bằng 0": den == 0,
        f"months.parquet: mẫu số phải từ 1 đến {MOST_DENOMINATOR}": (den < 0) | (den > MOST_DENOMINATOR),
        "months.parquet: điểm âm": (num < 0) & (den != 0),
        f"months.parquet: điểm quá {MOST_POINTS}": (num > most) & den.between(1, MOST_DENOMINATOR),
        "months.parquet: có tử số mà không có mẫu số, hoặc ngược lại": num.isnull() != den.isnull(),
        "months.parquet: tháng phải từ 1 đến 12": ~months.month.between(1, MOST_PERIODS).fill_null(False),
    }
    return {text: holds.fill_null(False) for text, holds in wrong.items()}


def check_tallies(engine: Engine, found: Read, sums: ir.Table) -> int:
    """How many people have months, none of which repeats.

    Raises: BadInput.
    """
    tallies = engine.rows(sums.group_by("tally").agg(people=sums.count()))
    if not all(_once_each(each["tally"]) for each in tallies):
        _refuse_people(engine, found)
    return sum(each["people"] for each in tallies)


def _once_each(tally: int) -> bool:
    """Whether a person's months are all different: a power of two that occurs twice costs a binary digit."""
    rows = tally // ROW
    return rows <= MOST_PERIODS and (tally & SEEN).bit_count() == rows


def check_listed(engine: Engine, found: Read, people: ir.Table, with_months: int) -> None:
    """Refuse people who are listed twice, and months of people who are not listed.

    Raises: BadInput.
    """
    listed = people.person_id.notnull()
    sums = {"unlisted": ~listed, "given": people.given & listed, "without": ~people.given}
    (counts,) = engine.rows(people.agg(**{name: holds.sum() for name, holds in sums.items()}))
    once = not counts["unlisted"] and counts["given"] == with_months
    if once and counts["without"]:
        (idle,) = engine.rows(people.filter(~people.given).agg(people=lambda each: each.person_id.nunique()))
        once = counts["without"] == idle["people"]
    if not once:
        _refuse_people(engine, found)


def _refuse_people(engine: Engine, found: Read) -> None:
    """Look up what the checks have noticed: at least one of these occurs."""
    people, months = found.people, found.months
    listed = people.group_by("person_id").agg(times=people.count())
    per_month = months.group_by(["person_id", "month"]).agg(times=months.count())
    unknown = months.anti_join(people, "person_id")
    wrong = {
        "people.parquet: một người có hai lần": listed.filter(listed.times > 1),
        "months.parquet: một người có một tháng hai lần": per_month.filter(per_month.times > 1),
        "months.parquet: người không có trong people.parquet": unknown.group_by("person_id").agg(
            rows=unknown.count()
        ),
    }
    faults = [_fault(engine, text, rows) for text, rows in wrong.items()]
    raise BadInput([each for each in faults if each.count])
