from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "nep.sample"
    label = "sample"
