"""The demo's life on real processes: first start, `kill -9`, start again, Ctrl-C, `--reset`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from collections.abc import Callable

import psycopg
import pytest

from nep.config.cli import demo_mark
from nep.config.cli.serve import HOST, first_page
from nep.config.datafolder import DataFolder
from nep.config.embedded import Server, running
from nep.config.processes import carriers

pytestmark = pytest.mark.slow

FIRST_PAGE = 302  # on to the sign-in page
Start = Callable[..., subprocess.Popen[str]]


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


def test_the_life_of_a_demo(python: Start, data: DataFolder, port: int) -> None:
    first = demo(python, data, port)
    before = processes_of(data)
    assert len(before) >= 5  # PostgreSQL, the web server and its two workers, the worker of background jobs

    first.send_signal(signal.SIGKILL)
    first.wait()
    assert processes_of(data) == before

    second = demo(python, data, port)
    after = processes_of(data)
    adopted = Server(data.path, durable=True).postmaster()
    assert adopted is not None
    assert set(after) & set(before) == {adopted.process.pid}
    assert first_page(port) == FIRST_PAGE

    second.send_signal(signal.SIGINT)
    second.send_signal(signal.SIGINT)
    assert second.wait(timeout=30) == 0
    assert processes_of(data) == []
    assert first_page(port) is None
    assert data.children.exists() is False


def test_a_demo_killed_while_it_prepares_is_prepared_again(
    python: Start, data: DataFolder, port: int
) -> None:
    child = python("-m", "nep.config.cli", "demo", "--data", str(data.path), "--no-serve")
    assert child.stdout is not None
    assert child.stdout.readline().startswith("Đang chuẩn bị")
    child.send_signal(signal.SIGKILL)
    child.wait()
    again = demo(python, data, port)
    again.send_signal(signal.SIGTERM)
    assert again.wait(timeout=30) == 0
    assert processes_of(data) == []


def test_reset_empties_what_the_demo_filled(python: Start, data: DataFolder) -> None:
    with running(data.path) as url, psycopg.connect(url) as connection:
        demo_mark.claim(connection)
        connection.execute("CREATE TABLE of_an_earlier_demo ()")
    (data.files / "of-an-earlier-demo").touch()
    child = python("-m", "nep.config.cli", "demo", "--data", str(data.path), "--no-serve", "--reset")
    _, said = child.communicate()
    assert (child.returncode, said) == (0, "")
    with running(data.path) as url, psycopg.connect(url) as connection:
        tables = demo_mark.tables(connection)
    assert "of_an_earlier_demo" not in tables
    assert {demo_mark.TABLE, "django_migrations"} <= tables
    assert (data.files / "of-an-earlier-demo").exists() is False


def test_a_database_url_serves_the_same(
    python: Start, data: DataFolder, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(data.path) as url:
        monkeypatch.setitem(os.environ, "DATABASE_URL", url)
        child = demo(python, data, port)
        assert first_page(port) == FIRST_PAGE
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=30) == 0
        with psycopg.connect(url) as connection:
            assert demo_mark.is_demo(connection) is True
