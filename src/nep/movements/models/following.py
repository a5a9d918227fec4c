"""What followed for plans from changes of units."""

from __future__ import annotations

from django.db import models

from nep.org.models import UnitChange


class FollowedChange(models.Model):
    """A change of units that was acted on; `written` lists what was done, so that it can be taken back."""

    change = models.OneToOneField(UnitChange, on_delete=models.PROTECT, related_name="followed")
    followed_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    written = models.JSONField(default=dict)
