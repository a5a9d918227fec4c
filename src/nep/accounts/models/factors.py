"""What proves who somebody is, besides the password."""

from __future__ import annotations

from django.db import models

from nep.accounts.models.users import User


class TotpSecret(models.Model):
    """The secret shared with somebody's authenticator app, locked; counts once a code has confirmed it.

    `last_step` is the half minute whose code was used last: no code works twice.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="totp")
    locked_secret = models.TextField()
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """One of ten codes on paper for the day the phone is lost; only its fingerprint is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    fingerprint = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Passkey(models.Model):
    """A key in a phone, a computer or a token; `credential` holds its id and its public half."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField("Tên khóa", max_length=60)
    credential_id = models.BinaryField(unique=True)
    credential = models.BinaryField()
    uses = models.BigIntegerField("Bộ đếm của khóa", default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return self.name
