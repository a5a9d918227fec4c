"""Excel files of units and staff: tested first, then committed as they were tested."""

from __future__ import annotations

from django.db import models

from nep.org.models.units import Unit
from nep.platform.files.models import StoredFile


class ExcelImport(models.Model):
    """One uploaded file on its way: checked row by row, then committed whole or not at all."""

    class Kind(models.TextChoices):
        UNITS = "units", "Danh sách đơn vị"
        STAFF = "staff", "Danh sách nhân sự"

    class State(models.TextChoices):
        CHECKING = "checking", "Đang kiểm tra"
        ASKING = "asking", "Chờ trả lời"
        READY = "ready", "Có thể ghi"
        REFUSED = "refused", "Phải sửa tệp"
        COMMITTING = "committing", "Đang ghi"
        COMMITTED = "committed", "Đã ghi"
        STALE = "stale", "Phải kiểm tra lại"
        CANCELLED = "cancelled", "Đã bỏ"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    on = models.DateField("Tính từ ngày")
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    summary = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")


class ImportFinding(models.Model):
    """What a check says about a row of the file, in one sentence; `row` is the number Excel shows."""

    class Weight(models.TextChoices):
        ERROR = "error", "Phải sửa"
        QUESTION = "question", "Cần trả lời"
        CHANGE = "change", "Sẽ đổi"
        NOTE = "note", "Lưu ý"

    excel_import = models.ForeignKey(ExcelImport, on_delete=models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=120, blank=True)
    weight = models.CharField(max_length=8, choices=Weight.choices)
    says = models.TextField()

    class Meta:
        ordering = ("row", "pk")
        indexes = [models.Index(fields=["excel_import", "weight", "row"])]
