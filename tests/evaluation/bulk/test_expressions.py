"""The expressions are integers only, whichever engine's words they are put into."""

from __future__ import annotations

import sys
from pathlib import Path

import ibis
import pytest

from nep.evaluation.bulk.command import main
from nep.evaluation.bulk.expressions import after, cut, rated, year_sums
from nep.evaluation.bulk.scale import common_scale
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
SCALE = common_scale({7: 10, 999_983: 1, 999_979: 1})
LEVELS = rule_set_named("nd-335-2025").people_levels


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_nothing_is_divided_and_nothing_is_a_float(dialect: str) -> None:
    assert LEVELS is not None
    assert SCALE.spilling
    people = rated(PEOPLE, year_sums(MONTHS, SCALE), SCALE, LEVELS)
    edge = cut(people, ("agency_id", "group_id"), 20, or_better=False)
    fallen = edge.filter(edge.falls).select("person_id", fell_in_tie=edge.open)
    final = after(people.mutate(tie=ibis.literal(False)), fallen)
    words = str(ibis.to_sql(final, dialect=dialect)).upper()
    for word in ("/", "DOUBLE", "FLOAT", "DECIMAL", "REAL", "ROUND", "<<", "SHIFT"):
        assert word not in words, word
    kinds = {str(kind) for table in (people, edge, final) for kind in table.schema().types}
    assert kinds <= {"string", "int64", "boolean", "!int64", "!boolean", "!string"}


def test_spark_is_asked_for_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert main([str(tmp_path), "--out", str(tmp_path / "kq"), "--engine", "spark"]) == 1
    assert "Chưa cài Spark; cài bằng pip install" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
