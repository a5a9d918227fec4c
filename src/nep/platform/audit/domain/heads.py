"""Heads that were exported to another place, one signed line each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from nep.platform.audit.domain.chain import Head
from nep.platform.audit.domain.keys import PublicKeys, signed_by
from nep.platform.audit.domain.verification import Exported

FILES = "heads-*.jsonl"


def file_name(at: datetime) -> str:
    """The file in which a head of this instant is exported: one a month."""
    return f"heads-{at:%Y-%m}.jsonl"


def exported_lines(place: Path) -> Iterator[str]:
    """The lines of a file of heads, or of all such files in a folder.

    Raises: OSError.
    """
    for path in sorted(place.glob(FILES)) if place.is_dir() else [place]:
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from file


def head_of(line: str) -> Head | None:
    """The head of one line; None when it cannot be read, as after a crash in the middle of writing."""
    try:
        fields = json.loads(line)
        return Head.from_fields(fields) if isinstance(fields, dict) else None
    except ValueError:
        return None


def read_heads(lines: Iterable[str], keys: PublicKeys) -> Exported:
    """What was exported. A head counts when a trusted key signed it; without keys, when it is whole."""
    digests: dict[int, set[str]] = {}
    untrusted = unreadable = 0
    for line in lines:
        if not line.strip():
            continue
        head = head_of(line)
        if head is None:
            unreadable += 1
        elif not trusted(head, keys):
            untrusted += 1
        else:
            digests.setdefault(head.number, set()).add(head.digest)
    return Exported({number: frozenset(each) for number, each in digests.items()}, untrusted, unreadable)


def trusted(head: Head, keys: PublicKeys) -> bool:
    """Whether a head is whole and, where there are keys, signed by one of them."""
    if head.own_digest() != head.digest:
        return False
    return not keys or (head.key in keys and signed_by(keys[head.key], head.digest, head.signature))
