"""`./nep test`: every test, on an embedded PostgreSQL of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from nep.config.cli.database import database, django_environment
from nep.config.datafolder import ROOT, DataFolder, default_path
from nep.config.processes import Stopped, stopped_by_signals
from nep.config.refusals import Refusal

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PROCESSES = 2
INSTALL_BROWSER = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]


def main(arguments: list[str]) -> int:
    """Run pytest with these arguments; its exit code."""
    browser = find_browser() if needs_browser(arguments) else None
    # A folder for each set of PostgreSQL programs: a cluster opens only with the version that made it.
    programs = Path(os.environ.get("NEP_POSTGRES_BIN", "")).parent.name
    data = DataFolder(default_path() / f"test-pg{programs}")
    data.ready()
    with data.claimed("./nep test"), database(data, durable=False) as url:
        environment = django_environment(data, url, demo=False)
        environment.setdefault("NEP_SECRET_KEY", "only-for-tests")
        if browser:
            environment["NEP_CHROMIUM"] = browser
        return pytest(side_by_side(arguments) + arguments, environment)


def pytest(arguments: list[str], environment: dict[str, str]) -> int:
    """Run pytest as a child at our terminal, so that Ctrl-C reaches it too and it sums up; its exit code."""
    child = subprocess.Popen([sys.executable, "-P", "-m", "pytest", *arguments], cwd=ROOT, env=environment)
    try:
        with stopped_by_signals((signal.SIGTERM, signal.SIGHUP)):
            return child.wait()
    except Stopped:
        child.terminate()
        return child.wait()
    except KeyboardInterrupt:
        return child.wait()


def side_by_side(arguments: list[str]) -> list[str]:
    """What makes pytest use two processes with a database each: for all tests or whole folders."""
    paths = [ROOT / word for word in arguments if not word.startswith("-")]
    chosen = [path for path in paths if path.is_file() or "::" in path.name]
    if chosen or (os.cpu_count() or 1) < PROCESSES or {"-n", "--pdb", "-s"} & set(arguments):
        return []
    # By files, in the order in which tests/conftest.py puts them: the long ones first.
    return ["-n", str(PROCESSES), "--dist", "loadfile", "--no-loadscope-reorder"]


def needs_browser(arguments: list[str]) -> bool:
    """Whether the browser journeys are among the chosen tests: not when only other paths were given."""
    paths = [Path(word.split("::")[0]) for word in arguments if not word.startswith("-")]
    paths = [path for path in paths if (ROOT / path).exists()]
    journeys = ROOT / "tests" / "e2e"
    return not paths or any(
        journeys.is_relative_to((ROOT / path).resolve()) or (ROOT / path).resolve().is_relative_to(journeys)
        for path in paths
    )


def find_browser() -> str:
    """The path of Chromium, installed from Debian when we are root and it is missing.

    Raises: Refusal with the line that installs it.
    """
    if found := os.environ.get("NEP_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    line = " ".join(INSTALL_BROWSER)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Refusal(f"Kiểm thử trên trình duyệt cần Chromium; hãy cài rồi chạy lại: {line}")
    print(f"Đang cài Chromium cho kiểm thử trên trình duyệt: {line}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], INSTALL_BROWSER):
        subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    if installed := shutil.which("chromium"):
        return installed
    raise Refusal(f"Không cài được Chromium; hãy cài bằng tay rồi chạy lại: {line}")
