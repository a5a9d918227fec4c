"""Sums along the dated tree, kept by triggers: see ADR 19."""

from django.db import migrations

TREE_LOCK = 7_310_001  # as in nep.org.services.changes_frame, whatever becomes of that module
FIGURE = "indicator_id, starts_on, line, state, numerator, denominator, told_on, replaced_on"
OF_FIGURE = ", ".join(f"f.{column}" for column in FIGURE.split(", "))

# What a statement did: rows that came count for one, rows that went against it.
CHANGES = {
    "insert": ("NEW TABLE AS came", "SELECT 1 AS sign, came.* FROM came"),
    "delete": ("OLD TABLE AS went", "SELECT -1 AS sign, went.* FROM went"),
    "update": (
        "OLD TABLE AS went NEW TABLE AS came",
        "SELECT 1 AS sign, came.* FROM came UNION ALL SELECT -1 AS sign, went.* FROM went",
    ),
}
# Which figures came to count for which units above, or count no more. IS TRUE keeps the planner from asking
# the index of spans, which is larger than what the index of units leaves.
FIGURES = f"""
    SELECT f.sign, path.ancestor_id AS unit_id, {OF_FIGURE}
    FROM ({{changes}}) f JOIN org_unitclosure path
      ON path.descendant_id = f.unit_id AND path.depth > 0 AND (path.during @> f.counted_on) IS TRUE
    UNION ALL
    SELECT f.sign, path.ancestor_id, {OF_FIGURE}
    FROM ({{changes}}) f JOIN org_unithost host
      ON host.unit_id = f.unit_id AND (host.during @> f.counted_on) IS TRUE
    JOIN org_unitclosure path
      ON path.descendant_id = host.host_id AND (path.during @> f.counted_on) IS TRUE
"""
PATHS = f"""
    SELECT path.sign, path.ancestor_id AS unit_id, {OF_FIGURE}
    FROM ({{changes}}) path JOIN indicators_figure f
      ON f.unit_id = path.descendant_id AND (path.during @> f.counted_on) IS TRUE
    WHERE path.depth > 0
    UNION ALL
    SELECT path.sign, path.ancestor_id, {OF_FIGURE}
    FROM ({{changes}}) path JOIN org_unithost host ON host.host_id = path.descendant_id
    JOIN indicators_figure f ON f.unit_id = host.unit_id
      AND (host.during @> f.counted_on) IS TRUE AND (path.during @> f.counted_on) IS TRUE
"""
HOSTS = f"""
    SELECT host.sign, path.ancestor_id AS unit_id, {OF_FIGURE}
    FROM ({{changes}}) host JOIN indicators_figure f
      ON f.unit_id = host.unit_id AND (host.during @> f.counted_on) IS TRUE
    JOIN org_unitclosure path
      ON path.descendant_id = host.host_id AND (path.during @> f.counted_on) IS TRUE
"""
# A figure counts from the day on which it was told to the day on which another one took its place.
SUMS = """
INSERT INTO indicators_rollup (indicator_id, unit_id, starts_on, line, day,
    expected, told, nothing, numerator, denominator, folded)
SELECT * FROM (
    SELECT indicator_id, unit_id, starts_on, line, day, sum(one) AS expected,
        coalesce(sum(one) FILTER (WHERE state = 'told'), 0) AS told,
        coalesce(sum(one) FILTER (WHERE state = 'nothing'), 0) AS nothing,
        coalesce(sum(one * numerator), 0) AS numerator,
        coalesce(sum(one * denominator), 0) AS denominator, false
    FROM (
        SELECT counted.*, held.day, counted.sign * held.sign AS one
        FROM ({counted}) counted
        CROSS JOIN LATERAL (VALUES (counted.told_on, 1), (counted.replaced_on, -1)) held(day, sign)
        WHERE held.day IS NOT NULL
    ) each_day
    GROUP BY indicator_id, unit_id, starts_on, line, day
) changed
WHERE (expected, told, nothing) IS DISTINCT FROM (0::bigint, 0::bigint, 0::bigint)
    OR numerator <> 0 OR denominator <> 0;
"""
# Who writes figures waits for who changes the tree, who waits for them: else neither sees what the other does.
SHARED = f"PERFORM pg_advisory_xact_lock_shared({TREE_LOCK});"
ALONE = f"PERFORM pg_advisory_xact_lock({TREE_LOCK});"
TABLES = {
    "indicators_figure": (SHARED, FIGURES),
    "org_unitclosure": (ALONE, PATHS),
    "org_unithost": (ALONE, HOSTS),
}


def _trigger(table: str, act: str) -> str:
    tables, changes = CHANGES[act]
    lock, counted = TABLES[table]
    body = lock + SUMS.replace("{counted}", counted.replace("{changes}", changes))
    name = f"{table}_rollup_{act}"
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;
CREATE TRIGGER {name} AFTER {act.upper()} ON {table} REFERENCING {tables}
  FOR EACH STATEMENT EXECUTE FUNCTION {name}();
"""


# Where a figure counts: the last day of its period on which its unit existed, in the line of its unit.
PLACE = f"""
CREATE FUNCTION indicators_counted_on(during daterange, starts_on date, ends_on date) RETURNS date
LANGUAGE sql IMMUTABLE AS $$ SELECT upper(during * daterange(starts_on, ends_on, '[]')) - 1 $$;
CREATE FUNCTION indicators_figure_place() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  {SHARED}
  SELECT indicators_counted_on(unit.during, NEW.starts_on, NEW.ends_on), unit.line
  INTO NEW.counted_on, NEW.line FROM org_unit unit WHERE unit.id = NEW.unit_id;
  RETURN NEW;
END $$;
CREATE TRIGGER indicators_figure_place BEFORE INSERT OR UPDATE OF unit_id, starts_on, ends_on
  ON indicators_figure FOR EACH ROW EXECUTE FUNCTION indicators_figure_place();
CREATE FUNCTION org_unit_figures_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE indicators_figure f SET counted_on = indicators_counted_on(came.during, f.starts_on, f.ends_on)
  FROM came JOIN went ON went.id = came.id AND went.during <> came.during
  WHERE f.unit_id = came.id
    AND f.counted_on IS DISTINCT FROM indicators_counted_on(came.during, f.starts_on, f.ends_on);
  RETURN NULL;
END $$;
CREATE TRIGGER org_unit_figures_follow AFTER UPDATE ON org_unit
  REFERENCING OLD TABLE AS went NEW TABLE AS came
  FOR EACH STATEMENT EXECUTE FUNCTION org_unit_figures_follow();
"""
PLACE_NO_MORE = """
DROP TRIGGER org_unit_figures_follow ON org_unit; DROP FUNCTION org_unit_figures_follow();
DROP TRIGGER indicators_figure_place ON indicators_figure; DROP FUNCTION indicators_figure_place();
DROP FUNCTION indicators_counted_on(daterange, date, date);
"""
KEEP = "".join(_trigger(table, act) for table in TABLES for act in CHANGES)
FORGET = "".join(
    f"DROP TRIGGER {table}_rollup_{act} ON {table}; DROP FUNCTION {table}_rollup_{act}();"
    for table in TABLES
    for act in CHANGES
)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("org", "0007_districts_until_2025")]
    operations = [migrations.RunSQL(PLACE, PLACE_NO_MORE), migrations.RunSQL(KEEP, FORGET)]
