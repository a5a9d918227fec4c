"""The embedded PostgreSQL: shared by its users, adopted after a kill, never taken for another process."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg
import pytest

from nep.config.datafolder import DataFolder
from nep.config.embedded import SOCKET_NAME, Server, machine_settings, running
from nep.config.refusals import Refusal

pytestmark = pytest.mark.slow

HOLD = """
import sys
from pathlib import Path
from nep.config.embedded import running
with running(Path(sys.argv[1]), durable=False):
    print("running", flush=True)
    sys.stdin.readline()
"""


def postmaster(data: DataFolder) -> int | None:
    """The process number of the server that runs in the folder."""
    found = Server(data.path, durable=False).postmaster()
    return found.process.pid if found else None


def answers(url: str) -> str:
    """What the database says when it works, with Vietnamese capitals."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT upper('đường phố')").fetchone()
    assert row is not None
    return str(row[0])


def holder(python: Callable[..., subprocess.Popen[str]], data: DataFolder) -> subprocess.Popen[str]:
    """Another process that uses the server until its standard input is closed."""
    child = python("-c", HOLD, str(data.path))
    assert child.stdout is not None
    assert child.stdout.readline() == "running\n"
    return child


def test_it_runs_while_somebody_uses_it(data: DataFolder) -> None:
    with running(data.path, durable=False) as url:
        assert answers(url) == "ĐƯỜNG PHỐ"
    assert postmaster(data) is None


def test_what_was_written_is_there_the_next_time(data: DataFolder) -> None:
    with running(data.path) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
    with running(data.path) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT value FROM kept").fetchall() == [(7,)]


def test_our_role_is_no_superuser(data: DataFolder) -> None:
    with running(data.path, durable=False) as url, psycopg.connect(url) as connection:
        query = "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(query).fetchall() == [(False, True)]


def test_the_last_user_stops_it(data: DataFolder, python: Callable[..., subprocess.Popen[str]]) -> None:
    other = holder(python, data)
    before = postmaster(data)
    with running(data.path, durable=False):
        assert postmaster(data) == before
        other.communicate("\n")
        assert postmaster(data) == before
    assert postmaster(data) is None


def test_a_server_whose_user_was_killed_is_adopted(
    data: DataFolder, python: Callable[..., subprocess.Popen[str]]
) -> None:
    other = holder(python, data)
    before = postmaster(data)
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert postmaster(data) == before
    with running(data.path, durable=False) as url:
        assert postmaster(data) == before
        assert answers(url) == "ĐƯỜNG PHỐ"
    assert postmaster(data) is None


def test_a_killed_server_is_started_again_although_its_number_was_given_away(
    data: DataFolder, python: Callable[..., subprocess.Popen[str]]
) -> None:
    other = holder(python, data)
    server = psutil.Process(postmaster(data))
    family = [server, *server.children()]
    other.send_signal(signal.SIGKILL)
    server.kill()
    other.wait()
    psutil.wait_procs([process for process in family if process.is_running()], timeout=10)
    trace = data.path / "postgres" / "postmaster.pid"
    lines = trace.read_text().splitlines(keepends=True)
    trace.write_text("".join([f"{os.getpid()}\n", *lines[1:]]))
    (data.path / "postgres" / f"{SOCKET_NAME}.lock").write_text(f"{os.getpid()}\n")
    with running(data.path, durable=False) as url:
        assert answers(url) == "ĐƯỜNG PHỐ"


def test_a_half_made_cluster_is_made_again(data: DataFolder) -> None:
    (data.path / "postgres.new-1").mkdir()
    (data.path / "postgres.new-1" / "PG_VERSION").write_text("18\n")
    with running(data.path, durable=False) as url:
        assert answers(url) == "ĐƯỜNG PHỐ"
    assert list(data.path.glob("postgres.new-*")) == []


def test_a_long_path_with_blanks_and_quotes(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / 'dài "và" có, dấu cách' / ("x" * 90))
    data.ready()
    with running(data.path, durable=False) as url:
        assert answers(url) == "ĐƯỜNG PHỐ"


def test_data_of_another_version_is_refused(data: DataFolder) -> None:
    with running(data.path, durable=False):
        pass
    version = data.path / "postgres" / "PG_VERSION"
    ours = version.read_text().strip()
    version.write_text("14\n")
    with pytest.raises(Refusal) as refusal, running(data.path, durable=False):
        pass
    assert str(refusal.value) == f"Dữ liệu trong {version.parent} là của PostgreSQL 14, không phải {ours}."


def test_settings_follow_the_memory_within_limits(data: DataFolder) -> None:
    own = [machine_settings(gigabytes << 30)[0] for gigabytes in (0, 1, 4, 64)]
    assert own == [f"shared_buffers={size}MB" for size in (64, 64, 256, 512)]
    with running(data.path) as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW random_page_cost").fetchone() == ("1.1",)
        assert connection.execute("SHOW jit").fetchone() == ("off",)
