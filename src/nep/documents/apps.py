from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nep.documents"
    label = "documents"
