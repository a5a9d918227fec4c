"""Children are found by their token, grandchildren too, and nobody else is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nep.config.processes import Children, Stopped, carriers, stop_leftovers, stopped_by_signals, undisturbed

FAMILY = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
time.sleep(60)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("here", flush=True)
time.sleep(60)
"""


def wait_for(token_file: Path, number: int) -> None:
    """Wait until that many processes carry the token."""
    deadline = time.monotonic() + 20
    while len(carriers(token_file.read_text())) != number:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_children_and_grandchildren_end_with_the_block(tmp_path: Path) -> None:
    token_file = tmp_path / "token"
    with Children(token_file) as children:
        token = token_file.read_text()
        children.start("family", [sys.executable, "-c", FAMILY], os.environ, tmp_path / "log")
        wait_for(token_file, 2)
    assert carriers(token) == []
    assert token_file.exists() is False


def test_what_a_killed_server_left_is_stopped_and_nothing_else(tmp_path: Path) -> None:
    token_file = tmp_path / "token"
    token_file.write_text("a" * 32)
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    ours = subprocess.Popen(sleep, env=os.environ | {"NEP_RUN_TOKEN": "a" * 32})
    foreign = subprocess.Popen(sleep, env=os.environ | {"NEP_RUN_TOKEN": "b" * 32})
    try:
        wait_for(token_file, 1)
        stop_leftovers(token_file)
        assert ours.wait(timeout=5) == -signal.SIGTERM
        assert foreign.poll() is None
        assert token_file.exists() is False
    finally:
        ours.kill()
        foreign.kill()
        foreign.wait()


def test_one_that_will_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nep.config.processes.STOP_SECONDS", 0.2)
    token_file = tmp_path / "token"
    log = tmp_path / "log"
    with Children(token_file) as children:
        token = token_file.read_text()
        children.start("stubborn", [sys.executable, "-c", STUBBORN], os.environ, log)
        deadline = time.monotonic() + 20
        while log.read_text() != "here\n":
            assert time.monotonic() < deadline
            time.sleep(0.02)
    assert carriers(token) == []


def test_a_child_that_ends_by_itself_is_noticed(tmp_path: Path) -> None:
    with Children(tmp_path / "token") as children:
        children.start("short", [sys.executable, "-c", "pass"], os.environ, tmp_path / "log")
        deadline = time.monotonic() + 20
        while children.first_ended() is None:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert children.first_ended() == "short"


def test_the_first_request_to_end_stops_and_later_ones_are_ignored() -> None:
    seen = []

    def work() -> None:
        with stopped_by_signals():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGINT)
                seen.append("let go")

    with pytest.raises(Stopped):
        work()
    assert seen == ["let go"]


def test_letting_go_is_not_disturbed() -> None:
    seen = []
    with undisturbed():
        signal.raise_signal(signal.SIGINT)
        seen.append("done")
    assert seen == ["done"]
