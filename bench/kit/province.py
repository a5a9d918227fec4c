"""A province of a given size being served: made once in a folder, then measured as often as one likes."""

from __future__ import annotations

import http.client
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nep.config.cli.database import django_environment
from nep.config.cli.serve import HOST, start_server, wait_for_page
from nep.config.datafolder import ROOT, DataFolder
from nep.config.embedded import running
from nep.config.processes import Children
from nep.config.refusals import Refusal
from tests.e2e.site import free_port

CONNECTIONS = 4
SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Served:
    """A server with its pages: by visitor a cookie, and by page its path and number of queries."""

    port: int
    visitors: dict[str, Any]


@contextmanager
def kept(folder: Path | None) -> Iterator[Path]:
    """The folder in which provinces are kept; without one a folder that goes again."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="nep-proof-") as temporary:
            yield Path(temporary)


@contextmanager
def served(folder: Path, scale: str) -> Iterator[Served]:
    """The province of this size, made when it is not there yet, behind granian with two workers.

    Raises: Refusal when it cannot be made.
    """
    data = DataFolder(folder / scale)
    demo = ["-m", "nep.config.cli", "demo", "--scale", scale, "--data", str(data.path), "--no-serve"]
    made = subprocess.run(
        [sys.executable, "-P", *demo], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if made.returncode != 0:
        raise Refusal(f"Không lập được tỉnh cỡ {scale}: {(made.stderr or made.stdout).strip()[-300:]}")
    with running(data.path) as url, Children(data.children) as children:
        environment = django_environment(data, url, demo=True)
        visitors = _visitors(environment)
        port = free_port()
        start_server(port, environment, data, children)
        wait_for_page(port, data, children)
        yield Served(port, visitors)


def _visitors(environment: dict[str, str]) -> dict[str, Any]:
    """Sign people in and count the queries of their pages, in a process of its own."""
    more = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-P", "-m", "bench.children.programme"]
    told = subprocess.run(command, cwd=ROOT, env=environment | more, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def hammer(
    served: Served, path: str, cookie: str, seconds: float = SECONDS, connections: int = CONNECTIONS
) -> dict[str, float]:
    """Ask for one page over some connections for a while: milliseconds and requests per second.

    Raises: RuntimeError when a page is not answered with 200.
    """
    took: list[float] = []
    wrong: list[int] = []
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_ask, args=(served.port, path, cookie, until, took, wrong))
        for _ in range(connections)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong or not took:
        raise RuntimeError(f"{path} was answered with {wrong[:1]}")
    ordered = sorted(took)
    return {
        "p50": round(statistics.median(ordered) * 1000, 1),
        "p95": round(ordered[math.ceil(0.95 * len(ordered)) - 1] * 1000, 1),
        "per_second": round(len(took) / (time.monotonic() - began), 1),
    }


def _ask(port: int, path: str, cookie: str, until: float, took: list[float], wrong: list[int]) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})  # the first one warms the connection
    connection.getresponse().read()
    while time.monotonic() < until:
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - began)
        if answer.status != http.client.OK:
            wrong.append(answer.status)
            return
    connection.close()
