"""3,000 late units: letters and mails by a worker that is killed; each once, no number missing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg

from bench.kit.post_office import PostOffice, post_office
from nep.config.cli.database import django_environment
from nep.config.cli.prove import Options
from nep.config.datafolder import ROOT, DataFolder
from nep.config.embedded import running

UNITS = 3_000
KILLED_AT = ((500, 1_400), (1_600, 2_800))
"""Between which letters the worker is killed; once more while the mails leave."""
MAILS_AT = (500, 2_500)
SEED = 30
MOST_SECONDS = 3_600.0
_CHILD = "import django; django.setup(); from bench.children.letters import main; main()"
_LETTERS = "SELECT count(*) FROM movements_letter WHERE state = 'written'"
_MAILS = "SELECT count(*) FROM notify_message WHERE state = 'sent'"
_OUTCOME = """
SELECT (SELECT count(*) FROM movements_letter WHERE state = 'written'),
       (SELECT count(DISTINCT adoption_id) FROM movements_letter WHERE state = 'written'),
       (SELECT count(*) FROM documents_issueddocument),
       (SELECT count(DISTINCT number) FROM documents_issueddocument),
       (SELECT min(number) FROM documents_issueddocument),
       (SELECT max(number) FROM documents_issueddocument),
       (SELECT count(*) FROM audit_event WHERE kind = 'movements.letter_written'),
       (SELECT count(*) FROM notify_message WHERE state = 'sent')
"""
# While a worker lives its letters follow each other; longer pauses are those between two workers.
_PACE = """
SELECT sum(gap), count(gap) FROM (
  SELECT extract(epoch FROM written_at - lag(written_at) OVER (ORDER BY written_at)) AS gap
  FROM movements_letter WHERE state = 'written'
) AS gaps WHERE gap < 5
"""


def prove(options: Options) -> dict[str, object]:
    """The real worker, killed with SIGKILL; what it left is taken up by the next one, by itself."""
    with tempfile.TemporaryDirectory(prefix="nep-letters-") as folder, post_office() as office:
        data = DataFolder(Path(folder) / "data")
        data.ready()
        with running(data.path) as url:
            return _Proof(data, url, office).told()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a worker had taken when so many letters were written."""

    letters: int
    processor: float
    megabytes: float

    def spent_since(self, earlier: Seen) -> float:
        """Seconds of processor for a thousand letters."""
        return round((self.processor - earlier.processor) / (self.letters - earlier.letters) * 1000, 1)


class _Proof:
    """One run on a server of its own."""

    def __init__(self, data: DataFolder, url: str, office: PostOffice) -> None:
        self.data, self.url, self.office = data, url, office
        self.seen: list[list[Seen]] = []
        self.until = time.monotonic() + MOST_SECONDS

    def told(self) -> dict[str, object]:
        """The line of the proof."""
        self._child("prepare")
        rendered, signed = self._child("render"), self._child("sign")
        chance, killed = random.Random(SEED), []
        for count, (low, high) in (*((_LETTERS, at) for at in KILLED_AT), (_MAILS, MAILS_AT)):
            killed.append(self._killed(count, chance.randint(low, high)))
        with self._worker() as worker:
            self._wait(worker, _MAILS, UNITS)
        letters, units, numbers, different, first, last, events, mails = self._asked(_OUTCOME)
        seconds, gaps = self._asked(_PACE)
        damaged = self._damaged_files()
        once = {letters, units, numbers, different, last, events, mails} == {UNITS} and first == 1
        return {
            "ok": once
            and damaged == 0
            and len(self.office.taken) == UNITS
            and self.office.twice <= len(killed)
            and self._runs() == [("done", UNITS, len(KILLED_AT))],
            "letters": letters,
            "units": units,
            "numbers": [first, last, different],
            "mails": len(self.office.taken),
            "mails_twice": self.office.twice,
            "killed_at": killed,
            "damaged_files": damaged,
            "sign": signed["sign"],
            "seconds_per_1000": round(float(seconds) / int(gaps) * 1000, 1),
            "bare_rendering_per_1000": rendered["render"],
            "processor_per_1000": [each[-1].spent_since(each[0]) for each in self.seen],
            "megabytes": [[round(each[0].megabytes), round(each[-1].megabytes)] for each in self.seen],
        }

    def _killed(self, count: str, at: int) -> int:
        """Let a worker go until so many are done, then kill it; how many were done by then."""
        with self._worker() as worker:
            self._wait(worker, count, at)
        return int(self._asked(count)[0])

    @contextlib.contextmanager
    def _worker(self) -> Iterator[psutil.Process]:
        """A worker as it runs on a server, killed at the end of the block."""
        command = [sys.executable, "-P", "-m", "django", "procrastinate", "worker"]
        with (self.data.path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=log, stderr=log)
        try:
            yield psutil.Process(worker.pid)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
            worker.wait()

    def _wait(self, worker: psutil.Process, count: str, least: int) -> None:
        """Wait until so many are done; of letters, what the worker takes is noted from its 100th on."""
        began, seen = int(self._asked(count)[0]), list[Seen]()
        while (done := int(self._asked(count)[0])) < least:
            if time.monotonic() > self.until or not worker.is_running():
                raise RuntimeError(f"the worker stands at {done} of {least}")
            if count == _LETTERS and done > began + 100:
                spent = worker.cpu_times()
                seen.append(Seen(done, spent.user + spent.system, worker.memory_info().rss / 1_048_576))
            time.sleep(0.05)
        if seen:
            self.seen.append(seen)

    def _asked(self, statement: str) -> tuple[Any, ...]:
        with psycopg.connect(self.url) as connection:
            found = connection.execute(statement).fetchone()
        assert found is not None
        return found

    def _runs(self) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute("SELECT state, done, cuts FROM jobs_jobrun").fetchall()

    def _damaged_files(self) -> int:
        """How many documents have no file with their content."""
        with psycopg.connect(self.url) as connection:
            digests = [row[0] for row in connection.execute("SELECT sha256 FROM documents_issueddocument")]
        paths = [(self.data.path / "files" / one[:2] / one[2:4] / one, one) for one in digests]
        whole = [one for path, one in paths if path.exists() and _digest(path) == one]
        return len(digests) - len(whole)

    def _environment(self) -> dict[str, str]:
        environment = django_environment(self.data, self.url, demo=False)
        return environment | {
            "NEP_SECRET_KEY": "only-for-a-proof",
            "NEP_MAIL_URL": f"smtp://127.0.0.1:{self.office.port}?tls=none",
            "NEP_MAIL_FROM": "nep@vanlinh.example",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    def _child(self, role: str) -> dict[str, Any]:
        ended = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD, role],
            cwd=ROOT,
            env=self._environment(),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if ended.returncode != 0:
            raise RuntimeError(f"{role} ended with {ended.returncode}")
        told: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
        return told


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
