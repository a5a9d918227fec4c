"""A zip container opened with suspicion: nothing is inflated beyond a fixed budget, whatever it claims."""

import os
import struct
import zipfile
import zlib
from typing import IO, BinaryIO

from nep.documents.domain.intake.model import Refused

MAX_MEMBERS = 4_000
MAX_DIRECTORY = 2_000_000
MAX_DECLARED = 600_000_000
"""Most bytes all members may claim together: photos in a 40 MB file inflate little, bombs a lot."""
MAX_RATIO = 300
"""Most a member over 1 MB may claim to inflate; Word's own XML stays under 60."""
MAX_INFLATED = 40_000_000
"""Most bytes inflated from all parts that are read: the XML of 600 dense pages takes half of it."""

_CHUNK = 65_536
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_END_64_LOCATOR = b"PK\x06\x07"


class Container:
    """A zip whose directory has been found plausible; parts are read within one common budget."""

    def __init__(self, file: BinaryIO) -> None:
        """Open the directory of the zip. Raises: Refused for a bomb, a broken, cut or locked container."""
        _check_directory_size(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, struct.error, EOFError):
            raise Refused("damaged") from None
        self._budget = MAX_INFLATED
        self._members = {member.filename.lstrip("/"): member for member in self._zip.infolist()}
        _check_members(self._zip)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    def open(self, name: str) -> "BudgetedPart | None":
        """Open a part for reading within the budget, or None when the container has no such part."""
        member = self._members.get(name)
        if member is None:
            return None
        if member.flag_bits & 0x1:
            raise Refused("encrypted")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("damaged")
        try:
            return BudgetedPart(self, self._zip.open(member))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error, EOFError):
            raise Refused("damaged") from None

    def read(self, name: str) -> bytes | None:
        """Read a part whole, or None when the container has no such part."""
        part = self.open(name)
        if part is None:
            return None
        chunks = []
        while chunk := part.read(_CHUNK):
            chunks.append(chunk)
        return b"".join(chunks)

    def spend(self, count: int) -> None:
        self._budget -= count
        if self._budget < 0:
            raise Refused("zip-bomb")


class BudgetedPart:
    """A part being inflated; every byte that comes out is counted against the container's budget."""

    def __init__(self, container: Container, stream: IO[bytes]) -> None:
        self._container = container
        self._stream = stream

    def read(self, size: int = _CHUNK) -> bytes:
        try:
            chunk = self._stream.read(min(size, _CHUNK) if size > 0 else _CHUNK)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError):
            raise Refused("damaged") from None
        self._container.spend(len(chunk))
        return chunk


def _check_directory_size(file: BinaryIO) -> None:
    """Look at the end record by itself: a directory of a million members must not even be parsed."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_536 - 22 - 20))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise Refused("truncated")
    directory = struct.unpack_from("<I", tail, at + 12)[0]
    if directory == 0xFFFFFFFF or struct.unpack_from("<H", tail, at + 10)[0] == 0xFFFF:
        directory = _directory_size_64(file, tail, at, size)
    if directory > MAX_DIRECTORY:
        raise Refused("zip-bomb")
    file.seek(0)


def _directory_size_64(file: BinaryIO, tail: bytes, at: int, size: int) -> int:
    locator = tail[max(0, at - 20) : at]
    if len(locator) < 20 or not locator.startswith(_END_64_LOCATOR):
        raise Refused("damaged")
    offset = struct.unpack_from("<Q", locator, 8)[0]
    if offset > size - 56:
        raise Refused("damaged")
    file.seek(offset)
    record = file.read(56)
    if len(record) < 56 or not record.startswith(_END_64):
        raise Refused("damaged")
    return int(struct.unpack_from("<Q", record, 40)[0])


def _check_members(archive: zipfile.ZipFile) -> None:
    members = sorted(archive.infolist(), key=lambda member: member.header_offset)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_DECLARED:
        raise Refused("zip-bomb")
    if len({member.filename for member in members}) < len(members):
        raise Refused("damaged")
    taken = 0
    for member in members:
        if member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise Refused("zip-bomb")
        if member.header_offset < taken:
            raise Refused("zip-bomb")
        taken = member.header_offset + 30 + len(member.orig_filename) + member.compress_size
    if taken > archive.start_dir:
        raise Refused("zip-bomb")
