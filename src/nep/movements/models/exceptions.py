"""What is granted to single units against the rule: later last days, and periods opened again."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from nep.movements.models.adoptions import Adoption
from nep.movements.models.content import Target, Task
from nep.movements.models.programmes import Programme
from nep.org.models import Unit


class SpecialDateQuerySet(models.QuerySet["SpecialDate"]):
    """Special dates in words of the domain."""

    def granted(self) -> SpecialDateQuerySet:
        """Granted, and not taken back."""
        return self.filter(state=SpecialDate.State.GRANTED)


class SpecialDate(models.Model):
    """A later last day for a unit, or for it and all below it: of one duty, or of all of a programme.

    Either one day (`due_on`: a commune cut off by a flood) or a rule of the same rhythm that names a later
    day for each term (`rule`: a school year). It holds for terms whose ordinary last day lies between
    `starts_on` and `expires_on`, and only as far as the later day is not after `expires_on`. Asked by one
    person, granted by another, who leads the unit above.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Chờ đồng ý"
        GRANTED = "granted", "Đã đồng ý"
        REFUSED = "refused", "Không đồng ý"
        ENDED = "ended", "Đã thu hồi"

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="special_dates")
    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="special_dates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="special_dates")
    below = models.BooleanField("Cả các đơn vị bên dưới", default=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="special_dates")
    target = models.ForeignKey(Target, on_delete=models.PROTECT, null=True, related_name="special_dates")
    due_on = models.DateField("Hạn riêng", null=True)
    rule = models.CharField("Hạn riêng của mỗi kỳ", max_length=40, blank=True)
    starts_on = models.DateField("Từ ngày")
    expires_on = models.DateField("Hết hiệu lực sau ngày")
    reason = models.TextField("Lý do")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    asked_by_id = models.BigIntegerField()
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.TextField(blank=True)

    objects = SpecialDateQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(
                name="movements_special_date_says_when",
                condition=Q(due_on__isnull=False, rule="") | (Q(due_on__isnull=True) & ~Q(rule="")),
            ),
            models.CheckConstraint(
                name="movements_special_date_of_one_duty",
                condition=Q(task__isnull=True) | Q(target__isnull=True),
            ),
            models.CheckConstraint(
                name="movements_special_date_expires_later", condition=Q(expires_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="movements_special_date_two_people",
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("asked_by_id")),
            ),
        ]


class ReopeningQuerySet(models.QuerySet["Reopening"]):
    """Reopenings in words of the domain."""

    def open_on(self, day: date) -> ReopeningQuerySet:
        """In force on a day: opened, not closed, and the last day is not over."""
        return self.filter(until__gte=day, closed_at__isnull=True)


class Reopening(models.Model):
    """A closed period opened again for one unit's plan, for a reason, until the end of a day.

    It lets the unit answer terms that end between `first` and `last`, although the month is locked or the
    programme is closed. It closes by itself.
    """

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="reopenings")
    first = models.DateField("Kỳ từ ngày")
    last = models.DateField("Kỳ đến ngày")
    until = models.DateField("Mở đến hết ngày")
    reason = models.TextField("Lý do")
    opened_by_id = models.BigIntegerField()
    opened_by_name = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints = [
            models.CheckConstraint(name="movements_reopening_of_days", condition=Q(last__gte=F("first"))),
        ]
