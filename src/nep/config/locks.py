"""Locks between processes. The kernel drops them when their holder dies, even by `kill -9`."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockFile:
    """A file that processes lock, alone or together; held until `close`."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it when it is missing; nothing is locked yet."""
        # Python's descriptors are not inherited, so a child that outlives us does not keep the lock.
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self) -> None:
        """Wait until nobody else holds it, then hold it alone."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def try_take(self) -> bool:
        """Hold it alone if nobody else holds it."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Hold it together with others."""
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def close(self) -> None:
        """Let go."""
        os.close(self._descriptor)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Run the block while no other process is in a block on the same file."""
    lock = LockFile(path)
    try:
        lock.take()
        yield
    finally:
        lock.close()
