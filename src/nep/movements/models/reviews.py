"""Interim and final reviews: what units write, whom they nominate, what is learned."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nep.movements.domain import reviews as domain
from nep.movements.domain import states
from nep.movements.models.adoptions import Adoption
from nep.movements.models.content import Target, Task
from nep.movements.models.programmes import Programme


class Review(models.Model):
    """One interim or final review of a programme, from its opening to its conclusion.

    `figures` are kept when it is closed, with the instant at which they stood (`closed_at`).
    """

    class Kind(models.TextChoices):
        INTERIM = domain.INTERIM, "Sơ kết"
        FINAL = domain.FINAL, "Tổng kết"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    opened_on = models.DateField()
    narratives_due_on = models.DateField("Hạn đơn vị gửi báo cáo")
    conference_on = models.DateField("Ngày hội nghị cán bộ, công chức, viên chức", null=True)
    assessment = models.TextField("Đánh giá chung", blank=True)
    directions = models.TextField("Phương hướng, nhiệm vụ tiếp theo", blank=True)
    conclusion = models.TextField("Kết luận", blank=True)
    figures = models.JSONField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("opened_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["programme"], condition=Q(closed_at__isnull=True), name="movements_one_open_review"
            ),
            models.CheckConstraint(
                name="movements_review_closed_with_figures",
                condition=Q(closed_at__isnull=True, figures__isnull=True)
                | Q(closed_at__isnull=False, figures__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.programme}"


class Narrative(models.Model):
    """What one unit writes for a review: expected from its opening on, sent, accepted by the unit above."""

    class State(models.TextChoices):
        OPEN = states.OPEN, "Chưa gửi"
        SENT = states.SENT, "Chờ xét"
        RETURNED = states.RETURNED, "Trả lại"
        ACCEPTED = states.ACCEPTED, "Đã nhận"

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="narratives")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="narratives")
    done = models.TextField("Kết quả đã làm được", blank=True)
    difficulties = models.TextField("Khó khăn, hạn chế", blank=True)
    causes = models.TextField("Nguyên nhân khách quan", blank=True)
    suggestions = models.TextField("Kiến nghị, đề xuất", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    sent_by_id = models.BigIntegerField(null=True)
    sent_by_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("adoption__level", "adoption__unit__sort_key")
        constraints = [
            models.UniqueConstraint(fields=["review", "adoption"], name="movements_one_narrative_per_plan"),
            models.CheckConstraint(
                name="movements_narrative_sent_when",
                condition=Q(state=states.OPEN, sent_at__isnull=True)
                | (~Q(state=states.OPEN) & Q(sent_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["review", "state"]), models.Index(fields=["adoption", "state"])]

    def __str__(self) -> str:
        return f"{self.review.get_kind_display()} – {self.adoption.unit}"


class GoodExample(models.Model):
    """A collective or a person whom a unit nominates as a good example; the leading unit chooses."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "Tập thể"
        PERSON = "person", "Cá nhân"

    narrative = models.ForeignKey(Narrative, on_delete=models.PROTECT, related_name="examples")
    kind = models.CharField("Loại", max_length=10, choices=Kind.choices)
    name = models.CharField("Tên", max_length=300)
    deed = models.TextField("Việc làm tốt")
    nominated_by_name = models.CharField(max_length=200)
    chosen_at = models.DateTimeField(null=True)
    chosen_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return self.name


class Lesson(models.Model):
    """What a review teaches: about the whole, or about one task or target, and what it asks for next year."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="lessons")
    text = models.TextField("Bài học")
    proposal = models.TextField("Đề xuất cho năm sau", blank=True)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="lessons")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, related_name="lessons")
    written_by_name = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="movements_lesson_of_one_thing",
                condition=Q(task__isnull=True) | Q(target__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.text
