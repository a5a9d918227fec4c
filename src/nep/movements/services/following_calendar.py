"""Running last days follow the calendar: a day off that is added later moves them, past ones stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from nep.kernel.calendar import Calendar
from nep.movements import events
from nep.movements.domain.occurrences import Duty, Term, terms
from nep.movements.models import AdoptedTask, Occurrence, Programme, Target
from nep.movements.services.occurrences import duty_of_target, mirror, span_of
from nep.platform.audit.trail import record
from nep.platform.calendar.hook import CalendarChanged, Effect
from nep.platform.clock import local


@dataclass
class _Moves:
    """Terms by the day to which they move, and whom that touches."""

    to: dict[tuple[date | None, date], list[int]] = field(default_factory=dict)
    tasks: set[int] = field(default_factory=set)
    units: set[int] = field(default_factory=set)
    programmes: set[int] = field(default_factory=set)

    @property
    def count(self) -> int:
        return sum(len(ids) for ids in self.to.values())


def follow_calendar(changed: CalendarChanged) -> Effect:
    """Move the last days of running terms that another calendar gives another day; or foresee how many.

    A term with a special date keeps it.
    """
    moves = _Moves()
    today = local(changed.at).date()
    for programme in Programme.objects.running().order_by("pk"):
        for duty, of_duty in _duties(programme):
            for term in _differing(duty, changed.before, changed.after):
                rows = Occurrence.objects.owed().filter(programme=programme, ends_on=term.ends_on, **of_duty)
                _collect(
                    moves, rows if changed.foreseen else rows.select_for_update(of=("self",)), term, today
                )
    if moves.count and not changed.foreseen:
        _write(moves, changed)
    return Effect(moves.count, len(moves.units))


def _duties(programme: Programme) -> Iterator[tuple[Duty, dict[str, object]]]:
    """Each rule of the programme, and which terms follow it."""
    span = span_of(programme)
    rules = AdoptedTask.objects.filter(adoption__programme=programme).order_by("rule")
    for rule in rules.values_list("rule", flat=True).distinct():
        if Duty(rule, span).names_a_day:
            yield Duty(rule, span), {"task__rule": rule}
    for target in Target.objects.filter(programme=programme).order_by("pk"):
        duty = duty_of_target(target, span)
        if duty.names_a_day:
            yield duty, {"target": target}


def _differing(duty: Duty, before: Calendar, after: Calendar) -> Iterator[Term]:
    for was, is_now in zip(terms(duty, before), terms(duty, after), strict=True):
        if (was.named_on, was.due_on) != (is_now.named_on, is_now.due_on):
            yield is_now


def _collect(moves: _Moves, rows: QuerySet[Occurrence], term: Term, today: date) -> None:
    """The terms of this period whose last day is not over and becomes another."""
    rows = rows.filter(due_on__gte=today, special__isnull=True).order_by("pk")
    told = rows.values_list("pk", "unit_id", "programme_id", "task_id", "task__lead_days", "due_on")
    for number, unit, programme, task, lead, due_on in told:
        moved = term.led_by(lead or 0).due_on
        if moved is not None and moved != due_on and moved >= today:
            moves.to.setdefault((term.named_on, moved), []).append(number)
            moves.units.add(unit)
            moves.programmes.add(programme)
            moves.tasks |= {task} if task else set()


def _write(moves: _Moves, changed: CalendarChanged) -> None:
    for (named_on, due_on), ids in moves.to.items():
        Occurrence.objects.filter(pk__in=ids).update(named_on=named_on, due_on=due_on)
    mirror(sorted(moves.tasks))
    record(
        events.TERMS_MOVED,
        actor=changed.actor,
        about=list(Programme.objects.filter(pk__in=moves.programmes).order_by("pk")),
        at=changed.at,
        reason=changed.reason,
        terms=moves.count,
        units=len(moves.units),
        unit_ids=sorted(moves.units),
        days=[day.isoformat() for day in changed.days],
    )
