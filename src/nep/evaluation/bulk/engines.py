"""The engines that carry the expressions out: DuckDB in this process, or Spark on a cluster."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from nep.kernel.errors import RuleError

ENGINES = ("duckdb", "spark")
MEMORY = "2GB"
BATCH = 1_000_000
_SPARK = {"spark.sql.shuffle.partitions": "8"}
_SPARK_OF_OUR_OWN = {
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
SPARK_MASTER, SPARK_REMOTE = "NEP_SPARK_MASTER", "NEP_SPARK_REMOTE"


class Engine:
    """One connection; what it keeps for a while stands in a folder that goes away with the run."""

    def __init__(self, name: str, scratch: Path) -> None:
        self.name, self.scratch = name, scratch
        self.connection: Any = _duckdb(scratch) if name == "duckdb" else _spark(scratch)
        self._numbers = itertools.count()

    def read(self, path: Path) -> ir.Table:
        """A Parquet file, or a folder of them."""
        files = str(path / "*.parquet") if path.is_dir() else str(path)
        table: ir.Table = self.connection.read_parquet(files)
        return table

    def keep(self, table: ir.Table) -> ir.Table:
        """Carry an expression out once; what is built on it does not compute it again."""
        name = f"kept_{next(self._numbers)}"
        if self.name == "duckdb":
            kept: ir.Table = self.connection.create_table(name, table, temp=True)
            return kept
        # Files instead of Spark's cache: a lost worker takes its cached blocks with it.
        folder = str(self.scratch / name)
        self.connection.to_parquet(table, folder)
        stored: ir.Table = self.connection.read_parquet(folder)
        return stored

    def fetch(self, table: ir.Table) -> pa.Table:
        """The rows of an expression over files and kept tables."""
        if self.name == "duckdb":
            # Ibis would import pandas for this, which costs more than ranking a province.
            return self.connection.con.sql(self.connection.compile(table)).to_arrow_table()
        return table.to_pyarrow()

    def batches(self, table: ir.Table) -> Iterator[pa.RecordBatch]:
        """The same, some at a time: a nation's rows need not be in memory at once."""
        if self.name == "duckdb":
            yield from self.connection.con.sql(self.connection.compile(table)).to_arrow_reader(BATCH)
        else:
            yield from table.to_pyarrow_batches(chunk_size=BATCH)

    def rows(self, table: ir.Table) -> list[dict[str, Any]]:
        """The same as dictionaries."""
        found: list[dict[str, Any]] = self.fetch(table).to_pylist()
        return found

    def close(self) -> None:
        """Let the connection go."""
        self.connection.disconnect()


def _duckdb(scratch: Path) -> Any:
    connection = ibis.duckdb.connect()
    connection.raw_sql(f"SET memory_limit = '{MEMORY}'")
    connection.raw_sql(f"SET temp_directory = '{scratch / 'spill'}'")
    return connection


def _spark(scratch: Path) -> Any:
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415  # an optional extra
    except ImportError as error:
        raise RuleError(
            "Chưa cài Spark; cài bằng pip install --require-hashes -r requirements-spark.lock."
        ) from error
    builder = SparkSession.builder.appName("nep-classify")
    settings = dict(_SPARK)
    if remote := os.environ.get(SPARK_REMOTE):
        builder = builder.remote(remote)
    else:
        builder = builder.master(os.environ.get(SPARK_MASTER, "local[2]"))
        settings |= _SPARK_OF_OUR_OWN | {"spark.sql.warehouse.dir": str(scratch / "warehouse")}
    for key, value in settings.items():
        builder = builder.config(key, value)
    return ibis.pyspark.connect(builder.getOrCreate())
