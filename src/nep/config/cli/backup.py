"""`./nep backup DIR`: the database and the stored files, together, into a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg.rows import scalar_row

from nep.config import backups
from nep.config.cli.arguments import Arguments, folder
from nep.config.cli.database import database
from nep.config.datafolder import DataFolder, default_path
from nep.config.refusals import Refusal, from_disk_error

PREFIX = "nep-"


def main(arguments: list[str]) -> int:
    """Make one backup and say where it lies."""
    parser = Arguments("backup", "Sao lưu cơ sở dữ liệu và các tệp đã nộp vào một thư mục.")
    parser.add_argument("target", type=folder, metavar="DIR", help="nơi để các bản sao lưu")
    parser.add_argument("--data", type=folder, default=default_path(), metavar="DIR", help="thư mục dữ liệu")
    parser.add_argument("--keep", type=int, default=0, metavar="N", help="chỉ giữ N bản mới nhất")
    found = parser.parse_args(arguments)
    data = DataFolder(found.data)
    data.ready()
    with database(data) as url:
        made = make(data, url, found.target)
    print(made)
    if found.keep > 0:
        forget_all_but(found.target, found.keep)
    return 0


def make(data: DataFolder, url: str, target: Path) -> Path:
    """Write the backup beside the earlier ones; nothing of a failed one stays.

    The dump comes first: every file that it names was stored before, and stored files are never removed.
    Raises: Refusal when the disk or the database refuses, or a stored file is missing.
    """
    now = datetime.now(UTC)  # noqa: TID251 -- no Django here: the command must work without its settings
    finished = target / f"{PREFIX}{now:%Y%m%dT%H%M%SZ}"
    unfinished = finished.with_name(f".{finished.name}.part")
    try:
        unfinished.mkdir(parents=True, mode=0o700)
        fill(unfinished, data, url, made_at=now, earlier=newest(target))
        unfinished.rename(finished)
    except OSError as error:
        raise from_disk_error(error, target) or Refusal(f"Không ghi được vào {target}: {error}.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return finished


def fill(folder: Path, data: DataFolder, url: str, *, made_at: datetime, earlier: Path | None) -> None:
    """Dump, copy, check, and write the manifest last."""
    with psycopg.connect(url) as connection:
        major = backups.server_major(connection)
    dump = folder / backups.DUMP
    program = str(backups.programs(major) / "pg_dump")
    backups.run(
        [program, "--format=custom", f"--file={dump}", f"--dbname={url}"], doing="Sao lưu cơ sở dữ liệu"
    )
    dump.chmod(0o600)
    files = folder / backups.FILES
    count, size = backups.copy_files(data.files, files, earlier=earlier / backups.FILES if earlier else None)
    if (data.path / backups.SEALS).is_dir():
        # Without the key that signs: who gets hold of a backup must not be able to seal another past.
        no_key = shutil.ignore_patterns("key.pem*")
        shutil.copytree(data.path / backups.SEALS, folder / backups.SEALS, ignore=no_key)
    refuse_missing(url, files)
    backups.Manifest(
        form=backups.FORM,
        made_at=made_at.isoformat(timespec="seconds"),
        postgresql=major,
        dump_sha256=backups.sha256_of(dump),
        files=count,
        files_bytes=size,
    ).write(folder)


def refuse_missing(url: str, files: Path) -> None:
    """Make sure that every file the database named before the copy is in it.

    Raises: Refusal with the number of those that are not.
    """
    with psycopg.connect(url) as connection:
        cursor = connection.cursor(row_factory=scalar_row)
        known = cursor.execute("SELECT to_regclass('files_storedfile') IS NOT NULL").fetchone()
        names: Iterable[str] = cursor.execute("SELECT sha256 FROM files_storedfile") if known else ()
        missing = [name for name in names if not (files / name[:2] / name[2:4] / name).is_file()]
    if missing:
        raise Refusal(
            f"Thiếu {len(missing)} tệp mà cơ sở dữ liệu có nhắc đến (ví dụ {missing[0][:12]}…);"
            " kiểm tra thư mục dữ liệu rồi sao lưu lại."
        )


def finished_in(target: Path) -> list[Path]:
    """The whole backups in a folder, the oldest first."""
    return sorted(path for path in target.glob(f"{PREFIX}*") if (path / backups.MANIFEST).is_file())


def newest(target: Path) -> Path | None:
    """The latest whole backup in a folder, if there is one."""
    found = finished_in(target)
    return found[-1] if found else None


def forget_all_but(target: Path, keep: int) -> None:
    """Remove the oldest backups; files that later ones share stay, because they are linked there."""
    for old in finished_in(target)[:-keep]:
        shutil.rmtree(old)
