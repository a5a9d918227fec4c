"""Links and codes with which somebody sets a password."""

from __future__ import annotations

from django.db import models

from nep.accounts.models.users import User


class SignInLink(models.Model):
    """A link that sets a password once, within three days; only the digest of its code is kept."""

    class Purpose(models.TextChoices):
        ACTIVATE = "activate", "Kích hoạt tài khoản"
        RESET = "reset", "Đặt lại mật khẩu"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField("Đã dùng hoặc đã thay bằng liên kết mới", null=True)
    made_by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "made_at"])]


class LinkRequest(models.Model):
    """Somebody asked for a link from an address: counted, so that nobody asks without end."""

    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"])]
