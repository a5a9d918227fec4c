"""How plans, tasks and figures of a programme stood at the end of a past day.

The tally tells today only; these read the plans, their terms and the evidence with the days on which
something happened to them. Slower than today's page, with as many queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When

from nep.movements.domain import states
from nep.movements.models import Adoption, Evidence
from nep.movements.queries.terms_on import end_of

# Of each task the term that tells how it stood: the earliest not settled by then, else the last.
_TASKS = """
SELECT task.task_id, told.state, told.due_on, count(*) FROM (
    SELECT DISTINCT ON (term.task_id) term.task_id, term.due_on,
        CASE WHEN term.settled_at < %(until)s THEN term.state
             WHEN term.sent_on <= %(day)s THEN 'sent' ELSE 'open' END AS state
    FROM movements_occurrence term
    JOIN movements_adoption plan ON plan.id = term.adoption_id AND plan.issued_on <= %(day)s
        AND (plan.ended_on <= %(day)s) IS NOT TRUE
    WHERE term.programme_id = %(programme)s AND term.task_id IS NOT NULL AND term.starts_on <= %(day)s
        AND (%(plans)s::bigint[] IS NULL OR term.adoption_id = ANY(%(plans)s))
    ORDER BY term.task_id, (term.settled_at < %(until)s) IS TRUE,
        CASE WHEN term.settled_at < %(until)s THEN -term.number ELSE term.number END
) told JOIN movements_adoptedtask task ON task.id = told.task_id
WHERE told.state <> 'ended' GROUP BY 1, 2, 3
"""


def plans_then(rows: QuerySet[Adoption], day: date) -> Iterable[tuple[str, int, str, int]]:
    """How many plans stood in each state, by line and level: issued, or not yet."""
    issued = When(issued_on__lte=day, then=Value(states.ISSUED))
    stood = Case(issued, default=Value(states.EXPECTED), output_field=CharField())
    then = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), expected_since__lte=day)
    told = then.annotate(stood=stood).order_by().values_list("unit__line", "level", "stood")
    return told.annotate(Count("pk"))


def tasks_then(
    programme: int, day: date, plans: list[int] | None
) -> Iterator[tuple[int | None, str, date | None, int]]:
    """How many tasks of issued plans stood in each state with each last day; `plans` None: of all."""
    given: dict[str, Any] = {"programme": programme, "day": day, "until": end_of(day), "plans": plans}
    with connection.cursor() as cursor:
        cursor.execute(_TASKS, given)
        yield from cursor.fetchall()


def waiting_then(sent: QuerySet[Evidence], day: date) -> QuerySet[Evidence]:
    """What had been sent by then and was not decided yet."""
    undecided = Q(decided_at__isnull=True) | Q(decided_at__gte=end_of(day))
    return sent.filter(undecided, sent_at__lt=end_of(day))
