"""Postings that are due for rotation, by the length that the list of positions gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import DateField, F, Func, QuerySet

from nep.org.access import Actor, people_at_work
from nep.org.domain.spans import months_later
from nep.org.models import Posting

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RotationRow:
    """A posting with the day on which it is due, and how many days are left (below zero: overdue)."""

    posting: Posting
    due_on: date
    days_left: int

    @property
    def state_kind(self) -> str:
        """How urgent it is."""
        return "bad" if self.days_left < 0 else "warn" if self.days_left <= 90 else "quiet"

    @property
    def state_word(self) -> str:
        """How much time is left, in words."""
        if self.days_left < 0:
            return f"Quá {-self.days_left} ngày"
        return "Hôm nay" if self.days_left == 0 else f"Còn {self.days_left} ngày"


@dataclass(frozen=True, slots=True)
class RotationPage:
    """A page of the list, with its rows."""

    page: Page[Posting]
    rows: list[RotationRow]


def due_for_rotation(actor: Actor, *, months: int, page: int) -> RotationPage:
    """Postings of visible people that are due within some months, the most urgent first; 0: overdue ones."""
    found = Paginator(_due(actor, months_later(actor.on, months)), PAGE_SIZE).get_page(page)
    return RotationPage(found, [_row(posting, actor.on) for posting in found])


def _due(actor: Actor, last: date) -> QuerySet[Posting]:
    kinds = (Posting.Kind.MAIN, Posting.Kind.CONCURRENT)
    open_ones = Posting.objects.filter(
        during__contains=actor.on, kind__in=kinds, position__rotation_months__isnull=False
    )
    due = Func(
        F("during"),
        F("position__rotation_months"),
        template="(lower(%(expressions)s))::date",
        arg_joiner=") + make_interval(months => ",
        output_field=DateField(),
    )
    seen = people_at_work(actor).values("pk")
    rows = open_ones.annotate(due=due).filter(due__lt=last, person__in=seen)
    return rows.select_related("person", "unit", "position").order_by("due", "person__sort_key", "pk")


def _row(posting: Posting, day: date) -> RotationRow:
    due_on = months_later(posting.during.lower, posting.position.rotation_months or 0)
    return RotationRow(posting, due_on, (due_on - day).days)
