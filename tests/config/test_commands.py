"""The commands exist, start quickly, and choose what they need."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from nep.config.cli import COMMANDS, main, prove
from nep.config.cli.test import needs_browser, side_by_side


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module(name: str) -> None:
    assert callable(import_module(COMMANDS[name][0]).main)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[2:]] == list(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        ([], True),
        (["-q", "-x"], True),
        (["tests"], True),
        (["tests/e2e"], True),
        (["tests/e2e/test_of_tomorrow.py::test_x"], True),
        (["tests/kernel"], False),
        (["-k", "launch", "tests/kernel", "tests/config/test_commands.py::test_x"], False),
    ],
)
def test_a_browser_is_asked_for_only_by_its_journeys(
    arguments: list[str], needed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("tests/e2e/test_of_tomorrow.py", "tests/kernel", "tests/config/test_commands.py"):
        (tmp_path / path).mkdir(parents=True)
    monkeypatch.setattr("nep.config.cli.test.ROOT", tmp_path)
    assert needs_browser(arguments) is needed


@pytest.mark.parametrize(("holds", "code"), [(True, 0), (False, 1)])
def test_a_proof_prints_one_line_of_json(
    holds: bool,
    code: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = tmp_path / "bench"
    bench.mkdir()
    name = f"proof_that_{holds}".lower()
    body = f"def prove(options):\n    return {{'ok': {holds}, 'plans': options.plans.name}}\n"
    (bench / f"{name}.py").write_text(body)
    monkeypatch.setattr(prove, "BENCH", bench)
    monkeypatch.setattr("bench.__path__", [str(bench)])
    plans = tmp_path / "kế hoạch"
    plans.mkdir()
    assert main(["prove", "--plans", str(plans)]) == code
    line = json.loads(capsys.readouterr().out)
    assert (line["prove"], line["ok"], line["plans"]) == (name, holds, "kế hoạch")


def test_reading_a_document_loads_neither_django_nor_the_database(
    python: Callable[..., subprocess.Popen[str]],
) -> None:
    code = "import sys; from nep.config.cli import main; main(['read', 'no-such-file']); print(*sys.modules)"
    said, _ = python("-c", code).communicate()
    assert {"django", "psycopg", "psutil"} & set(said.split()) == set()


@pytest.mark.parametrize(
    ("arguments", "processes"),
    [
        ([], ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]),
        (["-q", "tests/kernel"], ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]),
        (["tests/config/test_commands.py"], []),
        (["tests/config/test_commands.py::test_help_names_every_command"], []),
        (["--pdb"], []),
        (["-n", "0"], []),
    ],
)
def test_whole_folders_are_tested_by_two_processes(
    arguments: list[str], processes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert side_by_side(arguments) == processes
