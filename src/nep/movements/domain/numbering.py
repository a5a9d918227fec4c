"""Codes that people say aloud: PT-2026-001 for a programme, CT1 for a target, NV12 for a task."""

from __future__ import annotations

import re
from collections.abc import Iterable

TARGET, TASK = "CT", "NV"


def programme_code(year: int, taken: Iterable[str]) -> str:
    """The next code of a year; numbers that are gone are not given again.

    >>> programme_code(2026, ["PT-2026-001", "PT-2025-009"])
    'PT-2026-002'
    """
    head = f"PT-{year}-"
    numbers = [int(code.removeprefix(head)) for code in taken if re.fullmatch(rf"{head}\d+", code)]
    return f"{head}{max(numbers, default=0) + 1:03d}"


def part_code(prefix: str, taken: Iterable[str]) -> str:
    """The next code of a target or task within its programme.

    >>> part_code(TASK, ["NV1", "NV4"])
    'NV5'
    """
    numbers = [int(code.removeprefix(prefix)) for code in taken if re.fullmatch(rf"{prefix}\d+", code)]
    return f"{prefix}{max(numbers, default=0) + 1}"
