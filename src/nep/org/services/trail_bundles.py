"""Handing the trail to an auditor as a signed bundle that can be verified anywhere."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from nep.org.access import Actor
from nep.org.queries.trail import visible_events
from nep.platform.audit.domain.bundle import SEALED, write_bundle
from nep.platform.audit.domain.chain import instant
from nep.platform.audit.events import TRAIL_EXPORTED
from nep.platform.audit.keyring import signing_key
from nep.platform.audit.stored import StoredTrail, one_moment
from nep.platform.audit.trail import record

LASTS = timedelta(days=1)
SUFFIX = ".zip"


def folder() -> Path:
    """Where bundles lie until they are removed."""
    return Path(settings.NEP_FILES) / "trail"


def path_of(token: str) -> Path:
    """The file of a bundle."""
    return folder() / f"{token}{SUFFIX}"


def make_bundle(*, actor: Actor, at: datetime) -> str:
    """Write what the actor may read of the trail, with the digests of all the rest; the bundle's token.

    Events out of sight are withheld: their digests stand in it, so that each batch can be verified whole.
    Bundles older than a day are removed.
    """
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder().glob(f"*{SUFFIX}"):
        if old.stat().st_mtime < (at - LASTS).timestamp():
            old.unlink()
    token = secrets.token_hex(16)
    with tempfile.TemporaryDirectory(dir=folder()) as unfinished:
        content = Path(unfinished, "nhat-ky")
        content.mkdir()
        with one_moment():
            trail = StoredTrail(visible_events(actor))
            manifest = write_bundle(trail, content, made_at=instant(at), complete=False, key=signing_key())
        made = shutil.make_archive(str(Path(unfinished, token)), "zip", content)
        Path(made).replace(path_of(token))
    with transaction.atomic():
        home = actor.home_unit
        record(
            TRAIL_EXPORTED,
            actor=actor,
            about=[],
            at=at,
            unit_id=home.pk if home else None,
            rows=manifest["files"][SEALED]["lines"],
        )
    return token
