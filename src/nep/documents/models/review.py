"""What was read in a document, and what the officer made of it; the first is never changed by the second."""

from __future__ import annotations

from django.db import models

from nep.documents.models.documents import Document


class Reading(models.Model):
    """One run of the reader over a document: its whole result, kept as it came out."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    reader_version = models.CharField(max_length=40)
    result = models.JSONField()
    read_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-read_at",)


class Field(models.TextChoices):
    """Kinds of items in a review, in the order in which they are shown."""

    HEADER = "header", "Thông tin văn bản"
    CITATION = "citation", "Căn cứ"
    AIM = "aim", "Mục đích, yêu cầu"
    TARGET = "target", "Chỉ tiêu"
    TASK = "task", "Nhiệm vụ"
    DEADLINE = "deadline", "Mốc thời gian"
    RULE = "rule", "Điều phải làm, không được làm"
    RULE_SET = "rule_set", "Bộ quy tắc"
    MODEL = "model", "Mô hình"
    RECIPIENT = "recipient", "Nơi nhận"
    DOUBT = "doubt", "Điểm chưa chắc"


class ReviewItemQuerySet(models.QuerySet["ReviewItem"]):
    """Review items in words of the domain."""

    def standing(self) -> ReviewItemQuerySet:
        """What has not been dropped."""
        return self.exclude(state=ReviewItem.State.DROPPED)

    def open_doubts(self) -> ReviewItemQuerySet:
        """Questions that nobody has answered yet."""
        return self.filter(field=Field.DOUBT, state=ReviewItem.State.READ)


class ReviewItem(models.Model):
    """One item under review.

    `read` is what the reader found, with its `spans` in the text (null when the officer added it); `value`
    what holds now. A doubt asks one or more `parts` and is decided by `value["answers"]`. `part_of` ties a
    doubt to the item it is about.
    """

    class State(models.TextChoices):
        READ = "read", "Đọc được"
        ACCEPTED = "accepted", "Đã xác nhận"
        EDITED = "edited", "Đã sửa"
        DROPPED = "dropped", "Đã bỏ"
        ADDED = "added", "Thêm tay"

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="items")
    field = models.CharField(max_length=10, choices=Field.choices)
    position = models.PositiveIntegerField()
    read = models.JSONField(null=True)
    value = models.JSONField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.READ)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="doubts")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    objects = ReviewItemQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                name="documents_review_added_was_not_read",
                condition=models.Q(state="added", read__isnull=True) | ~models.Q(state="added"),
            ),
            models.CheckConstraint(
                name="documents_review_who_and_when",
                condition=models.Q(decided_by_id__isnull=True, decided_at__isnull=True)
                | models.Q(decided_by_id__isnull=False, decided_at__isnull=False),
            ),
        ]
