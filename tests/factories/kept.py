"""What a factory writes, kept as rows: the next test of the same process gets it back in a few statements.

Services are what the tests are about, but a province that nearly every test has is written by them once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

_TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY 1
"""
_COLUMNS = """
SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""
_MAY = "SELECT has_parameter_privilege('session_replication_role', 'SET')"
_GRANT = "GRANT SET ON PARAMETER session_replication_role TO {}"
Made = TypeVar("Made")


def let_rows_come_back() -> None:
    """Let the tests' role pass triggers when it puts rows back; the embedded server's superuser says so."""
    parameters = connection.get_connection_params()
    place = {key: str(parameters[key]) for key in ("host", "port", "dbname") if parameters.get(key)}
    owner = sql.Identifier(str(parameters.get("user") or ""))
    with suppress(psycopg.Error), psycopg.connect(make_conninfo("", user="postgres", **place)) as superuser:
        superuser.execute(sql.SQL(_GRANT).format(owner))


@dataclass(frozen=True)
class Rows:
    """New rows of a table, as COPY writes them."""

    into: str
    data: bytes


class Kept(Generic[Made]):
    """The rows that a factory adds to a fresh database, with what triggers made of them.

    `made` reads from these rows what the factory gives back.
    """

    def __init__(self, factory: Callable[[], Made], made: Callable[[], Made]) -> None:
        self.factory, self.made = factory, made
        self.rows: list[Rows] | None = None
        self.fresh: dict[str, int] = {}

    def __call__(self) -> Made:
        """Written by the factory at first, from the kept rows then.

        The factory itself writes outside a transaction, where commits have followers, and beside other rows.
        """
        if not connection.in_atomic_block or not may_pass_triggers():
            return self.factory()
        if self.rows is None:
            before = all_rows()
            made = self.factory()
            self.rows = _added(before)
            self.fresh = {table: len(texts) for table, texts in before.items()}
            return made
        if _counts() != self.fresh:
            return self.factory()
        _put_back(self.rows)
        return self.made()


def may_pass_triggers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_MAY)
        return bool(cursor.fetchone()[0])


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [table for (table,) in cursor.fetchall()]


def all_rows() -> dict[str, set[str]]:
    """Every row of every table, as text."""
    found = {}
    for table in _tables():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found[table] = {text for (text,) in cursor.fetchall()}
    return found


def _counts() -> dict[str, int]:
    each = (f"SELECT '{table}', count(*) FROM \"{table}\"" for table in _tables())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return dict(cursor.fetchall())


def _added(before: dict[str, set[str]]) -> list[Rows]:
    """The rows that came since; none that was there has changed."""
    added = []
    for table, texts in all_rows().items():
        assert before[table] <= texts, f"{table}: what changes rows cannot be kept"
        if texts == before[table]:
            continue
        with connection.cursor() as cursor:
            cursor.execute(_COLUMNS, [table])
            columns = cursor.fetchone()[0]
        new = f'SELECT {columns} FROM "{table}" t WHERE t::text <> ALL(%s)'
        with (
            connection.connection.cursor() as raw,
            raw.copy(f"COPY ({new}) TO STDOUT", [list(before[table])]) as rows,
        ):
            added.append(Rows(f'COPY "{table}" ({columns}) FROM STDIN', b"".join(rows)))
    return added


def _put_back(rows: list[Rows]) -> None:
    with connection.cursor() as cursor:
        # What triggers made of the rows is among them.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for each in rows:
            with connection.connection.cursor() as raw, raw.copy(each.into) as copy:
                copy.write(each.data)
        cursor.execute("SET LOCAL session_replication_role = origin")
