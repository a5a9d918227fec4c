"""The demo's life on real processes: first start, `kill -9`, start again, Ctrl-C, `--reset`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import psycopg
import pytest

from nep.config.cli import demo_mark
from nep.config.cli.serve import HOST, first_page
from nep.config.datafolder import DataFolder
from nep.config.embedded import Server, running
from nep.config.processes import carriers
from tests.config.conftest import SET_BY_NEP_TEST

pytestmark = pytest.mark.slow

FIRST_PAGE = 302  # on to the sign-in page
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A data folder with the sample province, prepared once for all tests here; a first try was killed."""
    data = DataFolder(tmp_path_factory.mktemp("bản thử"))
    data.ready()
    environment = {name: value for name, value in os.environ.items() if name not in SET_BY_NEP_TEST}
    command = [sys.executable, "-P", "-m", "nep.config.cli", "demo", "--data", str(data.path), "--no-serve"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().startswith("Đang chuẩn bị")
        killed.kill()
    subprocess.run(command, env=environment, check=True)
    return data


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def demo(python: Start, data: DataFolder, port: int) -> subprocess.Popen[str]:
    """A demo that has printed its address."""
    child = python("-m", "nep.config.cli", "demo", "--data", str(data.path), "--port", str(port))
    assert child.stdout is not None
    assert child.stderr is not None
    lines = iter(child.stdout.readline, "")
    assert any(line == f"Nếp đang chạy: http://{HOST}:{port}\n" for line in lines), child.stderr.read()
    return child


def processes_of(data: DataFolder) -> list[int]:
    """Everything the demo on this folder runs besides itself."""
    token = data.children.read_text() if data.children.exists() else ""
    server = Server(data.path, durable=True).postmaster()
    return sorted([process.pid for process in carriers(token)] + ([server.process.pid] if server else []))


def test_a_killed_demo_is_taken_up_and_a_stopped_one_leaves_nothing(
    python: Start, prepared: DataFolder, port: int
) -> None:
    first = demo(python, prepared, port)
    before = processes_of(prepared)
    assert len(before) >= 5  # PostgreSQL, the web server and its two workers, the worker of background jobs

    first.send_signal(signal.SIGKILL)
    first.wait()
    assert processes_of(prepared) == before

    second = demo(python, prepared, port)
    adopted = Server(prepared.path, durable=True).postmaster()
    assert adopted is not None
    assert set(processes_of(prepared)) & set(before) == {adopted.process.pid}
    assert first_page(port) == FIRST_PAGE

    second.send_signal(signal.SIGINT)
    second.send_signal(signal.SIGINT)
    assert second.wait(timeout=30) == 0
    assert processes_of(prepared) == []
    assert first_page(port) is None
    assert prepared.children.exists() is False


def test_a_database_url_serves_the_same(
    python: Start, prepared: DataFolder, data: DataFolder, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(prepared.path) as url:
        monkeypatch.setenv("DATABASE_URL", url)
        child = demo(python, data, port)
        assert first_page(port) == FIRST_PAGE
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=30) == 0
        assert (data.path / "postgres").exists() is False


def test_commands_of_django_work_beside_a_running_demo(
    python: Start, prepared: DataFolder, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = demo(python, prepared, port)
    monkeypatch.setenv("NEP_DATA", str(prepared.path))
    question = "from django.conf import settings; print('demo:', settings.NEP_DEMO)"
    asked = python("-m", "nep.config.cli", "manage", "shell", "-v", "0", "-c", question)
    answer, _ = asked.communicate()
    assert (asked.returncode, answer) == (0, "demo: True\n")
    assert first_page(port) == FIRST_PAGE
    child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=30) == 0


def test_reset_leaves_the_files_of_another_database(python: Start, data: DataFolder) -> None:
    """An empty database, such as one reached by a wrong address, is no reason to delete anything."""
    (data.files / "of-somebody").touch()
    child = python("-m", "nep.config.cli", "demo", "--data", str(data.path), "--no-serve", "--reset")
    assert child.stdout is not None
    assert child.stdout.readline().startswith("Đang chuẩn bị")
    child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=30) == 130
    assert (data.files / "of-somebody").exists()


def test_reset_empties_what_the_demo_filled(python: Start, data: DataFolder) -> None:
    with running(data.path) as url, psycopg.connect(url) as connection:
        demo_mark.claim(connection)
        connection.execute("CREATE TABLE of_an_earlier_demo ()")
    (data.files / "of-an-earlier-demo").touch()
    child = python("-m", "nep.config.cli", "demo", "--data", str(data.path), "--no-serve", "--reset")
    assert child.stdout is not None
    assert child.stdout.readline().startswith("Đang chuẩn bị")
    child.send_signal(signal.SIGTERM)
    assert child.wait(timeout=30) == 130
    assert processes_of(data) == []
    with running(data.path) as url, psycopg.connect(url) as connection:
        tables = demo_mark.tables(connection)
    assert "of_an_earlier_demo" not in tables
    assert demo_mark.TABLE in tables
    assert (data.files / "of-an-earlier-demo").exists() is False
