"""What happened to units, each on a day, on a decision."""

from __future__ import annotations

from django.db import models

from nep.org.models.units import Unit


class UnitChange(models.Model):
    """One change to the tree: effective from the day `on`, which may lie ahead or be recorded late.

    `written` lists every dated row that it inserted, altered or deleted, as it was and as it became: by it
    the change can be withdrawn as long as nothing has built on it.
    """

    class Kind(models.TextChoices):
        OPEN = "open", "Thành lập"
        CLOSE = "close", "Giải thể"
        RENAME = "rename", "Đổi tên"
        MOVE = "move", "Chuyển đơn vị cấp trên"
        REATTACH = "reattach", "Gắn sang cơ quan khác"
        MERGE = "merge", "Sáp nhập, hợp nhất"
        SPLIT = "split", "Chia, tách"

    kind = models.CharField("Biến động", max_length=10, choices=Kind.choices)
    on = models.DateField("Hiệu lực từ ngày")
    decision = models.CharField("Quyết định", max_length=200, blank=True)
    decided_on = models.DateField("Ngày quyết định", null=True, blank=True)
    reason = models.TextField("Ghi chú", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField(null=True)
    written = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)
    withdrawn_because = models.CharField("Lý do hủy ghi nhận", max_length=300, blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        indexes = [models.Index(fields=["on"])]


class UnitChangePart(models.Model):
    """A unit's part in a change."""

    class Role(models.TextChoices):
        SUBJECT = "subject", "Đơn vị"
        PREDECESSOR = "predecessor", "Đơn vị trước"
        SUCCESSOR = "successor", "Đơn vị kế thừa"
        FORMER_PARENT = "former_parent", "Cấp trên cũ"
        NEW_PARENT = "new_parent", "Cấp trên mới"
        FORMER_HOST = "former_host", "Cơ quan gắn trước"
        NEW_HOST = "new_host", "Cơ quan gắn mới"
        CARRIED = "carried", "Đơn vị chuyển theo"

    change = models.ForeignKey(UnitChange, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="change_parts")
    role = models.CharField(max_length=15, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "unit", "role"], name="org_change_part_once"),
        ]
