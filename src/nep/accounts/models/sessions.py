"""Where somebody is signed in."""

from __future__ import annotations

from django.db import models

from nep.accounts.models.users import User


class SignedInSession(models.Model):
    """One browser in which an account is signed in; `key_digest` names Django's session, opening nothing."""

    class How(models.TextChoices):
        PASSWORD = "password", "Mật khẩu"
        TWO_FACTORS = "two_factors", "Mật khẩu và xác thực hai lớp"
        PASSKEY = "passkey", "Khóa truy cập"
        PROVIDER = "provider", "Tài khoản của cơ quan"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sessions")
    key_digest = models.CharField(max_length=64, unique=True)
    how = models.CharField(max_length=12, choices=How.choices)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("-seen_at", "-pk")
