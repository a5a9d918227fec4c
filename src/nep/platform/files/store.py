"""The content-addressed store: written once, served only through a page that has checked access."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import puremagic
from django.conf import settings
from django.http import FileResponse

from nep.kernel.errors import RuleError, Unavailable
from nep.platform.clock import now
from nep.platform.files.models import StoredFile

# What may be shown inside a page; everything else is handed out as a download.
INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "application/pdf"})


def path_of(sha256: str) -> Path:
    """Where the bytes with this digest lie."""
    return Path(settings.NEP_FILES) / sha256[:2] / sha256[2:4] / sha256


def media_type_of(head: bytes, name: str) -> str:
    """The type of a file by its content; the name decides only between types that look alike."""
    try:
        return puremagic.from_string(head, mime=True, filename=name) or "application/octet-stream"
    except (puremagic.PureError, ValueError):
        return "text/plain" if head and b"\0" not in head else "application/octet-stream"


def store(chunks: Iterable[bytes], *, name: str, max_size: int | None = None) -> StoredFile:
    """Keep a content, once; the same content again gives the same row.

    Raises: RuleError when empty or larger than `max_size` bytes; Unavailable when the disk refuses.
    """
    limit = max_size or settings.NEP_MAX_UPLOAD
    folder = Path(settings.NEP_FILES)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as temporary:
            try:
                return _keep(temporary, chunks, name=name, limit=limit)
            finally:
                Path(temporary.name).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"Chưa lưu được tệp: {error.strerror or 'ổ đĩa từ chối ghi'}.") from error


def _keep(temporary: IO[bytes], chunks: Iterable[bytes], *, name: str, limit: int) -> StoredFile:
    digest, size, head = hashlib.sha256(), 0, b""
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise RuleError(
                f"Tệp lớn hơn {limit // 1_048_576} MB. Chia nhỏ hoặc nén ảnh trong tệp rồi gửi lại."
            )
        digest.update(chunk)
        head = head or chunk[:4096]
        temporary.write(chunk)
    if size == 0:
        raise RuleError("Tệp rỗng, không có nội dung để lưu.")
    temporary.flush()
    os.fsync(temporary.fileno())
    target = path_of(digest.hexdigest())
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(temporary.name).replace(target)
    stored, _ = StoredFile.objects.get_or_create(
        sha256=digest.hexdigest(),
        defaults={"size": size, "media_type": media_type_of(head, name), "stored_at": now()},
    )
    return stored


def file_response(stored: StoredFile, *, name: str) -> FileResponse:
    """The bytes for a browser that has been let in by the calling page; nothing in them may run."""
    inline = stored.media_type in INLINE
    response = FileResponse(
        path_of(stored.sha256).open("rb"),
        as_attachment=not inline,
        filename=name,
        content_type=stored.media_type if inline else "application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
