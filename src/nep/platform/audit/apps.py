from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "nep.platform.audit"
    label = "audit"
