"""Official documents and what they have to do with each other."""

from __future__ import annotations

from django.db import models

from nep.org.models import Unit
from nep.platform.files.models import StoredFile
from nep.platform.search import matching, search_index


class DocumentKind(models.TextChoices):
    """What a text is; the values are those of the reader."""

    PLAN = "plan", "Kế hoạch"
    DECISION = "decision", "Quyết định"
    DISPATCH = "dispatch", "Công văn"
    REPORT = "report", "Báo cáo"
    NEWS = "news", "Bài viết"
    OTHER = "other", "Văn bản khác"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents in words of the domain."""

    def matching(self, words: str) -> DocumentQuerySet:
        """Full-text search without diacritics in title, number, issuer and text."""
        return matching(self, words)


class Document(models.Model):
    """A document as it came in: its file by content, its text as decoded, its number, issuer and date.

    `text` is never changed: places (`start`, `end`) of readings and relations are code points in it.
    """

    kind = models.CharField("Loại", max_length=10, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    title = models.TextField("Trích yếu", blank=True)
    issuer = models.CharField("Cơ quan ban hành", max_length=300, blank=True)
    number = models.CharField("Số, ký hiệu", max_length=100, blank=True)
    issued_on = models.DateField("Ngày ban hành", null=True, blank=True)
    owner_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="documents")
    file_name = models.CharField(max_length=250, blank=True)
    text = models.TextField()
    pages = models.PositiveIntegerField(null=True)
    warnings = models.JSONField(default=list)
    search = models.TextField()
    received_by_id = models.BigIntegerField()
    received_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = [
            search_index("documents_search"),
            models.Index(fields=["number"]),
            models.Index(fields=["-received_at", "-id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people name it: "Kế hoạch số 13/KH-UBND", else its title or file; news has no own number."""
        label = DocumentKind(self.kind).label
        if self.number and self.kind != DocumentKind.NEWS:
            return f"{label} số {self.number}"
        return self.title or self.file_name or label


class DocumentRelation(models.Model):
    """A document names another one: carries it out, amends, replaces or cites it.

    The other may not be in the store (`target` null); then number, name and date say which one it is.
    """

    class Kind(models.TextChoices):
        CARRIES_OUT = "carries_out", "thực hiện"
        AMENDS = "amends", "sửa đổi, bổ sung"
        REPLACES = "replaces", "thay thế"
        CITES = "cites", "căn cứ, viện dẫn"

    source = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CITES)
    target = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="named_by")
    number = models.CharField(max_length=100, blank=True)
    name = models.CharField(max_length=500, blank=True)
    issued_on = models.DateField(null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("start", "pk")
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return self.number or self.name
