"""What the tests of the commands share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nep.config.datafolder import DataFolder

ROOT = Path(__file__).resolve().parents[2]
SET_BY_NEP_TEST = ("DATABASE_URL", "NEP_DATA", "NEP_SECRET_KEY", "NEP_DEMO", "NEP_POSTGRES_BIN")


@pytest.fixture(autouse=True)
def no_settings_of_this_test_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands under test see an environment as a newcomer has it."""
    for name in SET_BY_NEP_TEST:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    """A data folder of its own."""
    folder = DataFolder(tmp_path / "dữ liệu")
    folder.ready()
    return folder


@pytest.fixture
def python(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts Python with the project's modules; whatever still runs at the end is stopped."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        command = [sys.executable, "-P", *arguments]
        child = subprocess.Popen(
            command, cwd=ROOT, env=os.environ, stdin=pipe, stdout=pipe, stderr=pipe, text=True
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.terminate()  # so that a demo stops its own children even when the test failed
        try:
            child.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.communicate()
