"""Official letters that urge late units: one act of signing, one letter for each unit, what each urged."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from nep.documents.models import IssuedDocument
from nep.movements.domain import states
from nep.movements.models.adoptions import Adoption
from nep.movements.models.occurrences import Occurrence
from nep.movements.models.programmes import Programme
from nep.org.models import Unit


class LetterAct(models.Model):
    """One signing: the head of a unit urges units that it asked for plans, with one text, on one day.

    `day` is the day of signing, on which lateness is counted; `words` what stood on the letterhead then.
    `site` is the address of this house, for the links in mails. A job writes the letters one by one.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="letter_acts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letter_acts")
    number = models.PositiveSmallIntegerField("Đợt thứ")
    day = models.DateField("Ngày ký")
    answer_by = models.DateField("Trả lời chậm nhất ngày")
    subject = models.CharField("Trích yếu", max_length=300)
    opening = models.TextField("Phần đầu")
    closing = models.TextField("Phần cuối")
    words = models.JSONField()
    signer_name = models.CharField("Người ký", max_length=200)
    signed_by_id = models.BigIntegerField()
    in_place_of = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField()
    site = models.CharField(max_length=200)
    run_id = models.BigIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-signed_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "unit", "number"], name="movements_letter_act_numbered_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "unit"],
                name="movements_one_letter_act_at_a_time",
                condition=Q(finished_at__isnull=True),
            ),
            models.CheckConstraint(
                name="movements_letter_answered_after_signing", condition=Q(answer_by__gt=F("day"))
            ),
        ]

    def __str__(self) -> str:
        return f"Đợt {self.number} ngày {self.day:%d/%m/%Y}"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters in words of the domain."""

    def written(self) -> LetterQuerySet:
        """Numbered, in Word, and on their way."""
        return self.filter(state=Letter.State.WRITTEN)

    def unanswered(self) -> LetterQuerySet:
        """Written, and at least one of the terms that they urged is still owed."""
        return self.written().filter(LetterTerm.still_owed())

    def answered(self) -> LetterQuerySet:
        """Written, and all that they urged has been sent or is owed no more."""
        return self.written().exclude(LetterTerm.still_owed())


class Letter(models.Model):
    """One letter to one unit; `times` counts the letters to it in this programme, this one among them.

    A unit that had sent everything before its letter was written gets none (`not_needed`) and no number.
    `mail_keys` are the keys of the mails in the outbox that tell of it.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ lập"
        WRITTEN = "written", "Đã ban hành"
        NOT_NEEDED = "not_needed", "Không cần gửi"

    act = models.ForeignKey(LetterAct, on_delete=models.PROTECT, related_name="letters")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="letters")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="letters")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, null=True, related_name="letter"
    )
    times = models.PositiveSmallIntegerField("Lần thứ", default=0)
    urged = models.PositiveIntegerField("Số việc quá hạn", default=0)
    mail_keys = ArrayField(models.CharField(max_length=120), default=list)
    written_at = models.DateTimeField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["act", "adoption"], name="movements_one_letter_per_unit"),
            models.CheckConstraint(
                name="movements_letter_written_has_document",
                condition=Q(state="written", document__isnull=False, written_at__isnull=False, times__gte=1)
                | (~Q(state="written") & Q(document__isnull=True, written_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["adoption", "state"]),
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["-written_at", "-id"], name="movements_letter_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.document or self.get_state_display()} – {self.unit}"


class LetterTerm(models.Model):
    """One line of the table in a letter: a term that was late on the day of signing, as it was told."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="terms")
    occurrence = models.ForeignKey(Occurrence, on_delete=models.SET_NULL, null=True, related_name="urged_by")
    position = models.PositiveSmallIntegerField()
    title = models.CharField("Việc", max_length=600)
    due_on = models.DateField("Hạn")
    days_late = models.PositiveIntegerField("Trễ (ngày làm việc)")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.title} – {self.due_on:%d/%m/%Y}"

    @staticmethod
    def still_owed() -> Exists:
        """Condition on a letter: something that it urged is still owed."""
        return Exists(LetterTerm.objects.filter(letter=OuterRef("pk"), occurrence__state__in=states.OWED))
