"""What was saved comes back whole, and nothing that is damaged or in use is touched."""

from __future__ import annotations

import hashlib
from pathlib import Path

import psycopg
import pytest

from nep.config import backups
from nep.config.cli import backup, restore
from nep.config.datafolder import DataFolder
from nep.config.embedded import running
from nep.config.refusals import Refusal

pytestmark = pytest.mark.slow

WORDS = "Đã dán bảng quy tắc ứng xử.".encode()
DIGEST = hashlib.sha256(WORDS).hexdigest()


@pytest.fixture
def filled(data: DataFolder) -> DataFolder:
    """A data folder with one stored file and the record that names it."""
    path = data.files / DIGEST[:2] / DIGEST[2:4] / DIGEST
    path.parent.mkdir(parents=True)
    path.write_bytes(WORDS)
    with running(data.path, durable=False) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE files_storedfile (sha256 text)")
        connection.execute("INSERT INTO files_storedfile VALUES (%s)", [DIGEST])
    return data


@pytest.fixture
def elsewhere(tmp_path: Path) -> DataFolder:
    """An empty installation."""
    return DataFolder(tmp_path / "máy mới")


def saved(filled: DataFolder, target: Path, *more: str) -> Path:
    """The newest backup after one more was made."""
    assert backup.main([str(target), "--data", str(filled.path), *more]) == 0
    newest = backup.newest(target)
    assert newest is not None
    return newest


def names_in(data: DataFolder) -> list[str]:
    """What the table of stored files says."""
    with running(data.path, durable=False) as url, psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT sha256 FROM files_storedfile")]


def test_a_backup_comes_back_whole(filled: DataFolder, elsewhere: DataFolder, tmp_path: Path) -> None:
    made = saved(filled, tmp_path / "sao lưu")
    assert restore.main([str(made), "--data", str(elsewhere.path)]) == 0
    assert names_in(elsewhere) == [DIGEST]
    assert (elsewhere.files / DIGEST[:2] / DIGEST[2:4] / DIGEST).read_bytes() == WORDS


def test_a_second_backup_links_what_the_first_holds_and_old_ones_may_go(
    filled: DataFolder, elsewhere: DataFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "sao lưu"
    first = saved(filled, target)
    first.rename(target / "nep-20200101T000000Z")
    second = saved(filled, target, "--keep", "1")
    assert backup.finished_in(target) == [second]
    assert restore.main([str(second), "--data", str(elsewhere.path)]) == 0


def test_a_missing_file_stops_the_backup_and_leaves_nothing(filled: DataFolder, tmp_path: Path) -> None:
    target = tmp_path / "sao lưu"
    (filled.files / DIGEST[:2] / DIGEST[2:4] / DIGEST).unlink()
    with pytest.raises(Refusal, match="Thiếu 1 tệp"):
        backup.main([str(target), "--data", str(filled.path)])
    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    ("part", "says"),
    [(backups.DUMP, "không còn nguyên vẹn"), (f"{backups.FILES}/{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}", "Tệp")],
)
def test_a_damaged_backup_is_refused_before_anything_is_written(
    filled: DataFolder, elsewhere: DataFolder, tmp_path: Path, part: str, says: str
) -> None:
    made = saved(filled, tmp_path / "sao lưu")
    path = made / part
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(Refusal, match=says):
        restore.main([str(made), "--data", str(elsewhere.path)])
    assert list(elsewhere.files.iterdir()) == []


def test_a_place_in_use_is_not_touched(filled: DataFolder, tmp_path: Path) -> None:
    made = saved(filled, tmp_path / "sao lưu")
    with pytest.raises(Refusal, match="đã có dữ liệu"):
        restore.main([str(made), "--data", str(filled.path)])
    assert names_in(filled) == [DIGEST]


def test_a_folder_that_is_no_backup_is_refused(elsewhere: DataFolder, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="không phải là một bản sao lưu"):
        restore.main([str(tmp_path), "--data", str(elsewhere.path)])
    (tmp_path / backups.MANIFEST).write_text("{}")
    with pytest.raises(Refusal, match="Không đọc được"):
        restore.main([str(tmp_path), "--data", str(elsewhere.path)])
