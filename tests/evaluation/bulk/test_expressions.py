"""The expressions are integers only, whichever engine's words they are put into."""

from __future__ import annotations

import sys
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from nep.evaluation.bulk.command import main
from nep.evaluation.bulk.expressions import (
    MOST_SUM,
    PERIOD,
    PERIODS,
    PLACE,
    ROW,
    SEEN,
    SPILL,
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
from nep.evaluation.bulk.inputs import PEOPLE as COLUMNS
from nep.evaluation.bulk.scale import MOST_PERIODS, MOST_SCALE, Scale
from nep.regulations.domain.shelf import rule_set_named

MONTHS = ibis.table(
    {"person_id": "string", "month": "int64", "points_num": "int64", "points_den": "int64"}, name="months"
)
PEOPLE = ibis.table(
    {
        "person_id": "string",
        "agency_id": "string",
        "group_id": "string",
        "is_head": "boolean",
        "is_leader": "boolean",
        "unit_level": "int64",
        "months_worked": "int64",
        "leave": "string",
        "veto": "string",
    },
    name="people",
)
SCALE = Scale(MOST_SCALE, spills=True)
LEVELS = rule_set_named("nd-335-2025").people_levels


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_what_is_kept_is_integers(dialect: str) -> None:
    assert LEVELS is not None
    people = rated(PEOPLE, year_sums(MONTHS, SCALE), SCALE, LEVELS)
    edge = cut(excellent(people), counted(people), PLACE, Quota())
    open_ = open_places(edge, PLACE)
    sure = edge.filter(~edge.stays).anti_join(open_, list(PLACE))
    fallen = sure.select("person_id", "agency_id", in_tie=ibis.literal(False))
    pool = cut(excellent(people), counted_after(counted(people), fallen), PLACE[:1], Quota())
    final = told(people, fallen.select("person_id", "in_tie"))
    rows = MONTHS.filter(spills(MONTHS, SCALE))
    for table in (final, pool, rows):
        words = str(ibis.to_sql(table, dialect=dialect)).upper()
        for word in ("DECIMAL", "REAL", "ROUND", ">>", "SHIFTRIGHT"):
            assert word not in words, word
    kinds = {str(kind) for table in (people, edge, pool, final) for kind in table.schema().types}
    assert kinds <= {"string", "int64", "boolean", "!int64", "!boolean", "!string"}


def test_a_year_of_doubles_is_a_year_of_integers() -> None:
    """Every part of the tally and the sum at its largest, read back; and rows without end do not fail."""
    months = {
        "person_id": ["a"] * MOST_PERIODS + ["b"] * 50_000,
        "month": [*range(1, MOST_PERIODS + 1), *[12] * 50_000],
        "points_num": [100 * 999_983] * (MOST_PERIODS + 50_000),
        "points_den": [999_983] * (MOST_PERIODS + 50_000),
    }
    table = ibis.memtable(pa.table(months))
    full, over = year_sums(table, SCALE).order_by("person_id").to_pyarrow().to_pylist()
    share = SCALE.value // 999_983
    assert share * 999_983 != SCALE.value
    assert full["points"] == 12 * 100 * 999_983 * share
    assert full["tally"] == MOST_PERIODS * (ROW + SPILL + PERIOD) + SEEN // 16
    assert full["tally"] & PERIODS == MOST_PERIODS * PERIOD
    assert full["tally"] & SPILLS == MOST_PERIODS * SPILL
    assert over["tally"] // ROW > MOST_PERIODS
    assert over["points"] == MOST_SUM


def test_the_columns_are_those_of_the_file() -> None:
    assert set(PEOPLE.columns) == set(COLUMNS)


def test_spark_is_asked_for_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main([str(tmp_path), "--out", str(tmp_path / "kq"), "--engine", "spark"]) == 1
    assert "Chưa cài Spark; cài bằng pip install" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
