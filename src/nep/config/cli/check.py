"""`./nep check`: what can be said about the code in less than a minute, without a database."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from nep.config.cli.arguments import Arguments
from nep.config.datafolder import ROOT

BIN = Path(sys.executable).parent
SIDE_BY_SIDE = 2
QUICKLY = ["-q", "-m", "not slow"]
WITHOUT_DJANGO = ["-p", "no:django", "--noconftest", "-W", "ignore::pytest.PytestConfigWarning"]


@dataclass(frozen=True)
class Part:
    """One tool with its arguments."""

    name: str
    command: list[str]


@dataclass(frozen=True)
class Result:
    """What a tool said."""

    part: Part
    code: int
    output: str
    seconds: float


def main(arguments: list[str]) -> int:
    """Run every part, the slowest first; 1 when one of them fails."""
    Arguments("check", "Kiểm tra nhanh mã nguồn.").parse_args(arguments)
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        results = list(pool.map(run, parts()))
    for result in results:
        if result.code != 0:
            print(f"── {result.part.name} ──\n{result.output.rstrip()}\n")
    for result in results:
        print(f"{'đạt' if result.code == 0 else 'HỎNG'}  {result.part.name:<12} {result.seconds:5.1f} giây")
    return 1 if any(result.code for result in results) else 0


def parts() -> list[Part]:
    """The tools, the slowest first."""
    return [
        Part("kiểu", [str(BIN / "mypy")]),
        Part("lõi thuần", [sys.executable, "-m", "pytest", *QUICKLY, *WITHOUT_DJANGO, *pure_tests()]),
        Part("ranh giới", [str(BIN / "lint-imports"), "--no-cache"]),
        Part("lint", [str(BIN / "ruff"), "check", "."]),
        Part("định dạng", [str(BIN / "ruff"), "format", "--check", "."]),
    ]


def pure_tests() -> list[str]:
    """The folders of tests that need neither Django nor a database."""
    tests = ROOT / "tests"
    return [str(path) for path in [tests / "kernel", *sorted(tests.glob("*/domain"))] if path.is_dir()]


def run(part: Part) -> Result:
    """Run one part to its end."""
    began = time.monotonic()
    environment = os.environ | {"PYTHONUTF8": "1", "NEP_SECRET_KEY": "only-for-checks"}
    done = subprocess.run(
        part.command,
        check=False,
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return Result(part, done.returncode, done.stdout + done.stderr, time.monotonic() - began)
