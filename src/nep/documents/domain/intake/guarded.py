"""Run the opening of one file in a child process and take its report, within a fixed time."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.model import Caution, Refused

WALL_SECONDS = 25
_SOURCES = Path(__file__).parents[4]
_TIME_IS_UP = getattr(signal, "SIGXCPU", 24)
# How a process without memory ends: by Python, by the system, or by the PDF library stopping itself.
_OUT_OF_MEMORY = (1, *(-getattr(signal, name, 0) for name in ("SIGKILL", "SIGABRT", "SIGTRAP", "SIGILL")))
_WORKER = "nep.documents.domain.intake.worker"


def extract_guarded(data: bytes, kind: str) -> Extract:
    """Take the text out of a file of this kind in a process of its own.

    Raises: Refused with the child's reason; also when the child ran out of time or memory, or died.
    """
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        report = _report_of(_run(file, kind))
    if "refused" in report:
        raise Refused(report["refused"], **report["values"])
    extract = report["extract"]
    return Extract(**{**extract, "cautions": tuple(Caution(**one) for one in extract["cautions"])})


def _run(file: BinaryIO, kind: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(
            [sys.executable, "-P", "-s", "-X", "utf8", "-m", _WORKER, kind],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_environment(), "PYTHONPATH": str(_SOURCES), "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused("too-slow") from None
    except OSError:
        raise Refused("busy") from None


def _environment() -> dict[str, str]:
    """Hand on only what starting Python needs: the child gets no secret to lose."""
    return {
        name: os.environ[name]
        for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMPDIR")
        if name in os.environ
    }


def _report_of(done: "subprocess.CompletedProcess[bytes]") -> dict[str, Any]:
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise Refused(_reason_of_death(done.returncode)) from None
    return report


def _reason_of_death(code: int) -> str:
    """Say what a child without a report died of: the time limit, memory, or the file itself."""
    if code == -_TIME_IS_UP:
        return "too-slow"
    return "too-heavy" if code in _OUT_OF_MEMORY else "damaged"
