from django.db import migrations, models

# Nothing that was said about a day vanishes: a later row takes it back.
ONLY_GROWS = """
CREATE FUNCTION calendar_days_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'local days are only added';
END $$;
CREATE TRIGGER calendar_days_localday_only_grows BEFORE UPDATE OR DELETE ON calendar_days_localday
  FOR EACH ROW EXECUTE FUNCTION calendar_days_only_grows();
"""
AS_BEFORE = """
DROP TRIGGER calendar_days_localday_only_grows ON calendar_days_localday;
DROP FUNCTION calendar_days_only_grows();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="LocalDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="Ngày")),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("off", "Ngày nghỉ"),
                            ("worked", "Ngày làm việc"),
                            ("taken_back", "Bỏ ngày đã ghi"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="Lý do")),
                ("source", models.CharField(max_length=300, verbose_name="Căn cứ")),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by_id", models.BigIntegerField()),
                ("recorded_by", models.CharField(max_length=200)),
            ],
            options={
                "ordering": ("day", "pk"),
                "indexes": [models.Index(fields=["day", "-id"], name="calendar_days_last_word")],
            },
        ),
        migrations.RunSQL(ONLY_GROWS, AS_BEFORE),
    ]
