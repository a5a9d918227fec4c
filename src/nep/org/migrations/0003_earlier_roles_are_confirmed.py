"""Roles given before weighty ones needed a second person go on as they were."""

from django.db import migrations

CONFIRM = "UPDATE org_grant SET confirmed_at = now() WHERE confirmed_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("org", "0002_time_people_access")]
    operations = [migrations.RunSQL(CONFIRM, migrations.RunSQL.noop)]
