"""The rights of the role that serves pages and works jobs: what it needs, the trail only to add and read."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection, transaction

ADD_AND_READ = ("audit_event", "audit_seal", "audit_leaf", "audit_check")
READ = ("audit_retentionrule", "audit_removal", "audit_removedevent", "django_migrations", "nep_demo")
MAY_CHANGE = """
SELECT rolsuper OR has_table_privilege('audit_event', 'UPDATE, DELETE, TRUNCATE, TRIGGER')
    OR pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'audit_event'::regclass), 'MEMBER')
FROM pg_roles WHERE rolname = current_user
"""


class NotForApplication(ValueError):
    """The role cannot be the application's; the message says why."""


@transaction.atomic
def grant_application(role: str) -> None:
    """Let a role serve: rows of all tables, of now and of later, but the trail only to add and read.

    Runs as the owner, after each migration.
    Raises: NotForApplication for an owner, a superuser or an unknown role.
    """
    _refuse_powerful(role)
    name, schema = connection.ops.quote_name(role), "SCHEMA public"
    tables = "SELECT, INSERT, UPDATE, DELETE"
    statements = [
        f"GRANT USAGE ON {schema} TO {name}",
        f"GRANT {tables} ON ALL TABLES IN {schema} TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN {schema} TO {name}",
        f"GRANT EXECUTE ON ALL ROUTINES IN {schema} TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN {schema} GRANT {tables} ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN {schema} GRANT USAGE, SELECT ON SEQUENCES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN {schema} GRANT EXECUTE ON ROUTINES TO {name}",
    ]
    withheld = dict.fromkeys(ADD_AND_READ, "SELECT, INSERT") | dict.fromkeys(READ, "SELECT")
    present = connection.introspection.table_names()
    for table in sorted(withheld.keys() & set(present)):
        statements += [
            f"REVOKE ALL ON TABLE {table} FROM {name}",
            f"GRANT {withheld[table]} ON TABLE {table} TO {name}",
        ]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _refuse_powerful(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s",
            [role],
        )
        found = cursor.fetchone()
    if found is None:
        raise NotForApplication(
            f"Máy chủ không có vai trò {role}; hãy tạo trước bằng CREATE ROLE {role} LOGIN."
        )
    if any(found):
        raise NotForApplication(
            f"Vai trò {role} là chủ cơ sở dữ liệu hoặc quản trị máy chủ, sửa được nhật ký;"
            " hãy dùng vai trò khác."
        )


def may_change_trail() -> bool:
    """Whether the role of this connection could change the trail, as an owner or a superuser can."""
    with connection.cursor() as cursor:
        cursor.execute(MAY_CHANGE)
        return bool(cursor.fetchone()[0])


def grant_after_migrations(sender: AppConfig, **_: Any) -> None:
    """Give the rights again to the role named in the settings, so that new tables can be served."""
    if settings.NEP_APPLICATION_ROLE:
        grant_application(settings.NEP_APPLICATION_ROLE)
