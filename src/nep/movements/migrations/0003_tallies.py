"""Sums over the plans of a programme, kept by triggers: see ADR 15."""

import django.db.models.deletion
from django.db import migrations, models

# What a statement did: rows that came count for one, rows that went against it.
CHANGES = {
    "insert": ("NEW TABLE AS came", "SELECT 1 AS sign, came.* FROM came"),
    "delete": ("OLD TABLE AS went", "SELECT -1 AS sign, went.* FROM went"),
    "update": (
        "OLD TABLE AS went NEW TABLE AS came",
        "SELECT 1 AS sign, came.* FROM came UNION ALL SELECT -1 AS sign, went.* FROM went",
    ),
}
COLUMNS = "programme_id, measure, line, level, task_id, target_id, state, day, count"
SUMS = f"{COLUMNS}, numerator, denominator, figures, told"
INTO = f"INSERT INTO movements_tally ({SUMS}, folded)"

PLANS = f"""
{INTO}
SELECT c.programme_id, 'plans', u.line, c.level, NULL, NULL, c.state, NULL, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN org_unit u ON u.id = c.unit_id
GROUP BY 1, 3, 4, 7 HAVING sum(c.sign) <> 0;
"""
# A plan that is issued, or taken back, brings or takes its tasks.
TASKS_OF_PLANS = f"""
{INTO}
SELECT c.programme_id, 'tasks', u.line, c.level, t.task_id, NULL, t.state, t.due_on, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN org_unit u ON u.id = c.unit_id JOIN movements_adoptedtask t ON t.adoption_id = c.id
WHERE c.state = 'issued'
GROUP BY 1, 3, 4, 5, 7, 8 HAVING sum(c.sign) <> 0;
"""
TASKS = f"""
{INTO}
SELECT a.programme_id, 'tasks', u.line, a.level, c.task_id, NULL, c.state, c.due_on, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN movements_adoption a ON a.id = c.adoption_id JOIN org_unit u ON u.id = a.unit_id
WHERE a.state = 'issued'
GROUP BY 1, 3, 4, 5, 7, 8 HAVING sum(c.sign) <> 0;
"""
SENT = f"""
{INTO}
SELECT a.programme_id, 'sent', u.line, a.level, NULL, c.target_id, '', NULL, sum(c.sign), 0, 0, 0, 0, false
FROM ({{changes}}) c JOIN movements_adoption a ON a.id = c.adoption_id JOIN org_unit u ON u.id = a.unit_id
WHERE c.target_id IS NOT NULL AND c.state = 'sent'
GROUP BY 1, 3, 4, 6 HAVING sum(c.sign) <> 0;
"""
# A share holds until the unit's next accepted figure, a count adds up: each figure is told as the difference
# that it made in the month in which it was accepted. What a statement changed is the series of its units and
# targets afterwards less the series before.
TOLD = f"""
{INTO}
WITH pairs AS (
    SELECT DISTINCT target_id, adoption_id FROM ({{changes}}) c
    WHERE target_id IS NOT NULL AND state = 'accepted'
), afterwards AS (
    SELECT e.id, e.target_id, e.adoption_id, e.decided_at, e.numerator, e.denominator, e.nothing
    FROM movements_evidence e JOIN pairs p ON p.target_id = e.target_id AND p.adoption_id = e.adoption_id
    WHERE e.state = 'accepted'
), both_times AS (
    SELECT 1 AS sign, afterwards.* FROM afterwards
    {{before}}
), series AS (
    SELECT b.sign, b.adoption_id, b.target_id, b.decided_at, t.unit = '%' AS is_share,
        coalesce(b.numerator, 0) AS numerator, coalesce(b.denominator, 0) AS denominator,
        (b.numerator IS NOT NULL)::int AS figures, (b.numerator IS NOT NULL OR b.nothing)::int AS told,
        coalesce(lag(b.numerator) OVER w, 0) AS last_numerator,
        coalesce(lag(b.denominator) OVER w, 0) AS last_denominator,
        coalesce(lag((b.numerator IS NOT NULL)::int) OVER w, 0) AS last_figures,
        coalesce(lag((b.numerator IS NOT NULL OR b.nothing)::int) OVER w, 0) AS last_told,
        coalesce(max((b.numerator IS NOT NULL)::int) OVER earlier, 0) AS ever_figures,
        coalesce(max((b.numerator IS NOT NULL OR b.nothing)::int) OVER earlier, 0) AS ever_told
    FROM both_times b JOIN movements_target t ON t.id = b.target_id
    WINDOW w AS (PARTITION BY b.sign, b.target_id, b.adoption_id ORDER BY b.decided_at, b.id),
        earlier AS (PARTITION BY b.sign, b.target_id, b.adoption_id ORDER BY b.decided_at, b.id
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), differences AS (
    SELECT sign, adoption_id, target_id,
        date_trunc('month', decided_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS month,
        numerator - CASE WHEN is_share THEN last_numerator ELSE 0 END AS numerator,
        denominator - CASE WHEN is_share THEN last_denominator ELSE 0 END AS denominator,
        CASE WHEN is_share THEN figures - last_figures ELSE greatest(figures - ever_figures, 0) END AS figures,
        CASE WHEN is_share THEN told - last_told ELSE greatest(told - ever_told, 0) END AS told
    FROM series
)
SELECT a.programme_id, 'told', u.line, a.level, NULL::bigint, d.target_id, '', d.month, 0,
    sum(d.sign * d.numerator), sum(d.sign * d.denominator), sum(d.sign * d.figures), sum(d.sign * d.told), false
FROM differences d JOIN movements_adoption a ON a.id = d.adoption_id JOIN org_unit u ON u.id = a.unit_id
GROUP BY a.programme_id, u.line, a.level, d.target_id, d.month
HAVING (sum(d.sign * d.numerator), sum(d.sign * d.denominator), sum(d.sign * d.figures), sum(d.sign * d.told))
    IS DISTINCT FROM (0::numeric, 0::numeric, 0::bigint, 0::bigint);
"""
KEPT = "SELECT id, target_id, adoption_id, decided_at, numerator, denominator, nothing FROM went"
BEFORE = {
    "insert": "UNION ALL SELECT -1, f.* FROM afterwards f WHERE f.id NOT IN (SELECT id FROM came)",
    "delete": f"""UNION ALL SELECT -1, f.* FROM afterwards f
    UNION ALL SELECT -1, g.* FROM ({KEPT} WHERE state = 'accepted' AND target_id IS NOT NULL) g""",
    "update": f"""UNION ALL SELECT -1, f.* FROM afterwards f WHERE f.id NOT IN (SELECT id FROM came)
    UNION ALL SELECT -1, g.* FROM ({KEPT} WHERE state = 'accepted' AND target_id IS NOT NULL) g""",
}
TABLES = {
    "movements_adoption": (PLANS, TASKS_OF_PLANS),
    "movements_adoptedtask": (TASKS,),
    "movements_evidence": (SENT, TOLD),
}


def _trigger(table: str, act: str) -> str:
    tables, changes = CHANGES[act]
    body = "".join(
        statement.replace("{changes}", changes).replace("{before}", BEFORE[act])
        for statement in TABLES[table]
    )
    name = f"{table}_tally_{act}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;
CREATE TRIGGER {name} AFTER {act.upper()} ON {table} REFERENCING {tables}
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


def _as_it_stands(table: str) -> str:
    """The sums of what is there already: as if all of it came now."""
    changes = f"SELECT 1 AS sign, came.* FROM {table} came"
    statements = TABLES[table][:1] if table == "movements_adoption" else TABLES[table]
    return "".join(
        statement.replace("{changes}", changes).replace("{before}", "") for statement in statements
    )


KEEP = "".join(_trigger(table, act) for table in TABLES for act in CHANGES)
FORGET = "".join(
    f"DROP TRIGGER {table}_tally_{act} ON {table}; DROP FUNCTION {table}_tally_{act}();"
    for table in TABLES
    for act in CHANGES
)
COUNT = "".join(map(_as_it_stands, TABLES))


class Migration(migrations.Migration):
    dependencies = [("movements", "0002_adoption_words")]
    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("plans", "Kế hoạch, theo trạng thái"),
                            ("tasks", "Việc trong kế hoạch đã ban hành, theo trạng thái và hạn"),
                            ("sent", "Số liệu chờ xét"),
                            ("told", "Số liệu đã nhận, theo tháng"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        choices=[("authority", "Chính quyền"), ("union", "Công đoàn"), ("party", "Đảng")],
                        max_length=10,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("state", models.CharField(blank=True, max_length=10)),
                ("day", models.DateField(null=True)),
                ("count", models.IntegerField(default=0)),
                ("numerator", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("denominator", models.DecimalField(decimal_places=2, default=0, max_digits=18)),
                ("figures", models.IntegerField(default=0, help_text="đơn vị có số liệu")),
                (
                    "told",
                    models.IntegerField(default=0, help_text="đơn vị có số liệu hoặc báo không phát sinh"),
                ),
                ("folded", models.BooleanField(default=False)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tallies",
                        to="movements.programme",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="movements.target",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="movements.task",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["programme", "measure"], name="movements_t_program_b9fdd3_idx"),
                ],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(COUNT, migrations.RunSQL.noop),
    ]
