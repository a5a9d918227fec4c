"""Targets point at indicators; terms that change leave marks for the figures that follow them: see ADR 19."""

import django.db.models.deletion
from django.db import migrations, models

TERM = "unit_id, target_id, due_on, ends_on, state, sent_on"
CHANGED = {
    "insert": ("NEW TABLE AS came", f"SELECT {TERM} FROM came"),
    "delete": ("OLD TABLE AS went", f"SELECT {TERM} FROM went"),
    "update": (
        "OLD TABLE AS went NEW TABLE AS came",
        f"(SELECT id, {TERM} FROM came EXCEPT SELECT id, {TERM} FROM went)"
        f" UNION ALL (SELECT id, {TERM} FROM went EXCEPT SELECT id, {TERM} FROM came)",
    ),
}
MARK = """
CREATE FUNCTION movements_occurrence_mark_{act}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO movements_termmark (unit_id, target_id, day)
  SELECT DISTINCT unit_id, target_id,
    CASE WHEN target_id IS NULL THEN date_trunc('month', due_on)::date ELSE ends_on END
  FROM ({changed}) term WHERE target_id IS NOT NULL OR due_on IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER movements_occurrence_mark_{act} AFTER {on} ON movements_occurrence REFERENCING {tables}
  FOR EACH STATEMENT EXECUTE FUNCTION movements_occurrence_mark_{act}();
"""
KEEP = "".join(
    MARK.format(act=act, on=act.upper(), tables=tables, changed=changed)
    for act, (tables, changed) in CHANGED.items()
)
FORGET = "".join(
    f"DROP TRIGGER movements_occurrence_mark_{act} ON movements_occurrence;"
    f"DROP FUNCTION movements_occurrence_mark_{act}();"
    for act in CHANGED
)
# Terms that are there already are marked as if all of them came now.
BEGIN = """
INSERT INTO movements_termmark (unit_id, target_id, day)
SELECT DISTINCT unit_id, target_id,
  CASE WHEN target_id IS NULL THEN date_trunc('month', due_on)::date ELSE ends_on END
FROM movements_occurrence WHERE target_id IS NOT NULL OR due_on IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_rollup"),
        ("movements", "0011_terms_of_before"),
    ]

    operations = [
        migrations.CreateModel(
            name="TermMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("unit_id", models.BigIntegerField()),
                ("target_id", models.BigIntegerField(null=True)),
                ("day", models.DateField()),
            ],
        ),
        migrations.AddField(
            model_name="target",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="indicators.indicator",
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
