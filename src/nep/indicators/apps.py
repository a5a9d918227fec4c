from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "nep.indicators"
    label = "indicators"
