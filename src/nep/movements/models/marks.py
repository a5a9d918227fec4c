"""Which figures of indicators are to be looked at again, because terms changed."""

from __future__ import annotations

from django.db import models


class TermMark(models.Model):
    """Terms of a unit changed: those of its tasks that fall due in a month, or those of a target by a day.

    A trigger writes it with every statement on terms; `catch_up` takes it away again. Without `target_id` it
    speaks of tasks, and `day` is the first of the month. No foreign keys: a mark may outlive its unit.
    """

    unit_id = models.BigIntegerField()
    target_id = models.BigIntegerField(null=True)
    day = models.DateField()
