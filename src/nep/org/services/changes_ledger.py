"""The dated rows that one change writes, each as it was and as it became."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from nep.org.domain.tree import Held, Span, overlay

Entry = dict[str, Any]
SPAN_COLUMNS = ["during"]


def days(span: Span) -> DateRange:
    """A span as the database holds it."""
    return DateRange(span.since, span.until)


def span_of(during: DateRange) -> Span:
    """A stored span; those of units and their rows always have a first day."""
    return Span(during.lower, during.upper)


def plain(row: Model, columns: Iterable[str] | None = None) -> dict[str, Any]:
    """The columns of a row as JSON holds them."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {
        field.attname: None if getattr(row, field.attname) is None else field.value_to_string(row)
        for field in fields
        if columns is None or field.attname in columns
    }


def from_plain(model: type[Model], values: dict[str, Any]) -> dict[str, Any]:
    """What `plain` wrote, as values of the columns."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: None if value is None else _target(fields[name]).to_python(value)
        for name, value in values.items()
    }


def _target(field: Any) -> Any:
    return field.target_field if field.is_relation else field


class Ledger:
    """Collects what is to be written and writes it so that no two rows ever hold the same day.

    Deletions come first, then spans that shrink, then rows that go elsewhere, then new rows.
    """

    def __init__(self) -> None:
        self._entries: dict[tuple[str, int], Entry] = {}
        self._deleted: list[Model] = []
        self._altered: dict[tuple[str, int], tuple[Model, set[str]]] = {}
        self._new: list[Model] = []

    @property
    def entries(self) -> list[Entry]:
        """What has been written, in the order in which it was first touched."""
        return [entry for entry in self._entries.values() if entry["was"] != entry["now"]]

    def ids(self, model: type[Model]) -> list[int]:
        """The rows of a model that were written."""
        label = model._meta.label_lower
        return [entry["id"] for entry in self.entries if entry["row"] == label]

    def insert(self, row: Model) -> None:
        """A new row."""
        self._new.append(row)

    def delete(self, row: Model) -> None:
        """A row that goes."""
        self._deleted.append(row)

    def alter(self, row: Model, **values: Any) -> None:
        """Columns of a row that get other values."""
        key = (row._meta.label_lower, row.pk)
        entry = self._entries.setdefault(
            key, {"row": key[0], "id": row.pk, "was": plain(row, ()), "now": plain(row, ())}
        )
        if entry["was"] is not None:
            entry["was"] = plain(row, values) | entry["was"]
        for column, value in values.items():
            setattr(row, column, value)
        entry["now"] = entry["now"] | plain(row, values)
        self._altered.setdefault(key, (row, set()))[1].update(values)

    def lay(
        self,
        rows: Iterable[Model],
        span: Span,
        value: tuple[Any, ...] | None,
        *,
        columns: tuple[str, ...],
        new: Model,
    ) -> None:
        """Lay a value over a span of dated rows; `new` is a blank row of the same thing."""
        stored = {row.pk: row for row in rows}
        before = [
            Held(key, tuple(getattr(row, name) for name in columns), span_of(row.during))  # type: ignore[attr-defined]  # dated rows
            for key, row in stored.items()
        ]
        after = overlay(before, span, value)
        kept = {held.key for held in after}
        for key, row in stored.items():
            if key not in kept:
                self.delete(row)
        for held in after:
            wanted = dict(zip(columns, held.value, strict=True)) | {"during": days(held.span)}
            if held.key is None:
                blank = {f.attname: getattr(new, f.attname) for f in new._meta.concrete_fields}
                self.insert(type(new)(**blank | wanted))
                continue
            row = stored[held.key]
            if changed := {name: to for name, to in wanted.items() if getattr(row, name) != to}:
                self.alter(row, **changed)

    def flush(self) -> None:
        """Write what has been collected."""
        for row in self._deleted:
            key = (row._meta.label_lower, row.pk)
            known = self._entries.get(key)
            if known is not None and known["was"] is None:
                del self._entries[key]
            else:
                was = plain(row) | (known["was"] if known else {})
                self._entries[key] = {"row": key[0], "id": row.pk, "was": was, "now": None}
            self._altered.pop(key, None)
        _delete(self._deleted)
        rows = list(self._altered.values())
        _update([row for row, columns in rows if "during" in columns], rows, spans=True)
        _update([row for row, columns in rows if "during" not in columns], rows, spans=False)
        self._insert()
        self._deleted, self._altered, self._new = [], {}, []

    def note_inserted(self, row: Model) -> None:
        """A row that was written elsewhere in this change."""
        key = (row._meta.label_lower, row.pk)
        self._entries[key] = {"row": key[0], "id": row.pk, "was": None, "now": plain(row)}

    def _insert(self) -> None:
        for model in dict.fromkeys(type(row) for row in self._new):
            for row in model._default_manager.bulk_create([r for r in self._new if type(r) is model]):
                self.note_inserted(row)


def _delete(rows: list[Model]) -> None:
    for model in dict.fromkeys(type(row) for row in rows):
        model._default_manager.filter(pk__in=[row.pk for row in rows if type(row) is model]).delete()


def _update(chosen: list[Model], rows: list[tuple[Model, set[str]]], *, spans: bool) -> None:
    for model in dict.fromkeys(type(row) for row in chosen):
        names = {name for row, columns in rows if type(row) is model for name in columns}
        columns = sorted(names if spans else names - set(SPAN_COLUMNS))
        same = [row for row in chosen if type(row) is model]
        model._default_manager.bulk_update(same, columns, batch_size=500)


def model_of(entry: Entry) -> type[Model]:
    """The model whose row an entry tells of."""
    return apps.get_model(entry["row"])
