"""An office's directory (LDAP): who may sign in with the password kept there."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from nep.config.settings.environment import text

try:
    import ldap
    from django_auth_ldap.config import LDAPSearch
except ImportError as error:
    raise ImproperlyConfigured(
        "Có NEP_LDAP_URI thì phải cài phần mở rộng ldap; xem docs/operations.md."
    ) from error

AUTH_LDAP_START_TLS = text("NEP_LDAP_STARTTLS", "1") == "1"
AUTH_LDAP_BIND_DN = text("NEP_LDAP_BIND_DN", "")
AUTH_LDAP_BIND_PASSWORD = text("NEP_LDAP_BIND_PASSWORD", "")
AUTH_LDAP_USER_SEARCH = LDAPSearch(
    text("NEP_LDAP_BASE"), ldap.SCOPE_SUBTREE, text("NEP_LDAP_FILTER", "(uid=%(user)s)")
)
AUTH_LDAP_CONNECTION_OPTIONS = {ldap.OPT_NETWORK_TIMEOUT: 5, ldap.OPT_TIMEOUT: 5, ldap.OPT_REFERRALS: 0}
AUTH_LDAP_NO_NEW_USERS = True
AUTH_LDAP_ALWAYS_UPDATE_USER = False
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "nep.accounts.services.directory.Directory",
    "django.contrib.auth.backends.ModelBackend",
]
