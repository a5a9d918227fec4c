"""Templates from which programmes are drafted, shared over the whole organisation."""

from __future__ import annotations

from django.db import models

from nep.movements.models.programmes import Programme
from nep.org.models import Unit
from nep.platform.search import matching, search_index


class ProgrammeTemplateQuerySet(models.QuerySet["ProgrammeTemplate"]):
    """Templates in words of the domain."""

    def offered(self) -> ProgrammeTemplateQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def matching(self, words: str) -> ProgrammeTemplateQuerySet:
        """Search by name or description, without diacritics."""
        return matching(self, words)


class ProgrammeTemplate(models.Model):
    """The content of a programme, or a part of it, kept under a name to draft others from.

    `content` holds values, not rows, so that a template and the drafts made from it never touch each other;
    fixed days in it are those of `starts_on`, and move with the draft's own first day.
    """

    name = models.CharField("Tên mẫu", max_length=200)
    description = models.TextField("Dùng khi nào", blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("Loại", max_length=10, choices=Programme.Kind.choices)
    starts_on = models.DateField()
    content = models.JSONField()
    made_from = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, related_name="+")
    created_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    search = models.TextField()

    objects = ProgrammeTemplateQuerySet.as_manager()

    class Meta:
        ordering = ("-changed_at", "-pk")
        indexes = [search_index("movements_template_search")]

    def __str__(self) -> str:
        return self.name
