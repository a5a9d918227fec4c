"""What stops a command, as one sentence for the person at the keyboard."""

from __future__ import annotations

import errno
from pathlib import Path


class Refusal(Exception):
    """A command cannot go on; the message is one Vietnamese sentence, shown without a traceback."""


def from_disk_error(error: OSError, place: Path | str | None = None) -> Refusal | None:
    """The sentence for a full, read-only or forbidden disk; None when the error is of another kind."""
    where = f" ({place or error.filename})" if place or error.filename else ""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Refusal(f"Đĩa đã đầy{where}; hãy giải phóng chỗ rồi chạy lại.")
    if error.errno == errno.EROFS:
        return Refusal(f"Đĩa chỉ cho đọc{where}; hãy chọn thư mục dữ liệu ghi được bằng --data.")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return Refusal(f"Không có quyền ghi{where}; hãy chọn thư mục dữ liệu khác bằng --data.")
    return None


def disk_sentence(output: str) -> str | None:
    """The same, from what a program printed; None when it is about something else."""
    if "No space left on device" in output:
        return "đĩa đã đầy; hãy giải phóng chỗ rồi chạy lại."
    if "Read-only file system" in output:
        return "đĩa chỉ cho đọc; hãy chọn thư mục dữ liệu khác bằng --data."
    return None
