"""Terms follow a rule that an amendment changed: what was due before stays, what lies ahead is set anew."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Greatest, Least

from nep.movements.domain import states
from nep.movements.domain.occurrences import Duty, owed_from
from nep.movements.domain.terms import comes_again
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Target
from nep.movements.services.occurrences import (
    calendar_now,
    duty_of_target,
    duty_of_task,
    end_terms,
    mirror,
    open_terms_of,
    span_of,
)

BECAUSE = "Thời hạn đã được sửa đổi."


def retime_task(adoption: Adoption, task: AdoptedTask, old_rule: str, *, on: date, at: datetime) -> None:
    """The terms of a task follow its new rule from a day on; one that is done is not asked for again."""
    rows = Occurrence.objects.filter(task=task)
    again = comes_again(old_rule) or comes_again(task.rule)
    duty = duty_of_task(task, span_of(adoption.programme))
    if not again:
        _move(rows, duty, on)
    else:
        _begin_anew(adoption, rows, duty, on=on, at=at, task=task)
    mirror([task.pk])


def retime_target(adoption: Adoption, target: Target, old_rule: str, *, on: date, at: datetime) -> None:
    """The terms for the figures of a target follow its new rule from a day on."""
    rows = Occurrence.objects.filter(adoption=adoption, target=target)
    duty = duty_of_target(target, span_of(adoption.programme))
    if comes_again(old_rule) or comes_again(target.rule):
        _begin_anew(adoption, rows, duty, on=on, at=at, target=target)
    else:
        _move(rows, duty, on)


def _move(rows: QuerySet[Occurrence], duty: Duty, on: date) -> None:
    """What is done once keeps its term and gets its new day, also when the old one is over."""
    term = owed_from(duty, on, calendar_now())
    owed = rows.filter(state__in=states.OWED)
    owed.update(
        starts_on=Least(F("starts_on"), term.ends_on),
        ends_on=term.ends_on,
        named_on=term.named_on,
        due_on=term.due_on,
    )


def _begin_anew(
    adoption: Adoption,
    rows: QuerySet[Occurrence],
    duty: Duty,
    *,
    on: date,
    at: datetime,
    task: AdoptedTask | None = None,
    target: Target | None = None,
) -> None:
    """What runs ends with the day before; the first term of the new rule follows, then those after it."""
    ahead = Q(due_on__gte=on) | Q(due_on__isnull=True)
    end_terms(rows.filter(ahead), BECAUSE, on=on, at=at)
    rows.filter(state=states.ENDED, ended_because=BECAUSE, ends_on__gt=on).update(
        ends_on=Greatest(F("starts_on"), on)
    )
    if not rows.filter(state__in=[states.SENT, states.ACCEPTED], ends_on__gt=on).exists():
        term = owed_from(duty, on, calendar_now())
        number = rows.aggregate(last=Max("number"))["last"] or 0
        Occurrence.objects.create(
            programme_id=adoption.programme_id,
            unit_id=adoption.unit_id,
            adoption=adoption,
            task=task,
            target=target,
            number=number + 1,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            named_on=term.named_on,
            due_on=term.due_on,
        )
    open_terms_of([adoption], on=on, at=at)
