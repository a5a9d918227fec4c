from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "nep.platform.files"
    label = "files"
