"""Makes the demo's database and static files ready, and does nothing when they are."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg

from nep.config.cli import demo_mark
from nep.config.datafolder import ROOT, DataFolder
from nep.config.processes import Children
from nep.config.refusals import Refusal, disk_sentence

SOURCE = ROOT / "src" / "nep"
STATIC_MARK = ".made-from"
FIRST_TIME = {
    "": "lần đầu mất khoảng một phút",
    "10k": "lần đầu mất khoảng nửa phút",
    "50k": "lần đầu mất một, hai phút",
    "200k": "lần đầu mất vài phút",
}


def make_ready(
    data: DataFolder,
    url: str,
    environment: Mapping[str, str],
    children: Children,
    *,
    reset: bool,
    scale: str = "",
) -> str:
    """Migrate, load the province, collect static files: what is missing of it. The sample sign-ins.

    `scale`: a province of this size instead of the sample.

    Raises: Refusal when the database is not the demo's, holds another province, or a step fails.
    """
    state = state_of_code()
    with connect(url) as connection:
        # An empty database says nothing of the files: they may be those of another one.
        if reset and demo_mark.empty(connection):
            data.empty_files()
        demo_mark.claim(connection, scale)
        sign_ins = demo_mark.sign_ins_of(connection, state)
    if sign_ins is not None and static_state(data) == state:
        return sign_ins
    print(f"Đang chuẩn bị cơ sở dữ liệu và {demo_mark.province(scale)} ({FIRST_TIME[scale]})…", flush=True)
    (data.static / STATIC_MARK).unlink(missing_ok=True)
    log = data.logs / "preparation.log"
    command = [sys.executable, "-P", "-m", "nep.config.cli.fill", *([scale] if scale else [])]
    if children.run(command, environment, log) != 0:
        why = reason(told(log), told(data.logs / "postgres.log"))
        raise Refusal(f"Không chuẩn bị được dữ liệu: {why} Xem {log}.")
    sign_ins = log.with_name("sign-ins.txt").read_text(encoding="utf-8")
    (data.static / STATIC_MARK).write_text(state)
    with connect(url) as connection:
        demo_mark.record(connection, state, sign_ins)
    return sign_ins


def connect(url: str) -> psycopg.Connection:
    """A connection whose statements hold at once or, in its `with` block, all together."""
    return psycopg.connect(url)


def state_of_code() -> str:
    """A digest that changes when a migration, a static file or a library does."""
    digest = hashlib.sha256((ROOT / "requirements.lock").read_bytes())
    for path in sorted(path for path in SOURCE.rglob("*") if {"migrations", "static"} & set(path.parts)):
        if path.is_file() and path.suffix != ".pyc":
            facts = path.stat()
            digest.update(f"{path.relative_to(SOURCE)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def static_state(data: DataFolder) -> str | None:
    """The state of the code from which the static files were collected, if they were."""
    mark = data.static / STATIC_MARK
    return mark.read_text() if mark.exists() else None


def told(log: Path) -> str:
    """What a log says, if there is one."""
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def reason(of_python: str, of_postgres: str) -> str:
    """Why the preparation failed: what PostgreSQL says of a full disk, else the exception."""
    if sentence := disk_sentence(of_python + of_postgres):
        return sentence
    exceptions = re.findall(r"^[A-Za-z_][\w.]*: .*", of_python, flags=re.MULTILINE)
    return f"{exceptions[-1].rstrip('.')}." if exceptions else ""
