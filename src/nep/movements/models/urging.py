"""When whom a programme reminds, where its leading unit has set it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nep.movements.domain.urging import Policy
from nep.movements.models.programmes import Programme


class UrgingPolicy(models.Model):
    """The ladder of reminders of one programme, in working days; without a row the usual one is followed."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, related_name="urging_policy")
    before = ArrayField(models.PositiveSmallIntegerField(), verbose_name="Nhắc trước hạn")
    every = models.PositiveSmallIntegerField("Nhắc lại sau mỗi")
    head_after = models.PositiveSmallIntegerField("Báo thủ trưởng khi trễ")
    above_after = models.PositiveSmallIntegerField("Báo đơn vị cấp trên khi trễ")
    decide_after = models.PositiveSmallIntegerField("Nhắc xét minh chứng sau")
    set_by_id = models.BigIntegerField()
    set_at = models.DateTimeField()

    @property
    def policy(self) -> Policy:
        """What it says."""
        return Policy(tuple(self.before), self.every, self.head_after, self.above_after, self.decide_after)
