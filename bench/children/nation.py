"""A nation in two files, then a bare read-and-mean and the ranking of everybody, in one process."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from nep.evaluation.bulk.ranking import as_json, classify
from nep.regulations.domain.shelf import rule_set_named

# Halves and quarters of points, thirds of three ratios, tenths and more of converted products.
DENOMINATORS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 18, 20, 21, 24, 28, 30, 35, 36, 42, 45, 60)
ODD = 200  # one person in so many has denominators of any size
_PEOPLE = """
COPY (SELECT 'P' || lpad(p::VARCHAR, 8, '0') AS person_id, 'A' || (p // 45) AS agency_id,
  CASE WHEN p % 7 > 0 THEN 'G' || ((p % 45) // 9) END AS group_id,
  p % 45 = 0 AS is_head, p % 45 < 4 AS is_leader,
  CASE WHEN p % 45 = 0 THEN ['HTXS', 'HTT', 'HTT', 'HTNV'][1 + p // 45 % 4] END AS unit_level,
  (CASE WHEN p % 97 = 0 THEN 4 ELSE 12 END)::BIGINT AS months_worked,
  CASE WHEN p % 194 = 0 THEN 'sick_or_maternity' END AS leave,
  CASE WHEN p % 301 = 0 THEN 'discipline_counts' END AS veto
  FROM range({people}) AS t(p)) TO '{file}' (FORMAT parquet)
"""
_MONTHS = """
COPY (SELECT person_id, month, below AS points_den,
    (below * (5200 + hash(p) % 4500 + hash(p, month) % 300)::BIGINT) // 100 AS points_num
  FROM (SELECT p, month, 'P' || lpad(p::VARCHAR, 8, '0') AS person_id,
    CASE WHEN p % {odd} = 1 THEN 1 + hash(p, month, 1) % 1000000
         ELSE {dens}[(1 + hash(p, month, 2) % {kinds})::BIGINT] END::BIGINT AS below
    FROM range(1, 13) AS m(month), range({people}) AS t(p))
  ORDER BY month) TO '{file}' (FORMAT parquet)
"""
_GROUPED = """
SELECT count(*), avg(mean)
FROM (SELECT avg(points_num / points_den) AS mean FROM '{file}' GROUP BY person_id)
"""
_FLAT = "SELECT avg(points_num / points_den) FROM '{file}'"


def make(folder: Path, people: int) -> None:
    """Both files; the months ordered by month, as they come in."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    connection.execute(_PEOPLE.format(people=people, file=folder / "people.parquet"))
    dens, kinds = list(DENOMINATORS), len(DENOMINATORS)
    file = folder / "months.parquet"
    connection.execute(_MONTHS.format(people=people, file=file, odd=ODD, dens=dens, kinds=kinds))


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock and of the processors."""
    began, used = time.perf_counter(), time.process_time()
    act()
    return {"seconds": round(time.perf_counter() - began, 2), "cpu": round(time.process_time() - used, 2)}


def main() -> None:
    """`FOLDER PEOPLE`: make the files where they are missing, measure, print one line of JSON."""
    folder, people = Path(sys.argv[1]), int(sys.argv[2])
    if not (folder / "months.parquet").exists():
        make(folder, people)
    file, rules = folder / "months.parquet", rule_set_named("nd-335-2025")
    duckdb.execute(_FLAT.format(file=file)).fetchall()  # the file is in the page cache from here on
    told: dict[str, object] = {
        "bare_flat": timed(lambda: duckdb.execute(_FLAT.format(file=file)).fetchall()),
        "bare": timed(lambda: duckdb.execute(_GROUPED.format(file=file)).fetchall()),
    }
    with tempfile.TemporaryDirectory() as small:
        # What loading the libraries takes is the command's start, not the ranking's share.
        make(Path(small), 500)
        classify(Path(small), Path(small) / "out.parquet", rules)
    results = []
    told["classify"] = timed(lambda: results.append(classify(folder, folder / "out.parquet", rules)))
    told["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told | as_json(results[0])))


if __name__ == "__main__":
    main()
