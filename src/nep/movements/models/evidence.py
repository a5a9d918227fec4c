"""What units show for their tasks and targets."""

from __future__ import annotations

from django.db import models

from nep.movements.domain import states
from nep.movements.models.adoptions import AdoptedTask, Adoption
from nep.movements.models.content import Target
from nep.movements.models.exceptions import Reopening
from nep.movements.models.occurrences import Occurrence
from nep.platform.files.models import StoredFile


class Evidence(models.Model):
    """What a unit sends for one task or one target in one term, and what the unit above made of it.

    `nothing` is the deliberate "nothing to report": neither silence (no row) nor zero (a figure).
    `occurrence` is the term that it answers, `term_due_on` that term's last day as it was when this was sent.
    `reopening`: entered into a closed period that was opened again for the unit. Figures: `numerator` of
    `denominator`, in the unit of count of the target.
    """

    class State(models.TextChoices):
        SENT = states.SENT, "Chờ xét"
        ACCEPTED = states.ACCEPTED, "Đã nhận"
        RETURNED = states.RETURNED, "Trả lại"

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="evidence")
    task = models.ForeignKey(AdoptedTask, on_delete=models.PROTECT, null=True, related_name="evidence")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, related_name="evidence")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.PROTECT, null=True, related_name="evidence")
    term_due_on = models.DateField(null=True)
    reopening = models.ForeignKey(Reopening, on_delete=models.PROTECT, null=True, related_name="evidence")
    happened_on = models.DateField("Ngày thực hiện")
    text = models.TextField("Đã làm gì", blank=True)
    link = models.URLField("Đường dẫn", max_length=500, blank=True)
    numerator = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    nothing = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    sent_by_id = models.BigIntegerField()
    sent_by_name = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")
        indexes = [
            models.Index(fields=["adoption", "state"]),
            models.Index(fields=["target", "state", "decided_at", "id"], name="movements_figures_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="movements_evidence_for_one_thing",
                condition=models.Q(task__isnull=False, target__isnull=True)
                | models.Q(task__isnull=True, target__isnull=False),
            ),
            models.CheckConstraint(
                name="movements_evidence_decided_who_and_when",
                condition=models.Q(state=states.SENT, decided_by_id__isnull=True, decided_at__isnull=True)
                | (
                    ~models.Q(state=states.SENT)
                    & models.Q(decided_by_id__isnull=False, decided_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="movements_evidence_part_of_whole",
                condition=models.Q(denominator__isnull=True)
                | models.Q(denominator__gt=0, numerator__gte=0, numerator__lte=models.F("denominator")),
            ),
            models.CheckConstraint(
                name="movements_evidence_nothing_is_empty",
                condition=models.Q(nothing=False)
                | models.Q(numerator__isnull=True, denominator__isnull=True, link=""),
            ),
            models.CheckConstraint(
                name="movements_evidence_sender_does_not_decide",
                condition=models.Q(decided_by_id__isnull=True)
                | ~models.Q(decided_by_id=models.F("sent_by_id")),
            ),
        ]


class EvidenceFile(models.Model):
    """A file or photo given as evidence."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
