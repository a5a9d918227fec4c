from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0002_notices")]
    operations = [
        migrations.RemoveField(model_name="message", name="not_before"),
        migrations.AddField(model_name="message", name="by_day", field=models.BooleanField(default=False)),
    ]
