"""The product as a newcomer gets it: `nep demo` in a folder of its own, on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SET_BY_NEP = (
    "DATABASE_URL",
    "NEP_DATA",
    "NEP_SECRET_KEY",
    "NEP_DEMO",
    "NEP_POSTGRES_BIN",
    "NEP_TODAY",
    "DJANGO_SETTINGS_MODULE",
)
READY_SECONDS = 600  # the sample province is made first
ARGUMENTS = [
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def prepare(folder: Path) -> None:
    """Make the sample province in a folder, for demos to be started from copies of it."""
    done = subprocess.run(
        _command("--data", str(folder), "--no-serve"),
        cwd=ROOT,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=READY_SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the sample province was not made: {done.stdout}{done.stderr}")


def copied(source: Path, target: Path) -> Path:
    """A copy of a folder with who owns what: the database server runs as somebody of its own."""
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)
    return target


@contextmanager
def demo(folder: Path, on: date | None = None) -> Iterator[str]:
    """The address of a demo that runs on a folder, on another day if asked; stopped with all it started."""
    port = free_port()
    moved = ["--on", on.isoformat()] if on else []
    command = _command("--port", str(port), "--data", str(folder), *moved)
    with Path(folder, "demo.log").open("w+") as log:
        child = subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=log, stderr=log)
        try:
            base = f"http://127.0.0.1:{port}"
            _wait(base, child, log.name)
            yield base
        finally:
            child.terminate()
            child.wait(timeout=60)


def _command(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "nep.config.cli", "demo", *arguments]


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in SET_BY_NEP}


def _wait(base: str, child: subprocess.Popen[bytes], log: str) -> None:
    began = monotonic()
    while child.poll() is None and monotonic() - began < READY_SECONDS:
        try:
            with urlopen(f"{base}/dang-nhap/"):
                return
        except (URLError, OSError):
            sleep(0.2)
    raise RuntimeError(f"the demo did not start: {Path(log).read_text()}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    path = os.environ.get("NEP_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
