"""300 digests while the mail server is down for an hour, over a night, and while workers are killed."""

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
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.kit.post_office import post_office
from nep.config.cli.database import django_environment
from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT, DataFolder
from nep.config.embedded import running
from tests.e2e.site import free_port

LETTERS = 300
OUTAGE = 3_600  # seconds without a mail server
DUE, AFTER, THIRD, FOURTH = "2026-12-01", "2026-12-02", "2026-12-07", "2026-12-10"
"""The last day of what is owed, and days after it on which the usual ladder speaks to who has to do it."""
KILLED_AT = ((60, 120), (160, 240))
SEED = 4
MOST_SECONDS = 2_400.0
_CHILD = "import django; django.setup(); from bench.children.mail import main; main()"
_SENT = "SELECT count(*) FROM notify_message WHERE state = 'sent' AND key LIKE '%{}'"
_TRIED = "SELECT count(*) FROM notify_message WHERE state = 'waiting' AND tries > 0"
_TRIES = "SELECT min(tries), max(tries) FROM notify_message"
_DELIVERIES = "procrastinate_jobs WHERE task_name = 'nep.platform.notify.tasks.deliver'"
_UNTIL_NEXT = f"""
SELECT extract(epoch FROM min(scheduled_at) - now()) FROM {_DELIVERIES} AND status = 'todo'
HAVING count(*) = (SELECT count(*) FROM notify_message WHERE state = 'waiting') AND min(scheduled_at) > now()
"""
_SKIP = f"""
UPDATE procrastinate_jobs SET scheduled_at = scheduled_at - make_interval(secs => %s)
WHERE id IN (SELECT id FROM {_DELIVERIES} AND status = 'todo')
"""


def prove(options: Options) -> dict[str, object]:
    """Real workers speak SMTP to a port of this machine; their days are those of NEP_TODAY, at nine.

    The hour is not waited for: while every letter waits for its next try, the time until the first of these
    tries is skipped, by bringing all of them forward by it; what was skipped is added up.
    """
    with tempfile.TemporaryDirectory(prefix="nep-mail-") as folder:
        data = DataFolder(Path(folder) / "data")
        data.ready()
        with running(data.path) as url:
            return _Proof(data, url).told()


class _Proof:
    """One run on a server of its own."""

    def __init__(self, data: DataFolder, url: str) -> None:
        self.data, self.url, self.port = data, url, free_port()
        self.until = time.monotonic() + MOST_SECONDS

    def told(self) -> dict[str, object]:
        """The line of the proof: each part, and whether it holds."""
        self._child("prepare", DUE)
        hour, kills, days = self._down_for_an_hour(), self._killed_while_sending(), self._down_over_days()
        again = [self._child("remind", day)["given"] for day in (DUE, AFTER, FOURTH)]
        digests = self._asked("SELECT count(*), count(DISTINCT (user_id, day)) FROM notify_digest")
        return {
            "ok": hour["ok"]
            and kills["ok"]
            and days["ok"]
            and again == [0, 0, 0]
            and digests == (4 * LETTERS, 4 * LETTERS),
            "letters": LETTERS,
            "hour": hour,
            "kills": kills,
            "days": days,
            "same_days_again": again,
            "digests": digests,
        }

    def _down_for_an_hour(self) -> dict[str, Any]:
        """Nobody listens; then somebody does: every letter comes, none twice."""
        given = self._child("remind", DUE)["given"]
        with self._worker(DUE):
            down, skipped = self._passed(lambda lasts: lasts >= OUTAGE)
            tries = self._asked(_TRIES)
            with post_office(self.port) as office:
                took, _ = self._passed(lambda lasts: self._count(_SENT.format(DUE)) >= LETTERS)
        return {
            "ok": given == LETTERS and len(office.taken) == LETTERS and office.twice == 0,
            "down_seconds": round(down),
            "of_these_skipped": round(skipped),
            "tries_of_a_letter": tries,
            "delivered": len(office.taken),
            "twice": office.twice,
            "delivered_after_seconds": round(took),
        }

    def _passed(self, over: Callable[[float], bool]) -> tuple[float, float]:
        """Let time pass until it is over: how long it lasted, and how much of that was skipped."""
        began, skipped = time.monotonic(), 0.0
        while not over(lasts := time.monotonic() - began + skipped):
            skipped += self._skip()
            self._in_time("the hour without a server")
            time.sleep(0.05)
        return lasts, skipped

    def _skip(self) -> float:
        """Skip the time until the first of the next tries, when all letters wait; how much it was."""
        with psycopg.connect(self.url) as connection:
            found = connection.execute(_UNTIL_NEXT).fetchone()
            if found is None:
                return 0.0
            connection.execute(_SKIP, found)
        return float(found[0])

    def _killed_while_sending(self) -> dict[str, Any]:
        """The worker ends by SIGKILL twice: only what was cut between sending and recording comes twice."""
        given, chance, killed = self._child("remind", AFTER)["given"], random.Random(SEED), []
        with post_office(self.port) as office:
            for low, high in KILLED_AT:
                with self._worker(AFTER):
                    self._wait(_SENT.format(AFTER), chance.randint(low, high))
                killed.append({"sent": self._count(_SENT.format(AFTER)), "taken": len(office.taken)})
            with self._worker(AFTER):
                self._wait(_SENT.format(AFTER), LETTERS)
        return {
            "ok": given == LETTERS and len(office.taken) == LETTERS and office.twice <= len(KILLED_AT),
            "killed_at": killed,
            "delivered": len(office.taken),
            "twice": office.twice,
        }

    def _down_over_days(self) -> dict[str, Any]:
        """The server is down for days: the newer letter takes the place of the older, and one is sent."""
        given = [self._child("remind", THIRD)["given"]]
        with self._worker(THIRD):
            self._wait(_TRIED, LETTERS)
        given.append(self._child("remind", FOURTH)["given"])
        with post_office(self.port) as office, self._worker(FOURTH):
            self._wait(_SENT.format(FOURTH), LETTERS)
        replaced = self._count("SELECT count(*) FROM notify_message WHERE state = 'replaced'")
        return {
            "ok": given == [LETTERS, LETTERS]
            and replaced == LETTERS
            and len(office.taken) == LETTERS
            and office.twice == 0,
            "replaced": replaced,
            "delivered": len(office.taken),
            "twice": office.twice,
        }

    @contextlib.contextmanager
    def _worker(self, day: str) -> Iterator[None]:
        """A worker as it runs on a server, living on that day, killed at the end of the block."""
        command = [sys.executable, "-P", "-m", "django", "procrastinate", "worker"]
        with (self.data.path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(command, cwd=ROOT, env=self._environment(day), stdout=log, stderr=log)
        try:
            yield
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
            worker.wait()

    def _wait(self, count: str, least: int) -> float:
        """Wait until so many are done; the seconds it took."""
        began = time.monotonic()
        while (done := self._count(count)) < least:
            self._in_time(f"{done} of {least}: {count}")
            time.sleep(0.05)
        return round(time.monotonic() - began, 1)

    def _in_time(self, stands_at: str) -> None:
        if time.monotonic() > self.until:
            raise RuntimeError(f"the worker stands at {stands_at}")

    def _count(self, statement: str) -> int:
        return int(self._asked(statement)[0])

    def _asked(self, statement: str) -> tuple[Any, ...]:
        with psycopg.connect(self.url) as connection:
            found = connection.execute(statement.encode()).fetchone()
        assert found is not None
        return found

    def _environment(self, day: str) -> dict[str, str]:
        """NEP_TODAY is for demos alone; with a mail server named, their letters leave as everybody's do."""
        environment = django_environment(self.data, self.url, demo=True)
        return environment | {
            "NEP_TODAY": f"{day}T09:00",
            "NEP_SECRET_KEY": "only-for-a-proof",
            "NEP_MAIL_URL": f"smtp://127.0.0.1:{self.port}?tls=none",
            "NEP_MAIL_FROM": "nep@vanlinh.example",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def _child(self, role: str, day: str) -> dict[str, Any]:
        ended = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD, role],
            cwd=ROOT,
            env=self._environment(day),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{role} ended with {ended.returncode}")
        told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
        return told
