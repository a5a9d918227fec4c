"""Passkeys: a key in a phone, a computer or a token that signs in without a password.

The host under which the page is opened is the key's home; a key of one host does nothing for another one.
"""

from __future__ import annotations

import json
from datetime import datetime
from ipaddress import ip_address
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from nep.accounts import events
from nep.accounts.models import Passkey, User
from nep.accounts.services.factors import codes_left, has_second_factor, make_recovery_codes
from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.keys import key_for

ADDING, SIGNING_IN = "passkey_adding", "passkey_signing_in"
MOST = 10
NOT_TAKEN = "Khóa truy cập không được nhận. Thử lại, hoặc đăng nhập bằng mật khẩu."


def works_here(request: HttpRequest) -> bool:
    """Whether browsers allow passkeys for this host: a name, over HTTPS or on this machine."""
    host = _host(request)
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost" or host.endswith(".localhost")
    return False


def begin_adding(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the browser is asked to make a key with; the challenge waits in the session."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(name=user.login, id=_handle(user), display_name=user.name),
        credentials=[AttestedCredentialData(bytes(row.credential)) for row in user.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    request.session[ADDING] = state
    return dict(options)


@transaction.atomic
def add(
    request: HttpRequest, user: User, answer: str, name: str, *, actor: Actor | None, at: datetime
) -> list[str]:
    """Keep a key that the browser made. The recovery codes, when it is the first second factor.

    Raises: RuleError when the answer is not the browser's, or the key is known already.
    """
    if user.passkeys.count() >= MOST:
        raise RuleError(f"Mỗi tài khoản giữ nhiều nhất {MOST} khóa truy cập. Gỡ bớt khóa cũ.")
    try:
        made = _server(request).register_complete(_state(request.session, ADDING), json.loads(answer))
    except (ValueError, KeyError, TypeError) as error:
        raise RuleError("Thiết bị chưa tạo được khóa truy cập. Thử lại.") from error
    credential = made.credential_data
    if credential is None or Passkey.objects.filter(credential_id=credential.credential_id).exists():
        raise RuleError("Khóa truy cập này đã có.")
    first = not has_second_factor(user)
    Passkey.objects.create(
        user=user,
        name=name,
        credential_id=credential.credential_id,
        credential=bytes(credential),
        uses=made.counter,
        made_at=at,
    )
    record(events.PASSKEY_ADDED, actor=actor, about=[user], at=at, passkey=name)
    return make_recovery_codes(user, actor=actor, at=at) if first and not codes_left(user) else []


@transaction.atomic
def remove(row: Passkey, *, actor: Actor | None, at: datetime) -> None:
    """Go on without a key."""
    user = row.user
    row.delete()
    record(events.PASSKEY_REMOVED, actor=actor, about=[user], at=at, passkey=row.name)
    if not has_second_factor(user):
        user.recovery_codes.all().delete()


def begin_sign_in(request: HttpRequest) -> dict[str, Any]:
    """What the browser is asked to sign; the person chooses the key, so no name is asked for."""
    options, state = _server(request).authenticate_begin(
        user_verification=UserVerificationRequirement.REQUIRED
    )
    request.session[SIGNING_IN] = state
    return dict(options)


@transaction.atomic
def owner_of(request: HttpRequest, answer: str, *, at: datetime) -> User:
    """Whose key has signed.

    Raises: RuleError when it is none of ours, or it counts backwards, as a copy would.
    """
    try:
        state, given = _state(request.session, SIGNING_IN), json.loads(answer)
        response = AuthenticationResponse.from_dict(given)
        row = Passkey.objects.select_for_update().get(credential_id=response.raw_id, user__is_active=True)
        _server(request).authenticate_complete(
            state, [AttestedCredentialData(bytes(row.credential))], response
        )
    except (ValueError, KeyError, TypeError, Passkey.DoesNotExist) as error:
        raise RuleError(NOT_TAKEN) from error
    uses = response.response.authenticator_data.counter
    if uses <= row.uses and (uses or row.uses):
        raise RuleError(NOT_TAKEN)
    row.uses, row.used_at = uses, at
    row.save(update_fields=["uses", "used_at"])
    return row.user


def _state(session: SessionBase, key: str) -> Any:
    """The challenge that waits, for one answer only.

    Raises: KeyError when none does.
    """
    return session.pop(key)


def _server(request: HttpRequest) -> Fido2Server:
    origin = f"{request.scheme}://{request.get_host()}"
    return Fido2Server(
        PublicKeyCredentialRpEntity(id=_host(request), name="Nếp"), verify_origin=lambda told: told == origin
    )


def _host(request: HttpRequest) -> str:
    host = request.get_host()
    return host if host.endswith("]") else host.rpartition(":")[0] or host


def _handle(user: User) -> bytes:
    """The name by which a key knows its account: lasting, and telling nothing."""
    return key_for(f"passkey-user-{user.pk}")
