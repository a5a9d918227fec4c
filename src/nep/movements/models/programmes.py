"""Programmes, whom they reach and the steps of their life."""

from __future__ import annotations

from django.db import models

from nep.documents.models import Document
from nep.movements.domain import states
from nep.org.models import Line, Unit
from nep.platform.search import matching, search_index


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes in words of the domain."""

    def running(self) -> ProgrammeQuerySet:
        """Launched and not yet closed."""
        return self.filter(state__in=states.RUNNING)

    def matching(self, words: str) -> ProgrammeQuerySet:
        """Search by title or code, without diacritics."""
        return matching(self, words)


class Programme(models.Model):
    """A movement, campaign or plan that a unit leads over units below it, for one or more years."""

    class Kind(models.TextChoices):
        MOVEMENT = "movement", "Phong trào thi đua"
        CAMPAIGN = "campaign", "Cuộc vận động"
        PLAN = "plan", "Kế hoạch"

    kind = models.CharField("Loại", max_length=10, choices=Kind.choices, default=Kind.PLAN)
    code = models.CharField("Mã", max_length=30, unique=True)
    title = models.CharField("Tên", max_length=500)
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="led_programmes")
    starts_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến hết ngày")
    state = models.CharField(max_length=15, choices=list(states.STATE_LABELS.items()), default=states.DRAFT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="programmes")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    launched_on = models.DateField(null=True)
    search = models.TextField()

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [search_index("movements_programme_search"), models.Index(fields=["-created_at", "-id"])]
        constraints = [
            models.CheckConstraint(
                name="movements_programme_ends_after_start",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="movements_programme_launched_has_day",
                condition=models.Q(state__in=[states.DRAFT, states.SUBMITTED])
                | models.Q(launched_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeParent(models.Model):
    """A programme carries out another programme, or a document that is not a programme here."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="children")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="carried_out_by")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="movements_parent_is_one_thing",
                condition=models.Q(parent__isnull=False, document__isnull=True)
                | models.Q(parent__isnull=True, document__isnull=False),
            ),
            models.UniqueConstraint(fields=["programme", "parent"], name="movements_parent_once"),
            models.UniqueConstraint(fields=["programme", "document"], name="movements_parent_document_once"),
        ]


class ProgrammeScope(models.Model):
    """Whom a programme reaches in one line: the units directly below a root, or all below it.

    With `reach` DIRECT the lower levels come in when the units above them pass the programme down.
    """

    class Reach(models.TextChoices):
        DIRECT = "direct", "Các đơn vị trực thuộc; cấp dưới do từng đơn vị giao tiếp"
        ALL = "all", "Tất cả đơn vị cấp dưới"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="scopes")
    line = models.CharField("Hệ thống", max_length=10, choices=Line.choices)
    root = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reach = models.CharField(max_length=6, choices=Reach.choices, default=Reach.DIRECT)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "line"], name="movements_one_scope_per_line")
        ]


class ProgrammeStep(models.Model):
    """One step in the life of a programme: who took it, when, why, on which document."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=20)
    source = models.CharField(max_length=15)
    target = models.CharField(max_length=15)
    reason = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    taken_by_id = models.BigIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("taken_at", "pk")
