from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "nep.platform.requests"
    label = "requests"
