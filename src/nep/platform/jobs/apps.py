from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "nep.platform.jobs"
    label = "jobs"
