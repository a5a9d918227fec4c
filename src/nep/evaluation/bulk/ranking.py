"""Ranking everybody in two Parquet files: expressions first, the exact core for what they leave open."""

from __future__ import annotations

import glob
import os
import platform
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import psutil
import pyarrow as pa
import pyarrow.compute as pc

from nep.evaluation.bulk import exact
from nep.evaluation.bulk.engines import Engine
from nep.evaluation.bulk.expressions import (
    PLACE,
    SPILLS,
    Quota,
    counted,
    counted_after,
    cut,
    excellent,
    open_places,
    rated,
    spills,
    told,
    year_sums,
)
from nep.evaluation.bulk.inputs import FILES, check_listed, check_tallies, read
from nep.evaluation.bulk.results import Rows, counts, write
from nep.evaluation.bulk.scale import ALIKE
from nep.kernel.errors import RuleError
from nep.regulations.domain.rulesets import PeopleLevels, RuleSet

GROUP, POOL = PLACE, PLACE[:1]
RESULT = "levels.parquet"


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
        self.points = exact.NO_POINTS
        self.exact_levels = self.exact_cuts = 0

    def rows(self, folder: Path) -> Rows:
        """Everybody's keys and levels, ordered by person.

        Raises: RuleError, BadInput.
        """
        found = read(self.engine, folder, self.levels)
        scale = self.scale = found.scale
        sums = self.engine.keep(year_sums(found.months, scale))
        with_months = check_tallies(self.engine, found, sums)
        people = self.engine.keep(rated(found.people, sums, scale, self.levels))
        check_listed(self.engine, found, people, with_months)
        if scale.spills:
            self.points = self._exact_points(found.months, sums)
            people = self._levels_decided(people, found.people)
        rows = self.engine.fetch(told(people, self._fallen(people)))
        return Rows(rows, self.points["year_points"].combine_chunks(), scale.value * ALIKE)

    def _exact_points(self, months: ir.Table, sums: ir.Table) -> pa.Table:
        """The points of people with denominators that do not all divide the scale."""
        wanted = sums.filter((sums.tally & SPILLS) > 0).order_by("person_id")
        rows = months.filter(spills(months, self.scale).fill_null(False))
        rows = rows.select("person_id", "points_num", "points_den").order_by("person_id")
        return exact.means(self.engine.batches(rows), self.engine.fetch(wanted), self.scale.value)

    def _levels_decided(self, people: ir.Table, given: ir.Table) -> ir.Table:
        """The levels with those that straddle a threshold decided by the exact core."""
        rows = self.engine.rows(given.semi_join(people.filter(people.open), "person_id"))
        if not rows:
            return people
        self.exact_levels = len(rows)
        decided = exact.open_levels(rows, self.points, self.levels)
        table = _small({"person_id": pa.string(), "decided": pa.int64()}, decided)
        joined = people.left_join(table, "person_id").drop("person_id_right")
        return self.engine.keep(joined.mutate(level=joined.decided.coalesce(joined.level)).drop("decided"))

    def _fallen(self, people: ir.Table) -> ir.Table:
        """Who falls, and who in a tie: first in the groups, then in what the groups leave of each pool."""
        best, counts_ = self.engine.keep(excellent(people)), self.engine.keep(counted(people))
        of_groups = self._fallen_in(best, counts_, GROUP)
        best = best.anti_join(of_groups, "person_id")
        of_pools = self._fallen_in(best, counted_after(counts_, of_groups), POOL)
        return of_groups.union(of_pools).select("person_id", "in_tie")

    def _fallen_in(self, best: ir.Table, counts_: ir.Table, place: tuple[str, ...]) -> ir.Table:
        """Who falls in the cut of a place."""
        edge = self.engine.keep(cut(best, counts_, place, self.quota))
        open_ = self.engine.keep(open_places(edge, place))
        sure = edge.filter(~edge.stays).anti_join(open_, list(place))
        sure = sure.select("person_id", "agency_id", in_tie=ibis.literal(False))
        rows = self.engine.rows(edge.semi_join(open_, list(place)))
        if not rows:
            return sure
        self.exact_cuts += len({tuple(row[each] for each in place) for row in rows})
        points = exact.exact_points(rows, self.scale.value, self.points)
        fallen = exact.open_cuts(rows, place, points, self.quota)
        columns = {"person_id": pa.string(), "agency_id": pa.string(), "in_tie": pa.bool_()}
        return self.engine.keep(sure.union(_small(columns, fallen)))

    def told(self, rows: Rows) -> Told:
        """The counts of a result."""
        return Told(
            people=rows.people.num_rows,
            levels_before_quota=counts(rows.people["level_before"]),
            levels=counts(rows.people["level"]),
            ties=pc.sum(rows.people["tie"]).as_py() or 0,
            exact_people=len(rows.spilled),
            exact_levels=self.exact_levels,
            exact_cuts=self.exact_cuts,
        )


def _small(columns: dict[str, pa.DataType], rows: Sequence[tuple[Any, ...]]) -> ir.Table:
    """What the exact core decided, as a table of the engine."""
    arrays = [pa.array([row[at] for row in rows], kind) for at, kind in enumerate(columns.values())]
    return ibis.memtable(pa.table(arrays, names=list(columns)))


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
    if target.resolve() in {(folder / name).resolve() for name in FILES}:
        raise RuleError(f"{target} là tệp đầu vào; hãy nêu nơi khác cho kết quả.")
    try:
        return _ranked(folder, target, rules, engine, quota or Quota())
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        why = error.strerror if isinstance(error, OSError) else str(error).splitlines()[0]
        raise RuleError(f"Không ghi được {target}: {why}.") from error


def _ranked(folder: Path, target: Path, rules: RuleSet, engine: str, quota: Quota) -> Told:
    standing = next(each for each in target.absolute().parents if each.exists())
    _clear_after_killed(standing)
    # Named before it is made: whenever the run is told to end, the name is known and the folder goes.
    scratch = standing / f"{_scratch_of_this_machine()}{os.getpid()}"
    try:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(mode=0o700)
        opened = Engine(engine, scratch)
        try:
            ranking = Ranking(opened, rules, quota)
            rows = ranking.rows(folder.absolute())
        finally:
            opened.close()
        written = scratch / RESULT
        write(written, rows, rules.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(written, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return ranking.told(rows)


def _scratch_of_this_machine() -> str:
    """How the scratch folders of runs on this machine begin; others may rank into the same shared folder."""
    return f".nep-classify-{platform.node()}-"


def _clear_after_killed(folder: Path) -> None:
    """Remove what runs left that were killed without a word."""
    begins = _scratch_of_this_machine()
    for left in folder.glob(f"{glob.escape(begins)}*"):
        number = left.name.removeprefix(begins)
        if number.isdecimal() and not psutil.pid_exists(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def as_json(told: Told) -> dict[str, Any]:
    """The counts as commands print them."""
    return {
        "people": told.people,
        "levels_before_quota": told.levels_before_quota,
        "levels": told.levels,
        "ties": told.ties,
        "exact_core": {"people": told.exact_people, "levels": told.exact_levels, "cuts": told.exact_cuts},
    }
