"""Changes of a programme after its launch, and what each adopting unit answers to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nep.documents.models import Document
from nep.movements.domain import amendments as domain
from nep.movements.models.adoptions import Adoption
from nep.movements.models.programmes import Programme


class Amendment(models.Model):
    """One numbered change of a launched programme: drafted, approved by the head, in effect from a day.

    `changes` lists what changes, item by item, before and after (`domain.amendments.Change`); a new item has
    a number below zero until it is in effect.
    """

    class State(models.TextChoices):
        DRAFT = domain.DRAFT, "Đang soạn"
        SUBMITTED = domain.SUBMITTED, "Chờ phê duyệt"
        APPROVED = domain.APPROVED, "Đã duyệt, chưa đến ngày"
        IN_EFFECT = domain.IN_EFFECT, "Đã có hiệu lực"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="amendments")
    number = models.PositiveIntegerField("Lần")
    because = models.TextField("Lý do sửa đổi")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField("Có hiệu lực từ ngày")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    changes = models.JSONField(default=list)
    created_by_id = models.BigIntegerField()
    created_at = models.DateTimeField()
    submitted_by_id = models.BigIntegerField(null=True)
    returned_because = models.TextField(blank=True)
    approved_by_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="movements_amendment_number"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state__in=[domain.DRAFT, domain.SUBMITTED]),
                name="movements_one_amendment_at_work",
            ),
            models.CheckConstraint(
                name="movements_amendment_approved_when",
                condition=Q(state__in=[domain.DRAFT, domain.SUBMITTED], approved_at__isnull=True)
                | Q(state__in=[domain.APPROVED, domain.IN_EFFECT], approved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "effective_on"], name="movements_amendment_by_day")]

    def __str__(self) -> str:
        return f"Sửa đổi lần {self.number}"

    @property
    def items(self) -> tuple[domain.Change, ...]:
        """What changes, item by item."""
        return tuple(domain.Change(**told) for told in self.changes)


class Proposal(models.Model):
    """An amendment as it stands before one adopting unit: accepted, objected to, or taking effect by itself.

    `effective_on` is the day for this unit: that of the amendment, or a later one where it was passed down
    late. `parent` is the proposal of the unit that passed it down. `applied_on`: since when the unit's plan
    holds it.
    """

    class State(models.TextChoices):
        WAITING = domain.WAITING, "Chờ trả lời"
        ACCEPTED = domain.ACCEPTED, "Đồng ý"
        OBJECTED = domain.OBJECTED, "Có ý kiến khác"
        KEPT = domain.KEPT, "Cấp trên giữ nguyên"
        EXEMPTED = domain.EXEMPTED, "Được miễn áp dụng"
        TAKEN = domain.TAKEN, "Áp dụng khi đến ngày"

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="proposals")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="proposals")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed_to")
    told_on = models.DateField()
    effective_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField("Ý kiến", blank=True)
    ruled_by_name = models.CharField(max_length=200, blank=True)
    ruled_at = models.DateTimeField(null=True)
    ruling = models.TextField("Trả lời của cấp trên", blank=True)
    passed_on = models.DateField(null=True)
    applied_on = models.DateField(null=True)

    class Meta:
        ordering = ("adoption__level", "adoption__unit__sort_key")
        constraints = [
            models.UniqueConstraint(fields=["amendment", "adoption"], name="movements_one_proposal_per_plan"),
            models.CheckConstraint(
                name="movements_proposal_objects_with_reason",
                condition=~Q(state__in=[domain.OBJECTED, domain.KEPT, domain.EXEMPTED]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="movements_proposal_ruled_when",
                condition=Q(state__in=[domain.KEPT, domain.EXEMPTED], ruled_at__isnull=False)
                | (~Q(state__in=[domain.KEPT, domain.EXEMPTED]) & Q(ruled_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "effective_on"], name="movements_proposal_by_day"),
            models.Index(fields=["adoption", "state"], name="movements_proposal_of_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.amendment} – {self.adoption.unit}"
