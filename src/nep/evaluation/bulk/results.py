"""The file with the result: points as texts, levels as words, in row ranges that two processors share."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from nep.evaluation.bulk.exact import texts
from nep.evaluation.bulk.expressions import LEVELS

RANGE = 1 << 18
THREADS = 2
_LEVELS = pa.array([str(level) for level in LEVELS])
_SCHEMA = pa.schema(
    [
        ("person_id", pa.string()),
        ("year_points", pa.string()),
        ("level_before_quota", pa.dictionary(pa.int8(), pa.string())),
        ("level", pa.dictionary(pa.int8(), pa.string())),
        ("tie", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Everybody in the order of the ids; `spilled` are the points of those whose denominators spill.

    Shapes: `people` as `expressions.told` has it; `spilled` one text for each row of it that says so.
    Units: `key_low` over `keys_of` is points.
    """

    people: pa.Table
    spilled: pa.Array
    keys_of: int


def write(file: Path, rows: Rows, rule_set: str) -> None:
    """The result as Parquet; numpy, Arrow and the compression let two threads work at a time."""
    columns = {"compression": "zstd", "use_dictionary": ["level_before_quota", "level"]}
    with (
        ThreadPoolExecutor(THREADS) as threads,
        pq.ParquetWriter(file, _SCHEMA, store_schema=False, **columns) as writer,
    ):
        writer.add_key_value_metadata({"rule_set": rule_set})
        for table in threads.map(_range, *zip(*_ranges(rows), strict=True)):
            writer.write_table(table)


def _ranges(rows: Rows) -> Iterator[tuple[pa.RecordBatch, pa.Array, int]]:
    """Some rows at a time with the points of those among them who spill."""
    done = 0
    for batch in rows.people.combine_chunks().to_batches(max_chunksize=RANGE):
        spilled = pc.sum(batch["spilled"]).as_py() or 0
        yield batch, rows.spilled.slice(done, spilled), rows.keys_of
        done += spilled


def _range(people: pa.RecordBatch, spilled: pa.Array, keys_of: int) -> pa.Table:
    points = texts(people["key_low"].to_numpy(), keys_of)
    if len(spilled):
        points = pc.replace_with_mask(points, people["spilled"], spilled)
    points = pc.if_else(people["empty"], pa.scalar(None, pa.string()), points)
    levels = (
        pa.DictionaryArray.from_arrays(people[name].cast(pa.int8()), _LEVELS)
        for name in ("level_before", "level")
    )
    return pa.table([people["person_id"], points, *levels, people["tie"]], schema=_SCHEMA)


def counts(levels: pa.ChunkedArray) -> dict[str, int]:
    """How many have each level."""
    found = np.bincount(levels.to_numpy(), minlength=len(LEVELS)).tolist()
    return {str(level): count for level, count in zip(LEVELS, found, strict=True)}
