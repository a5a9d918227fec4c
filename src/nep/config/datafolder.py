"""The data folder: the embedded database, stored files, logs, the secret key."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nep.config.locks import LockFile
from nep.config.refusals import Refusal, from_disk_error

ROOT = Path(__file__).resolve().parents[3]
FREE_BYTES_NEEDED = 200 * 1024 * 1024


class DataFolder:
    """One installation's files. `ready()` before first use."""

    def __init__(self, path: Path) -> None:
        """Name the folder by its one true path; nothing is made yet."""
        self.path = path.expanduser().resolve()
        self.files = self.path / "files"
        self.logs = self.path / "logs"
        self.static = self.path / "static"
        self.children = self.path / "children.token"

    def ready(self) -> None:
        """Make the folder and prove that it can be written.

        Raises: Refusal on a full or read-only disk, or a path that is not a folder.
        """
        try:
            # Others may pass through (the embedded server has its own account when we are root) but not list.
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            self.files.mkdir(mode=0o700, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            (self.path / "write-test").write_bytes(b"x")
            (self.path / "write-test").unlink()
            free = shutil.disk_usage(self.path).free
        except (FileExistsError, NotADirectoryError) as error:
            raise Refusal(f"{self.path} không phải là thư mục; hãy chọn thư mục dữ liệu khác.") from error
        except OSError as error:
            unknown = Refusal(f"Không tạo được thư mục dữ liệu {self.path}: {error.strerror}.")
            raise from_disk_error(error, self.path) or unknown from error
        needed = FREE_BYTES_NEEDED
        if free < needed:
            raise Refusal(
                f"Đĩa gần đầy: {self.path} còn {free // 2**20} MB, cần ít nhất {needed // 2**20} MB;"
                " hãy giải phóng chỗ rồi chạy lại."
            )

    @contextmanager
    def claimed(self, by: str) -> Iterator[None]:
        """Hold the folder against a second run of a command.

        Raises: Refusal when another one has it.
        """
        lock = LockFile(self.path / "in-use.lock")
        try:
            if not lock.try_take():
                raise Refusal(
                    f"Thư mục dữ liệu {self.path} đang được một lệnh {by} khác dùng;"
                    " hãy dừng lệnh đó hoặc chọn thư mục khác (--data hay NEP_DATA)."
                )
            yield
        finally:
            lock.close()

    def empty_files(self) -> None:
        """Delete the stored files and the exported heads of the trail, whose rows have just been deleted."""
        for heads in (self.path / "seals").glob("heads-*.jsonl"):
            heads.unlink()
        shutil.rmtree(self.files)
        self.files.mkdir(mode=0o700)

    def secret_key(self) -> str:
        """The key that signs sessions here, made at first use."""
        path = self.path / "secret-key"
        if not path.exists():
            self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            temporary.replace(path)
        return path.read_text()


def default_path() -> Path:
    """`NEP_DATA`, or `var/` beside the source."""
    return Path(os.environ.get("NEP_DATA") or ROOT / "var")
