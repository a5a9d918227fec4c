"""Signing in with the password of an office's directory (LDAP); only where the extra `ldap` is installed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django_auth_ldap.backend import LDAPBackend

from nep.accounts.models import User


class Directory(LDAPBackend):
    """Asks the directory about accounts that exist here; it makes none and changes none."""

    def authenticate_ldap_user(self, ldap_user: Any, password: str) -> User | None:
        """The account of who gave the directory's password; closed accounts stay closed.

        A name that is not here costs the work of a password, and the directory is not told of it.
        """
        found = User.objects.filter(login=str(ldap_user._username).lower(), is_active=True).exists()
        if not found:
            make_password(password)
            return None
        user: User | None = super().authenticate_ldap_user(ldap_user, password)
        return user
