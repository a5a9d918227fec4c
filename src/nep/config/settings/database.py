"""PostgreSQL: the server named by DATABASE_URL, which `nep` sets to the embedded one by default."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from nep.config.settings.environment import text


def connection(url: str) -> dict[str, Any]:
    """Django's description of the database behind a postgresql:// URL (a socket folder as `?host=`).

    Raises: ValueError for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError("DATABASE_URL phải bắt đầu bằng postgresql://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, **query},
        "TEST": {"NAME": text("NEP_TEST_DB", "test_nep")},
    }


# To whom `migrate` gives the rights to serve; empty when the owner itself does.
NEP_APPLICATION_ROLE = text("NEP_APPLICATION_ROLE", "")
DATABASES = {"default": connection(text("DATABASE_URL", "postgresql:///nep"))}
