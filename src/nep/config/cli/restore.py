"""`./nep restore BACKUP`: a backup into an empty database and data folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg

from nep.config import backups
from nep.config.cli.arguments import Arguments, folder
from nep.config.cli.database import database
from nep.config.cli.demo_mark import tables
from nep.config.datafolder import DataFolder, default_path
from nep.config.refusals import Refusal


def main(arguments: list[str]) -> int:
    """Put back what a backup holds; nothing is changed where something already is."""
    parser = Arguments("restore", "Khôi phục một bản sao lưu vào cơ sở dữ liệu và thư mục dữ liệu trống.")
    parser.add_argument("backup", type=folder, metavar="BACKUP", help="một bản do ./nep backup làm ra")
    parser.add_argument("--data", type=folder, default=default_path(), metavar="DIR", help="thư mục dữ liệu")
    found = parser.parse_args(arguments)
    data = DataFolder(found.data)
    data.ready()
    with data.claimed("./nep restore"), database(data) as url:
        restore(found.backup, data, url)
    print("Đã khôi phục. Bước tiếp theo: ./nep install, rồi kiểm tra nhật ký bằng ./nep audit verify.")
    return 0


def restore(backup: Path, data: DataFolder, url: str) -> None:
    """Check the backup, then put the files back, then the database in one transaction.

    Raises: Refusal when the backup is damaged, or the database or the data folder is not empty.
    """
    manifest = backups.manifest_of(backup)
    refuse_damaged(backup, manifest)
    with psycopg.connect(url) as connection:
        if tables(connection):
            raise Refusal("Cơ sở dữ liệu đích đã có dữ liệu; hãy khôi phục vào một cơ sở dữ liệu trống.")
        major = backups.server_major(connection)
    if any(path.is_file() for path in data.files.rglob("*")):
        raise Refusal(f"{data.files} đã có tệp; hãy khôi phục vào một thư mục dữ liệu trống.")
    if major < manifest.postgresql:
        raise Refusal(
            f"Bản sao lưu lấy từ PostgreSQL {manifest.postgresql}, máy chủ đích là bản {major} cũ hơn."
        )
    backups.copy_files(backup / backups.FILES, data.files)
    if (backup / backups.SEALS).is_dir():
        shutil.copytree(backup / backups.SEALS, data.path / backups.SEALS, dirs_exist_ok=True)
    program = str(backups.programs(major) / "pg_restore")
    # The roles of the old server need not exist here: rights are given again by the next step of the guide.
    wishes = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    backups.run(
        [program, *wishes, f"--dbname={url}", str(backup / backups.DUMP)], doing="Khôi phục cơ sở dữ liệu"
    )


def refuse_damaged(backup: Path, manifest: backups.Manifest) -> None:
    """Make sure that the backup is as it was made: the dump by its digest, each file by its name.

    Raises: Refusal with what is wrong.
    """
    if backups.sha256_of(backup / backups.DUMP) != manifest.dump_sha256:
        raise Refusal(f"{backup / backups.DUMP} không còn nguyên vẹn: mã băm khác lúc sao lưu.")
    files = [path for path in (backup / backups.FILES).rglob("*") if path.is_file()]
    if len(files) != manifest.files:
        raise Refusal(f"Bản sao lưu có {len(files)} tệp, lúc sao lưu là {manifest.files}.")
    for path in files:
        if len(path.name) == backups.NAME_LENGTH and backups.sha256_of(path) != path.name:
            raise Refusal(f"Tệp {path.name[:12]}… trong bản sao lưu không còn nguyên vẹn.")
