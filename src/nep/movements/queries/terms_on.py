"""How the terms of what units owe stand today, or stood at the end of a past day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BooleanField, Case, ExpressionWrapper, F, IntegerField, Q, When
from django.db.models.query import QuerySet
from django.utils.timezone import get_current_timezone, make_aware

from nep.movements.domain import states
from nep.movements.models import Occurrence


def end_of(day: date) -> datetime:
    """The first moment after a day."""
    return make_aware(datetime.combine(day + timedelta(days=1), time.min), get_current_timezone())


def late(on: date, day: date | None = None) -> Q:
    """Condition on an occurrence: its last day had passed and nothing had been sent; `day`: on a past day."""
    if day is None:
        return Q(state__in=states.OWED, due_on__lt=on)
    return Q(due_on__lt=day, adoption__issued_on__lte=day) & unsent(day) & unsettled(day)


def owed(day: date | None = None) -> Q:
    """Condition on an occurrence: nothing stands that was sent for it, and it is not settled."""
    return Q(state__in=states.OWED) if day is None else unsent(day) & unsettled(day)


def unsent(day: date) -> Q:
    """Condition on an occurrence: nothing that stands had been sent by the end of the day."""
    return Q(sent_on__isnull=True) | Q(sent_on__gt=day)


def unsettled(day: date) -> Q:
    """Condition on an occurrence: it was not settled by the end of the day."""
    return Q(settled_at__isnull=True) | Q(settled_at__gte=end_of(day))


def with_settled(rows: QuerySet[Occurrence], day: date | None = None) -> QuerySet[Occurrence]:
    """Occurrences that had begun, each with `settled`: nothing was owed for it any more."""
    over = Q(settled_at__isnull=False)
    if day is not None:
        over, rows = Q(settled_at__lt=end_of(day)), rows.filter(starts_on__lte=day)
    return rows.annotate(settled=Case(When(over, then=True), default=False, output_field=BooleanField()))


def standing_terms(rows: QuerySet[Occurrence], day: date | None = None) -> QuerySet[Occurrence]:
    """Of each task the term that tells how it stands: the earliest that is not settled, else the last one."""
    back = ExpressionWrapper(-F("number"), output_field=IntegerField())
    turned = Case(When(settled=True, then=back), default=F("number"), output_field=IntegerField())
    known: QuerySet[Any, Any] = with_settled(rows, day)
    return known.order_by("task_id", "settled", turned).distinct("task_id")


def state_on(row: Occurrence, day: date | None = None) -> str:
    """The state of an occurrence, or how it stood at the end of a day."""
    if day is None:
        return row.state
    if row.settled_at is not None and row.settled_at < end_of(day):
        return row.state
    return states.SENT if row.sent_on is not None and row.sent_on <= day else states.OPEN
