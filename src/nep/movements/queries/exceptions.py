"""What the page of later last days and reopened periods of one plan shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nep.kernel.rhythm import Rule
from nep.movements.access_exceptions import duty_words, special_dates_to_decide
from nep.movements.models import Adoption, Reopening, SpecialDate
from nep.movements.queries.duty_rows import Decision, waiting_since
from nep.org.access import Actor
from nep.org.models import UnitClosure

KINDS = {"asked": "warn", "granted": "good", "refused": "quiet", "ended": "quiet"}


@dataclass(frozen=True, slots=True)
class SpecialRow:
    """A special date in words."""

    special: SpecialDate
    expired: bool

    @property
    def what(self) -> str:
        """For which duty, and for whom."""
        words = duty_words(self.special)
        return f"{words[:1].upper()}{words[1:]}{', cả các đơn vị bên dưới' if self.special.below else ''}"

    @property
    def when(self) -> str:
        """The day, or the day of each year."""
        if self.special.due_on:
            return f"{self.special.due_on:%d/%m/%Y}"
        return Rule(self.special.rule).in_words()

    @property
    def kind(self) -> str:
        return "quiet" if self.expired else KINDS[self.special.state]

    @property
    def word(self) -> str:
        return "Đã hết hiệu lực" if self.expired else self.special.get_state_display()


@dataclass(frozen=True, slots=True)
class ReopeningRow:
    """A reopened period, and how much was entered into it."""

    reopening: Reopening
    is_open: bool
    entered: int

    @property
    def kind(self) -> str:
        return "warn" if self.is_open else "quiet"

    @property
    def word(self) -> str:
        return "Đang mở" if self.is_open else "Đã đóng lại"


def special_rows(adoption: Adoption, on: date) -> list[SpecialRow]:
    """Special dates of a plan, and those granted above that hold for it too; the latest first."""
    above = UnitClosure.objects.filter(descendant=adoption.unit_id, depth__gte=1, during__contains=on)
    own = SpecialDate.objects.filter(adoption=adoption)
    inherited = SpecialDate.objects.filter(
        programme=adoption.programme_id, below=True, unit__in=above.values("ancestor")
    )
    rows = (own | inherited).select_related("task", "target", "unit", "adoption")
    return [special_row(row, on) for row in rows.order_by("-asked_at", "-pk")]


def special_row(special: SpecialDate, on: date) -> SpecialRow:
    """One special date as it stands on a day."""
    held = special.state == SpecialDate.State.GRANTED
    return SpecialRow(special, expired=held and special.expires_on < on)


def reopening_rows(adoption: Adoption, on: date) -> list[ReopeningRow]:
    """Reopened periods of a plan, the latest first."""
    rows = Reopening.objects.filter(adoption=adoption).prefetch_related("evidence")
    return [
        ReopeningRow(row, row.closed_at is None and row.until >= on, len(row.evidence.all()))
        for row in rows.order_by("-opened_at", "-pk")
    ]


def special_dates_waiting(actor: Actor, on: date) -> Iterator[Decision]:
    """Requests for later last days that wait for the actor, in one query."""
    rows = special_dates_to_decide(actor).select_related("unit", "task", "target")
    for row in rows.order_by("asked_at", "pk"):
        yield Decision(
            row.unit.short_name,
            f"Đề nghị hạn riêng cho {duty_words(row)}",
            reverse("special_date", args=[row.pk]),
            row.asked_at,
            *waiting_since(row.asked_at, on),
        )
