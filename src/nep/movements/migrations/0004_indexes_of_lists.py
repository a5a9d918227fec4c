from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("movements", "0003_tallies")]
    operations = [
        migrations.AddIndex(
            model_name="adoptedtask",
            index=models.Index(fields=["due_on", "id"], name="movements_task_by_day"),
        ),
        migrations.RemoveIndex(model_name="evidence", name="movements_e_target__2067fb_idx"),
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                fields=["target", "state", "decided_at", "id"], name="movements_figures_by_day"
            ),
        ),
    ]
