"""Figures of units, their sums along the dated tree, and what was locked."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from nep.indicators.domain import sums
from nep.indicators.models.registry import Indicator
from nep.org.models import Line, LockedPeriod, Unit
from nep.platform.files.models import StoredFile


class FigureQuerySet(models.QuerySet["Figure"]):
    """Figures in words of the domain."""

    def current(self) -> FigureQuerySet:
        """What holds now."""
        return self.filter(replaced_at__isnull=True)

    def as_of(self, day: date) -> FigureQuerySet:
        """What held at the end of a day."""
        return self.filter(Q(replaced_on__isnull=True) | Q(replaced_on__gt=day), told_on__lte=day)


class Figure(models.Model):
    """What is known of an indicator for one unit alone in one period, from one moment until it is replaced.

    A row that is asked for and not told yet stands as `missing`; "nothing to report" is a deliberate answer;
    zero is a figure. Earlier values stay, so that each past day can be asked. `counted_on` is the last day of
    the period on which the unit existed: along the tree of that day it counts upwards. It is null when the
    unit existed on none; a trigger keeps it right, and `line` with it.
    """

    class State(models.TextChoices):
        MISSING = sums.MISSING, "Chưa báo cáo"
        NOTHING = sums.NOTHING, "Không phát sinh"
        TOLD = sums.TOLD, "Có số liệu"

    class Origin(models.TextChoices):
        ASKED = "asked", "Đang chờ"
        EVIDENCE = "evidence", "Minh chứng đã được nhận"
        ENTERED = "entered", "Đơn vị nhập"
        IMPORTED = "imported", "Nhập từ tệp"
        COMPUTED = "computed", "Nếp tính"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="figures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicator_figures", db_index=False)
    line = models.CharField(max_length=10, choices=Line.choices)
    starts_on = models.DateField("Kỳ từ ngày")
    ends_on = models.DateField("Đến hết ngày")
    counted_on = models.DateField(null=True)
    state = models.CharField(max_length=7, choices=State.choices)
    numerator = models.DecimalField("Tử số", max_digits=14, decimal_places=2, null=True)
    denominator = models.DecimalField("Mẫu số", max_digits=14, decimal_places=2, null=True)
    origin = models.CharField("Nguồn", max_length=8, choices=Origin.choices)
    source = models.CharField("Văn bản, hệ thống nguồn", max_length=500, blank=True)
    evidence_id = models.BigIntegerField(null=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    told_by_id = models.BigIntegerField(null=True)
    told_by_name = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField()
    told_on = models.DateField()
    replaced_at = models.DateTimeField(null=True)
    replaced_on = models.DateField(null=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("-starts_on", "-told_at", "-pk")
        indexes = [
            models.Index(fields=["unit", "counted_on"], name="indicators_figure_by_unit"),
            models.Index(fields=["indicator", "starts_on", "unit"], name="indicators_figure_by_period"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "starts_on"],
                name="indicators_one_figure_at_a_time",
                condition=Q(replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                name="indicators_figure_is_one_of_three",
                condition=Q(state=sums.TOLD, numerator__isnull=False)
                | (~Q(state=sums.TOLD) & Q(numerator__isnull=True, denominator__isnull=True)),
            ),
            models.CheckConstraint(
                name="indicators_figure_part_of_whole",
                condition=Q(numerator__isnull=True)
                | (
                    Q(numerator__gte=0)
                    & (Q(denominator__isnull=True) | Q(denominator__gt=0, numerator__lte=F("denominator")))
                ),
            ),
            models.CheckConstraint(
                name="indicators_figure_replaced_later",
                condition=Q(replaced_at__isnull=True, replaced_on__isnull=True)
                | Q(replaced_at__gte=F("told_at"), replaced_on__gte=F("told_on")),
            ),
        ]


class Sums(models.Model):
    """Columns of a sum: units expected, told, with nothing to report; numerators and denominators."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    starts_on = models.DateField()
    line = models.CharField(max_length=10, choices=Line.choices)
    expected = models.IntegerField()
    told = models.IntegerField()
    nothing = models.IntegerField()
    numerator = models.DecimalField(max_digits=20, decimal_places=2)
    denominator = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        abstract = True


class RollUp(Sums):
    """A change of the sum of all figures below a unit, or attached to it and below; readers add up.

    Triggers write it whenever figures, the tree or hosts change, and nobody else: see ADR 19. `day` is the
    day from which the figure behind it held, so that the sum of any past day is that of the days up to it.
    The own figure of the unit is not in it.
    """

    day = models.DateField()
    folded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "indicator", "starts_on"], name="indicators_rollup_by_unit"),
            models.Index(fields=["id"], name="indicators_rollup_new", condition=Q(folded=False)),
        ]


class LockedSum(Sums):
    """A sum, the own figure included, as it stood when the month of the period's last day was locked."""

    period = models.ForeignKey(
        LockedPeriod, on_delete=models.CASCADE, related_name="indicator_sums", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "unit", "indicator", "starts_on", "line"], name="indicators_locked_sum_once"
            )
        ]
