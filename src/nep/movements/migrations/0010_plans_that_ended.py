"""The sums of a programme leave out plans that have ended: see ADR 15 and 18."""

from importlib import import_module

from django.db import migrations

first = import_module("nep.movements.migrations.0003_tallies")
INTO = first.INTO

PLANS = f"""
{INTO}
SELECT c.programme_id, 'plans', u.line, c.level, NULL, NULL, c.state, NULL, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN org_unit u ON u.id = c.unit_id WHERE c.ended_on IS NULL
GROUP BY 1, 3, 4, 7 HAVING sum(c.sign) <> 0;
"""
TASKS_OF_PLANS = f"""
{INTO}
SELECT c.programme_id, 'tasks', u.line, c.level, t.task_id, NULL, t.state, t.due_on, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN org_unit u ON u.id = c.unit_id JOIN movements_adoptedtask t ON t.adoption_id = c.id
WHERE c.state = 'issued' AND c.ended_on IS NULL AND t.state <> 'ended'
GROUP BY 1, 3, 4, 5, 7, 8 HAVING sum(c.sign) <> 0;
"""
TASKS = f"""
{INTO}
SELECT a.programme_id, 'tasks', u.line, a.level, c.task_id, NULL, c.state, c.due_on, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN movements_adoption a ON a.id = c.adoption_id JOIN org_unit u ON u.id = a.unit_id
WHERE a.state = 'issued' AND a.ended_on IS NULL AND c.state <> 'ended'
GROUP BY 1, 3, 4, 5, 7, 8 HAVING sum(c.sign) <> 0;
"""
# As in 0003, with one more step where a plan ended: from its day on, or from its last accepted figure if that came
# later, its share counts no more, and its unit not among those that told; what it counted up stays.
TOLD = f"""
{INTO}
WITH pairs AS ({{pairs}}), lives AS ({{lives}}), afterwards AS (
    SELECT e.id, e.target_id, e.adoption_id, e.decided_at, e.numerator, e.denominator, e.nothing
    FROM movements_evidence e JOIN pairs p ON p.target_id = e.target_id AND p.adoption_id = e.adoption_id
    WHERE e.state = 'accepted'
), both_times AS (
    SELECT 1 AS sign, afterwards.* FROM afterwards
    {{before}}
), with_ends AS (
    SELECT b.*, false AS ending FROM both_times b
    UNION ALL
    SELECT b.sign, 9223372036854775807, b.target_id, b.adoption_id,
        greatest(max(b.decided_at), min(l.ended_on)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'),
        NULL, NULL, false, true
    FROM both_times b JOIN lives l ON l.sign = b.sign AND l.id = b.adoption_id AND l.ended_on IS NOT NULL
    GROUP BY b.sign, b.target_id, b.adoption_id
), series AS (
    SELECT b.sign, b.adoption_id, b.target_id, b.decided_at, b.ending, t.unit = '%' AS is_share,
        coalesce(b.numerator, 0) AS numerator, coalesce(b.denominator, 0) AS denominator,
        (b.numerator IS NOT NULL)::int AS figures, (b.numerator IS NOT NULL OR b.nothing)::int AS told,
        coalesce(lag(b.numerator) OVER w, 0) AS last_numerator,
        coalesce(lag(b.denominator) OVER w, 0) AS last_denominator,
        coalesce(lag((b.numerator IS NOT NULL)::int) OVER w, 0) AS last_figures,
        coalesce(lag((b.numerator IS NOT NULL OR b.nothing)::int) OVER w, 0) AS last_told,
        coalesce(max((b.numerator IS NOT NULL)::int) OVER earlier, 0) AS ever_figures,
        coalesce(max((b.numerator IS NOT NULL OR b.nothing)::int) OVER earlier, 0) AS ever_told
    FROM with_ends b JOIN movements_target t ON t.id = b.target_id
    WINDOW w AS (PARTITION BY b.sign, b.target_id, b.adoption_id ORDER BY b.decided_at, b.id),
        earlier AS (PARTITION BY b.sign, b.target_id, b.adoption_id ORDER BY b.decided_at, b.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), differences AS (
    SELECT sign, adoption_id, target_id,
        date_trunc('month', decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
        numerator - CASE WHEN is_share THEN last_numerator ELSE 0 END AS numerator,
        denominator - CASE WHEN is_share THEN last_denominator ELSE 0 END AS denominator,
        CASE WHEN is_share THEN figures - last_figures WHEN ending THEN -ever_figures
            ELSE greatest(figures - ever_figures, 0) END AS figures,
        CASE WHEN is_share THEN told - last_told WHEN ending THEN -ever_told
            ELSE greatest(told - ever_told, 0) END AS told
    FROM series
)
SELECT a.programme_id, 'told', u.line, a.level, NULL::bigint, d.target_id, '', d.month, 0,
    sum(d.sign * d.numerator), sum(d.sign * d.denominator), sum(d.sign * d.figures), sum(d.sign * d.told), false
FROM differences d JOIN movements_adoption a ON a.id = d.adoption_id JOIN org_unit u ON u.id = a.unit_id
GROUP BY a.programme_id, u.line, a.level, d.target_id, d.month
HAVING (sum(d.sign * d.numerator), sum(d.sign * d.denominator), sum(d.sign * d.figures), sum(d.sign * d.told))
    IS DISTINCT FROM (0::numeric, 0::numeric, 0::bigint, 0::bigint);
"""
TOLD_BY_EVIDENCE = TOLD.replace(
    "{pairs}",
    "SELECT DISTINCT target_id, adoption_id FROM ({changes}) c WHERE target_id IS NOT NULL AND state = 'accepted'",
).replace(
    "{lives}",
    """SELECT s.sign, p.id, p.ended_on FROM movements_adoption p CROSS JOIN (VALUES (1), (-1)) s (sign)
    WHERE p.id IN (SELECT adoption_id FROM pairs) AND p.ended_on IS NOT NULL""",
)
# Only where a plan ends, or takes part again, do its figures count differently.
TOLD_BY_PLANS = (
    TOLD.replace(
        "{pairs}",
        """SELECT DISTINCT e.target_id, e.adoption_id FROM came JOIN went ON went.id = came.id
        AND went.ended_on IS DISTINCT FROM came.ended_on JOIN movements_evidence e ON e.adoption_id = came.id
        AND e.target_id IS NOT NULL AND e.state = 'accepted'""",
    )
    .replace(
        "{lives}",
        "SELECT 1 AS sign, id, ended_on FROM came UNION ALL SELECT -1 AS sign, id, ended_on FROM went",
    )
    .replace("{before}", "UNION ALL SELECT -1, f.* FROM afterwards f")
)
TABLES = {
    "movements_adoption": {
        "insert": (PLANS, TASKS_OF_PLANS),
        "delete": (PLANS, TASKS_OF_PLANS),
        "update": (PLANS, TASKS_OF_PLANS, TOLD_BY_PLANS),
    },
    "movements_adoptedtask": dict.fromkeys(first.CHANGES, (TASKS,)),
    "movements_evidence": dict.fromkeys(first.CHANGES, (first.SENT, TOLD_BY_EVIDENCE)),
}


def _function(table: str, act: str) -> str:
    body = "".join(
        statement.replace("{changes}", first.CHANGES[act][1]).replace("{before}", first.BEFORE[act])
        for statement in TABLES[table][act]
    )
    name = f"{table}_tally_{act}"
    return f"""
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;
"""


KEEP = "".join(_function(table, act) for table in TABLES for act in first.CHANGES)


class Migration(migrations.Migration):
    dependencies = [("movements", "0009_tasks_that_left")]
    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
