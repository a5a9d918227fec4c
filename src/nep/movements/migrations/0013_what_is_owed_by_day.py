"""An index from which a programme's late terms are read in the order of their last days."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One partial index."""

    dependencies = [("movements", "0012_indicators_of_targets")]

    operations = [
        migrations.AddIndex(
            model_name="occurrence",
            index=models.Index(
                condition=models.Q(("state__in", ["open", "returned"])),
                fields=["programme", "due_on", "id"],
                name="movements_owed_by_day",
            ),
        ),
    ]
