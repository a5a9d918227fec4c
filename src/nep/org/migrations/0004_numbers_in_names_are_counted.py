from typing import Any

from django.db import migrations

from nep.kernel.vietnamese import name_sort_key, sort_key


def count_numbers(apps: Any, schema_editor: Any) -> None:
    """Keys of names with numbers follow the order of counting: Tổ 2 before Tổ 10."""
    for model, key in (("Unit", sort_key), ("Person", name_sort_key)):
        rows = apps.get_model("org", model).objects.filter(name__regex="[0-9]")
        longest = rows.model._meta.get_field("sort_key").max_length
        for row in rows.iterator():
            row.sort_key = key(row.name)[:longest]
            row.save(update_fields=["sort_key"])


class Migration(migrations.Migration):
    dependencies = [("org", "0003_earlier_roles_are_confirmed")]
    operations = [migrations.RunPython(count_numbers, migrations.RunPython.noop)]
