"""10,000 staff by Excel: dry run and commit beside bare inserts, then commits killed at random points."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from nep.config.cli.database import django_environment
from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT, DataFolder
from nep.config.embedded import running

PEOPLE = 10_000
KILLS = 20
SEED = 335
MOST_SECONDS = 6.0
READY, TRIAL = "excel_ready", "excel_trial"
_CHILD = "import django; django.setup(); from bench.children.excel import main; main()"
_STATE = """
SELECT (SELECT state FROM org_excelimport), (SELECT count(*) FROM org_person),
       (SELECT count(*) FROM org_posting), (SELECT count(*) FROM org_position),
       (SELECT count(*) FROM audit_event WHERE kind IN ('org.staff_imported', 'org.import_committed'))
"""


def prove(options: Options) -> dict[str, object]:
    """Seconds are those of the functions that the worker runs; half of the kills hit the worker, half its
    session in the server, each in a database as it was before the commit.
    """
    with tempfile.TemporaryDirectory(prefix="nep-excel-") as folder:
        data = DataFolder(Path(folder) / "data")
        data.ready()
        with running(data.path) as url:
            return _Proof(data, url).told()


class _Proof:
    """One run on a server of its own."""

    def __init__(self, data: DataFolder, url: str) -> None:
        self.data, self.url = data, url

    def told(self) -> dict[str, object]:
        """The line of the proof."""
        self._make(READY, "template0")
        prepared = self._child("prepare", READY)
        self._make(TRIAL, READY)
        before, committed = self._state(), self._child("commit", TRIAL)
        after, again = self._state(), self._child("again", TRIAL)
        inserted = self._child("insert", TRIAL)
        passwords = self._passwords()
        kills = self._kills(before, after, committed["commit"])
        whole = ("committed", before[1] + PEOPLE)
        return {
            "ok": prepared["check"] <= MOST_SECONDS
            and committed["commit"] <= MOST_SECONDS
            and after[:2] == whole
            and again["words"] == "không có gì thay đổi"
            and passwords == 0
            and kills["neither"] == 0
            and kills["done_again"] == KILLS,
            "people": PEOPLE,
            "dry_run": prepared["check"],
            "commit": committed["commit"],
            "bare_insert": inserted["insert"],
            "same_file_again": again["words"],
            "passwords": passwords,
            **kills,
        }

    def _kills(self, before: tuple[Any, ...], after: tuple[Any, ...], lasts: float) -> dict[str, int]:
        chance = random.Random(SEED)
        told = {"kills": KILLS, "nothing": 0, "all": 0, "neither": 0, "done_again": 0}
        for trial in range(KILLS):
            self._make(TRIAL, READY)
            self._killed(chance.uniform(0, lasts), server=trial % 2 == 1)
            found = self._state()
            told["nothing" if found == before else "all" if found == after else "neither"] += 1
            if found != after:
                self._child("commit", TRIAL)
            told["done_again"] += self._state() == after
        return told

    def _killed(self, seconds: float, *, server: bool) -> None:
        """Kill a commit so many seconds after it has begun: its process, or its session in the server."""
        worker = self._started("commit", TRIAL, errors=subprocess.DEVNULL)
        assert worker.stdout is not None
        backend = int(worker.stdout.readline())
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):  # the commit was faster this time
            os.kill(backend if server else worker.pid, signal.SIGKILL)
        worker.communicate()
        self._wait_for_server()

    def _wait_for_server(self) -> None:
        """Wait until the server answers and the killed session is gone."""
        for _ in range(600):
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    left = connection.execute(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [TRIAL]
                    ).fetchone()
                if left == (0,):
                    return
            except psycopg.OperationalError:
                pass  # it recovers from the loss of a session
            time.sleep(0.1)
        raise RuntimeError("the server does not come back")

    def _make(self, name: str, template: str) -> None:
        self._wait_for_server()
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )

    def _state(self) -> tuple[Any, ...]:
        with psycopg.connect(self._url_of(TRIAL)) as connection:
            found = connection.execute(_STATE).fetchone()
        assert found is not None
        return found

    def _passwords(self) -> int:
        """How many accounts there are besides that of the administrator: a file makes none."""
        with psycopg.connect(self._url_of(TRIAL)) as connection:
            found = connection.execute("SELECT count(*) - 1 FROM accounts_user").fetchone()
        assert found is not None
        return int(found[0])

    def _url_of(self, name: str) -> str:
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(path=f"/{name}"))

    def _started(self, role: str, name: str, *, errors: int | None = None) -> subprocess.Popen[str]:
        environment = django_environment(self.data, self._url_of(name), demo=False)
        environment["NEP_SECRET_KEY"] = "only-for-a-proof"
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        command = [sys.executable, "-P", "-c", _CHILD, role]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        )

    def _child(self, role: str, name: str) -> dict[str, Any]:
        worker = self._started(role, name)
        output, _ = worker.communicate()
        if worker.returncode != 0:
            raise RuntimeError(f"{role} ended with {worker.returncode}")
        told: dict[str, Any] = json.loads(output.splitlines()[-1])
        return told
