"""Keys made from the secret key, one per purpose: what is locked for one purpose opens for no other."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def key_for(purpose: str) -> bytes:
    """32 bytes that belong to this installation and this purpose."""
    return HKDF(SHA256(), 32, salt=None, info=f"nep:{purpose}".encode()).derive(settings.SECRET_KEY.encode())


def locked(words: str, purpose: str) -> str:
    """Words that only this installation can read again."""
    return _box(purpose).encrypt(words.encode()).decode()


def unlocked(box: str, purpose: str) -> str | None:
    """The words; None when they were locked with another secret key."""
    try:
        return _box(purpose).decrypt(box.encode()).decode()
    except InvalidToken:
        return None


def fingerprint(words: str, purpose: str) -> str:
    """What words are compared by; without the secret key they cannot be found by trying."""
    return hmac.new(key_for(purpose), words.encode(), hashlib.sha256).hexdigest()


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key_for(purpose)))
