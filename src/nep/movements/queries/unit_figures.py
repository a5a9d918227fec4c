"""What stands behind figures of single units and of what is late: drawers of a programme's page."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from nep.movements.domain import states
from nep.movements.domain.lateness import standing
from nep.movements.domain.progress import DOING, DONE, LATE, NOT_DUE, SOON, WAITING
from nep.movements.models import Occurrence
from nep.movements.models.occurrences import OccurrenceQuerySet
from nep.movements.queries import terms_on
from nep.movements.queries.standings import terms_in_time
from nep.movements.queries.tallies import Counted
from nep.movements.queries.terms_on import end_of, state_on
from nep.platform.calendar import current


def terms_standing(counted: Counted, kind: str, day: date) -> OccurrenceQuerySet:
    """The terms that stood so at the end of a past day; `kind` is a standing of `domain.progress`."""
    rows = Occurrence.objects.filter(
        programme=counted.programme, adoption__issued_on__lte=day, starts_on__lte=day, task__isnull=False
    )
    if not counted.whole:
        rows = rows.filter(adoption__in=counted.rows.order_by().values("pk"))
    if kind == DONE:
        return rows.filter(state=states.ACCEPTED, settled_at__lt=end_of(day)).order_by("-settled_at", "pk")
    open_then = rows.filter(terms_on.unsettled(day))
    if kind == WAITING:
        return open_then.filter(sent_on__lte=day).order_by("due_on", "pk")
    owed = open_then.filter(terms_on.unsent(day))
    far = day + SOON
    narrowed = {
        LATE: owed.filter(due_on__lt=day),
        DOING: owed.filter(due_on__range=(day, far)),
        NOT_DUE: owed.filter(due_on__gt=far),
    }[kind]
    return narrowed.order_by("due_on", "pk")


def term_words(term: Occurrence, on: date, day: date | None) -> tuple[str, str, str, str, str]:
    """A term as a record of a drawer tells it: who, what, kind, word, address."""
    what = term.task.title if term.task else term.target.name if term.target else ""
    person = term.task.person.name if term.task and term.task.person else ""
    says = f"{what} · {person}" if person else what
    pages = ("adopted_task", term.task_id) if term.task_id else ("adoption", term.adoption_id)
    url = reverse(pages[0], args=[pages[1]])
    return (term.unit.short_name, says, *_how(term, on, day), url)


def _how(term: Occurrence, on: date, day: date | None) -> tuple[str, str]:
    state = state_on(term, day)
    due = f", hạn {term.due_on:%d/%m/%Y}" if term.due_on else ""
    if state == states.ACCEPTED:
        late = term.due_on and term.sent_on and term.sent_on > term.due_on
        return ("good", f"Nộp sau hạn{due}" if late else f"Đúng hạn{due}")
    if state == states.SENT:
        return "warn", f"Chờ xét{due}"
    stands = standing(term.due_on, on, calendar=current())
    return stands.kind, f"{stands.word}{due}"


def terms_of_plan(plan: int, on: date, day: date | None) -> tuple[tuple[int, int], list[Occurrence]]:
    """In time and due terms of one plan, and the terms whose last day has passed, the latest first."""
    good, due, _ = terms_in_time([plan], on, day).get(plan, (0, 0, 0))
    rows = Occurrence.objects.filter(adoption=plan, due_on__lt=day or on, starts_on__lte=day or on)
    rows = rows.exclude(state=states.ENDED).select_related("unit", "task__person", "target")
    return (int(good), int(due)), list(rows.order_by("-due_on", "pk"))


def moment_of(day: date | None, now: datetime) -> datetime:
    """The moment up to which figures count: now, or the last second of a past day."""
    return now if day is None else end_of(day)
