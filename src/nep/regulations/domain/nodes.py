"""A mapping of a rule set's file that knows its place: what is missing, wrong or not understood is named."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime
from fractions import Fraction
from typing import Any

_DECIMAL = re.compile(r"-?[0-9]{1,18}([.,][0-9]{1,18})?")


class Malformed(ValueError):
    """A rule set that cannot be read; says where and why."""


class Node:
    """One mapping; every key is read once, and `end` refuses what nobody asked for."""

    def __init__(self, data: object, place: str) -> None:
        if not isinstance(data, dict):
            raise Malformed(f"{place}: không phải một nhóm mục")
        self.data, self.place, self.left = data, place, set(data)

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def wrong(self, key: str, told: str) -> Malformed:
        """The refusal of one key."""
        return Malformed(f"{self.place}.{key}: {told}")

    def get(self, key: str, default: Any = None) -> Any:
        """What stands under a key, as it was written."""
        self.left.discard(key)
        return self.data.get(key, default)

    def need(self, key: str) -> Any:
        """The same, of a key that must be there."""
        if key not in self.data:
            raise Malformed(f"{self.place}: thiếu “{key}”")
        return self.get(key)

    def node(self, key: str) -> Node:
        """The mapping under a key."""
        return Node(self.need(key), f"{self.place}.{key}")

    def nodes(self, key: str) -> list[Node]:
        """The list of mappings under a key; at least one."""
        found = self.need(key)
        if not isinstance(found, list) or not found:
            raise self.wrong(key, "phải là một danh sách có mục")
        return [Node(each, f"{self.place}.{key}[{at}]") for at, each in enumerate(found)]

    def named(self, key: str) -> list[tuple[str, Node]]:
        """The mappings under the names under a key; none where the key is missing."""
        found = self.get(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, "không phải một nhóm mục")
        return [(name, Node(each, f"{self.place}.{key}.{name}")) for name, each in found.items()]

    def number(self, key: str) -> Fraction:
        """A whole number, or a decimal written as text, exactly."""
        value = self.need(key)
        if isinstance(value, str):
            # Plain digits only: a short text such as 1e999999999 would take for ever to write out.
            if not _DECIMAL.fullmatch(value):
                raise self.wrong(key, "phải là số")
            return Fraction(value.replace(",", "."))
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.wrong(key, "phải là số nguyên, hoặc số thập phân viết trong ngoặc kép")
        return Fraction(value)

    def text(self, key: str) -> str:
        """Words."""
        value = self.need(key)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "phải là chữ")
        return value

    def one_of(self, key: str, known: Collection[str]) -> str:
        """One of some words."""
        value = self.text(key)
        if value not in known:
            raise self.wrong(key, f"phải là một trong: {', '.join(known)}")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        value = self.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(key, "phải là true hoặc false")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words; empty where it is missing."""
        value = self.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.wrong(key, "phải là danh sách chữ")
        return tuple(value)

    def texts(self, key: str) -> dict[str, str]:
        """Words by name; empty where the key is missing."""
        value = self.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
            raise self.wrong(key, "phải là nhóm mục có chữ")
        return value

    def day(self, key: str) -> date:
        """A date."""
        value = self.need(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.wrong(key, "phải là ngày YYYY-MM-DD")
        return value

    def end(self) -> None:
        """Refuse keys that nobody asked for."""
        if self.left:
            raise Malformed(f"{self.place}: không hiểu mục {', '.join(sorted(map(str, self.left)))}")
