"""Codes that people read from paper and type: no letter is taken for another one."""

from __future__ import annotations

import secrets

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without I, L, O, 0, 1
GROUP = 4


def new_code(groups: int) -> str:
    """A random code of so many groups of four letters, nearly five bits a letter: `ABCD-EFGH-…`."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(groups))


def plain(code: str) -> str:
    """A code as it is compared: upper case, without separators and signs that no code has."""
    return "".join(letter for letter in code.upper()[:80] if letter in LETTERS)
