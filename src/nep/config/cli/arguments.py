"""Command lines, with errors in one Vietnamese sentence."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import NoReturn

from nep.config.refusals import Refusal


class Arguments(argparse.ArgumentParser):
    """A parser that refuses in one sentence; argparse alone speaks English and prints its usage."""

    def __init__(self, command: str, description: str) -> None:
        """Name the command as it is typed."""
        super().__init__(prog=f"./nep {command}", description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Refuse what was typed."""
        raise Refusal(f"không hiểu tham số của lệnh “{self.prog}” ({message}); xem {self.prog} --help.")


def port(text: str) -> int:
    """A TCP port from the command line.

    Raises: Refusal outside 1–65535.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise Refusal(f"Cổng “{text}” không hợp lệ; cổng là số từ 1 đến 65535.")
    return int(text)


def folder(text: str) -> Path:
    """A folder from the command line.

    Raises: Refusal for an empty name.
    """
    if not text.strip():
        raise Refusal("Tên thư mục đang để trống.")
    return Path(text)


def day(text: str) -> date:
    """A day from the command line.

    Raises: Refusal for one that does not exist.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refusal(f"Không có ngày “{text}”; viết ngày theo mẫu 2026-02-10.") from error
