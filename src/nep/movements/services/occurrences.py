"""The terms that units owe: opened, answered, settled, ended, and mirrored on the tasks of their plans.

Locks are taken in one order: evidence, plan, task, term. Whoever writes terms of one plan holds the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from nep.kernel.calendar import Calendar
from nep.kernel.errors import Conflict, RuleError
from nep.movements.domain import states
from nep.movements.domain.occurrences import Duty, Term, following, goes_on, owed_from
from nep.movements.domain.terms import Span
from nep.movements.models import AdoptedTask, Adoption, Occurrence, Programme, Target
from nep.movements.services.special_days import give_special_days
from nep.platform.calendar import exact
from nep.platform.clock import local

TASK_LEFT = "Việc không còn trong kế hoạch."
PLAN_WITHDRAWN = "Kế hoạch của đơn vị đã thu hồi để sửa."
BATCH = 2000

_MIRROR = """
UPDATE movements_adoptedtask task
SET state = shown.state, due_on = shown.due_on, terms_accepted = shown.accepted
FROM (
    SELECT DISTINCT ON (term.task_id) term.task_id, term.state, term.due_on,
        count(*) FILTER (WHERE term.state = 'accepted') OVER (PARTITION BY term.task_id) AS accepted
    FROM movements_occurrence term WHERE term.task_id = ANY(%s)
    ORDER BY term.task_id, term.state IN ('accepted', 'ended'),
        CASE WHEN term.state IN ('accepted', 'ended') THEN -term.number ELSE term.number END
) shown
WHERE task.id = shown.task_id AND (task.state, task.due_on, task.terms_accepted)
    IS DISTINCT FROM (shown.state, shown.due_on, shown.accepted)
"""


def mirror(task_ids: Collection[int]) -> None:
    """Show on tasks of plans how their terms stand: the earliest that is not settled, else the last."""
    if task_ids:
        with connection.cursor() as cursor:
            cursor.execute(_MIRROR, [list(task_ids)])


def calendar_now() -> Calendar:
    """The days on which offices work; nobody changes them before the transaction ends."""
    return exact()


def span_of(programme: Programme) -> Span:
    """The days of a programme."""
    return Span(programme.starts_on, programme.ends_on)


def duty_of_task(task: AdoptedTask, span: Span) -> Duty:
    """A task of a plan as a duty; where its rule names no day the plan may."""
    return Duty(task.rule, span, task.lead_days, task.due_on)


def duty_of_target(target: Target, span: Span) -> Duty:
    """The figures of a target as a duty; a rule without a day asks for them by the end of the programme."""
    rule = "" if target.rule in {"prompt", "periodic"} else target.rule
    return Duty(rule, span, day=span.last)


@dataclass
class _Opening:
    """The terms of many plans while they are being opened; equal duties are computed once.

    `under_way`: plans that have terms already; a duty that comes new to one of them is owed from this day on.
    """

    on: date
    calendar: Calendar
    under_way: frozenset[int]
    rows: list[Occurrence] = field(default_factory=list)
    tasks: set[int] = field(default_factory=set)
    known: dict[tuple[Duty, date, date | None], tuple[Term, ...]] = field(default_factory=dict)

    def add(
        self,
        adoption: Adoption,
        duty: Duty,
        last: tuple[int, date | None],
        *,
        task: int | None,
        target: int | None,
    ) -> None:
        """The terms that a unit lacks of one duty; `last` is its last term there is: number and end."""
        number, ended = last
        joined = self.on if adoption.pk in self.under_way else adoption.issued_on or self.on
        for step, term in enumerate(self.lacking(duty, joined, ended), start=1):
            self.rows.append(_row(adoption, term, number + step, task=task, target=target))
            if task is not None:
                self.tasks.add(task)

    def lacking(self, duty: Duty, joined: date, ended: date | None) -> tuple[Term, ...]:
        """The terms that have begun after the last one there is."""
        key = (duty, joined, ended)
        if key not in self.known:
            self.known[key] = tuple(_begun(duty, joined, ended, on=self.on, calendar=self.calendar))
        return self.known[key]


def _begun(duty: Duty, joined: date, ended: date | None, *, on: date, calendar: Calendar) -> Iterator[Term]:
    """From the first term of a unit, or the one after its last, up to those that have begun on a day."""
    if ended is None:
        term: Term | None = owed_from(duty, joined, calendar)
        assert term is not None, "every duty has a term"
        yield term
        ended = term.ends_on
    if duty.occurs:
        return
    term = following(duty, ended, calendar)
    while term is not None and term.starts_on <= on:
        yield term
        term = following(duty, term.ends_on, calendar)


def _row(adoption: Adoption, term: Term, number: int, *, task: int | None, target: int | None) -> Occurrence:
    return Occurrence(
        programme_id=adoption.programme_id,
        unit_id=adoption.unit_id,
        adoption_id=adoption.pk,
        task_id=task,
        target_id=target,
        number=number,
        starts_on=term.starts_on,
        ends_on=term.ends_on,
        named_on=term.named_on,
        due_on=term.due_on,
    )


def open_terms(adoption: Adoption, *, on: date, at: datetime) -> int:
    """Open the terms that a unit owes by its issued plan and that have begun; how many are new.

    The caller holds the plan. Terms of an earlier issue that have evidence are owed again.
    """
    _revive(adoption)
    return open_terms_of([adoption], on=on, at=at)


@transaction.atomic
def open_terms_of(adoptions: Iterable[Adoption], *, on: date, at: datetime) -> int:
    """Open what units owe by issued plans and lack; safe to run twice, a fixed number of queries."""
    plans = list(adoptions)
    under_way = Occurrence.objects.filter(adoption__in=plans).order_by().values_list("adoption_id", flat=True)
    opening = _Opening(on, calendar_now(), frozenset(under_way.distinct()))
    of_tasks = _last_terms(plans, "task_id")
    of_targets = _last_terms(plans, "adoption_id", "target_id")
    tasks: dict[int, list[AdoptedTask]] = {}
    for task in AdoptedTask.objects.filter(adoption__in=plans, left_on__isnull=True).order_by("pk"):
        tasks.setdefault(task.adoption_id, []).append(task)
    targets: dict[int, list[Target]] = {}
    for target in Target.objects.filter(programme__in={plan.programme_id for plan in plans}).order_by("pk"):
        targets.setdefault(target.programme_id, []).append(target)
    for plan in plans:
        span = span_of(plan.programme)
        for task in tasks.get(plan.pk, ()):
            last = of_tasks.get((task.pk,), (0, None))
            opening.add(plan, duty_of_task(task, span), last, task=task.pk, target=None)
        for target in targets.get(plan.programme_id, ()):
            last = of_targets.get((plan.pk, target.pk), (0, None))
            opening.add(plan, duty_of_target(target, span), last, task=None, target=target.pk)
    Occurrence.objects.bulk_create(opening.rows, batch_size=BATCH, ignore_conflicts=True)
    give_special_days(Occurrence.objects.filter(adoption__in=plans), on=on)
    mirror(opening.tasks)
    return len(opening.rows)


def _last_terms(plans: Collection[Adoption], *keys: str) -> dict[tuple[int, ...], tuple[int, date | None]]:
    """Number and end of the last term there is, by task, or by plan and target."""
    rows = Occurrence.objects.filter(adoption__in=plans, **{f"{keys[-1]}__isnull": False}).order_by()
    told = rows.values_list(*keys).annotate(number=Max("number"), ended=Max("ends_on"))
    return {tuple(row[:-2]): (row[-2], row[-1]) for row in told}


def _revive(adoption: Adoption) -> None:
    """What ended because the plan was withdrawn is owed again, by its day as it was."""
    rows = Occurrence.objects.filter(adoption=adoption, state=states.ENDED, ended_because=PLAN_WITHDRAWN)
    tasks = [task for task in rows.values_list("task_id", flat=True) if task]
    rows.update(state=states.RETURNED, settled_at=None, ended_because="")
    mirror(tasks)


def term_to_answer(rows: QuerySet[Occurrence], chosen: int | None, *, on: date) -> Occurrence:
    """The term of a duty that evidence answers, held: the chosen one, else the earliest not settled.

    `rows` are the terms of the duty. A target that owes nothing takes later figures for its latest term.

    Raises: Conflict while it waits or is settled; RuleError when it is owed no more.
    """
    held = list(rows.select_for_update(of=("self",)).order_by("number"))
    if chosen is not None:
        term = next((row for row in held if row.pk == chosen), None)
        if term is None:
            raise Conflict("Kỳ này vừa được bỏ. Mở lại trang rồi chọn lại kỳ.")
    else:
        term = _running(held, on)
    if term.state == states.SENT:
        raise Conflict("Minh chứng của kỳ này đã nộp và đang chờ xét.")
    if term.state == states.ENDED:
        raise RuleError(f"Kỳ này không còn phải nộp. {term.ended_because}")
    if term.state == states.ACCEPTED and term.task_id is not None:
        raise Conflict("Việc này đã xong, minh chứng đã được nhận.")
    return term


def _running(held: Collection[Occurrence], on: date) -> Occurrence:
    begun = [row for row in held if row.task_id is not None or row.starts_on <= on] or list(held)[:1]
    owed = [row for row in begun if row.state not in {states.ACCEPTED, states.ENDED}]
    return owed[0] if owed else begun[-1]


def note_sent(term: Occurrence, *, on: date) -> None:
    """Something was sent for a term; figures that only bring an accepted term up to date leave it settled."""
    if term.state == states.ACCEPTED:
        return
    term.state, term.sent_on = states.SENT, on
    term.save(update_fields=["state", "sent_on"])
    _mirror_of(term)


def note_returned(term: Occurrence, *, at: datetime) -> None:
    """What was sent came back: the term is owed again, unless its unit takes part no more."""
    if term.state == states.ACCEPTED:
        return
    term.state, term.sent_on = states.RETURNED, None
    if term.adoption.ended_on is not None:
        term.state, term.settled_at, term.ended_because = states.ENDED, at, term.adoption.ended_because
    elif term.task is not None and term.task.left_on is not None:
        term.state, term.settled_at, term.ended_because = states.ENDED, at, TASK_LEFT
    term.save(update_fields=["state", "sent_on", "settled_at", "ended_because"])
    _mirror_of(term)


def settle(term: Occurrence, *, at: datetime) -> date | None:
    """What was sent for a term is accepted; the last day that the duty runs to now, if it goes on.

    A task with no other open term goes on with its next one; the figures of a target do when it begins.
    """
    if term.state == states.ACCEPTED:
        return None
    term.state, term.settled_at = states.ACCEPTED, at
    term.save(update_fields=["state", "settled_at"])
    if term.task is None:
        return None
    return go_on(term.adoption, term, on=local(at).date())


def go_on(adoption: Adoption, term: Occurrence, *, on: date) -> date | None:
    """After a term of a task is settled the earliest left runs, else the next one opens; its last day."""
    task = term.task
    assert task is not None, "only tasks go on at once"
    rows = Occurrence.objects.filter(task=task).order_by("number")
    known = list(rows.values_list("number", "state", "ends_on", "due_on"))
    left = [due_on for _, state, _, due_on in known if state not in {states.ACCEPTED, states.ENDED}]
    if left:
        runs_to = left[0]
    else:
        ended = max(ends_on for _, _, ends_on, _ in known)
        runs_to = _open_next(adoption, task, (known[-1][0], ended), on)
    mirror([task.pk])
    return runs_to


def _open_next(adoption: Adoption, task: AdoptedTask, last: tuple[int, date], on: date) -> date | None:
    """Open the term after the last one, given by number and end; its last day."""
    if adoption.ended_on is not None or adoption.state != states.ISSUED or task.left_on is not None:
        return None
    number, ended = last
    duty = duty_of_task(task, span_of(adoption.programme))
    coming = following(duty, ended, calendar_now()) if goes_on(duty) else None
    if coming is None:
        return None
    return _open(adoption, coming, number + 1, task=task, on=on).values_list("due_on", flat=True).get()


def open_term(adoption: Adoption, term: Term, *, task: AdoptedTask, on: date) -> None:
    """Open one term of a task, as its next; whoever else opens it at the same moment opens the same."""
    number = (Occurrence.objects.filter(task=task).aggregate(last=Max("number"))["last"] or 0) + 1
    _open(adoption, term, number, task=task, on=on)
    mirror([task.pk])


def _open(
    adoption: Adoption, term: Term, number: int, *, task: AdoptedTask, on: date
) -> QuerySet[Occurrence]:
    """The one term, with the later last days granted for it; not mirrored yet."""
    opened = _row(adoption, term, number, task=task.pk, target=None)
    Occurrence.objects.bulk_create([opened], ignore_conflicts=True)
    made = Occurrence.objects.filter(task=task, number=number)
    give_special_days(made, on=on)
    return made


def end_terms(rows: QuerySet[Occurrence], because: str, *, on: date, at: datetime) -> int:
    """End the owed ones among terms, with a sentence; those that have not begun and have no evidence go.

    What waits for a decision stays. How many ended.
    """
    owed = rows.filter(state__in=states.OWED)
    tasks = {task for task in owed.values_list("task_id", flat=True) if task}
    owed.filter(starts_on__gt=on, evidence__isnull=True).delete()
    ended = owed.update(state=states.ENDED, settled_at=at, ended_because=because)
    mirror(tasks)
    return ended


def withdraw_terms(adoption: Adoption, *, at: datetime) -> None:
    """A plan is taken back: its terms go; those with evidence end until it is issued again."""
    rows = Occurrence.objects.filter(adoption=adoption)
    rows.filter(evidence__isnull=True).delete()
    rows.filter(state__in=states.OWED).update(state=states.ENDED, settled_at=at, ended_because=PLAN_WITHDRAWN)


def _mirror_of(term: Occurrence) -> None:
    if term.task_id is not None:
        mirror([term.task_id])
