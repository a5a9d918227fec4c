"""How people sign in: lockout, second factor, sessions, an office's own provider."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured

from nep.accounts.roles import ROLES
from nep.config.settings.environment import text


def _names(variable: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text(variable, "").split(",") if name.strip())


def _number(variable: str, default: int) -> int:
    value = text(variable, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{variable} phải là một số.")
    return int(value)


AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: who is locked out is not even compared
    "django.contrib.auth.backends.ModelBackend",
]

# How many of our own proxies stand in front: so many entries of X-Forwarded-For are believed.
NEP_PROXIES = _number("NEP_PROXIES", 0)

# Lockout, by django-axes; `accounts.services.lockout` says how an account and an address are counted.
AXES_HANDLER = "nep.accounts.services.lockout.Guesses"
AXES_CLIENT_IP_CALLABLE = "nep.platform.requests.address.client_address"
AXES_USERNAME_CALLABLE = "nep.accounts.services.lockout.name_guessed"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], ["ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "next", "carried", "code", "proof", "once"]
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are events of the trail
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# The page of the sign-in itself says that somebody is locked out; the library's own page is not used.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

# Roles that must have a second factor; `administrator,head` is recommended for a server.
NEP_REQUIRE_SECOND_FACTOR = _names("NEP_REQUIRE_SECOND_FACTOR")
if unknown := NEP_REQUIRE_SECOND_FACTOR - ROLES.keys():
    raise ImproperlyConfigured(
        f"NEP_REQUIRE_SECOND_FACTOR: không có vai trò {sorted(unknown)[0]}; có: {', '.join(ROLES)}."
    )

NEP_IDLE = timedelta(minutes=_number("NEP_IDLE_MINUTES", 60))

# An office's own provider (OpenID Connect). Accounts are matched, never made.
NEP_OIDC_ISSUER = text("NEP_OIDC_ISSUER", "").rstrip("/")
NEP_OIDC_CLIENT_ID = text("NEP_OIDC_CLIENT_ID", "")
NEP_OIDC_CLIENT_SECRET = text("NEP_OIDC_CLIENT_SECRET", "")
NEP_OIDC_LABEL = text("NEP_OIDC_LABEL", "tài khoản của cơ quan")
NEP_OIDC_CLAIM = text("NEP_OIDC_CLAIM", "preferred_username")  # the claim that holds the sign-in name here
if NEP_OIDC_ISSUER and not (NEP_OIDC_CLIENT_ID and NEP_OIDC_CLIENT_SECRET):
    raise ImproperlyConfigured("Có NEP_OIDC_ISSUER thì phải có NEP_OIDC_CLIENT_ID và NEP_OIDC_CLIENT_SECRET.")

# An office's directory (LDAP), when the extra `ldap` is installed. Accounts are matched, never made.
AUTH_LDAP_SERVER_URI = text("NEP_LDAP_URI", "")
if AUTH_LDAP_SERVER_URI:
    from nep.config.settings.directory import *  # noqa: F403 -- the extra may not be installed
