"""The second factor: codes of an authenticator app, and recovery codes on paper."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime, timedelta

import pyotp
import segno
from django.db import transaction

from nep.accounts import events
from nep.accounts.domain.codes import new_code, plain
from nep.accounts.models import RecoveryCode, TotpSecret, User
from nep.kernel.errors import RuleError
from nep.platform.access import Actor
from nep.platform.audit.trail import record
from nep.platform.keys import fingerprint, locked, unlocked

SECRET_BYTES = 20
STEP = timedelta(seconds=30)
SLACK = 1  # steps by which a phone's clock may differ
CODES, GROUPS = 10, 3
TOTP, RECOVERY = "totp", "recovery"
ISSUER = "Nếp"


def has_second_factor(user: User) -> bool:
    """Whether the password alone does not do."""
    return has_totp(user) or user.passkeys.exists()


def has_totp(user: User) -> bool:
    """Whether an authenticator app is set up."""
    return TotpSecret.objects.filter(user=user, confirmed_at__isnull=False).exists()


@transaction.atomic
def start_totp(user: User, *, at: datetime) -> None:
    """A new secret, which counts once a code of it is given.

    Raises: RuleError when one counts already.
    """
    if has_totp(user):
        raise RuleError("Ứng dụng xác thực đã được bật. Tắt nó trước khi đổi sang ứng dụng khác.")
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    TotpSecret.objects.update_or_create(
        user=user, defaults={"locked_secret": locked(secret, TOTP), "made_at": at, "last_step": 0}
    )


def secret_to_show(user: User) -> str | None:
    """The secret that waits for its first code; never one that counts already."""
    row = TotpSecret.objects.filter(user=user, confirmed_at__isnull=True).first()
    return unlocked(row.locked_secret, TOTP) if row else None


def qr_code(user: User, secret: str) -> str:
    """The secret as a picture for the app's camera: an SVG element without styles of its own."""
    address = pyotp.TOTP(secret).provisioning_uri(name=user.login, issuer_name=ISSUER)
    svg: str = segno.make(address, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="nep-qr", lineclass=None, omitsize=False
    )
    return svg


@transaction.atomic
def confirm_totp(user: User, code: str, *, actor: Actor | None, at: datetime) -> list[str]:
    """The first code makes the secret count. The recovery codes, when there were none yet.

    Raises: RuleError when the code is wrong.
    """
    row = TotpSecret.objects.select_for_update().filter(user=user, confirmed_at__isnull=True).first()
    if row is None:
        raise RuleError("Chưa bắt đầu bật xác thực hai lớp. Làm lại từ đầu.")
    if not _takes(row, code, at):
        raise RuleError("Mã chưa đúng. Kiểm tra giờ của điện thoại rồi nhập mã đang hiện.")
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at"])
    record(events.TOTP_ADDED, actor=actor, about=[user], at=at)
    return [] if codes_left(user) else make_recovery_codes(user, actor=actor, at=at)


@transaction.atomic
def takes_totp(user: User, code: str, *, at: datetime) -> bool:
    """Whether a code is right now and was not used before; it is used from here on."""
    row = TotpSecret.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    return row is not None and _takes(row, code, at)


@transaction.atomic
def remove_totp(user: User, *, actor: Actor | None, at: datetime) -> None:
    """Go on without the app."""
    if TotpSecret.objects.filter(user=user).delete()[0]:
        record(events.TOTP_REMOVED, actor=actor, about=[user], at=at)
    _forget_codes_without_factor(user)


@transaction.atomic
def remove_all_factors(user: User, *, actor: Actor | None, at: datetime, reason: str) -> None:
    """Who has lost phone and paper starts again; an administrator has seen who it is.

    Raises: RuleError without a reason.
    """
    if not reason.strip():
        raise RuleError("Ghi lý do gỡ xác thực hai lớp.")
    TotpSecret.objects.filter(user=user).delete()
    user.passkeys.all().delete()
    user.recovery_codes.all().delete()
    record(events.FACTORS_REMOVED, actor=actor, about=[user], at=at, reason=reason, user=user.name)


@transaction.atomic
def make_recovery_codes(user: User, *, actor: Actor | None, at: datetime) -> list[str]:
    """Ten new codes, to be shown once; the old ones count no more."""
    user.recovery_codes.all().delete()
    codes = [new_code(GROUPS) for _ in range(CODES)]
    rows = [RecoveryCode(user=user, fingerprint=_fingerprint(user, code), made_at=at) for code in codes]
    RecoveryCode.objects.bulk_create(rows)
    record(events.RECOVERY_CODES_MADE, actor=actor, about=[user], at=at)
    return codes


@transaction.atomic
def takes_recovery_code(user: User, code: str, *, at: datetime) -> bool:
    """Whether a code from paper is right and unused; it is used from here on."""
    own = RecoveryCode.objects.filter(user=user, used_at__isnull=True)
    if not own.filter(fingerprint=_fingerprint(user, code)).update(used_at=at):
        return False
    record(events.RECOVERY_CODE_USED, actor=None, about=[user], at=at, user=user.name, left=codes_left(user))
    return True


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    return user.recovery_codes.filter(used_at__isnull=True).count()


def _takes(row: TotpSecret, code: str, at: datetime) -> bool:
    secret = unlocked(row.locked_secret, TOTP)
    digits = code.replace(" ", "")
    if secret is None or not (digits.isascii() and digits.isdecimal()):
        return False
    now_step = int(at.timestamp() // STEP.total_seconds())
    for step in range(now_step - SLACK, now_step + SLACK + 1):
        if step > row.last_step and secrets.compare_digest(pyotp.HOTP(secret).at(step), digits):
            row.last_step = step
            row.save(update_fields=["last_step"])
            return True
    return False


def _fingerprint(user: User, code: str) -> str:
    return fingerprint(f"{user.pk}:{plain(code)}", RECOVERY)


def _forget_codes_without_factor(user: User) -> None:
    if not has_second_factor(user):
        user.recovery_codes.all().delete()
