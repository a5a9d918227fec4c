"""The processes a server is made of: started together, stopped together, found again after `kill -9`.

Every child carries a random token in its environment, written to the data folder before the first child
starts. A process that carries it is ours beyond doubt, grandchildren included, so what a killed server left
behind can be stopped without ever touching somebody else's process. Process numbers would not do: they are
given away again.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Self

import psutil

TOKEN = "NEP_RUN_TOKEN"
STOP_SECONDS = 8


class Stopped(KeyboardInterrupt):
    """Somebody asked this process to end: Ctrl-C, `kill`, or a closed terminal."""


REQUESTS_TO_END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stopped_by_signals(requests: Sequence[signal.Signals] = REQUESTS_TO_END) -> Iterator[None]:
    """Turn the first request to end into `Stopped`, so that all is let go in order; ignore later ones.

    It is heeded even where we were started with SIGINT ignored, as shells do for jobs in the background.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        for request in requests:
            signal.signal(request, signal.SIG_IGN)
        raise Stopped

    with handling(requests, stop):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ignore requests to end while something is being let go."""
    with handling(REQUESTS_TO_END, signal.SIG_IGN):
        yield


@contextmanager
def handling(
    requests: Sequence[signal.Signals], handler: Callable[[int, FrameType | None], None] | signal.Handlers
) -> Iterator[None]:
    """Handle these signals so while the block runs."""
    before = {request: signal.signal(request, handler) for request in requests}
    try:
        yield
    finally:
        for request, earlier in before.items():
            signal.signal(request, earlier)


class Children:
    """The processes of one server, stopped when the block ends."""

    def __init__(self, token_file: Path) -> None:
        """Name the file that keeps the token; nothing is started yet."""
        self._token_file = token_file
        self._token = secrets.token_hex(16)
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self._token_file.write_text(self._token)
        return self

    def __exit__(self, *_: object) -> None:
        with undisturbed():
            stop_carriers(self._token)
            for child in self._started.values():
                child.wait()
            self._token_file.unlink(missing_ok=True)

    def start(self, name: str, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        """Start one in a process group of its own, so that Ctrl-C reaches us and we stop it in order."""
        with log.open("wb") as output:
            self._started[name] = subprocess.Popen(
                command,
                env={**environment, TOKEN: self._token},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, command: list[str], environment: Mapping[str, str], log: Path) -> int:
        """Run one to its end; its exit code."""
        self.start(log.stem, command, environment, log)
        code = self._started[log.stem].wait()
        del self._started[log.stem]
        return code

    def first_ended(self) -> str | None:
        """The name of a child that ended by itself."""
        return next((name for name, child in self._started.items() if child.poll() is not None), None)


def stop_leftovers(token_file: Path) -> None:
    """Stop what a server that was killed left running."""
    if token_file.exists():
        stop_carriers(token_file.read_text())
        token_file.unlink()


def stop_carriers(token: str) -> None:
    """Ask every process that carries the token to end; kill those that have not after some seconds."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        processes = carriers(token)
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(wish)
        if ended(processes, seconds=STOP_SECONDS) and not carriers(token):
            return


def carriers(token: str) -> list[psutil.Process]:
    """The living processes that carry the token, except this one."""
    found = []
    for process in psutil.process_iter():
        # One that ended meanwhile, or another user's, cannot be read and is none of ours.
        with suppress(psutil.Error, OSError):
            if token and process.environ().get(TOKEN) == token and process.pid != os.getpid():
                found.append(process)
    return [process for process in found if is_alive(process)]


def ended(processes: Iterable[psutil.Process], *, seconds: float) -> bool:
    """Whether all of them end in that time."""
    deadline = time.monotonic() + seconds
    while any(is_alive(process) for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def is_alive(process: psutil.Process) -> bool:
    """Whether it still runs; a dead one that nobody has collected yet does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
