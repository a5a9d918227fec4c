"""Files, bytes and pasted text in; the text they carry out, or one sentence why not."""

import errno
import os
import stat
from pathlib import Path

from nep.documents.domain.intake import signatures
from nep.documents.domain.intake.encodings import controls_share, decode, decode_page, legacy_caution
from nep.documents.domain.intake.extract import Extract
from nep.documents.domain.intake.guarded import extract_guarded
from nep.documents.domain.intake.model import MAX_BYTES, MAX_TEXT, Caution, Intake, Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDEST_CHARACTER = 4
_UNREADABLE = {
    "EACCES": "không có quyền",
    "EPERM": "không có quyền",
    "EIO": "lỗi ổ đĩa",
    "ELOOP": "liên kết vòng",
    "ENAMETOOLONG": "tên quá dài",
}


def open_bytes(data: bytes | os.PathLike[str], *, name: str) -> Intake:
    """Take a document in: its decoded text, its kind, and what is doubtful about it.

    `data` is the content, or the path to it; `name` only decides where the content leaves the kind open.
    Raises: Refused with a code and one Vietnamese line.
    """
    content = data if isinstance(data, bytes) else read_bounded(data)
    if len(content) > MAX_BYTES:
        raise _too_big(len(content))
    if not content:
        raise Refused("empty")
    code = signatures.refusal_by_content(content)
    if code:
        raise Refused(code)
    kind = signatures.type_of_content(content)
    if kind == signatures.PDF:
        return _intake(extract_guarded(content, kind), kind)
    if kind == signatures.ZIP:
        return _intake(extract_guarded(content, kind), DOCX)
    return _open_text(content, name)


def open_pasted(text: str) -> Intake:
    """Take in text pasted into a form, exactly as it came."""
    if len(text) > MAX_TEXT:
        raise Refused("too-long")
    if not text:
        raise Refused("empty")
    if "\0" in text or controls_share(text) > 0.005 or any("\ud800" <= char <= "\udfff" for char in text):
        raise Refused("binary")
    return _intake(Extract(text), signatures.PLAIN)


def read_bounded(path: os.PathLike[str]) -> bytes:
    """Read a regular file of a permitted size; never wait for a pipe, never touch a device.

    Raises: Refused.
    """
    try:
        _check_regular(Path(path).stat())
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(descriptor, "rb") as file:
            # Asked again of what was really opened: the name may have been given to something else meanwhile.
            _check_regular(os.fstat(descriptor))
            content = file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Refused("missing") from None
    except OSError as error:
        raise Refused("unreadable", reason=_reason(error)) from None
    if len(content) > MAX_BYTES:
        raise _too_big(len(content))
    return content


def _check_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Refused("directory")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("not-a-file")
    if status.st_size > MAX_BYTES:
        raise _too_big(status.st_size)


def _too_big(size: int) -> Refused:
    # Rounded up, so that a byte over the limit does not read as "40 MB, over the limit of 40 MB".
    tenths = -(-size // 100_000)
    return Refused("too-big", megabytes=f"{tenths // 10},{tenths % 10}")


def _reason(error: OSError) -> str:
    name = errno.errorcode.get(error.errno or 0, "")
    return _UNREADABLE.get(name, f"lỗi {name or 'hệ thống'}")


def _open_text(content: bytes, name: str) -> Intake:
    """Take in what is text or nothing: a web page by its markup, else plain text."""
    head = content[:65_536]
    try:
        start = decode_page(head).text
        if signatures.declares_entities(start):
            raise Refused("entities")
        if signatures.is_html(start, name):
            return _intake(extract_guarded(content, signatures.HTML), signatures.HTML)
        if len(content) > MAX_TEXT * _WIDEST_CHARACTER:
            raise Refused("too-long")
        decoded = decode(content)
    except Refused as refused:
        # The bytes are no text: say what they are, if that can be told.
        code = signatures.refusal_of_binary(content) if refused.code == "binary" else refused.code
        raise Refused(code) from None
    if len(decoded.text) > MAX_TEXT:
        raise Refused("too-long")
    wrapping = signatures.refusal_of_text(decoded.text)
    if wrapping:
        raise Refused(wrapping)
    return _intake(Extract(decoded.text, cautions=decoded.cautions), signatures.PLAIN)


def _intake(extract: Extract, media_type: str) -> Intake:
    if not any(char.isalnum() for char in extract.text):
        raise Refused("blank")
    warnings: list[Caution] = list(extract.cautions)
    legacy = legacy_caution(extract.text)
    if legacy and legacy not in warnings:
        warnings.append(legacy)
    return Intake(extract.text, media_type, extract.pages, extract.title, tuple(warnings))
