"""What addresses and forms ask for, as plain values."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

LONGEST = 18  # digits of a row's number


def numbers(values: Iterable[str]) -> list[int]:
    """The values that are numbers of rows; anything else is left out."""
    return [int(value) for value in values if value.isdecimal() and len(value) <= LONGEST]


def page_number(value: str) -> int:
    """The asked page of a list, 1 for anything that is none."""
    found = numbers([value[:6]])
    return max(found[0], 1) if found else 1


def asks_for_part(request: HttpRequest) -> bool:
    """Whether a script on the page asks, to put the answer into a part of it."""
    return bool(getattr(request, "htmx", False))
