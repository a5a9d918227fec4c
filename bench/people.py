"""The list of people at 1,000, 10,000 and 50,000, as three kinds of people open it, beside a bare page."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.kit.province import Served, hammer
from nep.config.cli.database import django_environment
from nep.config.cli.prove import Options
from nep.config.cli.serve import HOST, THREADS, WORKERS, first_page
from nep.config.datafolder import ROOT, DataFolder
from nep.config.embedded import running
from nep.config.refusals import Refusal
from tests.e2e.site import free_port

BARE = "trang-tron/"  # the page that `bench/children/people_server.py` adds
SIZES = ((1_000, 250), (10_000, 500), (50_000, 3_000))
SECONDS = 3.0  # of each page
MOST_MS, MOST_QUERIES, MOST_BYTES, FEWEST_PER_SECOND, MOST_GROWTH = 70.0, 15, 100_000, 60.0, 1.3
FULL = ("list", "next", "falling")  # pages that show as many rows in a small province as in a large one
_LOAD = "import django; django.setup(); from bench.children.people import main; main()"


def prove(options: Options) -> dict[str, object]:
    """Milliseconds over four connections to two workers; `growth` is the worst ratio of 50,000 to 1,000."""
    sizes: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="nep-people-") as folder:
        data = DataFolder(Path(folder) / "data")
        data.ready()
        with running(data.path) as url:
            for people, units in SIZES:
                sizes[people] = _measured(data, _database(url, f"people_{people}"), people, units)
    pages = [page for size in sizes.values() for page in size["pages"].values()]
    growth = _growth(sizes[SIZES[0][0]]["pages"], sizes[SIZES[-1][0]]["pages"])
    worst = {
        "p95_ms": max(page["p95"] for page in pages),
        "per_second": min(page["per_second"] for page in pages),
        "bytes": max(page["bytes"] for page in pages),
        "queries": max(page["queries"] for page in pages),
    }
    return {
        "ok": worst["p95_ms"] <= MOST_MS
        and worst["per_second"] >= FEWEST_PER_SECOND
        and worst["bytes"] <= MOST_BYTES
        and worst["queries"] <= MOST_QUERIES
        and growth <= MOST_GROWTH,
        "worst": worst,
        "growth": growth,
        "sizes": sizes,
    }


def _growth(small: dict[str, Any], large: dict[str, Any]) -> float:
    full = [name for name in small if name in large and name.split(".")[1] in FULL]
    return float(round(max(large[name]["p50"] / small[name]["p50"] for name in full), 2))


def _database(url: str, name: str) -> str:
    """A new database on the proof's own server."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _measured(data: DataFolder, url: str, people: int, units: int) -> dict[str, Any]:
    environment = django_environment(data, url, demo=False)
    environment |= {"NEP_SECRET_KEY": "only-for-a-proof-" * 4, "NEP_HOSTS": HOST}
    environment["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    _run(environment, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks")
    _run(environment, "-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
    told = json.loads(_run(environment, "-c", _LOAD, str(people), str(units)).splitlines()[-1])
    with _serving(environment, data.logs / "people.log") as port:
        served = Served(port, told["visitors"])
        anybody = next(iter(served.visitors.values()))
        bare = hammer(served, f"/{BARE}", anybody["cookie"], SECONDS)
        pages = {
            f"{who}.{name}": _page(served, path, visitor["cookie"], visitor["queries"][name])
            for who, visitor in served.visitors.items()
            for name, path in visitor["paths"].items()
        }
    return {"people": told["people"], "bare": bare, "pages": pages}


def _page(served: Served, path: str, cookie: str, queries: int) -> dict[str, float]:
    size = len(get(served.port, path, cookie))
    return hammer(served, path, cookie, SECONDS) | {"bytes": size, "queries": queries}


def get(port: int, path: str, cookie: str) -> bytes:
    """One page."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    return connection.getresponse().read()


def _run(environment: dict[str, str], *arguments: str) -> str:
    ended = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode != 0:
        raise Refusal(f"{' '.join(arguments[:3])}: {ended.stderr.strip()[-600:]}")
    return ended.stdout


@contextmanager
def _serving(environment: dict[str, str], log: Path) -> Iterator[int]:
    """The web server as `./nep demo` starts it, with the bare page beside its own."""
    port = free_port()
    listen = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"]
    power = ["--workers", WORKERS, "--blocking-threads", THREADS, "--workers-kill-timeout", "3"]
    command = [
        sys.executable,
        "-P",
        "-m",
        "granian",
        *listen,
        *power,
        "bench.children.people_server:application",
    ]
    with log.open("ab") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + 60
        while first_page(port) is None:
            if time.monotonic() > deadline or server.poll() is not None:
                raise Refusal(f"Máy chủ của phép đo không trả lời: {log.read_text()[-600:]}")
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=20)
