"""Signing in through an office's own provider (OpenID Connect): code flow with PKCE, state and nonce.

The provider says who somebody is; whether they have an account here, and what it may do, is decided here.
The libraries are loaded when somebody comes: most offices name no provider, and starts would wait for them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from nep.accounts.models import User
from nep.kernel.errors import NepError, RuleError, Unavailable

log = structlog.get_logger()
SECONDS = 10
CLOCKS_DIFFER = 30  # seconds
# Signatures that only the provider can make; never a shared secret, never none.
SIGNATURES = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
NOT_PROVED = "Máy chủ đăng nhập của cơ quan chưa xác nhận được. Đăng nhập lại từ đầu."
UNREACHABLE = "Chưa kết nối được máy chủ đăng nhập của cơ quan. Thử lại sau, hoặc dùng mật khẩu của Nếp."


def is_set_up() -> bool:
    """Whether the operator has named a provider."""
    return bool(settings.NEP_OIDC_ISSUER)


def leave_for(request: HttpRequest) -> HttpResponse:
    """The way to the provider's own page.

    Raises: Unavailable when it does not answer.
    """
    from requests import RequestException  # noqa: PLC0415 -- see the module

    try:
        answer: HttpResponse = _client().authorize_redirect(
            request, request.build_absolute_uri(reverse("provider_back"))
        )
    except (RequestException, ValueError, KeyError) as error:
        raise _unreachable(error) from error
    return answer


def owner_of(request: HttpRequest) -> User:
    """Whom the provider names in a request that comes back from it.

    Raises: RuleError when the answer proves nothing, or names nobody known; Unavailable without an answer.
    """
    from authlib.integrations.base_client import OAuthError  # noqa: PLC0415 -- see the module
    from joserfc.errors import JoseError  # noqa: PLC0415 -- the same
    from requests import RequestException  # noqa: PLC0415 -- the same

    try:
        client = _client()
        token = client.authorize_access_token(
            request,
            leeway=CLOCKS_DIFFER,
            claims_options={"iss": {"essential": True, "values": [client.load_server_metadata()["issuer"]]}},
        )
        claims = token["userinfo"]
    except RequestException as error:
        raise _unreachable(error) from error
    except (OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
        log.warning("provider's answer refused", error=str(error))
        raise RuleError(NOT_PROVED) from error
    return _account(claims)


def _account(claims: dict[str, Any]) -> User:
    """The account whose login is the configured claim, or whose address when the provider has verified it."""
    claim = settings.NEP_OIDC_CLAIM
    told = str(claims.get(claim) or "").strip().lower()
    by_mail = claim == "email"
    found = User.objects.filter(is_active=True)
    found = found.filter(email__iexact=told) if by_mail else found.filter(login=told)
    users = list(found[:2]) if told and (not by_mail or claims.get("email_verified") is True) else []
    if len(users) != 1:
        raise RuleError(
            "Tài khoản của cơ quan vừa dùng chưa gắn với tài khoản Nếp nào. "
            "Người quản trị của đơn vị cần lập tài khoản trước."
        )
    return users[0]


def _unreachable(error: Exception) -> NepError:
    log.warning("provider does not answer", error=str(error))
    return Unavailable(UNREACHABLE)


def _client() -> Any:
    client = _registered(
        settings.NEP_OIDC_ISSUER, settings.NEP_OIDC_CLIENT_ID, settings.NEP_OIDC_CLIENT_SECRET
    )
    facts = client.load_server_metadata()
    if facts["issuer"].rstrip("/") != settings.NEP_OIDC_ISSUER:
        raise ValueError(f"the provider calls itself {facts['issuer']}")
    told = facts.get("id_token_signing_alg_values_supported", ["RS256"])
    facts["id_token_signing_alg_values_supported"] = [name for name in told if name in SIGNATURES]
    return client


@lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, client_secret: str) -> Any:
    from authlib.integrations.django_client import OAuth  # noqa: PLC0415 -- see the module

    return OAuth().register(
        "office",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )
