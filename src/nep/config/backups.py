"""A backup on disk: the database's dump, the stored files, and a manifest that says what must be there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg

from nep.config.embedded import binaries, explain
from nep.config.refusals import Refusal

DUMP, FILES, SEALS, MANIFEST = "database.dump", "files", "seals", "manifest.json"
FORM = 1  # of what lies in a backup; a later form is refused by an older Nếp
BLOCK = 1024 * 1024
NAME_LENGTH = 64  # of a stored file: its SHA-256


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made, from which major version of PostgreSQL, digests and counts."""

    form: int
    made_at: str
    postgresql: int
    dump_sha256: str
    files: int
    files_bytes: int

    def write(self, folder: Path) -> None:
        """Write it last: a folder without it is no backup."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


def manifest_of(folder: Path) -> Manifest:
    """Read the manifest of a backup.

    Raises: Refusal when the folder is no whole backup, or one of a later Nếp.
    """
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**found)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refusal(f"{folder} không phải là một bản sao lưu (thiếu {MANIFEST}).") from error
    except (ValueError, TypeError) as error:
        raise Refusal(f"Không đọc được {folder / MANIFEST}: tệp hỏng hoặc của phiên bản khác.") from error
    if manifest.form != FORM:
        raise Refusal(f"Bản sao lưu {folder} do một phiên bản Nếp khác làm ra.")
    return manifest


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def programs(major: int) -> Path:
    """The folder with `pg_dump` and `pg_restore` of this major version of PostgreSQL.

    Raises: Refusal with the line that installs them.
    """
    on_path = shutil.which("pg_dump")
    candidates = [binaries(), Path(f"/usr/lib/postgresql/{major}/bin")]
    candidates += [Path(on_path).parent] if on_path else []
    for folder in candidates:
        if (folder / "pg_dump").exists() and major_of(folder / "pg_dump") == major:
            return folder
    raise Refusal(
        f"Cần pg_dump và pg_restore của PostgreSQL {major}; cài: apt-get install postgresql-client-{major}"
    )


def major_of(program: Path) -> int:
    """The major version that a program of PostgreSQL tells."""
    told = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split("(PostgreSQL)")[1].split(".")[0])


def run(command: list[str], *, doing: str) -> None:
    """Run a program to its end.

    Raises: Refusal with the line in which it says what went wrong.
    """
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C"}
    )
    if done.returncode != 0:
        raise Refusal(f"{doing} không thành: {explain(done.stderr)}")


def server_major(connection: psycopg.Connection) -> int:
    """The major version of the server behind a connection."""
    return connection.info.server_version // 10_000


def copy_files(source: Path, target: Path, *, earlier: Path | None = None) -> tuple[int, int]:
    """Copy stored files; their number and bytes. A file that an earlier backup holds is linked, not copied.

    Stored files never change, so the name is enough to know that a file is there already.
    """
    count = size = 0
    for path in sorted(found for found in source.rglob("*") if found.is_file() and not is_unfinished(found)):
        part = path.relative_to(source)
        goal = target / part
        goal.parent.mkdir(parents=True, exist_ok=True)
        before = earlier / part if earlier else None
        if before is not None and before.is_file():
            os.link(before, goal)
        elif not goal.exists():
            shutil.copy2(path, goal)
        count, size = count + 1, size + goal.stat().st_size
    return count, size


def is_unfinished(path: Path) -> bool:
    """Whether a file in the store is one that is being received, and no record names it yet."""
    return path.name.startswith("tmp")
