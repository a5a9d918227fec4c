"""Heads are appended to a file elsewhere: whoever changes the database has not changed that."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from nep.platform.audit.domain.chain import Head
from nep.platform.audit.domain.heads import FILES, file_name, head_of
from nep.platform.audit.models import Seal
from nep.platform.audit.stored import head_of_seal

LONGEST_LINE = 4096
AT_ONCE = 5000


def heads_folder() -> Path:
    """Where heads are exported to: `NEP_SEAL_EXPORT`, best another disk or another machine's share."""
    return Path(settings.NEP_SEAL_EXPORT)


def export_heads() -> int:
    """Append every seal that is not exported yet, a file a month; how many.

    After a database was put back to an earlier state, its new seals carry numbers that were exported before:
    they are appended too, and verification tells of both.

    Raises: OSError when the folder cannot be written.
    """
    folder = heads_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    last, count = last_exported(folder), 0
    while seals := list(_after(last).order_by("number")[:AT_ONCE]):
        for seal in seals:
            last = head_of_seal(seal)
            _append(folder / file_name(seal.at), last.line())
        count += len(seals)
    return count


def _after(last: Head | None) -> QuerySet[Seal]:
    if last is None:
        return Seal.objects.all()
    return Seal.objects.filter(Q(number__gt=last.number) | Q(at__gt=datetime.fromisoformat(last.at)))


def last_exported(folder: Path) -> Head | None:
    """The head that was exported last."""
    for path in sorted(folder.glob(FILES), reverse=True):
        for line in reversed(_tail(path)):
            if (head := head_of(line)) is not None:
                return head
    return None


def _tail(path: Path) -> list[str]:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - LONGEST_LINE))
        return file.read().decode(errors="replace").splitlines()


def _append(path: Path, line: str) -> None:
    """One line on the disk before we go on; a line cut short by a crash is closed first."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        cut = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, (("\n" if cut else "") + line + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
