from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "nep.platform.audit"
    label = "audit"

    def ready(self) -> None:
        from nep.platform.audit.rights import grant_after_migrations  # noqa: PLC0415 -- models are ready now

        post_migrate.connect(grant_after_migrations, sender=self)
