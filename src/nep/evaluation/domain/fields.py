"""JSON as people write it for the commands: read strictly, each fault named by its field."""

from __future__ import annotations

import json
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from nep.kernel.errors import RuleError

MOST_DIGITS = 18
MOST_COUNT = 10**9
_MISSING = object()


def read_json(text: str) -> object:
    """What a JSON text says; numbers with a fraction are read as decimals, never as floats.

    Raises: RuleError.
    """
    try:
        return json.loads(text, parse_float=_decimal, parse_int=_whole, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"dòng {error.lineno}, cột {error.colno}"
        raise RuleError(f"Không đọc được JSON: sai cú pháp ở {place}.") from error
    except RecursionError as error:
        raise RuleError("Không đọc được JSON: lồng nhau quá sâu.") from error


def _whole(digits: str) -> int | Decimal:
    """A whole number; Python refuses to read a very long one as int, and its field is to refuse it."""
    return int(digits) if len(digits) <= 2 * MOST_DIGITS else _decimal(digits)


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent that no decimal can have
        return Decimal("Infinity")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which every name stands once and every word can be written out again."""
    found = dict(pairs)
    for name, value in pairs:
        if any("\ud800" <= each <= "\udfff" for each in (*name, *(value if isinstance(value, str) else ""))):
            raise RuleError(f"“{name}” có nửa ký tự Unicode đứng một mình.")
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise RuleError(f"“{twice}” có hai lần trong một đối tượng.")
    return found


class Fields:
    """The fields of one object, each read once; what is left over is refused by name."""

    def __init__(self, data: object, place: str = "") -> None:
        if not isinstance(data, dict):
            raise RuleError(f"{place or 'Trường hợp'}: phải là một đối tượng JSON.")
        self.data, self.place, self.read = data, place, set[str]()

    def name(self, key: str) -> str:
        """Where a field stands, as refusals name it."""
        return f"{self.place}.{key}" if self.place else key

    def get(self, key: str, default: Any = _MISSING) -> Any:
        """A field as it was written; without a default it must be there."""
        self.read.add(key)
        if key in self.data:
            return self.data[key]
        if default is _MISSING:
            raise RuleError(f"Thiếu “{self.name(key)}”.")
        return default

    def wrong(self, key: str, told: str) -> RuleError:
        """The refusal of one field."""
        return RuleError(f"“{self.name(key)}” {told}.")

    def flag(self, key: str, default: Any = _MISSING) -> bool:
        """True or false."""
        value = self.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "phải là true hoặc false")
        return value

    def count(self, key: str, default: Any = _MISSING) -> int:
        """A whole number from zero."""
        value = self.get(key, default)
        # The bound comes first: 1e999999999 must not be written out.
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value < MOST_COUNT:
            raise self.wrong(key, f"phải là số nguyên từ 0 đến dưới {MOST_COUNT}")
        if value != int(value):
            raise self.wrong(key, "phải là số nguyên")
        return int(value)

    def number(self, key: str, *, least: int = 0, most: Fraction | None = None) -> Fraction:
        """A number between two bounds, exactly as it was written."""
        value = self.get(key)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.wrong(key, "phải là số")
        # Compared, not computed with: 1e999999999 would overflow.
        too_big = not -(10**MOST_DIGITS) < value < 10**MOST_DIGITS
        if too_big or (isinstance(value, Decimal) and _exponent(value) < -MOST_DIGITS):
            raise self.wrong(key, "có quá nhiều chữ số")
        exact = Fraction(value)
        if exact < least:
            raise self.wrong(key, f"không được nhỏ hơn {least}")
        if most is not None and exact > most:
            raise self.wrong(key, f"không được lớn hơn {most}")
        return exact

    def choice(self, key: str, known: Collection[str], default: Any = _MISSING) -> str | None:
        """One of some words, or null."""
        value = self.get(key, default)
        if value is not None and (not isinstance(value, str) or value not in known):
            raise self.wrong(key, f"phải là null hoặc một trong: {', '.join(known)}")
        return value

    def fields(self, key: str) -> Fields:
        """The object in a field."""
        return Fields(self.get(key), self.name(key))

    def each(self, key: str) -> list[Fields]:
        """The objects of a list."""
        value = self.get(key)
        if not isinstance(value, list):
            raise self.wrong(key, "phải là một danh sách")
        return [Fields(item, f"{self.name(key)}[{at}]") for at, item in enumerate(value)]

    def end(self) -> None:
        """Refuse what nobody read."""
        if left := sorted(set(self.data) - self.read):
            raise RuleError(f"Không hiểu “{self.name(left[0])}”.")


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "only finite numbers are asked"
    return exponent
