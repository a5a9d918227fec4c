"""Rows by the hundred thousand: kept in memory, then sent with COPY into tables without their indexes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Max, Model
from django.db.models.fields import NOT_PROVIDED

# Foreign keys, exclusions and plain indexes are made again over all rows at once: that checks the same and is
# many times faster than row by row.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype IN ('f', 'x') AND conrelid = ANY(%s::regclass[]) ORDER BY contype DESC, conname
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE NOT indisunique AND NOT indisexclusion AND indrelid = ANY(%s::regclass[]) ORDER BY indexrelid
"""


def span(first: date, until: date | None = None) -> str:
    """A range of days as COPY reads it; `until` is the first day after."""
    return f"[{first},{until or ''})"


class Rows:
    """New rows of one model; columns that are not named get the model's defaults."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        """Number the rows after those that the table holds."""
        self.model = model
        named = {"id", *columns}
        others = [
            field
            for field in model._meta.concrete_fields
            if field.attname not in named and field.db_default is NOT_PROVIDED and not field.generated
        ]
        self.table = model._meta.db_table
        self.columns = ("id", *columns, *(field.column for field in others))
        self.defaults = tuple(_default(field) for field in others)
        self.kept: list[tuple[Any, ...]] = []
        self.last_id = 0
        self.number_on()

    def number_on(self) -> None:
        """Go on after what others have added to the table since."""
        self.last_id = self.model._default_manager.aggregate(last=Max("pk"))["last"] or 0

    def add(self, *values: Any) -> int:
        """Keep one row; its number."""
        self.last_id += 1
        self.kept.append((self.last_id, *values, *self.defaults))
        return self.last_id

    def copy(self) -> None:
        """Send what is kept, and let the table number on after it."""
        names = ", ".join(f'"{column}"' for column in self.columns)
        with connection.cursor() as cursor:
            with cursor.copy(f'COPY "{self.table}" ({names}) FROM STDIN') as copy:
                for row in self.kept:
                    copy.write_row(row)
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), GREATEST(%s, 1))", [self.table, self.last_id]
            )
        self.kept = []


def _default(field: Field[Any, Any]) -> Any:
    default = field.get_default()
    return json.dumps(default) if isinstance(field, JSONField) and default is not None else default


@contextmanager
def bare(*models: type[Model]) -> Iterator[None]:
    """The tables of these models without what is slow to keep row by row, while the block runs."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end would forbid the changes
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        constraints = cursor.execute(_CONSTRAINTS, [tables]).fetchall()
        for table, name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        indexes = cursor.execute(_INDEXES, [tables]).fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
