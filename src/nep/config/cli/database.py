"""Which database a command works on, and the environment Django reads it from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import psycopg

from nep.config.datafolder import DataFolder
from nep.config.embedded import for_application, running
from nep.config.refusals import Refusal

OLDEST_SERVER = 15
ANSWER_SECONDS = 5
OWNER_URL = "NEP_OWNER_DATABASE_URL"


@contextmanager
def database(data: DataFolder, *, durable: bool = True) -> Iterator[str]:
    """The URL of the database's owner, who migrates and looks after it; see `application_url` for who serves.

    That of `NEP_OWNER_DATABASE_URL` or `DATABASE_URL` when that is set, else of the embedded server, which
    runs while the block runs.

    Raises: Refusal when the server does not answer or is older than PostgreSQL 15.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        owner = os.environ.get(OWNER_URL) or given
        for url in {owner, given}:
            refuse_unusable(url)
        yield owner
    else:
        with running(data.path, durable=durable) as url:
            yield url


def application_url(owner: str) -> str:
    """The URL by which pages and jobs connect: a role that can add to the trail and never change it."""
    return os.environ.get("DATABASE_URL") or for_application(owner)


def application_role(owner: str) -> str:
    """The role of that URL; empty when the owner itself serves, so that there is nothing to withhold."""
    roles = [urlsplit(url).username or "" for url in (application_url(owner), owner)]
    return unquote(roles[0]) if roles[0] != roles[1] else ""


def refuse_unusable(url: str) -> None:
    """Make sure that the server behind a URL answers and is new enough.

    Raises: Refusal when it does not or is not.
    """
    if not url.startswith(("postgresql://", "postgres://")):
        raise Refusal("DATABASE_URL phải bắt đầu bằng postgresql:// (Nếp chỉ chạy trên PostgreSQL).")
    try:
        with psycopg.connect(url, connect_timeout=ANSWER_SECONDS) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1].strip()
        raise Refusal(f"Không kết nối được máy chủ trong DATABASE_URL: {reason}") from error
    if version < OLDEST_SERVER:
        raise Refusal(
            f"Máy chủ trong DATABASE_URL là PostgreSQL {version}; Nếp cần bản {OLDEST_SERVER} trở lên."
        )


def django_environment(data: DataFolder, url: str, *, demo: bool) -> dict[str, str]:
    """The environment in which Django's settings find this database and data folder.

    An operator who brings a server brings the secret key too; the embedded one has a key in its data folder.
    """
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "nep.config.settings",
        "DATABASE_URL": url,
        "NEP_DATA": str(data.path),
        "NEP_APPLICATION_ROLE": application_role(url),
    }
    environment["NEP_DEMO"] = "1" if demo else ""  # what the caller's environment says of it does not count
    if demo or "DATABASE_URL" not in os.environ:
        environment.setdefault("NEP_SECRET_KEY", data.secret_key())
    return environment
