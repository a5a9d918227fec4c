"""A nation in two files, then bare means of three kinds and the ranking of everybody, in one process."""

from __future__ import annotations

import functools
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from nep.evaluation.bulk.ranking import Told, as_json, classify
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
# What a ranking is held against, from the least to the most work.
BARES = {
    "bare_flat": "SELECT avg(points_num / points_den) FROM '{file}'",
    "bare": "SELECT max(person_id), max(month), avg(points_num / points_den) FROM '{file}'",
    "bare_per_person": """
SELECT count(*), avg(mean)
FROM (SELECT avg(points_num / points_den) AS mean FROM '{file}' GROUP BY person_id)
""",
}
RUNS = 3


def make(folder: Path, people: int) -> None:
    """Both files; the months ordered by month, as they come in."""
    connection = duckdb.connect()
    connection.execute("SET preserve_insertion_order = true")
    connection.execute(_PEOPLE.format(people=people, file=folder / "people.parquet"))
    dens, kinds = list(DENOMINATORS), len(DENOMINATORS)
    file = folder / "months.parquet"
    connection.execute(_MONTHS.format(people=people, file=file, odd=ODD, dens=dens, kinds=kinds))


def timed(act: Callable[[], object]) -> dict[str, float]:
    """Seconds by the clock and of the processors: the quickest of some runs, which others disturbed least."""
    return min((_once(act) for _ in range(RUNS)), key=lambda run: run["seconds"])


def _once(act: Callable[[], object]) -> dict[str, float]:
    began, used = time.perf_counter(), time.process_time()
    act()
    return {"seconds": round(time.perf_counter() - began, 3), "cpu": round(time.process_time() - used, 3)}


def _asked(words: str, file: Path) -> None:
    duckdb.execute(words.format(file=file)).fetchall()


def main() -> None:
    """`FOLDER`: measure the files in it and print one line of JSON."""
    folder = Path(sys.argv[1])
    file, rules = folder / "months.parquet", rule_set_named("nd-335-2025")
    with tempfile.TemporaryDirectory() as small:
        # What loading the libraries takes is the command's start, not the ranking's share.
        make(Path(small), 500)
        classify(Path(small), Path(small) / "out.parquet", rules)
    results: list[Told] = []
    ranked = timed(lambda: results.append(classify(folder, folder / "out.parquet", rules)))
    told: dict[str, object] = {
        "classify": ranked,
        # Before the bare means, so that it is the ranking's own.
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    told |= {name: timed(functools.partial(_asked, words, file)) for name, words in BARES.items()}
    print(json.dumps(told | as_json(results[0])))


if __name__ == "__main__":
    main()
