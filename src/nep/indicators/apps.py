from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IndicatorsConfig(AppConfig):
    name = "nep.indicators"
    label = "indicators"

    def ready(self) -> None:
        from nep.indicators.queries.rotated import CODE, rotated_when_due  # noqa: PLC0415 -- ready hook
        from nep.indicators.services.computing import register_provider  # noqa: PLC0415 -- ready hook
        from nep.indicators.services.locking import keep_sums  # noqa: PLC0415 -- ready hook
        from nep.org.services.periods_hook import register_keeper  # noqa: PLC0415 -- ready hook

        register_keeper(keep_sums)
        register_provider(CODE, rotated_when_due)
        post_migrate.connect(load_after_migrations, sender=self)


def load_after_migrations(sender: AppConfig, **given: Any) -> None:
    """The indicators that come with Nếp stand in every database; also after it was emptied."""
    from django.db import connection  # noqa: PLC0415 -- ready hook

    from nep.indicators.models import Indicator  # noqa: PLC0415 -- ready hook
    from nep.indicators.services.shipped import load_shipped  # noqa: PLC0415 -- ready hook

    if Indicator._meta.db_table in connection.introspection.table_names():
        load_shipped()
