"""What a programme asks for: aims, targets, lines of work, tasks with actors, rules, models."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from nep.documents.models import ReviewItem
from nep.indicators.models import Indicator
from nep.movements.models.programmes import Programme
from nep.org.models import Unit


class EvidenceKind(models.TextChoices):
    """What a task asks to be shown."""

    ANY = "any", "Minh chứng bất kỳ"
    REPORT = "report", "Báo cáo"
    DOCUMENT = "document", "Văn bản đã ban hành"
    PHOTO = "photo", "Ảnh"
    FIGURES = "figures", "Số liệu"


class InForce(models.Manager["Part"]):
    """The parts that a programme has now; what an amendment dropped stays in the table behind `ever`."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """Without what was dropped."""
        return super().get_queryset().filter(dropped_on__isnull=True)


class Part(models.Model):
    """An ordered part of a programme, tied to the words of the plan it was read from.

    `dropped_on` is the day from which an amendment took it out; units keep what they did for it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="%(class)ss")
    position = models.PositiveIntegerField()
    item = models.ForeignKey(ReviewItem, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_on = models.DateField("Bỏ từ ngày", null=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = InForce()
    ever: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class Aim(Part):
    """One aim or requirement."""

    text = models.TextField()


class Target(Part):
    """How much of what is to be reached, by when, for whom, and from which evidence it is known.

    `value` in `unit` ("%", "hội nghị", …). A percentage is told by units as numerator and denominator.
    `indicator` is what is counted, with which figures of other programmes can be compared; from the launch on
    every target has one.
    """

    class Subject(models.TextChoices):
        PEOPLE = "people", "Người"
        UNITS = "units", "Đơn vị"
        OTHER = "other", "Đối tượng khác"

    code = models.CharField(max_length=12)
    name = models.TextField("Chỉ tiêu")
    value = models.DecimalField("Mức", max_digits=12, decimal_places=2)
    unit = models.CharField("Đơn vị tính", max_length=60, default="%")
    subject = models.CharField("Tính trên", max_length=10, choices=Subject.choices, default=Subject.OTHER)
    rule = models.CharField("Thời hạn", max_length=40, blank=True)
    source_of_figures = models.CharField("Lấy từ", max_length=300, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, blank=True, related_name="targets"
    )


class LineOfWork(Part):
    """A group of tasks that is followed together."""

    name = models.CharField("Nhóm giải pháp", max_length=500)


class Task(Part):
    """One duty: what, by which deadline rule, how often, shown by which evidence."""

    line_of_work = models.ForeignKey(LineOfWork, on_delete=models.PROTECT, null=True, related_name="tasks")
    code = models.CharField(max_length=12)
    title = models.CharField("Nhiệm vụ", max_length=500)
    text = models.TextField("Nội dung", blank=True)
    rule = models.CharField("Thời hạn", max_length=40, blank=True)
    evidence_kind = models.CharField(
        "Minh chứng", max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.ANY
    )


class TaskActor(models.Model):
    """Who has which part in a task: one unit, a kind of units, or all; as it is named in the plan.

    Neither `unit` nor `group`: nobody in the organisation goes by that name.
    """

    class Role(models.TextChoices):
        LEAD = "lead", "chủ trì"
        COOPERATE = "cooperate", "phối hợp"
        ADVISE = "advise", "tham mưu"
        EXECUTE = "execute", "thực hiện"
        REPORT_TO = "report_to", "nhận báo cáo"

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="actors")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.EXECUTE)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("pk",)


class Milestone(Part):
    """A time named in the plan that belongs to no single task."""

    rule = models.CharField(max_length=40)
    text = models.TextField()


class ConductRule(Part):
    """A must or a must-not, and whom it binds."""

    class Kind(models.TextChoices):
        MUST = "must", "Phải"
        MUST_NOT = "must_not", "Không được"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    binds = models.CharField(max_length=30, default="everyone")
    topic = models.CharField(max_length=300, blank=True)
    text = models.TextField()


class RuleSet(Part):
    """A named set of short rules, such as "4 xin, 4 luôn"."""

    name = models.CharField(max_length=200)
    items = ArrayField(models.CharField(max_length=300))


class GoodModel(Part):
    """A model (mô hình) that the plan asks to build and spread."""

    name = models.CharField(max_length=500)
