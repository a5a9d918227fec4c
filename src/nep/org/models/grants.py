"""Roles given to accounts, per unit and line, with dates."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from nep.accounts.roles import ROLES
from nep.org.models.people import Person
from nep.org.models.units import Line, Unit


class Grant(models.Model):
    """One account holds one role over one unit and all below it, in one line, in a span of days.

    `acting_for` is the person whose role is exercised in their place (acting authority, always with an end).
    A weighty role waits until a second person confirms it: `confirmed_at` empty, and it gives nothing yet.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=[(role.code, role.label) for role in ROLES.values()])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grants")
    line = models.CharField(max_length=10, choices=Line.choices)
    during = DateRangeField()
    granted_by_id = models.BigIntegerField(null=True)
    reason = models.CharField("Căn cứ", max_length=300, blank=True)
    acting_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="acted_for_by"
    )
    confirmed_by_id = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="org_grant_acting_has_an_end",
                condition=models.Q(acting_for__isnull=True) | models.Q(during__upper_inf=False),
            ),
            models.CheckConstraint(
                name="org_grant_confirmed_by_another",
                condition=models.Q(confirmed_by_id__isnull=True)
                | models.Q(granted_by_id__isnull=True)
                | ~models.Q(confirmed_by_id=models.F("granted_by_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.unit}"
