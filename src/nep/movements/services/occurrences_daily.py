"""What the day brings for the terms of all running programmes: set-based, and safe to run twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from nep.movements.domain import states
from nep.movements.domain.occurrences import Duty, Term, terms
from nep.movements.domain.terms import comes_again
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Programme, Target
from nep.movements.services.following import follow_due_changes
from nep.movements.services.occurrences import calendar_now, mirror, open_terms_of, span_of
from nep.movements.services.reopening import close_reopenings
from nep.movements.services.special_days import give_special_days

BATCH = 500

# Plans are held in share mode: one that is being withdrawn, or whose unit closes, is waited for and left out.
_OPEN = """
INSERT INTO movements_occurrence (programme_id, unit_id, adoption_id, task_id, target_id, number,
    starts_on, ends_on, named_on, due_on, state, ended_because)
SELECT plan.programme_id, plan.unit_id, plan.id, {task}, {target}, last.number + 1,
    %(starts_on)s, %(ends_on)s, %(named_on)s,
    LEAST(%(due_on)s::date, GREATEST(%(due_on)s::date - {lead}, %(starts_on)s::date)), 'open', ''
FROM {duties} CROSS JOIN LATERAL (
    SELECT term.number, term.ends_on, term.state FROM movements_occurrence term
    WHERE {of_duty} ORDER BY term.number DESC LIMIT 1
) last
WHERE plan.programme_id = %(programme)s AND plan.state = 'issued' AND plan.ended_on IS NULL
    AND last.ends_on < %(ends_on)s AND last.state <> 'ended'
ORDER BY plan.id FOR SHARE OF plan
ON CONFLICT DO NOTHING RETURNING id, task_id
"""
_OPEN_TASKS = _OPEN.format(
    task="task.id",
    target="NULL",
    lead="task.lead_days",
    duties="movements_adoptedtask task "
    "JOIN movements_adoption plan ON plan.id = task.adoption_id AND task.rule = %(rule)s "
    "AND task.left_on IS NULL",
    of_duty="term.task_id = task.id",
)
_OPEN_TARGETS = _OPEN.format(
    task="NULL::bigint",
    target="%(target)s",
    lead="0",
    duties="movements_adoption plan",
    of_duty="term.adoption_id = plan.id AND term.target_id = %(target)s",
)
_BEHIND_TASKS = """
SELECT rule, min(ended) FROM (
    SELECT task.rule, max(term.ends_on) AS ended
    FROM movements_adoption plan JOIN movements_adoptedtask task ON task.adoption_id = plan.id
    JOIN movements_occurrence term ON term.task_id = task.id
    WHERE plan.programme_id = %s AND plan.state = 'issued' AND plan.ended_on IS NULL
        AND task.left_on IS NULL
    GROUP BY task.id HAVING (array_agg(term.state ORDER BY term.number DESC))[1] <> 'ended'
) duty GROUP BY rule
"""
_BEHIND_TARGETS = """
SELECT target_id, min(ended) FROM (
    SELECT term.target_id, max(term.ends_on) AS ended
    FROM movements_adoption plan JOIN movements_occurrence term ON term.adoption_id = plan.id
    JOIN movements_target target ON target.id = term.target_id AND target.dropped_on IS NULL
    WHERE plan.programme_id = %s AND plan.state = 'issued' AND plan.ended_on IS NULL
        AND term.target_id IS NOT NULL
    GROUP BY plan.id, term.target_id HAVING (array_agg(term.state ORDER BY term.number DESC))[1] <> 'ended'
) duty GROUP BY target_id
"""


@dataclass(frozen=True, slots=True)
class _Behind:
    """Duties with one rule, the least advanced of which has its last term up to `ended`."""

    statement: str
    rule: str
    ended: date
    target: int | None = None


def turn_the_day(*, on: date, at: datetime) -> None:
    """Everything that a day brings, also what earlier days would have brought, had anything run."""
    follow_due_changes(on=on, at=at)
    open_due_terms(on=on, at=at)
    close_reopenings(on=on, at=at)


def open_due_terms(*, on: date, at: datetime) -> int:
    """Open every term whose period has begun, also those of days when nothing ran; how many are new."""
    opened = _open_first_terms(on, at)
    for programme in Programme.objects.running().order_by("pk"):
        for behind in _behind(programme):
            with transaction.atomic():
                for term in terms(Duty(behind.rule, span_of(programme)), calendar_now()):
                    if behind.ended < term.ends_on and term.starts_on <= on:
                        opened += _open_term(programme, behind, term, on)
    return opened


def _open_first_terms(on: date, at: datetime) -> int:
    """For plans with a duty that has no term at all."""
    opened = 0
    plans = list(_without_a_term().values_list("pk", flat=True))
    for start in range(0, len(plans), BATCH):
        with transaction.atomic():
            rows = Adoption.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
            held = rows.filter(
                pk__in=plans[start : start + BATCH], state=states.ISSUED, ended_on__isnull=True
            )
            opened += open_terms_of(held.order_by("pk"), on=on, at=at)
    return opened


def _without_a_term() -> QuerySet[Adoption]:
    terms_of = Occurrence.objects
    task = AdoptedTask.objects.filter(adoption=OuterRef("pk"), left_on__isnull=True).exclude(
        pk__in=terms_of.filter(adoption=OuterRef(OuterRef("pk")), task__isnull=False).values("task")
    )
    told = terms_of.filter(adoption=OuterRef(OuterRef("pk")), target__isnull=False).values("target")
    target = Target.objects.filter(programme=OuterRef("programme")).exclude(pk__in=told)
    running = Adoption.objects.counting().filter(state=states.ISSUED, programme__state__in=states.RUNNING)
    return running.filter(Exists(task) | Exists(target)).order_by("pk")


def _behind(programme: Programme) -> list[_Behind]:
    """The duties of a programme that come again, by rule."""
    rules = dict(Target.objects.filter(programme=programme).values_list("pk", "rule"))
    with connection.cursor() as cursor:
        cursor.execute(_BEHIND_TASKS, [programme.pk])
        found = [_Behind(_OPEN_TASKS, rule, ended) for rule, ended in cursor.fetchall()]
        cursor.execute(_BEHIND_TARGETS, [programme.pk])
        rows: Sequence[tuple[int, date]] = cursor.fetchall()
    found += [_Behind(_OPEN_TARGETS, rules[target], ended, target) for target, ended in rows]
    return [behind for behind in found if comes_again(behind.rule)]


def _open_term(programme: Programme, behind: _Behind, term: Term, on: date) -> int:
    """One term of all duties that have come so far and lack it."""
    given: dict[str, Any] = {
        "programme": programme.pk,
        "rule": behind.rule,
        "target": behind.target,
        "starts_on": term.starts_on,
        "ends_on": term.ends_on,
        "named_on": term.named_on,
        "due_on": term.due_on,
    }
    with connection.cursor() as cursor:
        cursor.execute(behind.statement, given)
        opened: list[tuple[int, int | None]] = cursor.fetchall()
    give_special_days(Occurrence.objects.filter(pk__in=[number for number, _ in opened]), on=on)
    mirror([task for _, task in opened if task is not None])
    return len(opened)
