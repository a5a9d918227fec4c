"""Roles given to accounts, per unit and line, with dates."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from nep.accounts.roles import ROLES
from nep.org.models.units import Line, Unit


class Grant(models.Model):
    """One account holds one role over one unit and all below it, in one line, in a span of days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.code, role.label) for role in ROLES.values()])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    line = models.CharField(max_length=10, choices=Line.choices)
    during = DateRangeField()
    granted_by_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.unit}"
