"""Local days: days off, or worked, that the country's calendar does not know of. Rows are only added."""

from __future__ import annotations

from django.db import models


class LocalDayQuerySet(models.QuerySet["LocalDay"]):
    """What was said about days, in words."""

    def last_words(self) -> LocalDayQuerySet:
        """The last word on each day, in the order of the days."""
        return self.order_by("day", "-pk").distinct("day")

    def in_force(self) -> LocalDayQuerySet:
        """The last word on each day, without the days that were taken back."""
        return self.filter(pk__in=self.last_words().values("pk")).exclude(says=LocalDay.Says.TAKEN_BACK)


class LocalDay(models.Model):
    """What somebody said about one day: off, worked, or that an earlier word is taken back.

    The last row of a day counts. `source` names the document that decided it, or why it is taken back.
    """

    class Says(models.TextChoices):
        OFF = "off", "Ngày nghỉ"
        WORKED = "worked", "Ngày làm việc"
        TAKEN_BACK = "taken_back", "Bỏ ngày đã ghi"

    day = models.DateField("Ngày")
    says = models.CharField(max_length=10, choices=Says.choices)
    name = models.CharField("Lý do", max_length=200)
    source = models.CharField("Căn cứ", max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by_id = models.BigIntegerField()
    recorded_by = models.CharField(max_length=200)

    objects = LocalDayQuerySet.as_manager()

    class Meta:
        ordering = ("day", "pk")
        indexes = [models.Index(fields=["day", "-id"], name="calendar_days_last_word")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"
