"""The product as a newcomer gets it: `nep demo` in a folder of its own, on a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def demo() -> Iterator[str]:
    """The address of a running demo with the sample province; stopped with all it started."""
    with tempfile.TemporaryDirectory(prefix="nep-e2e-") as folder:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in SET_BY_NEP}
        command = [
            sys.executable,
            "-P",
            "-m",
            "nep.config.cli",
            "demo",
            "--port",
            str(port),
            "--data",
            folder,
        ]
        with Path(folder, "demo.log").open("w+") as log:
            child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            try:
                base = f"http://127.0.0.1:{port}"
                _wait(base, child, log.name)
                yield base
            finally:
                child.terminate()
                child.wait(timeout=60)


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
