"""A mail server on this machine that takes every letter and counts how often each was handed in."""

from __future__ import annotations

import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedRWPair

_NAME = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.I | re.M)


@dataclass
class PostOffice:
    """`taken` counts by Message-ID: a retry of one letter bears the same."""

    port: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def twice(self) -> int:
        """Letters that were handed in more than once."""
        with self.lock:
            return sum(count > 1 for count in self.taken.values())

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        try:
            with connection, connection.makefile("rwb") as wire:
                self._talk(wire)
        except OSError:
            pass  # whoever called was killed

    def _talk(self, wire: BufferedRWPair) -> None:
        _say(wire, "220 small")
        while line := wire.readline().strip():
            verb = line.split()[0].upper()
            if verb == b"DATA":
                _say(wire, "354 go on")
                if not self._take(wire):
                    return
                _say(wire, "250 taken")
            else:
                _say(wire, "221 bye" if verb == b"QUIT" else "250 well")

    def _take(self, wire: BufferedRWPair) -> bool:
        """Take a letter to its last line; whether it came whole."""
        letter = b""
        while (part := wire.readline()) != b".\r\n":
            if not part:
                return False
            letter += part
        found = _NAME.search(letter)
        with self.lock:
            self.taken[found[1].decode() if found else "?"] += 1
        return True


def _say(wire: BufferedRWPair, words: str) -> None:
    wire.write(f"{words}\r\n".encode())
    wire.flush()


@contextmanager
def post_office(port: int = 0) -> Iterator[PostOffice]:
    """A server that listens until the block ends, on a port of its choice unless one is named."""
    with closing(socket.create_server(("127.0.0.1", port))) as listener:
        office = PostOffice(listener.getsockname()[1])
        threading.Thread(target=office._serve, args=(listener,), daemon=True).start()
        try:
            yield office
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # the port is held as long as a thread waits in accept
