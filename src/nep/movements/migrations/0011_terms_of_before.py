"""Terms for what units owed and showed before terms were kept."""

from datetime import date

from django.db import migrations

from nep.kernel.holidays import VIETNAM
from nep.movements.domain.occurrences import Duty, terms
from nep.movements.domain.terms import Span, comes_again

# Each distinct last day of each rule; what Python computes once for all units.
_DAYS = """
SELECT DISTINCT programme.id, programme.starts_on, programme.ends_on, given.rule, given.due_on FROM (
    SELECT plan.programme_id, task.rule, evidence.term_due_on AS due_on
    FROM movements_evidence evidence JOIN movements_adoption plan ON plan.id = evidence.adoption_id
    JOIN movements_adoptedtask task ON task.id = evidence.task_id
    UNION SELECT target.programme_id, target.rule, evidence.term_due_on
    FROM movements_evidence evidence JOIN movements_target target ON target.id = evidence.target_id
    UNION SELECT plan.programme_id, task.rule, task.due_on
    FROM movements_adoptedtask task JOIN movements_adoption plan ON plan.id = task.adoption_id
    WHERE plan.state = 'issued'
) given JOIN movements_programme programme ON programme.id = given.programme_id
WHERE given.due_on IS NOT NULL
"""
_BOUNDS = """
CREATE TEMPORARY TABLE movements_bounds (programme_id bigint, rule text, due_on date, starts_on date,
    ends_on date, named_on date, last_on date) ON COMMIT DROP
"""
# Evidence of one duty and one last day answered one term; what came up as it occurs was settled one by one.
_TOLD = """
CREATE TEMPORARY TABLE movements_told ON COMMIT DROP AS
WITH told AS (
    SELECT evidence.*, CASE WHEN task_id IS NOT NULL AND term_due_on IS NULL THEN
        count(*) FILTER (WHERE state = 'accepted') OVER (PARTITION BY task_id ORDER BY sent_at, id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) ELSE 0 END AS turn
    FROM movements_evidence evidence WHERE occurrence_id IS NULL
)
SELECT id, adoption_id, task_id, target_id, term_due_on, state, sent_at, decided_at,
    dense_rank() OVER (PARTITION BY adoption_id, task_id, target_id ORDER BY term_due_on, turn) AS number
FROM told
"""
_SHOWN = """
INSERT INTO movements_occurrence (programme_id, unit_id, adoption_id, task_id, target_id, number, starts_on,
    ends_on, named_on, due_on, state, sent_on, settled_at, ended_because)
SELECT plan.programme_id, plan.unit_id, plan.id, told.task_id, told.target_id, told.number,
    coalesce(bounds.starts_on, programme.starts_on), coalesce(bounds.ends_on, programme.ends_on),
    bounds.named_on, told.term_due_on, told.state,
    (CASE told.state WHEN 'accepted' THEN told.sent_at WHEN 'sent' THEN told.last_at END
        AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
    CASE WHEN told.state = 'accepted' THEN told.decided_at END, ''
FROM (
    SELECT adoption_id, task_id, target_id, number, term_due_on,
        CASE WHEN bool_or(state = 'accepted') THEN 'accepted' WHEN bool_or(state = 'sent') THEN 'sent'
            ELSE 'returned' END AS state,
        min(sent_at) FILTER (WHERE state = 'accepted') AS sent_at, max(sent_at) AS last_at,
        min(decided_at) FILTER (WHERE state = 'accepted') AS decided_at
    FROM movements_told GROUP BY adoption_id, task_id, target_id, number, term_due_on
) told
JOIN movements_adoption plan ON plan.id = told.adoption_id
JOIN movements_programme programme ON programme.id = plan.programme_id
LEFT JOIN movements_adoptedtask task ON task.id = told.task_id
LEFT JOIN movements_target target ON target.id = told.target_id
LEFT JOIN movements_bounds bounds ON bounds.programme_id = plan.programme_id
    AND bounds.rule = coalesce(task.rule, target.rule) AND bounds.due_on = told.term_due_on
"""
_ANSWERS = """
UPDATE movements_evidence evidence SET occurrence_id = term.id
FROM movements_told told JOIN movements_occurrence term ON term.number = told.number
    AND (term.task_id = told.task_id OR (term.adoption_id = told.adoption_id AND term.target_id = told.target_id))
WHERE evidence.id = told.id
"""
_OWED = """
INSERT INTO movements_occurrence (programme_id, unit_id, adoption_id, task_id, number, starts_on, ends_on,
    named_on, due_on, state, ended_because)
SELECT plan.programme_id, plan.unit_id, plan.id, task.id,
    1 + coalesce((SELECT max(term.number) FROM movements_occurrence term WHERE term.task_id = task.id), 0),
    coalesce(bounds.starts_on, programme.starts_on), coalesce(bounds.ends_on, programme.ends_on),
    bounds.named_on, least(task.due_on, bounds.last_on), 'open', ''
FROM movements_adoptedtask task JOIN movements_adoption plan ON plan.id = task.adoption_id
JOIN movements_programme programme ON programme.id = plan.programme_id
LEFT JOIN movements_bounds bounds ON bounds.programme_id = plan.programme_id AND bounds.rule = task.rule
    AND bounds.due_on = task.due_on
WHERE plan.state = 'issued' AND (task.state = 'open' OR task.rule IN ('prompt', 'periodic'))
    AND NOT EXISTS (SELECT 1 FROM movements_occurrence term
        WHERE term.task_id = task.id AND term.state NOT IN ('accepted', 'ended'))
"""
_LEADS = """
UPDATE movements_adoptedtask task SET lead_days = bounds.last_on - task.due_on
FROM movements_adoption plan, movements_bounds bounds
WHERE plan.id = task.adoption_id AND plan.state = 'issued' AND bounds.programme_id = plan.programme_id
    AND bounds.rule = task.rule AND bounds.due_on = task.due_on AND task.due_on < bounds.last_on
"""
_CLOSED = """
UPDATE movements_occurrence term SET state = 'ended', ended_because = 'Chương trình đã kết thúc.',
    settled_at = (SELECT max(step.taken_at) FROM movements_programmestep step
        WHERE step.programme_id = term.programme_id AND step.name = 'close')
FROM movements_programme programme
WHERE programme.id = term.programme_id AND programme.state = 'closed' AND term.state IN ('open', 'returned')
"""
_MIRROR = """
UPDATE movements_adoptedtask task
SET state = shown.state, due_on = shown.due_on, terms_accepted = shown.accepted
FROM (
    SELECT DISTINCT ON (task_id) task_id, state, due_on,
        count(*) FILTER (WHERE state = 'accepted') OVER (PARTITION BY task_id) AS accepted
    FROM movements_occurrence WHERE task_id IS NOT NULL
    ORDER BY task_id, state IN ('accepted', 'ended'),
        CASE WHEN state IN ('accepted', 'ended') THEN -number ELSE number END
) shown
WHERE task.id = shown.task_id AND (task.state, task.due_on, task.terms_accepted)
    IS DISTINCT FROM (shown.state, shown.due_on, shown.accepted)
"""


def keep_terms(apps: object, schema_editor: object) -> None:
    """A term for each last day that evidence answered, one for what is owed now; later ones the daily job opens.

    Last days that are over stay as they were; of what is owed, the last day in time by today's reading.
    """
    with schema_editor.connection.cursor() as cursor:  # type: ignore[attr-defined]  # of Django
        cursor.execute(_BOUNDS)
        cursor.execute(_DAYS)
        rows = [bounds(*row) for row in cursor.fetchall()]
        cursor.executemany("INSERT INTO movements_bounds VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)
        for statement in (_TOLD, _SHOWN, _ANSWERS, _OWED, _LEADS, _CLOSED, _MIRROR):
            cursor.execute(statement)
        cursor.execute("DROP TABLE movements_told, movements_bounds")


def bounds(programme: int, first: date, last: date, rule: str, due_on: date) -> tuple[object, ...]:
    """The term to which a last day belongs: its bounds, the day named, the last day in time."""
    duty = Duty(rule, Span(first, last))
    if not duty.names_a_day:
        return (programme, rule, due_on, min(first, due_on), max(last, due_on), due_on, due_on)
    known = list(terms(duty, VIETNAM))
    term = next((term for term in known if term.ends_on >= due_on), None)
    if term is not None or not comes_again(rule):
        term = term or known[-1]
        return (programme, rule, due_on, term.starts_on, term.ends_on, term.named_on, term.due_on)
    return (programme, rule, due_on, known[-1].ends_on, due_on, due_on, due_on)  # an end of the programme


class Migration(migrations.Migration):
    dependencies = [("movements", "0010_plans_that_ended")]
    operations = [migrations.RunPython(keep_terms, migrations.RunPython.noop, elidable=True)]
