"""Pages by key: the next rows after the last one shown, whatever came or went meanwhile.

A page reads one row more than it shows, to know whether there are more, and nothing is counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.signing import BadSignature, Signer
from django.db.models import F, OrderBy, Q, QuerySet

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Key:
    """One stored value that rows are ordered by; rows without it stand last in either direction."""

    name: str
    descending: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: after the row with these values, or before it."""

    values: Values
    backwards: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One page of rows, and the values of its first and last row where there is more beyond."""

    rows: list[Any]
    before: Values | None
    after: Values | None


def keys_of(rows: QuerySet[Any], order: tuple[str, ...]) -> tuple[Key, ...]:
    """The keys of an order (`-` for descending), with the row's own number at the end."""
    falling = order[0].startswith("-")
    keys = [Key(name.lstrip("-"), name.startswith("-"), _nullable(rows, name.lstrip("-"))) for name in order]
    return (*keys, Key("pk", falling, False))


def _nullable(rows: QuerySet[Any], name: str) -> bool:
    model: Any = rows.model
    for part in name.split("__"):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return True  # annotated: may be anything
        if field.null:
            return True
        model = field.related_model
    return False


def part_of(rows: QuerySet[Any], keys: tuple[Key, ...], start: Start | None, size: int) -> Part:
    """The page that begins there, of at most `size` rows, in one query of `size` + 1 rows."""
    backwards = start is not None and start.backwards
    rows = rows.annotate(**{_column(key): F(key.name) for key in keys if "__" in key.name})
    if start is not None:
        rows = rows.filter(_beyond(keys, start.values, backwards))
    read = list(rows.order_by(*(_ordered(key, backwards) for key in keys))[: size + 1])
    more, kept = len(read) > size, read[:size]
    if backwards:
        kept.reverse()
    has_before = more if backwards else start is not None
    has_after = (start is not None) if backwards else more
    return Part(
        kept,
        _values(kept[0], keys) if kept and has_before else None,
        _values(kept[-1], keys) if kept and has_after else None,
    )


def _column(key: Key) -> str:
    return f"_by_{key.name.replace('__', '_')}" if "__" in key.name else key.name


def _values(row: Any, keys: tuple[Key, ...]) -> Values:
    return tuple(getattr(row, _column(key)) for key in keys)


def _ordered(key: Key, backwards: bool) -> OrderBy:
    falling = key.descending != backwards
    if not key.nullable:
        return OrderBy(F(key.name), descending=falling)
    place = {"nulls_first": True} if backwards else {"nulls_last": True}
    return OrderBy(F(key.name), descending=falling, **place)


def _beyond(keys: tuple[Key, ...], values: Values, backwards: bool) -> Q:
    """Rows after these values in the order, or before them."""
    found, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        found |= equal & _past(key, value, backwards)
        equal &= Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})
    first = keys[0]
    if first.nullable or values[0] is None:
        return found
    # The same once more as one bound, which an index on the first key can start from.
    return Q(**{f"{first.name}__{'lte' if first.descending != backwards else 'gte'}": values[0]}) & found


def _past(key: Key, value: Any, backwards: bool) -> Q:
    if value is None:  # rows without a value are the last ones
        return Q(**{f"{key.name}__isnull": False}) if backwards else Q(pk__in=[])
    beyond = Q(**{f"{key.name}__{'lt' if key.descending != backwards else 'gt'}": value})
    return beyond | Q(**{f"{key.name}__isnull": True}) if key.nullable and not backwards else beyond


def written(values: Values, *, salt: str) -> str:
    """The values as a word for the address, signed for this list and order."""
    return _signer(salt).sign_object([_packed(value) for value in values])


def read_back(word: str, keys: tuple[Key, ...], *, salt: str) -> Values | None:
    """The values of such a word; None when it was changed or belongs to another list or order."""
    try:
        given = _signer(salt).unsign_object(word)
        values = tuple(_unpacked(value) for value in given)
    except (BadSignature, ValueError, TypeError):
        return None
    return values if len(values) == len(keys) else None


def _signer(salt: str) -> Signer:
    return Signer(salt=f"nep.lists.{salt}", sep=".")


def _packed(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    return {"d": value.isoformat()} if isinstance(value, date) else value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])
