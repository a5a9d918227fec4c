"""Rows of accounts."""

from nep.accounts.models.factors import Passkey, RecoveryCode, TotpSecret
from nep.accounts.models.links import LinkRequest, SignInLink
from nep.accounts.models.sessions import SignedInSession
from nep.accounts.models.users import User, UserManager

__all__ = [
    "LinkRequest",
    "Passkey",
    "RecoveryCode",
    "SignInLink",
    "SignedInSession",
    "TotpSecret",
    "User",
    "UserManager",
]
