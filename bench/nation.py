"""Everybody of a nation ranked on one machine: the same as the pure core, and how long it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.children.nation import make
from bench.kit.nation import by_the_core, differences, people_and_months, write
from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT
from nep.evaluation.bulk.ranking import classify
from nep.regulations.domain.shelf import rule_set_named

ALIKE, SEED = 200_000, 335
NATION, TENTH = 2_200_000, 220_000
MOST_RATIO, MOST_MB, MOST_SHARE = 8.0, 4096, 1 / 6


def prove(options: Options) -> dict[str, object]:
    """The ranking beside three bare means in floats, taken in the same process on the same file.

    `bare` reads every column and takes one mean: the bare read-and-mean, which `times_bare` is held against.
    `bare_flat` reads the two columns of the points only; `bare_per_person` takes a mean for each person.
    """
    with tempfile.TemporaryDirectory(prefix="nep-nation-") as folder:
        kept = options.data or Path(folder)
        alike = _alike(Path(folder))
        nation, tenth = (_measured(kept / f"nation-{people}", people) for people in (NATION, TENTH))
    times = {
        name: round(nation["classify"]["seconds"] / nation[name]["seconds"], 2)
        for name in ("bare", "bare_flat", "bare_per_person")
    }
    share = tenth["classify"]["seconds"] / nation["classify"]["seconds"]
    return {
        "ok": not alike["differences"]
        and times["bare"] <= MOST_RATIO
        and nation["memory_mb"] <= MOST_MB
        and share <= MOST_SHARE,
        "alike": alike,
        "nation": nation,
        "tenth": tenth,
        **{f"times_{name}": ratio for name, ratio in times.items()},
        "tenth_of_nation": round(share, 3),
    }


def _alike(folder: Path) -> dict[str, Any]:
    """The bulk result beside the pure core's, person by person."""
    rules = rule_set_named("nd-335-2025")
    assert rules.people_levels is not None
    people, months = people_and_months(ALIKE, SEED)
    write(folder, people, months)
    told = classify(folder, folder / "out.parquet", rules)
    found = differences(folder / "out.parquet", by_the_core(people, months, rules.people_levels, 20))
    return {"people": ALIKE, "differences": found[:5], "ties": told.ties, "exact_levels": told.exact_levels}


def _measured(folder: Path, people: int) -> dict[str, Any]:
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "months.parquet").exists():
        make(folder, people)  # here, so that its memory is not the child's
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-W", "ignore", "-m", "bench.children.nation", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
