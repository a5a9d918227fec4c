"""A module run as a child process with little memory and time: what a hostile file does, it does there."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

try:
    import resource
except ImportError:  # Windows: the parent's clock is the only limit there
    resource = None  # type: ignore[assignment]

_SOURCES = Path(__file__).parents[2]
_TIME_IS_UP = getattr(signal, "SIGXCPU", 24)
# How a process without memory ends: by Python, by the system, or by a library stopping itself.
_OUT_OF_MEMORY = (1, *(-getattr(signal, name, 0) for name in ("SIGKILL", "SIGABRT", "SIGTRAP", "SIGILL")))


class Death(StrEnum):
    """Why a child ended without an answer."""

    TOO_SLOW = "too-slow"
    TOO_HEAVY = "too-heavy"
    DAMAGED = "damaged"
    BUSY = "busy"


class Died(Exception):
    """The child gave no answer; `death` is why."""

    def __init__(self, death: Death) -> None:
        self.death = death
        super().__init__(death.value)


def run_confined(module: str, arguments: Sequence[str], file: BinaryIO, *, seconds: float) -> bytes:
    """What the module writes to its standard output with this file as its standard input.

    Raises: Died when the child took longer than `seconds`, ran out of memory or could not be started.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-X", "utf8", "-m", module, *arguments],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**_environment(), "PYTHONPATH": str(_SOURCES), "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Died(Death.TOO_SLOW) from None
    except OSError:
        raise Died(Death.BUSY) from None
    if done.returncode != 0:
        raise Died(_reason_of_death(done.returncode))
    return done.stdout


def limit_itself(*, memory: int, cpu_seconds: int) -> None:
    """Set limits of address space (bytes) and processor time on this process, where the system has them."""
    if resource is None:
        return
    limits = (
        (resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1)),
        (resource.RLIMIT_AS, (memory, memory)),
        (resource.RLIMIT_CORE, (0, 0)),
    )
    for kind, limit in limits:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, limit)


def _environment() -> dict[str, str]:
    """Hand on only what starting Python needs: the child gets no secret to lose."""
    return {
        name: os.environ[name]
        for name in ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMPDIR")
        if name in os.environ
    }


def _reason_of_death(code: int) -> Death:
    if code == -_TIME_IS_UP:
        return Death.TOO_SLOW
    return Death.TOO_HEAVY if code in _OUT_OF_MEMORY else Death.DAMAGED
