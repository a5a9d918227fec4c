"""Files of figures: tested first, then committed as they were tested."""

from __future__ import annotations

from django.db import models

from nep.indicators.models.registry import Indicator
from nep.org.models import Unit
from nep.platform.files.models import StoredFile


class FigureImport(models.Model):
    """One uploaded file with figures of an indicator for one period; `findings` are its test, row by row."""

    class State(models.TextChoices):
        READY = "ready", "Có thể ghi"
        REFUSED = "refused", "Phải sửa tệp"
        COMMITTED = "committed", "Đã ghi"

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="imports")
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("Kỳ")
    source = models.CharField("Nguồn số liệu", max_length=500)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=9, choices=State.choices)
    findings = models.JSONField(default=list)
    figures = models.PositiveIntegerField(default=0)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
