"""A trail in a folder: written from a database, verified without one.

`manifest.json` names the files with their digests and is signed, so that a bundle tells where it comes from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from nep.platform.audit.domain.chain import Head, canonical, digest
from nep.platform.audit.domain.findings import BAD_BUNDLE, Finding
from nep.platform.audit.domain.heads import head_of
from nep.platform.audit.domain.keys import PublicKeys, key_name, sign, signed_by
from nep.platform.audit.domain.verification import Removal, Row, Sealed, Trail

FORMAT = 1
HEADS, SEALED, LOOSE, REMOVALS = "seals.jsonl", "sealed.jsonl", "waiting.jsonl", "removals.jsonl"
MANIFEST = "manifest.json"


class NotABundle(ValueError):
    """The folder holds no export, or one that cannot be read; the message says what."""


def write_bundle(
    trail: Trail, folder: Path, *, made_at: str, complete: bool, key: Ed25519PrivateKey
) -> dict[str, Any]:
    """Write a trail into an empty folder and sign its manifest; the manifest."""
    parts: dict[str, Iterable[bytes]] = {
        HEADS: (head.line().encode() for head in trail.heads()),
        SEALED: (canonical(_of_sealed(sealed)) for sealed in trail.sealed()),
        LOOSE: (canonical(_of_row(row)) for row in trail.loose()),
        REMOVALS: (
            canonical({"number": each.number, "cutoff": each.cutoff, "rows": each.rows})
            for each in trail.removals()
        ),
    }
    files = {name: _write(folder / name, lines) for name, lines in parts.items()}
    manifest: dict[str, Any] = {"format": FORMAT, "complete": complete, "made_at": made_at, "files": files}
    manifest["key"] = key_name(key.public_key())
    signed = manifest | {"signature": sign(key, digest(manifest))}
    (folder / MANIFEST).write_bytes(canonical(signed) + b"\n")
    return signed


def _write(path: Path, lines: Iterable[bytes]) -> dict[str, Any]:
    sha256, count = hashlib.sha256(), 0
    with path.open("wb") as file:
        for line in lines:
            file.write(line + b"\n")
            sha256.update(line + b"\n")
            count += 1
    return {"lines": count, "sha256": sha256.hexdigest()}


def _of_row(row: Row) -> dict[str, Any]:
    return {"id": row.event_id, "digest": row.digest, "event": dict(row.content)}


def _of_sealed(sealed: Sealed) -> dict[str, Any]:
    event = _of_row(sealed.row) if sealed.row else {"id": sealed.event_id}
    more = {"removal": sealed.removal} if sealed.removal is not None else {}
    return event | more | {"seal": sealed.seal, "leaf": sealed.leaf, "withheld": sealed.withheld}


@dataclass(frozen=True, slots=True)
class Bundle:
    """A trail in a folder."""

    folder: Path

    def manifest(self) -> dict[str, Any]:
        """What the bundle says of itself.

        Raises: NotABundle.
        """
        try:
            found = json.loads((self.folder / MANIFEST).read_bytes())
        except (OSError, ValueError) as error:
            raise NotABundle(f"{self.folder} không phải bản xuất nhật ký.") from error
        if not isinstance(found, dict) or found.get("format") != FORMAT:
            raise NotABundle(f"{self.folder} không phải bản xuất nhật ký.")
        return found

    def heads(self) -> Iterator[Head]:
        """See `Trail`."""
        for number, line in self._lines(HEADS):
            if (head := head_of(line)) is None:
                raise self._unreadable(HEADS, number)
            yield head

    def sealed(self) -> Iterator[Sealed]:
        """See `Trail`."""
        for each in self._objects(SEALED):
            row = _row(each) if "event" in each else None
            yield Sealed(
                each["seal"], each["id"], each["leaf"], row, each.get("removal"), bool(each["withheld"])
            )

    def loose(self) -> Iterator[Row]:
        """See `Trail`."""
        return (_row(each) for each in self._objects(LOOSE))

    def removals(self) -> Iterator[Removal]:
        """See `Trail`."""
        return (Removal(each["number"], each["cutoff"], each["rows"]) for each in self._objects(REMOVALS))

    def wrong_with_files(self, keys: PublicKeys) -> list[Finding]:
        """Whether the files are those of the manifest, and a trusted key signed it."""
        manifest = self.manifest()
        signature = manifest.pop("signature", "")
        key = keys.get(str(manifest.get("key")))
        found = []
        if keys and (key is None or not signed_by(key, digest(manifest), signature)):
            found.append(Finding(BAD_BUNDLE, "Chữ ký của bản xuất không đúng, hoặc do khóa lạ ký."))
        for name in (HEADS, SEALED, LOOSE, REMOVALS):
            told = manifest.get("files", {}).get(name, {}).get("sha256")
            if told != self._sha256(name):
                found.append(Finding(BAD_BUNDLE, f"Tệp {name} của bản xuất đã bị sửa."))
        return found

    def _sha256(self, name: str) -> str | None:
        path = self.folder / name
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def _lines(self, name: str) -> Iterator[tuple[int, str]]:
        try:
            with (self.folder / name).open(encoding="utf-8", errors="replace") as file:
                yield from enumerate(file, start=1)
        except OSError as error:
            raise NotABundle(f"Bản xuất thiếu tệp {name}.") from error

    def _objects(self, name: str) -> Iterator[dict[str, Any]]:
        needed = {
            SEALED: {"id": int, "seal": int, "leaf": str, "withheld": bool},
            LOOSE: {"id": int, "event": dict},
            REMOVALS: {"number": int, "cutoff": str, "rows": int},
        }[name]
        for number, line in self._lines(name):
            try:
                found = json.loads(line)
            except ValueError as error:
                raise self._unreadable(name, number) from error
            if not isinstance(found, dict) or any(
                not isinstance(found.get(field), kind) for field, kind in needed.items()
            ):
                raise self._unreadable(name, number)
            yield found

    def _unreadable(self, name: str, number: int) -> NotABundle:
        return NotABundle(f"Dòng {number} của tệp {name} không đọc được.")


def _row(found: dict[str, Any]) -> Row:
    event = found["event"]
    return Row(found["id"], event if isinstance(event, dict) else {}, str(found.get("digest", "")))
