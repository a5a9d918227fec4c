"""The mark by which a database is known to be the demo's, set before anything else is written there.

It stands outside Django's migrations on purpose: a demo killed in the middle of its first migration must
still know the half-made database as its own, and `--reset` must never empty one that it did not fill.
"""

from __future__ import annotations

import psycopg
from psycopg.rows import scalar_row

from nep.config.refusals import Refusal

TABLE = "nep_demo"


def is_demo(connection: psycopg.Connection) -> bool:
    """Whether the demo made this database."""
    return TABLE in tables(connection)


def province(scale: str) -> str:
    """What a demo holds, in words."""
    return f"tỉnh cỡ {scale}" if scale else "tỉnh mẫu"


def claim(connection: psycopg.Connection, scale: str = "") -> None:
    """Mark an empty database as the demo's, for the sample or for a province of a given size.

    Raises: Refusal when it holds tables that the demo did not make, or another province.
    """
    existing = tables(connection)
    if TABLE in existing:
        connection.execute(f"ALTER TABLE {TABLE} ADD COLUMN IF NOT EXISTS scale text NOT NULL DEFAULT ''")
        held = connection.execute(f"SELECT scale FROM {TABLE}").fetchone()
        if held is not None and held[0] != scale:
            raise Refusal(
                f"Thư mục dữ liệu này đang giữ {province(held[0])}, không phải {province(scale)}:"
                " thêm --reset để xoá và làm lại, hoặc --data để dùng thư mục khác."
            )
        return
    if existing:
        raise Refusal(
            "Cơ sở dữ liệu này đã có dữ liệu và không phải của bản thử, nên nep demo không đụng vào;"
            " hãy dùng một cơ sở dữ liệu trống."
        )
    connection.execute(
        f"CREATE TABLE {TABLE} (prepared text NOT NULL, sign_ins text NOT NULL, scale text NOT NULL)"
    )
    connection.execute(f"INSERT INTO {TABLE} VALUES ('', '', %s)", [scale])


def empty(connection: psycopg.Connection) -> bool:
    """Drop everything in the demo's database; an empty one is left as it is. Whether anything was dropped.

    Raises: Refusal when the database is not the demo's.
    """
    existing = tables(connection)
    if existing and TABLE not in existing:
        raise Refusal(
            "Cơ sở dữ liệu này không phải của bản thử, nên không xoá: --reset chỉ dùng cho bản thử."
        )
    if existing:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return bool(existing)


def sign_ins_of(connection: psycopg.Connection, prepared: str) -> str | None:
    """The sample sign-ins, when the database was prepared by exactly this state of the code."""
    query = f"SELECT sign_ins FROM {TABLE} WHERE prepared = %s"
    return connection.cursor(row_factory=scalar_row).execute(query, [prepared]).fetchone()


def record(connection: psycopg.Connection, prepared: str, sign_ins: str) -> None:
    """Note that the database was prepared by this state of the code."""
    connection.execute(f"UPDATE {TABLE} SET prepared = %s, sign_ins = %s", [prepared, sign_ins])


def tables(connection: psycopg.Connection) -> set[str]:
    """The tables in the database's own schema."""
    query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    return set(connection.cursor(row_factory=scalar_row).execute(query).fetchall())
