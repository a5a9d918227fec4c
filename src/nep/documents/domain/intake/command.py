"""`./nep read FILE [--json] [--text]`: one document from a file to the screen, without any database."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from nep.documents.domain.intake.model import MAX_BYTES, Intake, Refused
from nep.documents.domain.intake.opening import open_bytes
from nep.documents.domain.intake.summary import summary

USAGE = 2
REFUSED = 3
NO_OUTPUT = 4


class _UsageError(Exception):
    """A command line that cannot be understood."""


class _Arguments(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(message)


def main(argv: list[str]) -> int:
    """Read one file and print what it says; a refusal is one line on standard error and exit code 3."""
    try:
        options = _arguments().parse_args(argv)
    except _UsageError:
        return _complain("không hiểu tham số; cách gọi: ./nep read FILE [--json | --text]", USAGE)
    try:
        name, intake = _open(options.file)
    except Refused as refused:
        return _complain(f"{_printable(options.file)}: {refused.sentence}", REFUSED)
    if options.text:
        return _print(intake.original)
    if not options.json:
        for warning in intake.warnings:
            _complain(f"lưu ý: {warning.sentence}", 0)
    reading = _reading(intake, name)
    return _print(_json(reading) if options.json else summary(reading, intake))


def _arguments() -> argparse.ArgumentParser:
    parser = _Arguments(
        prog="./nep read", description="Đọc một văn bản: loại, số, ngày, chỉ tiêu, việc, hạn…"
    )
    parser.add_argument("file", help="tệp .docx, .pdf, .txt hoặc .html; dấu - để đọc từ đầu vào chuẩn")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="in mọi điều đọc được dưới dạng JSON")
    form.add_argument("--text", action="store_true", help="in nguyên văn phần chữ của tệp")
    return parser


def _open(file: str) -> tuple[str, Intake]:
    if file == "-":
        return "-", open_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), name="")
    if not file:
        raise Refused("missing")
    name = _printable(Path(file).name)
    return name, open_bytes(Path(file), name=name)


def _reading(intake: Intake, name: str) -> dict[str, Any]:
    # The reader's lexicons are loaded only for a file that could be opened: a refusal need not wait for them.
    from nep.documents.domain.reader import read  # noqa: PLC0415

    return {**read(intake.original).as_json(), "source": name}


def _json(reading: dict[str, Any]) -> str:
    return json.dumps(reading, ensure_ascii=False, indent=1) + "\n"


def _print(text: str) -> int:
    """Write text to standard output as UTF-8, byte for byte, whatever the terminal is set to."""
    if sys.stdout is None:
        return _complain("không có chỗ để in kết quả ra", NO_OUTPUT)
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
    return 0


def _complain(sentence: str, code: int) -> int:
    if sys.stderr is not None:
        sys.stderr.buffer.write(f"Nếp: {sentence}\n".encode())
        sys.stderr.buffer.flush()
    return code


def _printable(name: str) -> str:
    """Give a name on one line: file names may hold line breaks, terminal commands, bytes that are no text."""
    encodable = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(char if char.isprintable() else "\ufffd" for char in encodable)
