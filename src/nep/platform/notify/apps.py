from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "nep.platform.notify"
    label = "notify"
