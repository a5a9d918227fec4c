"""Locked periods: what was counted then stays; what later records would change is listed."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from nep.org.models.changes import UnitChange
from nep.org.models.dated import one_at_a_time
from nep.org.models.units import Unit


class LockedPeriod(models.Model):
    """A month whose figures are final for one unit and all below it."""

    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="locked_periods")
    during = DateRangeField("Kỳ")
    locked_at = models.DateTimeField()
    locked_by_id = models.BigIntegerField()

    class Meta:
        ordering = ("-during",)
        constraints = [one_at_a_time("root", name="org_period_locked_once")]


class LockedFigure(models.Model):
    """The denominators of one unit on the last day of a locked period: units and people of it and below."""

    period = models.ForeignKey(LockedPeriod, on_delete=models.CASCADE, related_name="figures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="locked_figures")
    units = models.PositiveIntegerField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["period", "unit"], name="org_locked_figure_once")]


class Restatement(models.Model):
    """A figure of a past month that a change recorded late made another one.

    `kept` tells that the month was locked: its figure stays `before`, and `after` is what a recount gives.
    """

    class Measure(models.TextChoices):
        UNITS = "units", "Số đơn vị"
        PEOPLE = "people", "Số người"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="restatements")
    change = models.ForeignKey(UnitChange, on_delete=models.CASCADE, null=True, related_name="restatements")
    month = models.DateField("Tháng", help_text="ngày đầu tháng")
    measure = models.CharField(max_length=6, choices=Measure.choices)
    before = models.PositiveIntegerField()
    after = models.PositiveIntegerField()
    kept = models.BooleanField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-recorded_at", "month", "pk")
        indexes = [models.Index(fields=["unit", "month"])]
