"""Ranking everybody in two Parquet files: expressions first, the exact core for what they leave open."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nep.evaluation.bulk import exact
from nep.evaluation.bulk.engines import Engine
from nep.evaluation.bulk.expressions import LEVELS, after, cut, rated, year_sums
from nep.evaluation.bulk.inputs import check_sums, read
from nep.evaluation.bulk.scale import common_scale
from nep.kernel.errors import RuleError
from nep.regulations.domain.rulesets import PeopleLevels, RuleSet

GROUP, POOL = ("agency_id", "group_id"), ("agency_id",)
RESULT = "levels.parquet"


@dataclass(frozen=True, slots=True)
class Quota:
    """The part of the good ones that may be excellent; `or_better`: of the good and the excellent."""

    percent: int = 20
    or_better: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What a run comes to; `exact_…` tells how much the exact core had to do."""

    people: int
    levels_before_quota: dict[str, int]
    levels: dict[str, int]
    ties: int
    exact_people: int
    exact_levels: int
    exact_cuts: int


class Ranking:
    """One run over one folder."""

    def __init__(self, engine: Engine, rules: RuleSet, quota: Quota) -> None:
        if rules.people_levels is None:
            raise RuleError(f"{rules.title} không chấm điểm nên không xếp loại hàng loạt được theo điểm.")
        self.engine, self.rules, self.quota = engine, rules, quota
        self.levels: PeopleLevels = rules.people_levels
        self.points: pa.Table | None = None
        self.exact_levels = self.exact_cuts = 0

    def table(self, folder: Path) -> pa.Table:
        """The result, ordered by person.

        Raises: RuleError, BadInput.
        """
        found = read(self.engine, folder, self.levels)
        self.scale = common_scale(found.denominators)
        sums = self.engine.keep(year_sums(found.months, self.scale))
        people = self.engine.keep(rated(found.people, sums, self.scale, self.levels))
        check_sums(self.engine, found, sums, people)
        if self.scale.spilling:
            self.points = exact.means(self.engine.batches(_of_spilled(found.months, people)))
            people = self._levels_decided(people, found.people)
        people = people.mutate(level_before=people.level, tie=ibis.literal(False))
        for place in (GROUP, POOL):
            people = self.engine.keep(after(people, self._fallen(people, place)))
        return self._told(people)

    def _levels_decided(self, people: ir.Table, given: ir.Table) -> ir.Table:
        """The levels with those that straddle a threshold decided by the exact core."""
        rows = self.engine.rows(given.semi_join(people.filter(people.open), "person_id"))
        if not rows:
            return people
        assert self.points is not None, "levels are open only where denominators spill"
        self.exact_levels = len(rows)
        decided = exact.open_levels(rows, self.points, self.levels)
        table = _small({"person_id": pa.string(), "decided": pa.int64()}, decided)
        joined = people.left_join(table, "person_id").drop("person_id_right")
        return self.engine.keep(joined.mutate(level=joined.decided.coalesce(joined.level)).drop("decided"))

    def _fallen(self, people: ir.Table, place: tuple[str, ...]) -> ir.Table:
        """Who falls in the cut of a place, and who in a tie."""
        percent, or_better = self.quota.percent, self.quota.or_better
        edge = self.engine.keep(cut(people, place, percent, or_better=or_better))
        sure = edge.filter(edge.falls & ~edge.open).select("person_id", fell_in_tie=ibis.literal(False))
        rows = self.engine.rows(edge.filter(edge.open))
        if not rows:
            return sure
        self.exact_cuts += len({tuple(row[each] for each in place) for row in rows})
        points = exact.exact_points(rows, self.scale.value, self.points)
        fallen = exact.open_cuts(rows, place, points, percent, or_better=or_better)
        return sure.union(_small({"person_id": pa.string(), "fell_in_tie": pa.bool_()}, fallen))

    def _told(self, people: ir.Table) -> pa.Table:
        columns = ("person_id", "periods", "low", "high", "level_before", "level", "tie")
        rows = self.engine.fetch(people.select(*columns).order_by("person_id")).combine_chunks()
        points = exact.texts(rows["low"], pc.multiply(rows["periods"], self.scale.value))
        if self.points is not None:
            found = pc.index_in(rows["person_id"], value_set=self.points["person_id"].combine_chunks())
            points = pc.coalesce(self.points["year_points"].combine_chunks().take(found), points)
        names = pa.array([str(level) for level in LEVELS])
        told = {
            "person_id": rows["person_id"],
            "year_points": points,
            "level_before_quota": names.take(rows["level_before"]),
            "level": names.take(rows["level"]),
            "tie": rows["tie"],
        }
        return pa.table(told).replace_schema_metadata({"rule_set": self.rules.name})

    def told(self, table: pa.Table) -> Told:
        """The counts of a result."""
        return Told(
            people=table.num_rows,
            levels_before_quota=_counts(table["level_before_quota"]),
            levels=_counts(table["level"]),
            ties=pc.sum(table["tie"]).as_py() or 0,
            exact_people=0 if self.points is None else self.points.num_rows,
            exact_levels=self.exact_levels,
            exact_cuts=self.exact_cuts,
        )


def _of_spilled(months: ir.Table, people: ir.Table) -> ir.Table:
    """The points of people whose denominators do not all divide the scale, person by person."""
    spilled = people.filter(people.low != people.high)
    rows = months.filter(months.points_num.notnull()).semi_join(spilled, "person_id")
    return rows.select("person_id", "points_num", "points_den").order_by("person_id")


def _small(columns: dict[str, pa.DataType], rows: Sequence[tuple[Any, ...]]) -> ir.Table:
    """What the exact core decided, as a table of the engine."""
    arrays = [pa.array([row[at] for row in rows], kind) for at, kind in enumerate(columns.values())]
    return ibis.memtable(pa.table(arrays, names=list(columns)))


def _counts(column: pa.ChunkedArray) -> dict[str, int]:
    found: Counter[str] = Counter(
        {each["values"]: each["counts"] for each in pc.value_counts(column).to_pylist()}
    )
    return {str(level): found[str(level)] for level in LEVELS}


def classify(
    folder: Path, out: Path, rules: RuleSet, *, engine: str = "duckdb", quota: Quota | None = None
) -> Told:
    """Rank everybody in a folder and write the result whole or not at all.

    `out` is a file where its name ends in .parquet, else a folder in which the result is `levels.parquet`.
    Raises: RuleError, BadInput.
    """
    target = out if out.suffix == ".parquet" or out.is_file() else out / RESULT
    if target.is_dir():
        raise RuleError(f"{target} là thư mục; hãy nêu một tệp .parquet hoặc một thư mục khác.")
    standing = next(each for each in target.absolute().parents if each.exists())
    # Named before it is made: whenever the run is told to end, the name is known and the folder goes.
    scratch = standing / f".nep-classify-{os.getpid()}"
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        opened = Engine(engine, scratch)
        try:
            ranking = Ranking(opened, rules, quota or Quota())
            table = ranking.table(folder.absolute())
        finally:
            opened.close()
        written = scratch / RESULT
        pq.write_table(table, written, compression="zstd", use_dictionary=["level_before_quota", "level"])
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(written, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return ranking.told(table)


def as_json(told: Told) -> dict[str, Any]:
    """The counts as commands print them."""
    return {
        "people": told.people,
        "levels_before_quota": told.levels_before_quota,
        "levels": told.levels,
        "ties": told.ties,
        "exact_core": {"people": told.exact_people, "levels": told.exact_levels, "cuts": told.exact_cuts},
    }
