"""The key that signs heads, and the public keys that are trusted: files, never rows."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from nep.platform.audit.domain.keys import (
    PublicKeys,
    by_name,
    key_name,
    new_key,
    private_key,
    private_pem,
    public_key,
    public_pem,
)

PUBLIC = ".pub"


def seals_folder() -> Path:
    """The folder in the data folder where keys lie and, unless told otherwise, exported heads."""
    return Path(settings.NEP_SEALS)


def signing_key() -> Ed25519PrivateKey:
    """The key that signs heads: that of `NEP_SEAL_KEY`, or one made here at first use.

    Its public part is laid beside the earlier ones, so that seals of a former key can still be verified.

    Raises: OSError when it cannot be read; ValueError when it is no such key.
    """
    folder = seals_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    given = settings.NEP_SEAL_KEY
    path = Path(given) if given else folder / "key.pem"
    if not given and not path.exists():
        _make(path)
    key = private_key(path.read_bytes())
    public = folder / f"{key_name(key.public_key())}{PUBLIC}"
    if not public.exists():
        public.write_bytes(public_pem(key.public_key()))
    return key


def _make(path: Path) -> None:
    """Make a key, all or nothing; of two processes that try at once the first one's stays."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private_pem(new_key()))
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def trusted_keys() -> PublicKeys:
    """The public keys in the data folder, of now and of before, by name."""
    return by_name(public_key(path.read_bytes()) for path in sorted(seals_folder().glob(f"*{PUBLIC}")))
