"""The terms of what units owe: one row for each time that a task or a figure falls due."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from nep.movements.domain import states
from nep.movements.models.adoptions import AdoptedTask, Adoption
from nep.movements.models.content import Target
from nep.movements.models.exceptions import SpecialDate
from nep.movements.models.programmes import Programme
from nep.org.models import Unit


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    """Occurrences in words of the domain."""

    def owed(self) -> OccurrenceQuerySet:
        """Nothing has been sent for it, or what was sent came back."""
        return self.filter(state__in=states.OWED)

    def settled(self) -> OccurrenceQuerySet:
        """Accepted, or owed no more."""
        return self.filter(state__in=[states.ACCEPTED, states.ENDED])

    def late(self, day: date) -> OccurrenceQuerySet:
        """Owed, and the last day in time is past."""
        return self.owed().filter(due_on__lt=day)

    def running(self) -> OccurrenceQuerySet:
        """Of programmes that run and plans that are issued."""
        return self.filter(programme__state__in=states.RUNNING, adoption__state=states.ISSUED)


class Occurrence(models.Model):
    """One term of a duty of a unit: of a task in its plan, or of the figures for a target.

    `starts_on` and `ends_on` bound the period that the term speaks of, both within; by its end a term is
    known. `named_on` is the day that the rule names, `due_on` the last day that is in time, later by a
    `special` date; both are null for what comes up as it occurs. `sent_on` is the day on which what waits, or
    was accepted, was sent. `number` counts the terms of one duty as they were opened. `programme` and `unit`
    are those of the plan, kept here for the indexes.
    """

    class State(models.TextChoices):
        OPEN = states.OPEN, "Chưa nộp"
        SENT = states.SENT, "Chờ xét"
        RETURNED = states.RETURNED, "Trả lại"
        ACCEPTED = states.ACCEPTED, "Đã xong"
        ENDED = states.ENDED, "Không còn phải nộp"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="occurrences")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="occurrences")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="occurrences")
    task = models.ForeignKey(AdoptedTask, on_delete=models.CASCADE, null=True, related_name="occurrences")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, related_name="occurrences")
    number = models.PositiveIntegerField("Kỳ thứ")
    starts_on = models.DateField("Từ ngày")
    ends_on = models.DateField("Đến hết ngày")
    named_on = models.DateField("Ngày theo quy định", null=True)
    due_on = models.DateField("Hạn", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    sent_on = models.DateField("Ngày nộp", null=True)
    settled_at = models.DateTimeField(null=True)
    ended_because = models.TextField("Vì sao không còn phải nộp", blank=True)
    special = models.ForeignKey(SpecialDate, on_delete=models.PROTECT, null=True, related_name="occurrences")

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            models.CheckConstraint(
                name="movements_occurrence_of_one_duty",
                condition=Q(task__isnull=False, target__isnull=True)
                | Q(task__isnull=True, target__isnull=False),
            ),
            models.CheckConstraint(
                name="movements_occurrence_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="movements_occurrence_settled_when",
                condition=Q(state__in=[states.ACCEPTED, states.ENDED], settled_at__isnull=False)
                | (~Q(state__in=[states.ACCEPTED, states.ENDED]) & Q(settled_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["task", "number"], name="movements_task_term_once", condition=Q(task__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["adoption", "target", "number"],
                name="movements_target_term_once",
                condition=Q(target__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"]),
            models.Index(fields=["programme", "state", "due_on"]),
            models.Index(
                fields=["programme", "due_on", "id"],
                name="movements_owed_by_day",
                condition=Q(state__in=[states.OPEN, states.RETURNED]),
            ),
            models.Index(fields=["state", "due_on", "id"]),
            models.Index(fields=["adoption", "due_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.task or self.target} – {self.ends_on:%d/%m/%Y}"
