"""How each unit takes a programme on."""

from __future__ import annotations

from datetime import date

from django.db import models

from nep.documents.models import Document
from nep.movements.domain import states
from nep.movements.models.content import EvidenceKind, Task
from nep.movements.models.programmes import Programme
from nep.org.models import Person, Unit


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    """Adoptions in words of the domain."""

    def counting(self, day: date | None = None) -> AdoptionQuerySet:
        """Those of units that take part, now or on a day; not those of units that have closed."""
        ended_later = models.Q(ended_on__gt=day) if day else models.Q()
        return self.filter(models.Q(ended_on__isnull=True) | ended_later)


class Adoption(models.Model):
    """A unit's own plan for a programme: expected from the launch on, prepared, then issued by its head.

    `parent` is the adoption of the unit that passed the programme down; null right below the leading unit.
    A unit without a plan of its own says why it carries out the one above as it stands (`directly_because`).
    From `ended_on` on it is owed no more and counts nowhere as expected: its unit has closed.
    """

    class State(models.TextChoices):
        EXPECTED = states.EXPECTED, "Chưa mở"
        PREPARING = states.PREPARING, "Đang chuẩn bị"
        ISSUED = states.ISSUED, "Đã ban hành"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="adoptions")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="passed_to")
    level = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.EXPECTED)
    expected_since = models.DateField()
    plan = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="adoptions")
    directly_because = models.TextField("Vì sao thực hiện thẳng kế hoạch của cấp trên", blank=True)
    nothing_own = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    issued_by_id = models.BigIntegerField(null=True)
    issued_on = models.DateField(null=True)
    passed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.TextField(blank=True, db_default="", default="")

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ("level", "unit__sort_key")
        constraints = [
            models.UniqueConstraint(fields=["programme", "unit"], name="movements_one_adoption_per_unit"),
            models.CheckConstraint(
                name="movements_adoption_issued_who_and_when",
                condition=models.Q(state=states.ISSUED, issued_by_id__isnull=False, issued_on__isnull=False)
                | (
                    ~models.Q(state=states.ISSUED)
                    & models.Q(issued_by_id__isnull=True, issued_on__isnull=True)
                ),
            ),
        ]
        indexes = [models.Index(fields=["programme", "level", "state"])]

    def __str__(self) -> str:
        return f"{self.unit} – {self.programme}"


class AdoptedTaskQuerySet(models.QuerySet["AdoptedTask"]):
    """Adopted tasks in words of the domain."""

    def late(self, day: date) -> AdoptedTaskQuerySet:
        """Owed, and the last day is past."""
        return self.filter(state__in=[states.OPEN, states.RETURNED], due_on__lt=day)

    def owed(self) -> AdoptedTaskQuerySet:
        """Nothing has been sent for the running term, or what was sent came back."""
        return self.filter(state__in=[states.OPEN, states.RETURNED])


class AdoptedTask(models.Model):
    """A task in a unit's plan: one of the programme's, or the unit's own (`task` null).

    While the plan is prepared `due_on` is the unit's own last day. Once it is issued `due_on`, `state` and
    `terms_accepted` mirror the terms (`Occurrence`): the earliest that is not settled, else the last; they
    are written by `services.occurrences.mirror` alone. `lead_days`: how many days before the rule's last day
    the unit's own lies. `left_on`: since when an amendment keeps it out of the plan.
    """

    class State(models.TextChoices):
        OPEN = states.OPEN, "Chưa nộp"
        SENT = states.SENT, "Chờ xét"
        RETURNED = states.RETURNED, "Trả lại"
        ACCEPTED = states.ACCEPTED, "Đã xong"
        ENDED = states.ENDED, "Không còn phải nộp"

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="tasks")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="adopted")
    position = models.PositiveIntegerField()
    title = models.CharField("Việc", max_length=500)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    rule = models.CharField(max_length=40, blank=True)
    due_on = models.DateField("Hạn", null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(db_default=0, default=0)
    evidence_kind = models.CharField(
        "Minh chứng", max_length=10, choices=EvidenceKind.choices, default=EvidenceKind.ANY
    )
    note = models.TextField("Ghi chú", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    terms_accepted = models.PositiveIntegerField(default=0)
    left_on = models.DateField(null=True)

    objects = AdoptedTaskQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["adoption", "task"], name="movements_task_adopted_once"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["task", "state"]),
            models.Index(fields=["due_on", "id"], name="movements_task_by_day"),
        ]

    def __str__(self) -> str:
        return self.title
