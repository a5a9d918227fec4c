"""Sums over the plans of a programme, kept beside them so that a large programme is read at once."""

from __future__ import annotations

from django.db import models

from nep.movements.models.content import Target, Task
from nep.movements.models.programmes import Programme
from nep.org.models import Line


class Tally(models.Model):
    """A change of the sums of one line and level of a programme; whoever reads adds all rows up.

    Triggers write one row per statement and key, so that writers never wait for each other; `fold` adds rows
    of one key together. Derived from adoptions, their tasks and evidence, and never written by hand: see
    ADR 15. `day` is the last day of tasks, or the first of the month in which figures were accepted.
    """

    class Measure(models.TextChoices):
        PLANS = "plans", "Kế hoạch, theo trạng thái"
        TASKS = "tasks", "Việc trong kế hoạch đã ban hành, theo trạng thái và hạn"
        SENT = "sent", "Số liệu chờ xét"
        TOLD = "told", "Số liệu đã nhận, theo tháng"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="tallies")
    measure = models.CharField(max_length=5, choices=Measure.choices)
    line = models.CharField(max_length=10, choices=Line.choices)
    level = models.PositiveSmallIntegerField()
    task = models.ForeignKey(Task, on_delete=models.CASCADE, null=True, related_name="+")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, null=True, related_name="+")
    state = models.CharField(max_length=10, blank=True)
    day = models.DateField(null=True)
    count = models.IntegerField(default=0)
    numerator = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    denominator = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    figures = models.IntegerField(default=0, help_text="đơn vị có số liệu")
    told = models.IntegerField(default=0, help_text="đơn vị có số liệu hoặc báo không phát sinh")
    folded = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["programme", "measure"])]
