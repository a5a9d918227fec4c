from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ListsConfig(AppConfig):
    name = "nep.platform.lists"
    label = "lists"

    def ready(self) -> None:
        autodiscover_modules("lists")  # web and worker both know every list by its code
