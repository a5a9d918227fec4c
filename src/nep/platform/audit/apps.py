from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "nep.platform.audit"
    label = "audit"

    def ready(self) -> None:
        from nep.platform.access import register_keeper_of_readings  # noqa: PLC0415 -- the same
        from nep.platform.audit.readings import write_noted  # noqa: PLC0415 -- the same
        from nep.platform.audit.rights import grant_after_migrations  # noqa: PLC0415 -- models are ready now

        register_keeper_of_readings(write_noted)
        post_migrate.connect(grant_after_migrations, sender=self)
