"""Digests of events, and the heads that chain them in batches.

An event has a digest of its own content. A *leaf* binds that digest to the event's number. A *head* closes
one batch of leaves: it holds the digest of the head before it and a digest over its leaves, and is signed.
The leaves stay beside the events, so that one changed event can be named and not only its batch.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

NO_HEAD = "0" * 64  # what the first head names as the one before it
CONTENT = (
    "kind",
    "keep",
    "actor_id",
    "actor_name",
    "about",
    "unit_id",
    "reason",
    "facts",
    "before",
    "after",
)
_UNSIGNED = frozenset({"digest", "signature"})
_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def canonical(value: Any) -> bytes:
    """A plain value (what JSON knows) in the one way in which it is digested."""
    return _encode(value).encode()


def digest(value: Any) -> str:
    """SHA-256 of a plain value, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def instant(at: datetime) -> str:
    """An instant as it is digested: in UTC, whatever zone it was given in."""
    return at.astimezone(UTC).isoformat()


def settled(value: Any) -> Any:
    """A plain value as PostgreSQL gives it back: 1e16 comes back whole, so it is whole from the start.

    Shapes: dicts, lists and scalars as JSON knows them.
    """
    if isinstance(value, dict):
        return {key: settled(each) for key, each in value.items()}
    if isinstance(value, list):
        return [settled(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def leaf(event_id: int, event_digest: str) -> str:
    """The digest that binds an event's content to its number."""
    return hashlib.sha256(f"{event_id}:{event_digest}".encode()).hexdigest()


class Leaves:
    """Digests the leaves of one batch, one after the other, in the order of the events' numbers."""

    def __init__(self, leaves: Iterable[str] = ()) -> None:
        """Start with these."""
        self._hash = hashlib.sha256()
        self.count = 0
        for each in leaves:
            self.add(each)

    def add(self, one: str) -> None:
        """The next leaf."""
        self._hash.update(one.encode() + b"\n")
        self.count += 1

    @property
    def digest(self) -> str:
        """Over all leaves so far."""
        return self._hash.hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """One seal: what is signed, and exported elsewhere.

    `leaves` is the digest over the batch, `rows` how many there are, `first_id` and `last_id` the span of
    their numbers. Every event up to `watermark` has been sealed by this head or one before. `transaction` and
    `cluster` tell a later sealing when all writers of that time have ended; see `domain.watermark`. `at` is
    in ISO 8601.
    """

    number: int
    previous: str
    leaves: str
    rows: int
    first_id: int
    last_id: int
    watermark: int
    transaction: int
    cluster: int
    at: str
    key: str
    digest: str = ""
    signature: str = ""

    def own_digest(self) -> str:
        """What `digest` must be."""
        return digest({name: value for name, value in asdict(self).items() if name not in _UNSIGNED})

    def line(self) -> str:
        """As it is exported: one line of JSON."""
        return _encode(asdict(self))

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        """From a line of an export.

        Raises: ValueError when something is missing, too much or of the wrong kind.
        """
        numbers = {
            "number",
            "rows",
            "first_id",
            "last_id",
            "watermark",
            "transaction",
            "cluster",
        }
        if set(fields) != set(cls.__slots__):
            raise ValueError("not a head")
        for name, value in fields.items():
            if type(value) is not (int if name in numbers else str):
                raise ValueError(f"not a head: {name}")
        return cls(**fields)
